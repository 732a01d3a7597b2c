"""Reads the figures of an English text, generously: in digits or words, with or without units.

"$14.7 billion", "14.7 billion dollars", "half", "doubled", "a 1.5-fold", "40 to 50", "dozens",
"a decade". Each end of a range is a figure of its own. Knows nothing of Korean.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from models.anchors.english_figure import EnglishFigure
from models.anchors.english_lexicon import WEAK_WORDS
from models.anchors.english_numbers import CARDINALS, Number, read_number
from models.anchors.english_phrases import Read, read_phrase, stretch
from models.anchors.english_tokens import Cursor, Token, tokens_of
from models.anchors.english_units import SIGNS, unit_after
from models.anchors.units import english_units

__all__ = ["EnglishFigure", "read_english_figures"]

_JOINERS = ("to", "-", "–", "—", "~", "and", "or", "∼", ",")
# What goes before a number with a hyphen and leaves it a number: mid-2025.
_PREFIXES = ("mid", "pre", "post", "late", "early", "sub", "over", "under", "non", "about")
_CODES = {"krw": "won", "usd": "dollar", "eur": "euro", "jpy": "yen", "cny": "yuan", "gbp": "pound"}
_RATIO = (("in",), ("out", "of"), ("of", "every"), ("out", "of", "every"), ("in", "every"), ("of",))


def read_english_figures(text: str) -> tuple[EnglishFigure, ...]:
    """The figures of ``text`` in order, never overlapping."""
    tokens = Cursor(tokens_of(text))
    found: list[tuple[EnglishFigure, int, int]] = []
    index = 0
    while index < len(tokens):
        read = _read(text, tokens, index)
        if read is None:
            index += 1
            continue
        found.append((read[0], index, read[1]))
        index = read[1]
    return tuple(_with_shared(tokens, found))


def _read(text: str, tokens: Cursor, index: int) -> Read | None:
    token = tokens[index]
    if token.numeric and _part_of_name(tokens, index):
        return _in_name(text, token), index + 1
    phrase = None if token.numeric else read_phrase(text, tokens, index)
    if phrase:
        return phrase
    number = read_number(tokens, index)
    if number is None or (token.numeric and _name_goes_on(tokens, number.end)):
        return None
    return _amount(text, tokens, index, number)


def _part_of_name(tokens: Cursor, index: int) -> bool:
    """G7, K-9, COVID-19, but not mid-2025 or two-3."""
    before, second = tokens[index - 1], tokens[index - 2]
    if not tokens[index].glued:
        return False
    if before.text.isalpha():
        return True
    prefixed = second.text in _PREFIXES or second.text in CARDINALS
    return before.text == "-" and before.glued and second.text.isalpha() and not prefixed


def _in_name(text: str, token: Token) -> EnglishFigure:
    """The 2 of Chollian-2: there if the Korean has it, else no figure."""
    value = Decimal(token.text.replace(",", ""))
    return EnglishFigure(token.start, token.end, text[token.start : token.end], value, weak=True)


def _name_goes_on(tokens: Cursor, end: int) -> bool:
    """5G, 3D: letters glued to digits that are no unit."""
    following = tokens[end]
    if not (following.glued and following.text.isascii() and following.text.isalpha()):
        return False
    return tokens[end - 1].numeric and following.text not in english_units()


def _amount(text: str, tokens: Cursor, index: int, number: Number) -> Read:
    """A number with its unit and its other readings."""
    first, value = index, number.value
    unit, end = unit_after(tokens, number.end)
    if number.plural and unit is not None:
        unit, end = None, number.end  # "in their 30s won the race"
    if index and (sign := _currency_before(tokens, index)):
        unit, first = sign, index - 1
    also = _other_readings(tokens, number, end)
    if unit in ("decade", "century"):
        value, unit, also = value * (10 if unit == "decade" else 100), "year", (*also, value)
    if [tokens[end + i].text for i in range(3)] == ["and", "a", "half"]:
        value, also, end = value + Decimal("0.5"), (*also, value), end + 3
    figure = EnglishFigure(
        *stretch(text, tokens, (first, end)), value, unit, also, ordinal=number.ordinal,
        weak=_is_weak(text, tokens, index, number), spelled=number.words, scale=number.scale,
        decade=_is_decade(tokens, index, number),
    )  # fmt: skip
    return figure, end


def _is_decade(tokens: Cursor, index: int, number: Number) -> bool:
    """The 30s, 30-somethings, aged 30 to 39."""
    something = tokens[tokens.after_hyphen(number.end)].text.startswith("something")
    return number.plural or something or tokens[index - 1].text in ("aged", "age", "ages")


def _currency_before(tokens: Cursor, index: int) -> str | None:
    """$14.7 billion, KRW 1.2 trillion."""
    before = tokens[index - 1].text
    if before in _CODES:
        return _CODES[before]
    return SIGNS.get(before) if tokens[index].glued else None


def _other_readings(tokens: Cursor, number: Number, end: int) -> tuple[Decimal, ...]:
    """A third is 3 or 1/3, "three quarters" 3/4 or 3, "three in 10" 3 or 3/10."""
    value, also = number.value, []
    if number.ordinal and value > 2:
        also.append(1 / value)
    if number.fraction and tokens[number.end - 1].text == "quarters":
        also.append(value * 4)
    if of := _out_of(tokens, end):
        also.append(value / of)
    if tokens[end].text in ("other", "others"):  # "Cambodia and three other countries": 4개국
        also.append(value + 1)
    return tuple(also)


def _out_of(tokens: Cursor, end: int) -> Decimal | None:
    """The ten of "three in 10", "three out of every 10 people"."""
    for words in _RATIO:
        if all(tokens[end + i].text == word for i, word in enumerate(words)):
            whole = read_number(tokens, end + len(words))
            if whole and 1 < whole.value <= 1000:
                return whole.value
    return None


def _is_weak(text: str, tokens: Cursor, index: int, number: Number) -> bool:
    """One, zero, a bare "million", the Four of "the Four Rivers"."""
    if not number.words or number.fraction:
        return False
    alone = number.end == index + 1
    if number.value in (0, 1) or (
        alone and (number.value == number.scale or tokens[index].text in WEAK_WORDS)
    ):
        return True
    capital = text[tokens[index].start].isupper()
    return capital and index > 0 and tokens[index - 1].text.isalpha()


def _with_shared(
    tokens: Cursor, found: list[tuple[EnglishFigure, int, int]]
) -> list[EnglishFigure]:
    """Gives the low end of a range the scale and unit of the high end ("2 to 3 million won")."""
    figures = [figure for figure, _, _ in found]
    for i in range(len(found) - 2, -1, -1):
        low, high = figures[i], figures[i + 1]
        joiner = _joiner(tokens, found[i][2], found[i + 1][1])
        if joiner is None:
            continue
        if low.unit is None and not low.decade and joiner not in ("and", ","):
            low = replace(low, unit=high.unit)
        if joiner != "," and high.unit is None:  # "in their 20 to 30s", "aged 20 to 60"
            decade = low.decade or high.decade
            low, figures[i + 1] = replace(low, decade=decade), replace(high, decade=decade)
        if low.scale == 1 and high.scale > 1:
            low = replace(low, also=(*low.also, low.value * high.scale))
        figures[i] = low
    return figures


def _joiner(tokens: Cursor, end: int, start: int) -> str | None:
    """The one word between two numbers that makes them a range or list."""
    between = [tokens[k].text for k in range(end, start)]
    between = [word for word in between if word not in SIGNS]
    return between[0] if len(between) == 1 and between[0] in _JOINERS else None
