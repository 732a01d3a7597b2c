"""Photo, film and table captions, and the credits that give them away.

One line at a time; a caption ends like a sentence more often than not ("…하고 있다. (뉴시스)").
"""

from __future__ import annotations

import re

from models.reading.datelines import ROLE
from models.reading.endings import finished_sentences

_MEDIUM = r"(?:사진|포토|그래픽|영상|자료|이미지|일러스트|삽화|그림|도표|캡처|캡쳐|출처|촬영)"
_HOUSE = (
    r"(?:[가-힣A-Za-z]{1,10}(?:뉴스|신문|일보|통신|경제|타임스|투데이|저널|방송|미디어|데일리|"
    r"매거진|뉴시스|뉴스1|TV)|뉴시스|뉴스1|로이터|신화|게티이미지\S*|gettyimages\S*|AFP|AP|EPA|UPI)"
)
_OPENING = re.compile(
    rf"^(?:큰사진보기|사진 ?크게 ?보기|확대보기)?\s*[▲△▼▽◀▶↑↓☝◇]?\s*"
    rf"(?:[\[<(【〈]\s*(?:{_MEDIUM}|대체 ?텍스트|표)[^\])>】〉]{{0,25}}[\])>】〉:]|\[대체 ?텍스트|"
    rf"{_MEDIUM}\s*(?:설명|제공)?\s*[=:|])"
)
_CREDIT = re.compile(
    r"(?:"
    # (사진=…), [사진=…], /사진=…, 사진 제공=…
    rf"\s*[(\[<【/|]?\s*{_MEDIUM}\s?(?:제공)?\s?[=:|/·ⓒ]\s?[^.]{{1,30}}|"
    rf"\s*[(\[<【]\s*(?:{_MEDIUM}|제공)[^)\]>】]{{0,30}}[)\]>】]|"
    # … 제공, … DB, … 자료사진
    r"(?<=[.)’”\"'])\s*[(\[/]?\s*[^.()\[\]]{1,24}?\s?"
    r"(?:제공|DB|자료 ?사진|캡처|캡쳐|갈무리)\s*[)\]]?|"
    # … 있다. (뉴시스), … 있다. 연합뉴스, … ⓒ 홍길동
    r"(?<=[.])\s*[(\[【]\s*(?!끝|계속|종합|서울|관련|표)(?![^)\]】]*기자)"
    r"[가-힣A-Za-z0-9=·/ ]{2,16}\s*[)\]】]|"
    rf"(?<=[.])\s*[/=|(]?\s*{_HOUSE}(?:\s*[=/]?\s*(?:DB|제공|자료사진|연합뉴스))?[)]?|"
    r"\s*[ⓒ©]\s?[^.]{1,24}"
    r")\s*$"
)
# … 있다. 2025.12.08. photo@…   *재판매 및 DB 금지
_WIRE_PHOTO = re.compile(
    r"재판매 및 DB|(?<=[.])\s*\(?(?:20)?\d\d[./]\s?\d{1,2}[./]\s?\d{1,2}[.]?\)?"
    r"(?:\s*\S+@\S+)?(?:\s*[\[/*(].{0,30})?$"
)
_SIGNED = re.compile(rf"[.]\s*[/(]?\s*[가-힣]{{2,4}}\s?{ROLE}[)]?(?:\s*\S+@\S+)?$")
_SCENE = re.compile(r"(?:있다|있습니다|모습|전경|장면|조감도|현장)[.]?$")
_POINTING = re.compile(
    r"\((?:왼쪽|오른쪽|가운데|맨 ?왼쪽|사진|앞줄|뒷줄)[^)]{0,16}\)|"
    r"왼쪽(?:에서)? ?(?:부터|네 번째|세 번째|두 번째)"
)
_ARROW = re.compile(r"^[▲△▼◀]\s?")
_LONGEST = 220  # code points; a longer line is a paragraph that carries a credit


def is_caption(line: str) -> bool:
    """Whether the whole line is a caption."""
    if len(line) > _LONGEST:
        return False
    if _OPENING.search(line):
        return True
    if _WIRE_PHOTO.search(line):
        return True
    short = finished_sentences(line) <= 1
    credit = _CREDIT.search(line)
    if credit and (_ARROW.search(line) or short) and finished_sentences(line) <= 2:
        return True
    if _ARROW.search(line) and short and _SCENE.search(line):
        return True
    return short and bool(_POINTING.search(line)) and bool(_SCENE.search(line))


def without_credit(line: str) -> str:
    """A paragraph without the photo credit at its end."""
    credit = _CREDIT.search(line)
    return line[: credit.start()].rstrip() if credit else line


def may_be_signed_caption(line: str) -> bool:
    """A scene with its photographer ("… 걸려 있다. 라온결 기자"), or a last sentence signed."""
    signed = _SIGNED.search(line)
    return (
        bool(signed and _SCENE.search(line[: signed.start() + 1])) and finished_sentences(line) == 1
    )


def is_scene(line: str) -> bool:
    """One sentence that says what can be seen: "… 걸려 있다."."""
    return finished_sentences(line) <= 1 and bool(_SCENE.search(line))
