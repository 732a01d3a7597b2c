"""Finds the dates and times of a Korean text and puts their atoms together.

"내년 8월 15일 오후 3시" is one date, "2025∼2027년" two. Each is resolved against the article's
date where that is known; what an atom says is date_atoms', rendering date_rendering's.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import lru_cache

from models.anchors.date_atoms import Atom, read_atom
from models.anchors.date_patterns import date_pattern
from models.anchors.date_rendering import render_date
from models.anchors.date_resolution import resolve
from models.anchors.date_value import DateValue
from models.documents import Anchor

# A day standing alone before a verb or noun is an adverb: "13일 밝혔다" is "on the 13th".
_ADVERB = re.compile(
    r"\s(?!오전|오후|밤|새벽|저녁|아침|낮|정오|자정|현재|기준|이후|이전|전|하루|까지|부터|안|동안)"
)


def find_dates(text: str, published_at: date | None = None) -> tuple[Anchor, ...]:
    """The dates of ``text`` in order, never overlapping; ``value`` is a ``DateValue``."""
    anchors = []
    for start, end, found in _dates(text):
        value = replace(found, resolved=resolve(found, published_at)) if published_at else found
        anchors.append(Anchor(start, end, text[start:end], "date", render_date(value), value))
    return tuple(anchors)


def date_spans(text: str) -> list[tuple[int, int]]:
    """Where the dates are: what figures leave alone."""
    return [(start, end) for start, end, _ in _dates(text)]


@lru_cache(maxsize=512)  # a source is searched again for each of its hypotheses
def _dates(text: str) -> tuple[tuple[int, int, DateValue], ...]:
    merged: list[Atom] = []
    for atom in map(read_atom, date_pattern().finditer(text)):
        if merged and _joins(merged[-1], atom, text):
            merged[-1] = _join(merged[-1], atom)
        else:
            merged.append(atom)
    return tuple(
        (atom.start, atom.end, _adverbial(atom.value, text, atom.end))
        for atom in merged
        if not _counts_days(atom.value)
    )


def _counts_days(value: DateValue) -> bool:
    """A bare "5일을" is five days unless a month goes before it."""
    return value.counts_days and value.month is None and value.relative is None


def _adverbial(value: DateValue, text: str, end: int) -> DateValue:
    alone = value.day is not None and value.hour is None and _ADVERB.match(text, end)
    return replace(value, adverbial=True) if alone else value


def _joins(left: Atom, right: Atom, text: str) -> bool:
    gap = text[left.end : right.start]
    return left.rank < right.rank and len(gap) <= 1 and not gap.strip()


def _join(left: Atom, right: Atom) -> Atom:
    """Both in one; of what both say (a direction) the right one's is kept."""
    given = {
        name: got
        for name in DateValue.__slots__
        if (got := getattr(right.value, name)) is not None and got is not False
    }
    weak = left.value.weak and right.value.weak
    value = replace(left.value, **{**given, "weak": weak})
    return Atom(left.start, right.end, right.rank, value)
