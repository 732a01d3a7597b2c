"""How a line ends: the strongest sign of whether it is prose or furniture.

Pure string work on one line; knows nothing of the lines around it.
"""

from __future__ import annotations

import re
from enum import Enum

_CLOSERS = r"[\"'”’」』》〉)\]】*]*"
# Syllables Korean sentences end in: 다 요 까 죠 …, and -ㅁ of official style (함, 됨, 있음).
_FINAL = "다요까죠네라자나지오음함임됨됌듯군걸니냐랴래렴세가뿐"
_STRONG = re.compile(rf"[{_FINAL}]{_CLOSERS}\s?[.?!。…~]+{_CLOSERS}$")
_NOMINAL = re.compile(rf"[0-9A-Za-z가-힣%℃㎡㎢]{_CLOSERS}\s?[.?!。]{_CLOSERS}$")
_BARE = re.compile(rf"(?:[가-힣]다|[가-힣]요|니까|[가-힣]죠){_CLOSERS}$")
_SMILEYS = re.compile("[\\sㅋㅎㅠㅜ^~♡♥\u2600-\u27bf\U0001f300-\U0001faff]+$")
_OFFICIAL = re.compile(r"(?:[가-힣](?:함|임|됨)|있음|없음|[했였]음|[가-힣] ?(?:예정|계획))[.]?$")
_INNER = re.compile(rf"[{_FINAL}]{_CLOSERS}[.?!…]+{_CLOSERS}(?=\s|$)")
# 합니다, 입니다, 습니다 … but not 아니다, 지니다: the syllable before 니다 closes in ㅂ.
_CLOSED_IN_B = "".join(chr(code) for code in range(0xAC00, 0xD7A4) if (code - 0xAC00) % 28 == 17)
_POLITE = re.compile(
    rf"(?:[{_CLOSED_IN_B}]니[다까]|세요|[어아해예에여워와져봐줘]요|까요|죠|십시오|네요|군요|는데요)\s?[.?!~…]*$"
)
_PLAIN = re.compile(rf"(?<![{_CLOSED_IN_B}]니)다\s?[.]$")
_QUOTED = re.compile('“[^”]*”|‘[^’]*’|"[^"]*"|「[^」]*」')


class Ending(Enum):
    """``STRONG``: a finished sentence; ``NOMINAL``: a full stop after a noun or a number;
    ``BARE``: a final verb form without its full stop; ``OFFICIAL``: -함, -임 of official style;
    ``NONE``: anything else."""

    STRONG = "strong"
    NOMINAL = "nominal"
    BARE = "bare"
    OFFICIAL = "official"
    NONE = "none"


class Register(Enum):
    """The style of the last sentence outside quotation marks."""

    PLAIN = "plain"
    POLITE = "polite"
    UNKNOWN = "unknown"


def ending_of(line: str) -> Ending:
    """Classify the end of ``line``."""
    line = _SMILEYS.sub("", line)
    if _STRONG.search(line):
        return Ending.STRONG
    if _BARE.search(line):
        return Ending.BARE
    if _OFFICIAL.search(line):
        return Ending.OFFICIAL
    if _NOMINAL.search(line):
        return Ending.NOMINAL
    return Ending.NONE


def register_of(line: str) -> Register:
    """다. is plain; 습니다, 세요, 해요 address the reader: polite."""
    bare = _SMILEYS.sub("", _QUOTED.sub("", line))
    if _PLAIN.search(bare):
        return Register.PLAIN
    return Register.POLITE if _POLITE.search(bare) else Register.UNKNOWN


def finished_sentences(line: str) -> int:
    """How many sentences in ``line`` end like sentences (quoted ones count too)."""
    return len(_INNER.findall(line))


def last_finish(line: str) -> int:
    """Where the last finished sentence of ``line`` ends; 0 when there is none."""
    ends = [match.end() for match in _INNER.finditer(line)]
    return ends[-1] if ends else 0


def first_finish(line: str) -> int:
    """Where the first finished sentence of ``line`` ends; 0 when there is none."""
    match = _INNER.search(line)
    return match.end() if match else 0


def full_stop(line: str) -> str:
    """``line`` as if its writer had not left out the full stop."""
    return _SMILEYS.sub("", line) + "."
