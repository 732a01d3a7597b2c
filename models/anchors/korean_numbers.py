"""How Korean writes numbers: digits with 천/만/억/조/경, Sino-Korean and native numerals.

Responsible for turning a written number into a ``Decimal`` and for the pattern pieces that
find one. Knows nothing of units, dates or English.
"""

from __future__ import annotations

import re
from decimal import Decimal

SMALL = {"십": Decimal(10), "백": Decimal(100), "천": Decimal(1000)}
LARGE = {
    "만": Decimal(10**4),
    "억": Decimal(10**8),
    "조": Decimal(10**12),
    "경": Decimal(10**16),
}
SINO_DIGITS = {c: Decimal(i) for i, c in enumerate("일이삼사오육칠팔구", 1)}

NATIVE_ONES = {
    "하나": 1, "한": 1, "둘": 2, "두": 2, "셋": 3, "세": 3, "석": 3, "넷": 4, "네": 4, "넉": 4,
    "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9,
}  # fmt: skip
NATIVE_TENS = {
    "열": 10, "스물": 20, "스무": 20, "서른": 30, "마흔": 40, "쉰": 50, "예순": 60,
    "일흔": 70, "여든": 80, "아흔": 90,
}  # fmt: skip
NATIVE_RANGES = {
    "한두": (1, 2), "두세": (2, 3), "두서너": (2, 4), "서너": (3, 4), "너덧": (4, 5),
    "네댓": (4, 5), "네다섯": (4, 5), "대여섯": (5, 6), "예닐곱": (6, 7), "일고여덟": (7, 8),
    "여덟아홉": (8, 9), "여남은": (10, 12),
}  # fmt: skip

DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)"
# A game (3경기) and a shift system (4조 3교대) are not amounts.
_LARGE = r"(?:만|억|조(?!\s?\d+\s?교대)|경(?=\s?\d|\s?원|여|\s?달러|\s?단위))"
_SCALE = rf"(?:\s?(?:천|백|십){{1,2}}(?=[\s\d여만억조%]|[^\s\d])|\s?여?\s?{_LARGE})"
# The tail after a scale: glued digits, or digits after a space that carry a scale themselves
# or fill the places below it ("36만 5,000", "1조 2,340억", but not "100억 3년간").
_TAIL = (
    rf"(?:{DIGITS}(?:{_SCALE})*|\s{DIGITS}(?:{_SCALE})+|\s(?:\d{{1,3}},\d{{3}}|\d{{3,4}})(?![\d,]))"
)
MIXED = rf"{DIGITS}(?:(?:{_SCALE})+{_TAIL}*)?"
SINO = (
    r"(?:(?:[일이삼사오육칠팔구]?[천백십])+(?:(?<=십)[일이삼사오육칠팔구])?(?:\s?여?\s?[만억조])?"
    r"|[만억조](?=\s(?:원|명|달러|개|가구)|원(?:권|짜리|씩|대|을|에|으로)))"
)
_ones = "|".join(sorted(NATIVE_ONES, key=len, reverse=True))
_counting = "한|두|세|석|네|넉|다섯|여섯|일곱|여덟|아홉"
_tens = "|".join(sorted(NATIVE_TENS, key=len, reverse=True))
_ranges = "|".join(sorted(NATIVE_RANGES, key=len, reverse=True))
TENS = rf"(?:{_tens})"
NATIVE = rf"(?:{_ranges}|(?:{_tens})(?:{_ones})?|{_ones})"
# Forms that stand before a counter (두, 열세), and those that stand alone (쉰둘).
COUNTING = rf"(?:{_ranges}|(?:{_tens})(?:{_counting})?|{_counting})"
ALONE = rf"(?:{_tens})(?:하나|둘|셋|넷|다섯|여섯|일곱|여덟|아홉)"

_TOKEN = re.compile(rf"{DIGITS}|[천백십만억조경일이삼사오육칠팔구]")


def read_mixed(text: str) -> Decimal:
    """Value of digits and Sino-Korean scales in any mix and spacing: "3만 5천" is 35000."""
    total = section = Decimal(0)
    pending: Decimal | None = None
    for token in _TOKEN.findall(text):
        if token in LARGE:
            section += pending or 0
            total += (section or 1) * LARGE[token]
            section, pending = Decimal(0), None
        elif token in SMALL:
            section, pending = _apply_small(section, pending, SMALL[token])
        else:
            pending = SINO_DIGITS.get(token) or Decimal(token.replace(",", ""))
    return total + section + (pending or 0)


def _apply_small(
    section: Decimal, pending: Decimal | None, scale: Decimal
) -> tuple[Decimal, Decimal | None]:
    """천/백/십 after a digit, or after another of them ("3백천" does not occur, "십백" neither)."""
    if pending is None and section and section < scale:
        return section * scale, None
    return section + (Decimal(1) if pending is None else pending) * scale, None


def read_native(text: str) -> tuple[Decimal, Decimal | None]:
    """Value of a native numeral and, of one that names two ("두세"), the upper value."""
    if text in NATIVE_RANGES:
        low, high = NATIVE_RANGES[text]
        return Decimal(low), Decimal(high)
    if text in NATIVE_ONES:
        return Decimal(NATIVE_ONES[text]), None
    if text[0] == "백" and len(text) > 1:
        return 100 + read_native(text[1:])[0], None
    tens = text[:2] if text[:2] in NATIVE_TENS else text[:1]
    return Decimal(NATIVE_TENS[tens] + NATIVE_ONES.get(text[len(tens) :], 0)), None


def last_scale(text: str) -> Decimal:
    """The scale a written number ends in (만 of "2천만"): what a range's low end shares."""
    for char in reversed(text):
        if char in LARGE:
            return LARGE[char]
        if char.isdigit():
            break
    return Decimal(1)
