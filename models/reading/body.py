"""Which lines of a page are the article's body: single lines judged first, then in context.

Rules for one line are in endings, captions, furniture, datelines; this module weighs them
against where a line stands and what the lines around it are.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from models.reading.context import choose, with_count_runs
from models.reading.unfold import Line
from models.reading.verdicts import Judged, Verdict, judge


@dataclass(frozen=True, slots=True)
class Body:
    """The paragraphs of the body and the page's lines before, among and after them."""

    paragraphs: tuple[str, ...]
    head: tuple[str, ...]
    tail: tuple[str, ...]


# An end mark counts only if the prose before it is at least this share of the prose after it.
_END_SHARE = {Verdict.END: 0.2, Verdict.COMMENTS: 0.34, Verdict.BYLINE: 0.5}


def find_body(lines: Sequence[Line], trusted: Collection[int] = ()) -> Body:
    """Choose the body; no paragraphs when nothing on the page is prose.

    ``trusted`` holds the origins of lines an HTML extractor takes for the main content; given
    any, only prose among or right beside them is body.
    """
    judged = with_count_runs([judge(line) for line in lines])
    start = _head_end(judged)
    end = _body_end(judged, start)
    chosen = choose(judged[start:end])
    if trusted:
        chosen = _beside(judged, chosen, trusted)
    first = chosen[0].line.origin if chosen else 0
    kept = {id(item) for item in chosen}
    outside = [item for item in judged if id(item) not in kept]
    return Body(
        paragraphs=_paragraphs(chosen),
        head=tuple(i.line.text for i in outside if i.line.origin <= first),
        tail=tuple(i.line.text for i in outside if i.line.origin > first),
    )


def _beside(
    judged: Sequence[Judged], chosen: Sequence[Judged], trusted: Collection[int]
) -> list[Judged]:
    """Of ``chosen``, what lies between trusted lines or in an unbroken run next to them."""
    kept = {id(item) for item in chosen}
    marks = [i for i, item in enumerate(judged) if id(item) in kept and item.line.origin in trusted]
    if not marks:
        return []
    first, last = marks[0], marks[-1]
    while first > 0 and id(judged[first - 1]) in kept:
        first -= 1
    while last + 1 < len(judged) and id(judged[last + 1]) in kept:
        last += 1
    return [item for item in judged[first : last + 1] if id(item) in kept]


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


def _paragraphs(chosen: Sequence[Judged]) -> tuple[str, ...]:
    """Pieces of one line of the page are one paragraph."""
    paragraphs: dict[int, list[str]] = {}
    for item in chosen:
        paragraphs.setdefault(item.line.origin, []).append(item.prose)
    return tuple(" ".join(pieces) for pieces in paragraphs.values())
