"""One article of an input, from the values of its line or row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pydantic import ValidationError

from models.errors import InputTooLargeError, RecordError, YojiError
from models.reading import Page
from service.faults import one_line
from service.schemas import ArticleRequest


@dataclass(frozen=True, slots=True)
class Record:
    """One article of the input, or why it can't be read."""

    id: str | int
    page: Page | YojiError


Records = Iterator[Record]


@dataclass(frozen=True, slots=True)
class Columns:
    """The keys of a line, or the columns of a table, that hold an article."""

    id: str = "id"
    text: str = "text"
    html: str = "html"

    def names(self) -> tuple[str, str, str]:
        """All three."""
        return (self.id, self.text, self.html)


class _Values(ArticleRequest, extra="ignore"):
    """What a record may hold; other keys are passed over."""


def read_record(values: Mapping[str, object], place: str, columns: Columns) -> Record:
    """The article in ``values``; its id is ``place`` if it has none of its own."""
    named = {"id": columns.id, "text": columns.text, "html": columns.html}
    chosen = {field: values[name] for field, name in named.items() if name in values}
    try:
        parsed = _Values.model_validate(chosen)
    except ValidationError as error:
        return Record(place, bad_record(place, _reason(error, named), columns))
    return Record(place if parsed.id is None else parsed.id, parsed.page())


def bad_record(place: str, reason: str, columns: Columns) -> RecordError:
    """The error of a record that is not what it should be."""
    return RecordError(
        f'{place} is not an article: {reason}; it needs "{columns.text}" or "{columns.html}", and '
        f'may have "{columns.id}"'
    )


def too_long(place: str, max_bytes: int) -> InputTooLargeError:
    """The error of a record over the limit."""
    return InputTooLargeError(
        f"{place} has more than {max_bytes} bytes, the limit; shorten the article or raise "
        "YOJI_MAX_INPUT_BYTES"
    )


def _reason(error: ValidationError, named: Mapping[str, str]) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    field = ".".join(named.get(str(part), str(part)) for part in first["loc"])
    return one_line(f"{field}: {first['msg']}" if field else first["msg"])
