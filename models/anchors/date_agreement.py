"""Whether an English text holds a Korean date, whole or in pieces, and the other way round.

English may scatter what Korean writes in one place ("in August … next year"), so each
component is looked for on its own; what is relative may be left out, never contradicted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from models.anchors.date_value import DateValue
from models.anchors.english_dates import EnglishDate
from models.anchors.english_figures import EnglishFigure
from models.anchors.matching import date_matches

_SOFT_PARTS = ("early", "mid", "late")


def date_in_english(
    value: DateValue, dates: Sequence[EnglishDate], figures: Sequence[EnglishFigure] = ()
) -> bool:
    """Whether every component of ``value`` that must show does, in some of ``dates``."""
    return all(
        _component_found(component, value, dates, figures) for component in _components(value)
    )


def _components(value: DateValue) -> list[DateValue]:
    """The date cut into what may stand apart in English; the rest of it stays as context."""
    nothing = DateValue(resolved=value.resolved)
    pieces: list[DateValue] = []
    if value.year is not None:
        pieces.append(replace(nothing, year=value.year, decade=value.decade))
    if value.century is not None:
        pieces.append(replace(nothing, century=value.century))
    if value.month is not None or value.day is not None:
        pieces.append(replace(nothing, month=value.month, day=value.day))
    if value.weekday is not None and value.day is None:
        pieces.append(replace(nothing, weekday=value.weekday))
    if value.hour is not None:
        pieces.append(DateValue(hour=value.hour, minute=value.minute, meridiem=value.meridiem))
    if value.part is not None and value.part not in _SOFT_PARTS:
        pieces.append(DateValue(part=value.part))
    if value.relative is not None and not pieces:
        pieces.append(replace(nothing, relative=value.relative))
    return pieces


def _component_found(
    piece: DateValue,
    whole: DateValue,
    dates: Sequence[EnglishDate],
    figures: Sequence[EnglishFigure],
) -> bool:
    if any(_holds(piece, whole, found) for found in dates):
        return True
    return _as_figure(piece, figures)


def _holds(piece: DateValue, whole: DateValue, found: EnglishDate) -> bool:
    """``found`` names the piece itself and contradicts nothing else of the date."""
    if not date_matches(piece, found):
        return False
    if piece.day is not None and found.day is None and found.weekday is None:
        return False
    if piece.month is not None and piece.day is None and found.month is None:
        return False
    return True


def _as_figure(piece: DateValue, figures: Sequence[EnglishFigure]) -> bool:
    """ "20 days" for 20일, "2025" where it was read as a plain number."""
    number = piece.year if piece.year is not None else piece.day if piece.month is None else None
    if number is None and piece.hour is not None and not piece.minute:
        number = piece.hour
    return number is not None and any(
        Decimal(number) in (found.value, *((found.value + 12,) if piece.hour else ()))
        and found.unit in (None, "day")
        for found in figures
    )


def date_is_explained(found: EnglishDate, values: Iterable[DateValue]) -> bool:
    """Whether some Korean date says what ``found`` says."""
    return any(date_matches(value, found) for value in values)
