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
from models.anchors.matching import date_matches, opposite_relatives

_SOFT_PARTS = ("early", "mid", "late")


def date_in_english(
    value: DateValue, dates: Sequence[EnglishDate], figures: Sequence[EnglishFigure] = ()
) -> bool:
    """Whether every component of ``value`` that must show does, in some of ``dates``."""
    pieces = _components(value)
    found = all(
        any(_holds(piece, found) for found in dates) or _as_figure(piece, figures)
        for piece in pieces
    )
    return found and not _contradicted(value, dates)


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
    if value.relative is not None and not value.relative.startswith("this_") and not pieces:
        pieces.append(replace(nothing, relative=value.relative))
    return pieces


def _holds(piece: DateValue, found: EnglishDate) -> bool:
    """``found`` names the piece itself, not only something that goes with it."""
    if not date_matches(piece, found) and not _may_be_that_weekday(piece, found):
        return False
    if piece.day is not None and found.day is None:
        return found.weekday is not None
    return not (piece.month is not None and piece.day is None and found.month is None)


def _may_be_that_weekday(piece: DateValue, found: EnglishDate) -> bool:
    """ "Monday" for 21일: while the article's date is unknown nothing speaks against it."""
    unknown = piece.resolved is None and piece.weekday is None and piece.month is None
    return piece.day is not None and unknown and found.weekday is not None


def _contradicted(value: DateValue, dates: Sequence[EnglishDate]) -> bool:
    """내년 8월 rendered "August last year": the opposite is said and the right thing is not."""
    if value.relative is None or any(
        found.relative and date_matches(DateValue(relative=value.relative), found)
        for found in dates
    ):
        return False
    wrong = opposite_relatives(value.relative)
    return any(found.relative in wrong for found in dates)


def _as_figure(piece: DateValue, figures: Sequence[EnglishFigure]) -> bool:
    """ "20 days" for 20일, "2025" where it was read as a number, the 2 of "2 to 5 p.m."."""
    numbers: tuple[int, ...] = ()
    if piece.year is not None:
        numbers = (piece.year, piece.year % 100) if piece.decade else (piece.year,)
    elif piece.day is not None and piece.month is None:
        numbers = (piece.day,)
    elif piece.hour is not None and not piece.minute:
        numbers = (piece.hour, piece.hour % 12)
    return any(
        found.value == Decimal(number) and found.unit in (None, "day") and not found.weak
        for number in numbers
        for found in figures
    )


def date_is_explained(found: EnglishDate, values: Iterable[DateValue]) -> bool:
    """Whether some Korean date says what ``found`` says."""
    return any(date_matches(value, found) for value in values)
