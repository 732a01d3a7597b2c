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
from models.anchors.figure_reading import Found, read_figure
from models.anchors.figure_rendering import render
from models.anchors.not_figures import not_figure_spans
from models.documents import Anchor

_BEFORE = re.compile(r"(약|최대|최고|최장|최소|무려|총|겨우|불과)\s?$")
_AFTER = re.compile(r"\s?(여|이상|이하|미만|초과|안팎|가량|남짓|정도|쯤|내외|넘|밑)")
_GRADE = re.compile(r"(?<![가-힣])[초중고]$")
_LISTED = re.compile(r"\S+·\S+(?=\s$)")
# The number of a court's or prosecution's division is part of its name: 형사4단독, 대법원 2부.
_DIVISION_BEFORE = re.compile(r"[가-힣]$|법원\s제?$|(?<![가-힣])제$")
_DIVISION = re.compile(
    r"\s?(?:단독|(?:형사|민사|행정|가사|특별|합의|항소|수사|조사|특허)[가-힣]{0,4}부"
    r"|(?:합의|재판)?부(?=[\s(（은는이가의를도와]|$)(?![이가]\s?(?:아니|되)))"
)


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
        figure = _marked(found, text, start, match.end())
        if figure.sense == "office":
            start -= text[:start].endswith("제")  # 제22대 국회
        anchors.append(
            Anchor(start, found.end, text[start : found.end], "figure", render(figure), figure)
        )
    return tuple(anchors)


def _inside_word(text: str, start: int) -> bool:
    """Digits right after Latin letters are part of a name (F-35, S25)."""
    before = text[max(0, start - 1) : start]
    return bool(before) and before.isascii() and before.isalpha()


def _marked(found: Found, text: str, start: int, end: int) -> Figure:
    """With the word beside it that makes it approximate or a bound."""
    figure = found.figure
    if not figure.weak and _may_be_omitted(found, text, start):
        figure = replace(figure, weak=True)
    if figure.approx:
        return figure
    after = _AFTER.match(text, end)
    before = _BEFORE.search(text, max(0, start - 4), start)
    word = after.group(1) if after else before.group(1) if before else None
    return replace(figure, approx=word) if word else figure


def _may_be_omitted(found: Found, text: str, start: int) -> bool:
    """School grades (고3), divisions of courts, the count of what was just listed (A·B 두 곳)."""
    if _GRADE.search(text, max(0, start - 2), start):
        return True
    if _DIVISION.match(text, found.end) and _DIVISION_BEFORE.search(text, 0, start):
        return True
    listed = _LISTED.search(text, max(0, start - 40), start)
    return listed is not None and listed.group().count("·") + 1 == found.figure.value
