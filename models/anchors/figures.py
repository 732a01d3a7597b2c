"""Finds the figures of a Korean text: amounts, shares, durations, multiples, ranges.

Responsible for where a figure is looked for and what stands beside it; what it is worth is
figure_reading's, its English figure_rendering's. What only looks like a figure (phone numbers,
articles of law, model names) is not_figures', what belongs to a date is dates'.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from models.anchors.dates import date_spans
from models.anchors.figure import Figure
from models.anchors.figure_patterns import figure_pattern
from models.anchors.figure_reading import read_figure
from models.anchors.figure_rendering import render
from models.anchors.not_figures import not_figure_spans
from models.documents import Anchor

_BEFORE = re.compile(r"(약|최대|최고|최장|최소|무려|총|겨우|불과)\s?$")
_AFTER = re.compile(r"\s?(여|이상|이하|미만|초과|안팎|가량|남짓|정도|쯤|내외|넘|밑)")
_GRADE = re.compile(r"(?<![가-힣])[초중고]$")
_LISTED = re.compile(r"\S+·\S+(?=\s$)")


@lru_cache(maxsize=512)  # a source is searched again for each of its hypotheses
def find_figures(text: str) -> tuple[Anchor, ...]:
    """The figures of ``text`` in order, never overlapping; ``value`` is a ``Figure``."""
    taken = [*date_spans(text), *not_figure_spans(text)]
    anchors: list[Anchor] = []
    for match in figure_pattern().finditer(text):
        start = match.start()
        if any(s < match.end() and start < e for s, e in taken) or _inside_word(text, start):
            continue
        found = read_figure(match)
        if found is None:
            continue
        figure = _marked(found.figure, text, start, match.end())
        anchors.append(
            Anchor(start, found.end, text[start : found.end], "figure", render(figure), figure)
        )
    return tuple(anchors)


def _inside_word(text: str, start: int) -> bool:
    """Digits right after Latin letters are part of a name (F-35, S25)."""
    before = text[max(0, start - 1) : start]
    return bool(before) and before.isascii() and before.isalpha()


def _marked(figure: Figure, text: str, start: int, end: int) -> Figure:
    """With the word beside it that makes it approximate or a bound."""
    if not figure.weak and _may_be_omitted(figure, text, start):
        figure = replace(figure, weak=True)
    if figure.approx:
        return figure
    after = _AFTER.match(text, end)
    before = _BEFORE.search(text, max(0, start - 4), start)
    word = after.group(1) if after else before.group(1) if before else None
    return replace(figure, approx=word) if word else figure


def _may_be_omitted(figure: Figure, text: str, start: int) -> bool:
    """School grades (고3 is a senior) and the count of what was just listed (A·B·C 세 곳)."""
    if _GRADE.search(text, max(0, start - 2), start):
        return True
    listed = _LISTED.search(text, max(0, start - 40), start)
    return listed is not None and listed.group().count("·") + 1 == figure.value
