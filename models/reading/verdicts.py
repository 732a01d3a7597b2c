"""What one line of a page is, seen alone: the meeting place of the rules for single lines.

Looks at no other line; context.py and body.py do.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from models.reading.captions import is_caption, without_credit
from models.reading.characters import has_hangul
from models.reading.datelines import strip_lead, strip_tail
from models.reading.endings import Ending, ending_of, finished_sentences, last_finish
from models.reading.furniture import Furniture, furniture_of
from models.reading.metadata import is_meta
from models.reading.unfold import Line


class Verdict(Enum):
    """What one line is, seen alone."""

    PROSE = "prose"
    WEAK = "weak"  # may be prose, if its neighbours are
    OTHER = "other"
    CAPTION = "caption"
    META = "meta"
    NOISE = "noise"
    SECTION = "section"
    COMMENTS = "comments"
    BYLINE = "byline"
    END = "end"


@dataclass(frozen=True, slots=True)
class Judged:
    """A line, what it is, and what of it would be body."""

    line: Line
    verdict: Verdict
    prose: str


_FURNITURE = {
    Furniture.END: Verdict.END,
    Furniture.BYLINE: Verdict.BYLINE,
    Furniture.SECTION: Verdict.SECTION,
    Furniture.COMMENTS: Verdict.COMMENTS,
    Furniture.NOISE: Verdict.NOISE,
}

_PARAGRAPH_MINIMUM = 40  # code points


def judge(line: Line) -> Judged:
    """What ``line`` is on its own."""
    text = line.text
    if is_meta(text):
        return Judged(line, Verdict.META, "")
    if is_caption(text):
        return Judged(line, Verdict.CAPTION, "")
    prose = without_credit(strip_tail(strip_lead(text)))
    verdict = _prose_verdict(prose)
    if verdict is Verdict.PROSE and len(prose) >= 160:
        return Judged(line, verdict, prose)
    furniture = furniture_of(prose) if prose else furniture_of(text)
    if furniture is not None:
        return Judged(line, _FURNITURE[furniture], "")
    if verdict is Verdict.OTHER and finished_sentences(prose) >= 2:
        return Judged(line, Verdict.PROSE, prose[: last_finish(prose)])
    return Judged(line, verdict, prose)


def _prose_verdict(text: str) -> Verdict:
    if not has_hangul(text):
        return Verdict.OTHER
    ending = ending_of(text)
    if ending is Ending.STRONG:
        return Verdict.PROSE
    if ending is Ending.NOMINAL and finished_sentences(text) and len(text) >= _PARAGRAPH_MINIMUM:
        return Verdict.PROSE
    return Verdict.OTHER if ending is Ending.NONE else Verdict.WEAK
