"""English words that are worth a number without being one: half, twice, dozens, World War II.

The words are english_lexicon's; here are the phrases they make.
"""

from __future__ import annotations

from decimal import Decimal

from models.anchors.english_figure import EnglishFigure
from models.anchors.english_lexicon import (
    AFTER_DOUBLE,
    DECADES,
    DOUBLINGS,
    FEW,
    LEXICON,
    ROMAN,
    ROUGH,
    Meaning,
)
from models.anchors.english_numbers import CARDINALS, SCALES, read_number
from models.anchors.english_tokens import Cursor, Token
from models.anchors.english_units import LONGER_TIMES, bare, unit_after
from models.anchors.units import english_units

Read = tuple[EnglishFigure, int]
_LARGE = ("million", "billion", "trillion")
_HALF = Decimal("0.5")


def read_phrase(text: str, tokens: Cursor, index: int) -> Read | None:
    """The figure that a word or phrase at ``index`` is worth, and the index after it."""
    for read in (_rough, _few, _a_unit_and_a_half, _roman, _lexical):
        found = read(text, tokens, index)
        if found:
            return found
    return None


def stretch(text: str, tokens: Cursor, span: tuple[int, int]) -> tuple[int, int, str]:
    """Start, end and text of the tokens from the first index up to the second."""
    start, end = tokens[span[0]].start, tokens[span[1] - 1].end
    return start, end, text[start:end]


def _rough(text: str, tokens: Cursor, index: int) -> Read | None:
    """ "tens of thousands", "hundreds of millions of", "dozens"."""
    value, end = Decimal(1), index
    while (step := ROUGH.get(tokens[end].text)) and (end == index or tokens[end - 1].text == "of"):
        value *= step
        end += 1
        if tokens[end].text == "of" and tokens[end + 1].text in ROUGH:
            end += 1
    if end == index:
        return None
    after = end + 1 if tokens[end].text == "of" else end
    unit = english_units().get(tokens[after].text)
    where = stretch(text, tokens, (index, end))
    return EnglishFigure(*where, value, unit.name if unit else None, rough=True, weak=True), end


def _few(text: str, tokens: Cursor, index: int) -> Read | None:
    """ "a few hundred", "several million": the magnitude that 몇백, 수백만 name."""
    if tokens[index].text not in FEW:
        return None
    first = index + 2 if tokens[index + 1].text == "of" else index + 1
    value, end = Decimal(1), first
    while step := SCALES.get(tokens[end].text):
        value *= step
        end += 1
    if end == first:
        return None
    unit, _ = unit_after(tokens, end)
    where = stretch(text, tokens, (index, end))
    return EnglishFigure(*where, value, unit, rough=True, weak=True), end


def _a_unit_and_a_half(text: str, tokens: Cursor, index: int) -> Read | None:
    """ "an hour and a half"."""
    if tokens[index].text not in ("a", "an") or tokens[index + 2].text != "and":
        return None
    unit = english_units().get(tokens[index + 1].text)
    if unit is None or (tokens[index + 3].text, tokens[index + 4].text) != ("a", "half"):
        return None
    where = stretch(text, tokens, (index, index + 5))
    return EnglishFigure(*where, Decimal("1.5"), unit.name), index + 5


def _roman(text: str, tokens: Cursor, index: int) -> Read | None:
    """The two of "World War II"."""
    start, end, written = stretch(text, tokens, (index, index + 1))
    if written not in ROMAN:
        return None
    return EnglishFigure(start, end, written, Decimal(ROMAN[written]), weak=True), index + 1


def _lexical(text: str, tokens: Cursor, index: int) -> Read | None:
    meaning = _meaning(tokens[index])
    if meaning is None:
        return None
    end = index + 1
    if tokens[index].text == "half":
        if tokens[end].text in _LARGE:
            return None  # "half million" is the number reader's
        meaning, end = _half(tokens, index)
    value, unit, also, weak = meaning
    if tokens[index].text in DOUBLINGS and _is_no_doubling(tokens, end):
        weak = True
    where = stretch(text, tokens, (index, end))
    decade = tokens[index].text in DECADES
    figure = EnglishFigure(*where, value, unit, also, weak=weak, spelled=True, decade=decade)
    return figure, end


def _is_no_doubling(tokens: Cursor, end: int) -> bool:
    """ "double-tracking", "double back", "double cropping": nothing becomes twice as much."""
    hyphen = tokens[end].text == "-" and tokens[end].glued
    return hyphen or tokens[end].text in AFTER_DOUBLE


def _meaning(token: Token) -> Meaning | None:
    meaning = LEXICON.get(token.text)
    if meaning is None and token.text.endswith("fold") and token.text[:-4] in CARDINALS:
        return Meaning(Decimal(CARDINALS[token.text[:-4]]), unit="times")
    return meaning


def _half(tokens: Cursor, index: int) -> tuple[Meaning, int]:
    """ "half", "half a million", "half a year"; the half of "half-staff" is weak."""
    if tokens[index + 1].text in ("a", "of") and tokens[index + 2].text in _LARGE:
        number = read_number(tokens, index + 1)
        assert number is not None
        name, end = unit_after(tokens, number.end)
        return Meaning(number.value / 2, name, (_HALF,)), end
    after = index + 2 if tokens[index + 1].text in ("a", "an", "-") else index + 1
    word = bare(tokens[after].text)
    if word in LONGER_TIMES:
        return Meaning(Decimal(LONGER_TIMES[word]) / 2, "year", (_HALF,)), after + 1
    unit = english_units().get(word)
    if unit and unit.kind == "time":
        return Meaning(_HALF, unit.name), after + 1
    return Meaning(_HALF, weak=tokens[index + 1].text == "-"), index + 1
