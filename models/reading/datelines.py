"""What agencies put before the first and after the last sentence: "(서울=…) 김○○ 기자 = ".

One line at a time. The names found here go to the byline, never to the body.
"""

from __future__ import annotations

import re

ROLE = (
    r"(?:(?:선임|수석|객원|인턴|수습|시민|명예|사진|편집|[가-힣]{0,4}전문)?\s?기자|특파원|통신원|논설위원|"
    r"에디터|PD|리포터|앵커|아나운서)"
)
_NAMES = r"[가-힣]{2,4}(?:\s?[·,ㆍ]\s?[가-힣]{2,4}){0,4}"
_SPACED = r"[가-힣]{2,4}(?:(?:\s?[·,ㆍ]\s?|\s)[가-힣]{2,4}){0,5}"
_CREDITS = rf"(?:(?:{_NAMES}\s?{ROLE}\s?[·,ㆍ]?\s?){{1,3}})"
_MEDIA = (
    r"(?:뉴스|신문|일보|통신|경제|타임스|투데이|저널|방송|미디어|데일리|매거진|TV|"
    r"news|NEWS|News|뉴시스|헤럴드|머니)"
)
_LEADS = tuple(
    re.compile(pattern)
    for pattern in (
        # (서울=한결뉴스) 남기훈 기자 =   【세종=뉴시스】 …   (경주=에너지) 육재희 기자
        rf"^[(\[【<〈]\s*[^()\[\]【】=]{{1,24}}=[^()\[\]【】]{{1,24}}[)\]】>〉]\s*(?:{_SPACED}\s{ROLE}\s?=|{_CREDITS}\s?=?|[=:])?\s*",
        # [한빛경제 도윤서 기자] …   (도윤서 기자) …
        rf"^[(\[【<]\s*(?:[^()\[\]【】]{{0,24}}[\s=])?{_NAMES}\s?{ROLE}\s*[)\]】>]\s*[=:]?\s*",
        # 도윤서 기자 = …   대전=도윤서 기자 …
        rf"^(?:[가-힣]{{2,6}}\s?=\s?)?{_CREDITS}\s?=\s*",
        rf"^[가-힣]{{2,6}}\s?=\s?{_CREDITS}\s*",
        # [한빛경제] …
        rf"^\[[가-힣A-Za-z0-9·]{{0,12}} ?[가-힣A-Za-z0-9·]{{0,8}}{_MEDIA}[0-9]{{0,2}}\]\s*",
        # [앵커]  <기자>  ◀ 리포트 ▶  [앵커멘트]
        r"^(?:\[|<|◀ ?|【)\s*(?:앵커|기자|리포트|리포터|앵커멘트|아나운서|현장음|녹취|인터뷰|"
        r"VCR|ANC|END|답변|질문)\s*"
        r"(?:\]|>| ?▶|】)\s*[:=]?\s*",
    )
)
_EMAIL = r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}"
_TAILS = tuple(
    re.compile(pattern)
    for pattern in (
        # … 말했다. 도윤서 기자 ysdo@… [저작권자…
        rf"(?<=[.?!”\"’)])\s*[/(\[<|]?\s*(?:[가-힣A-Za-z]{{2,12}}\s?=\s?)?{_NAMES}\s?{ROLE}\s*[)\]>]?"
        rf"(?:\s*[(\[</|]?\s*{_EMAIL}.*)?$",
        rf"(?<=[.?!”\"’)])\s*[/(\[<|]?\s*{_EMAIL}.*$",
        r"(?<=[.?!”\"’)])\s*[<\[(]?\s*(?:저작권자|무단 ?전재|ⓒ|©|[Cc]opyright).*$",
        r"(?<=[.?!”\"’)])\s*[<\[(]\s*"
        r"(?:끝|계속|종합|관련 ?기사[^)\]>]*|표 ?참조|\S{1,6}면에? ?계속)\s*[>\])]\s*$",
        r"(?<=[.?!”\"’)])\s*(?:끝[.]?|[▶☞▷➤►→]\s?.{0,80}|\[(?:관련|사진|영상|표|그래픽).{0,60})$",
        r"(?<=[.?!”\"’)])(?:\s*#[^\s#]+)+\s*$",
    )
)

_TAIL_LIMIT = 400  # code points from the end of a line in which its tail begins


def strip_lead(line: str) -> str:
    """``line`` without the dateline, media name or speaker label it starts with."""
    changed = True
    while changed:
        changed = False
        for lead in _LEADS:
            match = lead.search(line)
            if match and match.end():
                line, changed = line[match.end() :].lstrip(), True
    return line


def strip_tail(line: str) -> str:
    """``line`` without the byline, e-mail, copyright or cross-reference it ends with."""
    body, end = line[:-_TAIL_LIMIT], line[-_TAIL_LIMIT:]
    changed = True
    while changed:
        changed = False
        for tail in _TAILS:
            match = tail.search(end)
            if match and match.start() < len(end):
                end, changed = end[: match.start()].rstrip(), True
    return body + end


def stripped_ends(line: str) -> tuple[str, str]:
    """What ``strip_lead`` and ``strip_tail`` take off: where agencies name their reporters."""
    lead = line[: len(line) - len(strip_lead(line))]
    return lead, line[len(strip_tail(line)) :]
