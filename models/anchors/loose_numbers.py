"""Numbers a Korean text holds without stating a figure: 첫, 양국, 하나, the 19 of 코로나19.

They need not show in English, but an English number they explain was not invented.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from models.anchors.korean_numbers import (
    COUNTING,
    MIXED,
    NATIVE,
    NATIVE_ONES,
    NATIVE_RANGES,
    NATIVE_TENS,
    SINO_DIGITS,
    TENS,
    read_mixed,
    read_native,
)  # fmt: skip

_WORDS: dict[str, tuple[int, ...]] = {
    "첫": (1,), "처음": (1,), "최초": (1,), "으뜸": (1,), "선두": (1,), "단독": (1,), "홀로": (1,),
    "하루": (1, 24), "한": (1,), "하나": (1,), "일주일": (1, 7), "매주": (1,), "매달": (1,),
    "양": (2,), "두": (2,), "쌍": (2,), "둘": (2,), "재": (2,), "다시": (2,), "또": (2,),
    "복수": (2,), "이중": (2,), "부부": (2,), "모자": (2,), "이틀": (2, 48), "격주": (2,),
    "곱": (2,), "갑절": (2,), "배": (2,), "삼": (3,), "셋": (3,), "세": (3,), "사흘": (3,),
    "네": (4,), "넷": (4,), "사방": (4,), "나흘": (4,), "닷새": (5,), "엿새": (6,), "이레": (7,),
    "여드레": (8,), "아흐레": (9,), "열흘": (10,), "보름": (15, 2, 14), "십": (10,), "백": (100,),
    "천": (1000,), "만": (10000,), "억": (10**8,), "조": (10**12,), "전액": (100,),
    "모두": (2, 100), "모든": (100,), "전부": (100,), "완전": (100,), "강산": (10,), "세기": (100,),
}  # fmt: skip
_GRADES = re.compile(r"(?P<level>중|고|중학교|고등학교)\s?(?P<grade>[1-3])")
_MONTHS = re.compile(r"(\d+)년\s?(\d+)개?월")
_AGES = {
    "사계절": 4, "사철": 4, "환갑": 60, "육순": 60, "칠순": 70, "팔순": 80, "구순": 90, "불혹": 40,
    "지천명": 50,
}  # fmt: skip
# Years a reader abroad is told where a Korean one needs none.
_EVENTS = {
    "6·25": (1950, 1953, 53), "한국전쟁": (1950, 1953, 53), "5·18": (1980,), "4·3": (1948,),
    "3·1": (1919,), "4·19": (1960,), "광복": (1945,), "외환위기": (1997, 1998, 98),
    "금융위기": (2008,), "12·3": (2024,), "일제강점기": (1910, 1945, 45),
    "임진왜란": (1592, 1598, 98),
}  # fmt: skip
_SINO = re.compile(r"(?<![가-힣])[일이삼사오육칠팔구십백천]{2,}")
_NATIVE = re.compile(rf"(?:{TENS})(?:{COUNTING}|{NATIVE})")
_HALF = re.compile(r"반|절반|half")
_NUMBER = re.compile(rf"{MIXED}|\d+")
_PLAIN_DIGITS = re.compile(r"\d+(?:\.\d+)?")


@cache
def _words() -> re.Pattern[str]:
    words = {**_WORDS, **NATIVE_ONES, **NATIVE_TENS, **NATIVE_RANGES}
    longest = sorted(words, key=len, reverse=True)
    return re.compile("|".join(longest))


def loose_numbers(text: str) -> frozenset[Decimal]:
    """Every number the Korean text may be read to hold, most of them by accident."""
    found: set[Decimal] = set()
    for match in _NUMBER.finditer(text):
        found.add(read_mixed(match.group()))
        found |= {Decimal(digits) for digits in _PLAIN_DIGITS.findall(match.group())}
    for match in _words().finditer(text):
        found |= _word_values(match.group())
    found |= {read_native(m.group())[0] for m in _NATIVE.finditer(text)}
    found |= {read_mixed(match.group()) for match in _SINO.finditer(text)}
    found |= _implied(text)
    if _HALF.search(text):
        found |= {Decimal("0.5"), Decimal(50), Decimal(6)}
    return frozenset(found)


def _implied(text: str) -> set[Decimal]:
    """Numbers English needs for what Korean says otherwise: 중1 is the seventh grade."""
    found = {Decimal(v) for word, values in _EVENTS.items() if word in text for v in values}
    found |= {Decimal(age) for word, age in _AGES.items() if word in text}
    for match in _GRADES.finditer(text):
        found.add(Decimal(int(match["grade"]) + (6 if match["level"][0] == "중" else 9)))
    for years, months in _MONTHS.findall(text):
        total = Decimal(int(years) * 12 + int(months))
        found |= {total, total / 12}
    return found


def _word_values(word: str) -> set[Decimal]:
    values = list(_WORDS.get(word, ()))
    values += [table[word] for table in (NATIVE_ONES, NATIVE_TENS) if word in table]
    values += NATIVE_RANGES.get(word, ())
    return {Decimal(value) for value in values} | {
        value for char, value in SINO_DIGITS.items() if char == word
    }
