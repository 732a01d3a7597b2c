"""Which figures and dates of a Korean text its English lacks, and which the English invented.

Puts finding, reading and matching together for one pair of texts. It decides nothing about
severity or wording: that is the checks'.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from models.anchors.date_agreement import date_in_english, date_is_explained
from models.anchors.date_value import DateValue
from models.anchors.dates import find_dates
from models.anchors.english_dates import EnglishDate, read_english_dates
from models.anchors.english_figures import EnglishFigure, read_english_figures
from models.anchors.figure import Figure
from models.anchors.figures import find_figures
from models.anchors.loose_numbers import loose_numbers
from models.anchors.matching import figure_matches
from models.anchors.units import unit_named
from models.documents import Anchor


@dataclass(frozen=True, slots=True)
class Disagreement:
    """``missing``: Korean anchors without English; ``invented``: English without Korean."""

    missing: tuple[Anchor, ...]
    invented: tuple[EnglishFigure | EnglishDate, ...]

    def __bool__(self) -> bool:
        return bool(self.missing or self.invented)


@dataclass(frozen=True, slots=True)
class _Pair:
    ko: str
    figures: tuple[Anchor, ...]
    dates: tuple[Anchor, ...]
    english_figures: tuple[EnglishFigure, ...]
    english_dates: tuple[EnglishDate, ...]


def compare_numbers(ko: str, en: str, published_at: date | None = None) -> Disagreement:
    """Figures and dates missing from ``en`` and those ``en`` has without a source in ``ko``."""
    pair = _Pair(
        ko,
        find_figures(ko),
        find_dates(ko, published_at),
        read_english_figures(en),
        read_english_dates(en),
    )
    values = [a.value for a in pair.dates if isinstance(a.value, DateValue)]
    explained = [d for d in pair.english_dates if date_is_explained(d, values)]
    missing = _missing_figures(pair, explained)
    missing += [a for a in pair.dates if not _date_found(a, pair)]
    return Disagreement(
        tuple(sorted(missing, key=lambda a: a.start)),
        tuple(sorted(_invented(pair, explained), key=lambda f: f.start)),
    )


def _missing_figures(pair: _Pair, explained: Sequence[EnglishDate]) -> list[Anchor]:
    """Figures without an English one of their own: a figure stated twice must be there twice."""
    pool = [
        f
        for f in pair.english_figures
        if not _within(f, explained) and not _foreign_money(f, pair.ko)
    ]
    wanted = [
        (anchor, part)
        for anchor in pair.figures
        if isinstance(anchor.value, Figure) and not anchor.value.weak
        for part in _needed(anchor.value)
    ]
    edges = [[i for i, f in enumerate(pool) if figure_matches(part, f)] for _, part in wanted]
    unmatched = _unmatched(edges)
    lost = [
        wanted[i]
        for i in unmatched
        if not _is_day(wanted[i][1], pair.english_dates) and not _in_months(wanted[i][0], pair)
    ]
    return list(dict.fromkeys(anchor for anchor, _ in lost))


def _foreign_money(found: EnglishFigure, ko: str) -> bool:
    """A currency the Korean never names: only 원 is ever left out (“예산 5천억”)."""
    unit = unit_named(found.unit) if found.unit else None
    if unit is None or unit.kind != "money" or unit.name == "won":
        return False
    return not any(form in ko for form in (*unit.korean, unit.symbol) if form)


def _needed(figure: Figure) -> tuple[Figure, ...]:
    """What English must hold of a figure: both ends of 40~50, but of 한두 one is enough."""
    return (figure,) if figure.words and figure.value == 1 else figure.parts


def _within(figure: EnglishFigure, dates: Sequence[EnglishDate]) -> bool:
    """Whether the number is part of a date that has its own source ("the 13th")."""
    return any(
        d.start < figure.end and figure.start < d.end and (d.day or d.year or d.hour is not None)
        for d in dates
    )


def _unmatched(edges: Sequence[Sequence[int]]) -> list[int]:
    """Indices left over by a maximum matching (Kuhn's augmenting paths)."""
    owner: dict[int, int] = {}

    def place(left: int, seen: set[int]) -> bool:
        for right in edges[left]:
            if right in seen:
                continue
            seen.add(right)
            if right not in owner or place(owner[right], seen):
                owner[right] = left
                return True
        return False

    return [left for left in range(len(edges)) if not place(left, set())]


def _is_day(figure: Figure, dates: Sequence[EnglishDate]) -> bool:
    """A bare "20일" may be a day of the month though it was taken for twenty days."""
    return figure.unit == "day" and any(d.day == figure.value for d in dates)


def _in_months(anchor: Anchor, pair: _Pair) -> bool:
    """1년 4개월 rendered "16 months", 1년 6개월 "one and a half years"."""
    before = next((a for a in pair.figures if 0 <= anchor.start - a.end <= 1), None)
    years = before.value if before else None
    months = anchor.value
    if not (isinstance(years, Figure) and isinstance(months, Figure)):
        return False
    if (years.unit, months.unit) != ("year", "month"):
        return False
    total = years.value * 12 + months.value
    return any(
        (f.unit == "month" and f.value == total) or (f.unit == "year" and f.value * 12 == total)
        for f in pair.english_figures
    )


def _date_found(anchor: Anchor, pair: _Pair) -> bool:
    value = anchor.value
    assert isinstance(value, DateValue)
    return value.weak or date_in_english(value, pair.english_dates, pair.english_figures)


def _invented(pair: _Pair, explained: Sequence[EnglishDate]) -> list[EnglishFigure | EnglishDate]:
    loose: frozenset[Decimal] | None = None
    invented: list[EnglishFigure | EnglishDate] = []
    invented.extend(d for d in pair.english_dates if _is_made_up(d, pair, explained))
    for found in pair.english_figures:
        if found.weak or any(d.start < found.end and found.start < d.end for d in explained):
            continue
        if any(_explains(anchor, found) for anchor in pair.figures):
            continue
        loose = loose if loose is not None else loose_numbers(pair.ko)
        if not loose.intersection((found.value, *found.also)):
            invented.append(found)
    return invented


def _is_made_up(found: EnglishDate, pair: _Pair, explained: Sequence[EnglishDate]) -> bool:
    """A month or weekday where the Korean gives neither it nor a day it may be that of."""
    if found in explained or (found.month is None and found.weekday is None):
        return False
    if found.text == "May":  # "May I ask"
        return False
    if any(isinstance(a.value, DateValue) and not a.value.year for a in pair.dates):
        return False  # "지난달", "8일": may be the month or weekday meant
    return found.month not in loose_numbers(pair.ko) and "요일" not in pair.ko


def _explains(anchor: Anchor, found: EnglishFigure) -> bool:
    return isinstance(anchor.value, Figure) and figure_matches(anchor.value, found)
