"""Inputs to records: one per article, in order, read as they are asked for.

A reader is a function from an input's path to records; ``read_inputs`` picks it. What can't
be read is a record with an error in the page's place, so every article appears exactly once.
Must not know what becomes of a record.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from pydantic import ValidationError

from models.errors import InputTooLargeError, RecordError, YojiError
from models.reading import Page
from service.faults import UsageFault, one_line
from service.inputs import format_of, open_file, read_page_file
from service.schemas import ArticleRequest

PAGE_ENDINGS: Final = (".txt", ".html", ".htm", ".xhtml")
LINE_ENDINGS: Final = (".jsonl", ".ndjson")


@dataclass(frozen=True, slots=True)
class Record:
    """One article of the input, or why it can't be read."""

    id: str | int
    page: Page | YojiError


class ArticleLine(ArticleRequest, extra="ignore"):
    """One line of a JSONL: ``{"id", "text" | "html"}``; other keys are passed over."""


Reader = Callable[[str, int, str], Iterator[Record]]
"""(path, max_bytes, prefix of the ids) → records."""


def read_inputs(paths: Iterable[str], max_bytes: int) -> Iterator[Record]:
    """The records of every input, in the order given; folders go by sorted path.

    With several inputs the ids made from paths start with the input, to tell them apart.
    """
    chosen = [(path, reader_of(path)) for path in paths]
    for path, reader in chosen:
        prefix = f"{_readable(path).rstrip('/')}/" if len(chosen) > 1 else ""
        yield from reader(path, max_bytes, prefix)


def count_inputs(paths: Iterable[str], max_bytes: int) -> int:
    """How many records ``read_inputs`` will give, without reading the pages themselves."""
    count = 0
    for path in paths:
        reader = reader_of(path)
        if reader is read_jsonl:
            with open_file(path) as file:
                count += sum(line is None or bool(line.strip()) for line in _lines(file, max_bytes))
        else:
            count += 1 if reader is read_single else len(_pages_below(Path(path)))
    return count


def reader_of(path: str) -> Reader:
    """The reader for an input; ``UsageFault`` when there is none, before anything is read."""
    if os.path.isdir(path):
        return read_folder
    if not os.path.exists(path):
        raise UsageFault(f"no such file or folder: {path}")
    if path.lower().endswith(LINE_ENDINGS):
        return read_jsonl
    if path.lower().endswith(PAGE_ENDINGS):
        return read_single
    known = ", ".join((*LINE_ENDINGS, *PAGE_ENDINGS))
    raise UsageFault(f"can't tell what {path} is by its ending; give a folder or one of {known}")


def read_jsonl(path: str, max_bytes: int, prefix: str) -> Iterator[Record]:
    """One record per line that is not blank; a bad line is an error under ``FILE:LINE``."""
    with open_file(path) as file:
        for number, line in enumerate(_lines(file, max_bytes), start=1):
            if line is None or line.strip():
                yield _parse_line(line, f"{_readable(path)}:{number}", max_bytes)


def read_folder(path: str, max_bytes: int, prefix: str) -> Iterator[Record]:
    """Every page file under ``path``; the id is the path below it, with ``/``."""
    root = Path(path)
    for file in _pages_below(root):
        name = prefix + _readable(file.relative_to(root).as_posix())
        yield Record(name, _page_or_error(str(file), max_bytes))


def read_single(path: str, max_bytes: int, prefix: str) -> Iterator[Record]:
    """One page file; its id is its path as given."""
    yield Record(_readable(path), _page_or_error(path, max_bytes))


def _pages_below(root: Path) -> list[Path]:
    files = (file for file in root.rglob("*") if file.name.lower().endswith(PAGE_ENDINGS))
    return sorted(file for file in files if file.is_file())


def _lines(file: BinaryIO, max_bytes: int) -> Iterator[bytes | None]:
    """Lines, each at most ``max_bytes`` long in memory; None for one that is longer."""
    while line := file.readline(max_bytes + 1):
        if len(line) <= max_bytes or line.endswith(b"\n"):
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = file.readline(max_bytes + 1)
        yield None


def _parse_line(line: bytes | None, place: str, max_bytes: int) -> Record:
    if line is None:
        error = InputTooLargeError(
            f"{place} has more than {max_bytes} bytes, the limit; shorten the article or raise "
            "YOJI_MAX_INPUT_BYTES"
        )
        return Record(place, error)
    try:
        parsed = ArticleLine.model_validate_json(line.removeprefix(b"\xef\xbb\xbf"))
    except ValidationError as error:
        return Record(place, _bad_line(error, place))
    return Record(place if parsed.id is None else parsed.id, parsed.page())


def _bad_line(error: ValidationError, place: str) -> RecordError:
    first = error.errors(include_url=False, include_input=False)[0]
    field = ".".join(str(part) for part in first["loc"])
    reason = one_line(f"{field}: {first['msg']}" if field else first["msg"])
    return RecordError(
        f'{place} is not an article: {reason}; a line is {{"id": …, "text" or "html": …}}'
    )


def _page_or_error(path: str, max_bytes: int) -> Page | YojiError:
    try:
        return read_page_file(path, format_of(path), max_bytes)
    except YojiError as error:
        return error


def _readable(path: str) -> str:
    """A path as text: bytes of a file name that are no UTF-8 become U+FFFD."""
    return os.fsencode(path).decode("utf-8", "replace")
