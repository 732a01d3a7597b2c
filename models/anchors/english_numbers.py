"""Reads one English number: digits, words, scales, ordinals, fractions.

"30,000", "30 thousand", "thirty thousand", "1.2 trillion", "two-thirds", "21st", "1/7,500".
Units, currencies and multiples are english_figures'.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from models.anchors.english_tokens import Cursor
from models.anchors.number_words import ONES, ORDINALS, TENS

CARDINALS = {word: i for i, word in enumerate(ONES)} | {
    word: 10 * i for i, word in enumerate(TENS, 2)
}
ORDINAL_WORDS = {word: i for i, word in enumerate(ORDINALS)} | {
    word[:-1] + "ieth": 10 * i for i, word in enumerate(TENS, 2)
} | {"hundredth": 100, "thousandth": 1000, "millionth": 10**6, "billionth": 10**9}  # fmt: skip
DENOMINATORS = {f"{word}s": n for word, n in ORDINAL_WORDS.items()} | {
    "quarters": 4, "halves": 2, "quarter": 4, "half": 2,
}  # fmt: skip
SCALES = {
    "hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    "quadrillion": 10**15, "mn": 10**6, "bn": 10**9, "tn": 10**12, "mln": 10**6,
    "mil": 10**6, "bil": 10**9, "dozen": 12, "hundreds": 10**2, "thousands": 10**3,
}  # fmt: skip
_CURRENCIES = ("$", "€", "£", "¥", "₩")
_GLUED_SCALES = {"k": 10**3, "bn": 10**9, "mn": 10**6, "tn": 10**12, "b": 10**9, "trn": 10**12}
_ENDINGS = ("st", "nd", "rd", "th", "d")


class Number(NamedTuple):
    """``end`` is the index after the last token; ``scale`` what "million" multiplied by."""

    value: Decimal
    end: int
    ordinal: bool = False
    plural: bool = False
    scale: int = 1
    words: bool = False
    fraction: bool = False


def read_number(tokens: Cursor, index: int) -> Number | None:
    """The number that starts at ``index``, or None."""
    number = _digits(tokens, index) if tokens[index].numeric else _words(tokens, index)
    if number is None or number.ordinal:
        return number
    return _fraction(tokens, number) or _and_a_half(tokens, number)


def _digits(tokens: Cursor, index: int) -> Number | None:
    try:
        value = Decimal(tokens[index].text.replace(",", ""))
    except InvalidOperation:
        return None
    if tokens[index + 1].glued:
        return _with_ending(tokens, index, value) or _scaled(tokens, value, index + 1)
    return _scaled(tokens, value, index + 1)


def _with_ending(tokens: Cursor, index: int, value: Decimal) -> Number | None:
    """21st, the 20s, 1/3, $53m, 5bn: what is glued to the digits."""
    ending, end = tokens[index + 1].text, index + 2
    if ending in _ENDINGS:
        return Number(value, end, ordinal=True)
    if ending == "s":
        return Number(value, end, plural=True)
    if ending == "/" and tokens[end].numeric:
        return _slash(tokens, index, value)
    if ending == "m" and tokens[index - 1].text in _CURRENCIES:
        return Number(value * 10**6, end, scale=10**6)
    if ending in _GLUED_SCALES:
        return Number(value * _GLUED_SCALES[ending], end, scale=_GLUED_SCALES[ending])
    return None


def _slash(tokens: Cursor, index: int, value: Decimal) -> Number:
    below = Decimal(tokens[index + 2].text.replace(",", ""))
    if not below:
        return Number(value, index + 1)
    return Number(value / below, index + 3, fraction=True)


def _scaled(tokens: Cursor, value: Decimal, end: int) -> Number:
    scale = 1
    while (step := SCALES.get(tokens[tokens.after_hyphen(end)].text)) and scale < 10**15:
        scale *= step
        end = tokens.after_hyphen(end) + 1
    return Number(value * scale, end, scale=scale)


def _words(tokens: Cursor, index: int) -> Number | None:
    word = tokens[index].text
    if word in ("a", "an", "half") and tokens[index + 1].text in SCALES:
        value = Decimal("0.5") if word == "half" else Decimal(1)
        return _scaled(tokens, value, index + 1)._replace(words=True)
    if word in ("thousand", "million", "billion", "trillion"):  # "per million units"
        return Number(Decimal(SCALES[word]), index + 1, scale=SCALES[word], words=True)
    if word in ORDINAL_WORDS:
        return Number(Decimal(ORDINAL_WORDS[word]), index + 1, ordinal=True, words=True)
    if word not in CARDINALS:
        return None
    return _spelled(tokens, index)


def _spelled(tokens: Cursor, index: int) -> Number:
    """Adds up "three hundred and fifty thousand", stops where the next word can't belong."""
    total, section, room, scale = 0, CARDINALS[tokens[index].text], 0, 1
    room = 10 if section >= 20 else 1
    end = index + 1
    while True:
        here = _next_word(tokens, end)
        word = tokens[here].text
        if word in ORDINAL_WORDS and ORDINAL_WORDS[word] < room:
            value = total + section + ORDINAL_WORDS[word]
            return Number(Decimal(value), here + 1, ordinal=True, words=True)
        if word in CARDINALS and 0 < CARDINALS[word] < room:
            section += CARDINALS[word]
            room = 10 if CARDINALS[word] >= 20 else 1
        elif word == "hundred" and section < 100:
            section, room = section * 100, 100
        elif word in SCALES and word != "hundred":
            scale = SCALES[word]
            total, section, room = total + section * scale, 0, scale
        else:
            return Number(Decimal(total + section), end, scale=scale, words=True)
        end = here + 1


def _next_word(tokens: Cursor, end: int) -> int:
    """Index of the word that may go on a spelled number, past a hyphen or "and"."""
    if tokens[end].text == "and" and tokens[end - 1].text in SCALES:
        return end + 1
    return tokens.after_hyphen(end)


def _fraction(tokens: Cursor, number: Number) -> Number | None:
    """ "two-thirds", "one fifth": a count before an ordinal that has no other meaning."""
    here = tokens.after_hyphen(number.end)
    word = tokens[here].text
    if word in ("half", "halves") and number.value == 1 and here > number.end:
        return Number(Decimal("0.5"), here + 1, fraction=True, words=True)
    below = DENOMINATORS.get(word)
    if below is None and number.value == 1:
        below = ORDINAL_WORDS.get(word)
    if not below or below < 3 or number.value >= below or tokens[here + 1].text == "straight":
        return _long_denominator(tokens, number, here)
    return Number(number.value / below, here + 1, fraction=True, words=True)


def _long_denominator(tokens: Cursor, number: Number, here: int) -> Number | None:
    """ "one seven-thousandth", "one-twenty-fifth"."""
    if number.value != 1 or not number.words:
        return None
    below = _words(tokens, here) if tokens[here].text in CARDINALS else None
    if below is None or not below.ordinal or below.value < 3:
        return None
    return Number(number.value / below.value, below.end, fraction=True, words=True)


def _and_a_half(tokens: Cursor, number: Number) -> Number:
    """ "two and a half", also before a scale: "one and a half million"."""
    words = [tokens[number.end + i].text for i in range(3)]
    if words[0] != "and" or words[1] not in ("a", "one") or words[2] not in ("half", "quarter"):
        return number
    more = Decimal("0.5") if words[2] == "half" else Decimal("0.25")
    base = number.value / number.scale + more
    scaled = _scaled(tokens, base * number.scale, number.end + 3)
    return scaled._replace(words=True)
