"""Lines that are not lines: a page pasted as one long line, paragraphs wrapped at a column.

Gives body.py the lines a reader would see. Never changes a character that is not a space.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from models.reading.endings import Ending, ending_of
from models.reading.sentences import split_line
from models.reading.timestamps import STAMP


@dataclass(frozen=True, slots=True)
class Line:
    """A line as a reader sees it. ``origin`` numbers the page's own line it was cut from;
    ``gap`` says that an empty line stood before it."""

    text: str
    origin: int
    gap: bool


_LONG = 300  # code points; paragraphs of the development pages reach 280
_OUTLINE = re.compile(r"(?:(?<=\s)|^)(?=[□○◯]\s)")  # bullets that were lines once
_HEAD_LIMIT = 30  # a date further inside a piece belongs to a sentence
_EMAIL = r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}"
# Where a long line is cut: before these …
_BEFORE = re.compile(
    r"(?=(?:기사\s?)?(?:입력|등록|송고|승인|작성)\s?[:：]?\s?(?:19|20)\d{2}[.\-/년])|"
    r"(?=[<\[(]?\s?(?:[Cc]opyright|저작권자|무단\s?전재))|(?=(?<!\S)[ⓒ©])|(?=▲\s)|(?=(?<!\S)[☞▶▷■◆])|"
    r"(?=(?<!\S)(?:AD|광고)\s)|(?=\[(?:관련|광고|사진|영상|포토)[^\]]{0,8}\])|(?=(?<!\S)#[^\s#]+\s#)|"
    rf"(?=(?<!\S)[가-힣]{{2,4}}\s?기자\s?[(<\[]?{_EMAIL})|"
    r"(?=(?<!\S)(?:많이 본|주요 ?뉴스|인기 ?기사|추천 ?기사|관련 ?(?:기사|뉴스|태그)|"
    r"이전글|다음글|댓글 ?\d))"
)
# … and after these.
_AFTER = re.compile(
    rf"(?<=기자\s)(?=\S)|{_EMAIL}[)>\]]?\s|"
    r"▲\s[^.]{1,80}?[(\[][^)\]]{0,12}(?:제공|사진|자료|DB)[^)\]]{0,20}[)\]]\s|"
    r"(?<!\S)(?:AD|광고)\s[^.]{1,60}?(?:하기|보기|받기|가기|클릭|신청|구독)\s"
)
_HEAD_WORDS = re.compile(
    r"^(?:[\s|/·ㅣ:]|조회수?\s?[\d,]+|댓글\s?\d*|(?:기사\s?)?(?:저장|보내기|공유하?기?|스크랩|인쇄|프린트|입력|수정|등록|최종)|"
    r"[가-힣]{2,4}\s?기자(?:명)?|구독|글자\s?크기(?:\s?조절)?|페이스북|트위터|카카오톡|카카오스토리|네이버\s?밴드|밴드|URL\s?복사|링크\s?복사|가(?=\s))+\s"
)


# A line break after one of these syllables (particles, connective endings) or a comma
# stands inside a sentence; headlines seldom end so.
_CONTINUES = re.compile(r"[은는이가을를에의와과로서고며면해한할된인도만지게라,]$")
_STANDALONE = re.compile(rf"^[-–·•○◯◦□■▲△▶◆◇☞#\[<(]|{_EMAIL}|[ⓒ©|]")


def unfold(page: str, wrapped: bool = True) -> tuple[Line, ...]:
    """The non-empty lines of a normalised page, long ones cut, wrapped ones joined.

    ``wrapped=False`` where every line is known to be a block (rendered HTML).
    """
    lines: Iterable[Line] = _numbered(page)
    return tuple(_cut_long(_join_wrapped(tuple(lines)) if wrapped else lines))


def _numbered(page: str) -> Iterator[Line]:
    gap = False
    for origin, text in enumerate(page.split("\n")):
        if text:
            yield Line(text, origin, gap)
        gap = not text


def _cut_long(lines: Iterable[Line]) -> Iterator[Line]:
    for line in lines:
        if len(_OUTLINE.findall(line.text)) > 1:
            yield from _cut(line, _OUTLINE.split(line.text))
            continue
        if len(line.text) < _LONG or not _is_mixed(line.text):
            yield line
            continue
        yield from _cut(line, _pieces(line.text))


def _cut(line: Line, pieces: Iterable[str]) -> Iterator[Line]:
    gap = line.gap
    for piece in filter(None, pieces):
        yield Line(piece.strip(), line.origin, gap)
        gap = False


def _is_mixed(text: str) -> bool:
    """A long line that is more than a paragraph: furniture among its sentences."""
    return (
        ending_of(text) is not Ending.STRONG
        or STAMP.search(text) is not None
        or bool(re.search(_EMAIL, text))
    )


def _pieces(text: str) -> Iterator[str]:
    in_head = False
    for chunk in _at_marks(text):
        stamp = STAMP.search(chunk)
        in_head = in_head or bool(stamp and stamp.start() < _HEAD_LIMIT)
        cut = _head_length(chunk) if in_head else 0
        if cut:
            yield chunk[:cut].strip()
        rest = chunk[cut:].strip()
        in_head = in_head and not rest
        for start, end in split_line(rest) if rest else ():
            yield rest[start:end]


def _head_length(chunk: str) -> int:
    """How much of ``chunk`` is dates, names and buttons of a page's head."""
    cut, moved = 0, True
    while moved:
        words = _HEAD_WORDS.match(chunk[cut:] + " ")
        after = min(len(chunk), cut + (words.end() if words else 0))
        stamp = STAMP.search(chunk, after)
        if stamp and stamp.start() - after < _HEAD_LIMIT:
            after = stamp.end()
        moved, cut = after > cut, after
    return cut


def _at_marks(text: str) -> Iterator[str]:
    cuts = {match.start() for match in _BEFORE.finditer(text)}
    cuts |= {match.end() for match in _AFTER.finditer(text)}
    edges = [0, *sorted(cuts), len(text)]
    for start, end in pairwise(edges):
        chunk = text[start:end].strip()
        if chunk:
            yield chunk


def _join_wrapped(lines: Sequence[Line]) -> Iterator[Line]:
    for block in _blocks(lines):
        if _is_wrapped([line.text for line in block]):
            yield Line(" ".join(line.text for line in block), block[0].origin, block[0].gap)
        else:
            yield from block


def _blocks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    block: list[Line] = []
    for line in lines:
        if line.gap and block:
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _is_wrapped(texts: Sequence[str]) -> bool:
    """Lines of one width that break inside sentences: a paragraph wrapped at a column."""
    if len(texts) < 3 or ending_of(texts[-1]) is not Ending.STRONG:
        return False
    if any(_STANDALONE.search(text) or STAMP.search(text) for text in texts[1:]):
        return False
    widths = [len(text) for text in texts[:-1]]
    if min(widths) < 24 or max(widths) - min(widths) > 14 or len(texts[-1]) > max(widths) + 4:
        return False
    broken = [text for text in texts[:-1] if ending_of(text) is Ending.NONE]
    inside = sum(bool(_CONTINUES.search(text)) for text in broken)
    return 2 * len(broken) >= len(widths) and 2 * inside >= len(broken)
