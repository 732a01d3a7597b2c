"""What lines are, given the lines around them: lists, repeats, strangers, and weak prose.

Works on lines that were judged alone; says nothing of where a body starts and ends.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from models.reading.captions import is_scene, may_be_signed_caption
from models.reading.characters import has_hangul
from models.reading.endings import Ending, Register, ending_of, full_stop, register_of
from models.reading.furniture import is_list_item
from models.reading.verdicts import Judged, Verdict

_REPEAT_MINIMUM = 20  # code points; shorter lines may well occur twice
_ITEM_MAXIMUM = 50  # longer lines under a section heading are prose again
_BARE_MINIMUM = 25  # a verb form without full stop, shorter than this, is a headline
_COUNT = re.compile(r"^\W*[가-힣][가-힣 ]{1,14}\s?\d{1,6}$")
_COUNT_RUN = 3
# The outline bullets of official documents; news sites head their lists with others.
_OUTLINE = re.compile(r"^[□○◯◦❍ㅇ]\s?\S")
_OUTLINE_ITEM = re.compile(r"^(?:[□○◯◦❍ㅇ\-–]\s?|\d{1,2}\.\s|[가-하]\.\s)\S")
_SUBTITLE = re.compile(r"^([-–]).*\1$")  # "- 과태료 부과는 최소 1년 유예 -"
_OUTLINE_RUN = 2
_SHORT_BULLET = re.compile(r"^[•·▪ㆍ∙◾★☆→*\-]")


def choose(judged: Sequence[Judged]) -> list[Judged]:
    """The lines of a stretch without end marks that are body, in order."""
    kept = _without_repeats(_without_scenes(_without_sections(judged)))
    kept = _without_strangers(kept)
    prose = [item for item in kept if item.verdict is Verdict.PROSE]
    weak = [item for item in kept if _is_bare(item)]
    if len(weak) >= 2 * len(prose):
        kept = _unpunctuated(kept)
    return [item for index, item in enumerate(kept) if _is_body(kept, index, _outlined(kept))]


def with_count_runs(judged: Sequence[Judged]) -> list[Judged]:
    """Reaction counts one below the other ("좋아요 0", "화나요 3") end an article."""
    counts = [bool(_COUNT.search(item.line.text)) for item in judged]
    runs = [
        any(all(counts[at : at + _COUNT_RUN]) for at in range(max(0, index - 2), index + 1))
        and len(counts) - index >= 1
        for index in range(len(judged))
    ]
    return [
        replace(item, verdict=Verdict.END, prose="") if run and count else item
        for item, run, count in zip(judged, runs, counts, strict=True)
    ]


def _without_sections(judged: Sequence[Judged]) -> list[Judged]:
    """Drop headings of lists and the items right below them."""
    kept: list[Judged] = []
    inside = False
    for item in judged:
        if item.verdict is Verdict.SECTION:
            inside = True
            continue
        if inside and _resumes(item):
            inside = False
        if not inside:
            kept.append(item)
    return kept


def _resumes(item: Judged) -> bool:
    if _SHORT_BULLET.search(item.line.text):
        return False
    return item.verdict is Verdict.PROSE and (item.line.gap or len(item.prose) > _ITEM_MAXIMUM)


def _without_repeats(judged: Sequence[Judged]) -> list[Judged]:
    """Keep the first of identical long lines (a page that holds its text twice)."""
    seen: set[str] = set()
    kept = []
    for item in judged:
        text = item.line.text
        if text not in seen or len(text) < _REPEAT_MINIMUM:
            kept.append(item)
        seen.add(text)
    return kept


def _without_scenes(judged: Sequence[Judged]) -> list[Judged]:
    """Drop captions only their place gives away: signed amid the body, or given twice."""
    texts = Counter(item.line.text for item in judged)
    last = max((i for i, item in enumerate(judged) if item.verdict is Verdict.PROSE), default=0)
    return [
        item
        for index, item in enumerate(judged)
        if not (index < last and may_be_signed_caption(item.line.text))
        and not (texts[item.line.text] > 1 and is_scene(item.prose))
    ]


def _without_strangers(judged: Sequence[Judged]) -> list[Judged]:
    """Drop single polite lines ("…에게 있습니다.") of an article written in plain style."""
    registers = Counter(register_of(i.prose) for i in judged if i.verdict is Verdict.PROSE)
    plain, polite = registers[Register.PLAIN], registers[Register.POLITE]
    if plain < 2 or polite * 3 > plain:
        return list(judged)
    return [item for item in judged if not _is_stranger(item)]


def _is_stranger(item: Judged) -> bool:
    if register_of(item.prose) is not Register.POLITE or is_list_item(item.line.text):
        return False
    return len(item.prose) < 120


def _is_bare(item: Judged) -> bool:
    if item.verdict is not Verdict.WEAK or _SHORT_BULLET.search(item.line.text):
        return False
    return ending_of(item.prose) is Ending.BARE


def _unpunctuated(judged: Sequence[Judged]) -> list[Judged]:
    """A page whose writer leaves out full stops: if most of it is such lines, they are prose."""
    bare = sum(len(item.line.text) for item in judged if _is_bare(item))
    everything = sum(len(item.line.text) for item in judged)
    if bare < 0.6 * everything:
        return list(judged)
    return [replace(i, verdict=Verdict.PROSE) if _is_bare(i) else i for i in judged]


def _outlined(judged: Sequence[Judged]) -> bool:
    """Whether the body is (partly) an official outline: □ … ○ … without full stops."""
    bullets = sum(bool(_OUTLINE.search(item.line.text)) for item in judged)
    return bullets >= _OUTLINE_RUN


def _is_body(judged: Sequence[Judged], index: int, outlined: bool) -> bool:
    item = judged[index]
    if item.verdict is Verdict.PROSE:
        return True
    if item.verdict not in (Verdict.WEAK, Verdict.OTHER):
        return False
    if outlined and _OUTLINE_ITEM.search(item.line.text):
        return _is_outline_item(judged, index)
    ending = ending_of(item.prose)
    if ending is Ending.NOMINAL and has_hangul(item.prose):
        return _touches_prose(judged, index)
    return ending is Ending.BARE and _is_bare_prose(judged, index)


def _is_outline_item(judged: Sequence[Judged], index: int) -> bool:
    text = judged[index].line.text
    if _SUBTITLE.search(text):
        return False
    return len(text) >= 15 and (bool(_OUTLINE.search(text)) or index > 0)


def _touches_prose(judged: Sequence[Judged], index: int) -> bool:
    """Prose right before or after it, nothing but captions and notices between."""
    return any(item is not None and item.verdict is Verdict.PROSE for item in _sides(judged, index))


def _is_bare_prose(judged: Sequence[Judged], index: int) -> bool:
    item = judged[index]
    before, after = _sides(judged, index)
    if before is None or after is None or not _is_bare(item) or len(item.prose) < _BARE_MINIMUM:
        return False
    between = before.verdict is Verdict.PROSE and after.verdict is Verdict.PROSE
    return between and register_of(full_stop(item.prose)) is register_of(before.prose)


def _sides(judged: Sequence[Judged], index: int) -> tuple[Judged | None, Judged | None]:
    def visible(items: Sequence[Judged]) -> Judged | None:
        skipped = (Verdict.CAPTION, Verdict.NOISE)
        return next((item for item in items if item.verdict not in skipped), None)

    return visible(judged[:index][::-1]), visible(judged[index + 1 :])
