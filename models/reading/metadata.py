"""Title, date and byline of a page, from the lines around its body.

Knows which lines were chosen as body, never chooses them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from models.reading.captions import is_caption
from models.reading.datelines import ROLE
from models.reading.furniture import furniture_of
from models.reading.timestamps import Timestamp, find_timestamps

_FIRST_MARK = re.compile(
    r"(?:입력|등록|송고|송신|승인|작성|게재|게시|발행|보도\s?시점|배포|published|posted)",
    re.IGNORECASE,
)
_LATER_MARK = re.compile(r"(?:수정|최종|업데이트|편집|updated|modified)", re.IGNORECASE)
_AROUND = 14  # characters before and after a date in which a mark says what it is
_META_WORDS = re.compile(
    r"기사|입력|등록|송고|송신|승인|작성|게재|발행|수정|최종|업데이트|편집|시각|시간|일시|날짜|보도\s?시점|배포|"
    r"조회수?|댓글|공유|추천|스크랩|인쇄|프린트|저장|구독|응원|기자명?|등록자|작성자|특파원|[\d:,.\-/|()\[\]<>·ㅣl◎■\s]"
)

_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+")
_BYLINES = tuple(
    re.compile(pattern)
    for pattern in (
        # (서울=…) 김바다 이하늘 기자 =
        rf"[)\]】>]\s?(?P<names>[가-힣]{{2,4}}(?:\s[가-힣]{{2,4}}){{1,4}})\s(?P<role>{ROLE})\s?=",
        rf"(?:^|[\s=/|·,(\[<:：\d])(?P<names>[가-힣]{{2,5}}(?:\s?[·,ㆍ]\s?[가-힣]{{2,4}}){{0,4}})\s?(?P<role>{ROLE})(?![가-힣A-Za-z])",
        # "채은봄 기자가 취재했습니다."
        r"(?:^|\s)(?P<names>[가-힣]{2,4})\s(?P<role>기자|특파원)(?=(?:가|의|입니다)(?:\s|[.]|$))",
        r"\(기자\)\s?(?P<names>[가-힣]{2,4})(?![가-힣])(?P<role>)",
        r"\bby\s(?P<names>[가-힣A-Za-z .]{2,20}?)(?P<role>\s?(?:에디터|기자))?(?:$|[|·/])",
    )
)
_NO_NAME = re.compile(
    r"^(?:기자명|작성자|등록자|글쓴이|입력|수정|로봇|선임|수석|객원|인턴|전문|담당|취재|구독|많은|본지|다른|이달의|시민|사진|영상|촬영|편집|대표|소속|해당|일부|현장|등록된|여행|경제|정치|사회|문화|스포츠|의학|과학|산업|법조)"
)
_SITE_MARK = re.compile(r"\s(?:[-|<:：–—]|::|»|›)\s")
_FIRST_SHARE = 0.5
_LONG_MENU = 6  # words
_NEAR = 4  # lines between a headline and its date: standfirsts, a byline
# Marks of a headline, at the length of one.
_HEADLINE_SHAPE = re.compile(r"^(?=.{15,80}$).*(?:…|⋯|\.\.\.|[“‘\"'][^“”]{3,}[”’\"'])")
_FIGURE = re.compile(r"\d[\d,.]{2,}|[+-]\d")  # four of them make a ticker
_PARTICLE = re.compile("[가-힣][은는을를의]$")
_WORD = re.compile("[가-힣A-Za-z0-9.%]{2,}")


def is_meta(line: str) -> bool:
    """Whether ``line`` is a dateline of the page: a date and little besides."""
    stamps = list(find_timestamps(line))
    if not stamps or len(line) > 160:
        return False
    rest = line
    for stamp in reversed(stamps):
        rest = rest[: stamp.start] + rest[stamp.end :]
    rest = _EMAIL.sub("", rest)
    marked = _FIRST_MARK.search(rest) or _LATER_MARK.search(rest)
    left = len(_META_WORDS.sub("", rest))
    return left <= (24 if marked or stamps[0].timed else 8)


def find_published_at(head: Sequence[str], tail: Sequence[str]) -> datetime | None:
    """When the page was first published: the marked date before the body, else after it."""
    for lines in (head, tail):
        stamps = [
            (line, stamp) for line in lines if len(line) < 200 for stamp in find_timestamps(line)
        ]
        for wanted in (_is_first, _is_timed, _is_any):
            for line, stamp in stamps:
                if wanted(line, stamp):
                    return stamp.moment
    return None


def _is_first(line: str, stamp: Timestamp) -> bool:
    before = line[max(0, stamp.start - _AROUND) : stamp.start]
    after = line[stamp.end : stamp.end + _AROUND]
    if _LATER_MARK.search(before):
        return False
    return bool(_FIRST_MARK.search(before) or _FIRST_MARK.match(after.lstrip(" )]|")))


def _is_timed(line: str, stamp: Timestamp) -> bool:
    before = line[max(0, stamp.start - _AROUND) : stamp.start]
    return stamp.timed and is_meta(line) and not re.search("수정", before)


def _is_any(line: str, stamp: Timestamp) -> bool:
    return is_meta(line)


def find_byline(lines: Sequence[str]) -> str | None:
    """The reporters named in ``lines``, as "도윤서 기자" or "도윤서, 남기훈 기자"."""
    for line in lines:
        if len(line) > 200:
            continue
        for pattern in _BYLINES:
            for match in pattern.finditer(line):
                names = _names(match["names"])
                if names:
                    return f"{', '.join(names)} {(match['role'] or '기자').strip()}"
    return None


def _names(text: str) -> tuple[str, ...]:
    names = re.split(r"\s?[·,ㆍ]\s?|\s", text.strip())
    return tuple(name for name in names if len(name) >= 2 and not _NO_NAME.search(name))


def find_title(head: Sequence[str], body: str) -> str | None:
    """The headline among the lines before the body: the one whose words the body repeats.

    Lines below the date weigh half: standfirsts stand there, headlines seldom.
    """
    dateline = next((i for i, line in enumerate(head) if is_meta(line)), len(head))
    scored = [(_headline_score(head, i, dateline, body), line) for i, line in enumerate(head)]
    best = max((score for score, _ in scored), default=0.0)
    if not best:
        return None
    # Standfirsts repeat the body as well as headlines do, but stand below them; menus above them.
    shaped = [bool(score and _HEADLINE_SHAPE.search(line)) for score, line in scored]
    return next(
        line
        for i, (score, line) in enumerate(scored)
        if score >= (1.0 if _is_long_menu(line) and any(shaped[i + 1 :]) else _FIRST_SHARE) * best
    )


def _headline_score(head: Sequence[str], index: int, dateline: int, body: str) -> float:
    line = head[index]
    if _not_a_title(line):
        return 0.0
    above = index < dateline
    score = (1.0 if above else 0.5) * _title_score(line, body)
    return score + (_shape_score(line) if above and dateline - index <= _NEAR else 0.0)


def _shape_score(line: str) -> float:
    if _HEADLINE_SHAPE.search(line):
        return 1.0
    return 0.3 if len(line) >= 12 and len(line.split()) >= 3 and not _is_menu(line) else 0.0


def _title_score(line: str, body: str) -> float:
    words = _WORD.findall(line)
    shared = sum(_stem_in(word, body) for word in words)
    if len(words) < 2 or shared < max(1, 0.25 * len(words)):
        return 0.0
    if shared < 0.6 * len(words) and _is_menu(line):
        return 0.0
    return shared + 0.02 * min(len(line), 50)


def _not_a_title(line: str) -> bool:
    if not 6 <= len(line) <= 120 or is_meta(line):
        return True
    if len(_FIGURE.findall(line)) >= 4 or furniture_of(line) is not None or is_caption(line):
        return True
    return bool(re.search(r"^[-–·]\s|^\[?(?:사진|영상)|기자(?:\s|$)|@", line))


def _stem_in(word: str, body: str) -> bool:
    """Whether ``body`` has the word, give or take a particle of one or two syllables."""
    return any(len(stem) >= 2 and stem in body for stem in (word, word[:-1], word[:-2]))


def _is_long_menu(line: str) -> bool:
    """A menu of so many short words that it is hardly a headline."""
    return _is_menu(line) and len(line.split()) >= _LONG_MENU


def _is_menu(line: str) -> bool:
    words = re.split(r"[\s>|〉/·]+", line)
    if re.search(r"[>|〉]", line) and all(len(word) <= 9 for word in words):
        return True
    if any(_PARTICLE.search(word) for word in words) or re.search(r"[…‘’“”\"'?!,\d]", line):
        return False
    return len(words) >= 3 and all(len(word) <= 5 for word in words)


def strip_site(title: str) -> str:
    """An HTML title without the site's name before or behind " - ", " | " or " :: "."""
    return max(_SITE_MARK.split(title), key=len).strip()


def visible_title(candidates: Sequence[str], head: Sequence[str]) -> str:
    """A declared title (``<title>``, ``og:title``, the longest ``<h1>``) as the page shows it."""
    for candidate in candidates:
        shown = max((line for line in head if line in candidate), key=len, default="")
        if len(shown) >= 6 and 2 * len(shown) >= len(candidate):
            return shown
    return strip_site(candidates[0])
