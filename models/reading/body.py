"""Which lines of a page are the article's body: single lines judged first, then in context.

Rules for one line are in endings, captions, furniture, datelines; this module weighs them
against where a line stands and what the lines around it are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from models.reading.captions import is_caption, without_credit
from models.reading.characters import has_hangul
from models.reading.datelines import strip_lead, strip_tail
from models.reading.endings import (
    Ending,
    Register,
    ending_of,
    finished_sentences,
    last_finish,
    register_of,
)
from models.reading.furniture import Furniture, furniture_of, is_list_item
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


@dataclass(frozen=True, slots=True)
class Body:
    """The paragraphs of the body and the page's lines before, among and after them."""

    paragraphs: tuple[str, ...]
    head: tuple[str, ...]
    tail: tuple[str, ...]


_FURNITURE = {
    Furniture.END: Verdict.END,
    Furniture.BYLINE: Verdict.BYLINE,
    Furniture.SECTION: Verdict.SECTION,
    Furniture.COMMENTS: Verdict.COMMENTS,
    Furniture.NOISE: Verdict.NOISE,
}
_WEAK_MINIMUM = 20  # code points
_ITEM_MAXIMUM = 50  # longer lines under a section heading are prose again
# An end mark counts only if the prose before it is at least this share of the prose after it.
_END_SHARE = {Verdict.END: 0.2, Verdict.COMMENTS: 0.34, Verdict.BYLINE: 0.5}


def find_body(lines: Sequence[Line]) -> Body:
    """Choose the body; no paragraphs when nothing on the page is prose."""
    judged = [judge(line) for line in lines]
    start = _head_end(judged)
    end = _body_end(judged, start)
    chosen = _choose(judged[start:end])
    first = chosen[0].line.origin if chosen else 0
    kept = {id(item) for item in chosen}
    outside = [item for item in judged if id(item) not in kept]
    return Body(
        paragraphs=_paragraphs(chosen),
        head=tuple(i.line.text for i in outside if i.line.origin <= first),
        tail=tuple(i.line.text for i in outside if i.line.origin > first),
    )


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
    long_enough = len(text) >= _WEAK_MINIMUM
    return Verdict.WEAK if ending is not Ending.NONE and long_enough else Verdict.OTHER


def _weight(judged: Sequence[Judged]) -> int:
    return sum(len(item.prose) for item in judged if item.verdict is Verdict.PROSE)


def _head_end(judged: Sequence[Judged]) -> int:
    """Where the page's head ends: after the last dateline that has next to no prose before it."""
    total = _weight(judged)
    end, before = 0, 0
    for index, item in enumerate(judged):
        before += len(item.prose) if item.verdict is Verdict.PROSE else 0
        if before > 0.15 * total:
            break
        if item.verdict is Verdict.META:
            end = index + 1
    return end


def _body_end(judged: Sequence[Judged], start: int) -> int:
    total = _weight(judged[start:])
    before = 0
    for index in range(start, len(judged)):
        item = judged[index]
        if item.verdict is Verdict.PROSE:
            before += len(item.prose)
        share = _END_SHARE.get(item.verdict)
        if share is not None and before and before >= share * (total - before):
            return index
    return len(judged)


def _choose(judged: Sequence[Judged]) -> list[Judged]:
    kept = _without_repeats(_without_sections(judged))
    kept = _without_strangers(kept)
    prose = [item for item in kept if item.verdict is Verdict.PROSE]
    if not prose:
        return [item for item in kept if item.verdict is Verdict.WEAK][:]
    return _with_weak(kept)


def _without_sections(judged: Sequence[Judged]) -> list[Judged]:
    """Drop headings of lists and the items right below them."""
    kept: list[Judged] = []
    inside = False
    for item in judged:
        if item.verdict is Verdict.SECTION:
            inside = True
            continue
        if inside and (item.line.gap or _resumes(item)):
            inside = False
        if not inside:
            kept.append(item)
    return kept


def _resumes(item: Judged) -> bool:
    return item.verdict is Verdict.PROSE and len(item.prose) > _ITEM_MAXIMUM


def _without_repeats(judged: Sequence[Judged]) -> list[Judged]:
    """Keep the first of identical long lines (a page that holds its text twice)."""
    seen: Counter[str] = Counter()
    kept = []
    for item in judged:
        seen[item.line.text] += 1
        if seen[item.line.text] == 1 or len(item.line.text) < _WEAK_MINIMUM:
            kept.append(item)
    return kept


def _without_strangers(judged: Sequence[Judged]) -> list[Judged]:
    """Drop single polite lines ("…에게 있습니다.") of an article written in plain style."""
    registers = Counter(register_of(i.prose) for i in judged if i.verdict is Verdict.PROSE)
    plain, polite = registers[Register.PLAIN], registers[Register.POLITE]
    if plain < 2 or polite * 3 > plain:
        return list(judged)
    return [i for i in judged if not _is_stranger(i)]


def _is_stranger(item: Judged) -> bool:
    if register_of(item.prose) is not Register.POLITE or is_list_item(item.line.text):
        return False
    return len(item.prose) < 120


def _with_weak(judged: Sequence[Judged]) -> list[Judged]:
    """All prose, and the weak lines that stand between prose and read like it."""
    kept = []
    for index, item in enumerate(judged):
        if item.verdict is Verdict.PROSE:
            kept.append(item)
        elif item.verdict is Verdict.WEAK and _reads_on(judged, index):
            kept.append(item)
    return kept


def _reads_on(judged: Sequence[Judged], index: int) -> bool:
    item = judged[index]
    before = [i for i in judged[:index] if i.verdict is Verdict.PROSE]
    ending = ending_of(item.prose)
    if not before:
        return False
    if ending is Ending.NOMINAL:
        return finished_sentences(item.prose) >= 1
    if ending is Ending.OFFICIAL:
        return is_list_item(item.line.text) and len(item.prose) >= 30
    return register_of(item.prose + ".") is register_of(before[-1].prose) and len(item.prose) >= 30


def _paragraphs(chosen: Sequence[Judged]) -> tuple[str, ...]:
    """Pieces of one line of the page are one paragraph."""
    paragraphs: dict[int, list[str]] = {}
    for item in chosen:
        paragraphs.setdefault(item.line.origin, []).append(item.prose)
    return tuple(" ".join(pieces) for pieces in paragraphs.values())
