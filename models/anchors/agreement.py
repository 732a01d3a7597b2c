"""Which figures and dates of a Korean text its English lacks, and which the English invented.

Puts finding, reading and matching together for one pair of texts. It decides nothing about
severity or wording: that is the checks'.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from models.anchors.date_agreement import date_in_english, date_is_explained
from models.anchors.dates import find_dates
from models.anchors.date_value import DateValue
from models.anchors.english_dates import EnglishDate, read_english_dates
from models.anchors.english_figures import EnglishFigure, read_english_figures
from models.anchors.figure import Figure
from models.anchors.figures import find_figures
from models.anchors.loose_numbers import loose_numbers
from models.anchors.matching import figure_matches
from models.documents import Anchor


@dataclass(frozen=True, slots=True)
class Disagreement:
    """``missing``: Korean anchors without English; ``invented``: English without Korean."""

    missing: tuple[Anchor, ...]
    invented: tuple[EnglishFigure | EnglishDate, ...]


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
    missing = [a for a in pair.figures if not _figure_found(a, pair)]
    missing += [a for a in pair.dates if not _date_found(a, pair)]
    return Disagreement(
        tuple(sorted(missing, key=lambda a: a.start)),
        tuple(sorted(_invented(pair), key=lambda f: f.start)),
    )


def _figure_found(anchor: Anchor, pair: _Pair) -> bool:
    figure = anchor.value
    assert isinstance(figure, Figure)
    return figure.weak or all(
        any(figure_matches(part, found) for found in pair.english_figures)
        or _is_day(part, pair.english_dates)
        for part in figure.parts
    )


def _is_day(figure: Figure, dates: tuple[EnglishDate, ...]) -> bool:
    """A bare "20일" may be a day of the month though it was taken for twenty days."""
    return figure.unit == "day" and any(d.day == figure.value for d in dates)


def _date_found(anchor: Anchor, pair: _Pair) -> bool:
    value = anchor.value
    assert isinstance(value, DateValue)
    return value.weak or date_in_english(value, pair.english_dates, pair.english_figures)


def _invented(pair: _Pair) -> list[EnglishFigure | EnglishDate]:
    values = [a.value for a in pair.dates if isinstance(a.value, DateValue)]
    explained = [d for d in pair.english_dates if date_is_explained(d, values)]
    invented: list[EnglishFigure | EnglishDate] = []
    loose = loose_numbers(pair.ko)
    for found in pair.english_figures:
        if found.weak or any(d.start < found.end and found.start < d.end for d in explained):
            continue
        if any(value in loose for value in (found.value, *found.also)):
            if not _unit_contradicted(found, pair):
                continue
        if not any(_explains(anchor, found) for anchor in pair.figures):
            invented.append(found)
    return invented


def _unit_contradicted(found: EnglishFigure, pair: _Pair) -> bool:
    return False


def _explains(anchor: Anchor, found: EnglishFigure) -> bool:
    return isinstance(anchor.value, Figure) and figure_matches(anchor.value, found)
