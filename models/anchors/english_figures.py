"""Reads the figures of an English text, generously: in digits or words, with or without units.

"$14.7 billion", "14.7 billion dollars", "half", "doubled", "a 1.5-fold", "40 to 50", "dozens",
"a decade". Each end of a range is a figure of its own. Knows nothing of Korean.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from models.anchors.english_lexicon import FEW, LEXICON, ROMAN, ROUGH, WEAK_WORDS, Meaning
from models.anchors.english_numbers import CARDINALS, SCALES, Number, read_number
from models.anchors.english_tokens import Cursor, Token, tokens_of
from models.anchors.units import english_units

_LONGER_TIMES = {"decade": 10, "decades": 10, "century": 100, "centuries": 100}
_SIGNS = {"$": "dollar", "€": "euro", "£": "pound", "¥": "yen", "₩": "won"}
_JOINERS = ("to", "-", "–", "—", "~", "and", "or", "∼")
_PREFIXES = (
    "mid",
    "pre",
    "post",
    "late",
    "early",
    "sub",
    "over",
    "under",
    "non",
    "about",
    "sept",
    "oct",
)


@dataclass(frozen=True, slots=True)
class EnglishFigure:
    """A number of an English text. ``text == source[start:end]``.

    ``value`` is in ``unit`` (canonical, None if none stands beside it); ``also`` are other
    values it may be read as ("third" is 3 or 1/3). ``rough`` ones name a magnitude
    ("dozens": 10). ``spelled`` ones are words ("three", "half"), ``weak`` ones words that are
    often no figure ("one", "first").
    """

    start: int
    end: int
    text: str
    value: Decimal
    unit: str | None = None
    also: tuple[Decimal, ...] = ()
    rough: bool = False
    ordinal: bool = False
    weak: bool = False
    spelled: bool = False
    scale: int = 1


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


def _read(text: str, tokens: Cursor, index: int) -> tuple[EnglishFigure, int] | None:
    token = tokens[index]
    if token.numeric and _part_of_name(tokens, index):
        return _in_name(text, token), index + 1
    read = _rough(text, tokens, index) or _few(text, tokens, index)
    read = read or _a_unit_and_a_half(text, tokens, index)
    if read:
        return read
    if text[token.start : token.end] in ROMAN:  # World War II
        value = Decimal(ROMAN[text[token.start : token.end]])
        return _figure(text, tokens, (index, index + 1), value, None, weak=True), index + 1
    meaning = _meaning(token)
    if meaning and not _counts_on(tokens, index):
        return _lexical(text, tokens, index, meaning)
    number = read_number(tokens, index)
    if number is None or (token.numeric and _name_goes_on(tokens, number.end)):
        return None
    return _amount(text, tokens, index, number)


def _part_of_name(tokens: Cursor, index: int) -> bool:
    """G7, K-9, COVID-19, but not mid-2025."""
    before, second = (
        tokens[index - 1] if index else tokens.last,
        tokens[index - 2] if index > 1 else tokens.last,
    )
    if not tokens[index].glued:
        return False
    if before.text.isalpha():
        return before.text not in _SIGNS
    return (
        before.text == "-" and before.glued and second.text.isalpha() and second.text not in _PREFIXES
        and second.text not in CARDINALS
    )  # fmt: skip


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


def _counts_on(tokens: Cursor, index: int) -> bool:
    """ "half a million" and "one and a half": the number reader's, not the lexicon's."""
    return tokens[index].text == "half" and tokens[index + 1].text in (
        "million",
        "billion",
        "trillion",
    )


def _rough(text: str, tokens: Cursor, index: int) -> tuple[EnglishFigure, int] | None:
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
    stretch = text[tokens[index].start : tokens[end - 1].end]
    figure = EnglishFigure(
        tokens[index].start, tokens[end - 1].end, stretch, value, unit.name if unit else None, rough=True,
        weak=True,
    )  # fmt: skip
    return figure, end


def _few(text: str, tokens: Cursor, index: int) -> tuple[EnglishFigure, int] | None:
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
    unit, _ = _unit_after(tokens, end)
    return _figure(text, tokens, (index, end), value, unit, rough=True, weak=True), end


def _a_unit_and_a_half(text: str, tokens: Cursor, index: int) -> tuple[EnglishFigure, int] | None:
    """ "an hour and a half"."""
    words = [tokens[index + i].text for i in range(5)]
    if words[0] not in ("a", "an") or words[2:] != ["and", "a", "half"]:
        return None
    unit = english_units().get(words[1])
    if unit is None:
        return None
    return _figure(text, tokens, (index, index + 5), Decimal("1.5"), unit.name), index + 5


def _figure(
    text: str,
    tokens: Cursor,
    span: tuple[int, int],
    value: Decimal,
    unit: str | None,
    **marks: bool,
) -> EnglishFigure:
    start, end = tokens[span[0]].start, tokens[span[1] - 1].end
    return EnglishFigure(start, end, text[start:end], value, unit, **marks)


def _meaning(token: Token) -> Meaning | None:
    meaning = LEXICON.get(token.text)
    if meaning is None and token.text.endswith("fold") and token.text[:-4] in CARDINALS:
        return Meaning(Decimal(CARDINALS[token.text[:-4]]), unit="times")
    return meaning


def _lexical(text: str, tokens: Cursor, index: int, meaning: Meaning) -> tuple[EnglishFigure, int]:
    token, end = tokens[index], index + 1
    value, unit, also = meaning.value, meaning.unit, meaning.also
    weak = meaning.weak
    if token.text == "half":
        value, unit, end, also = _half(tokens, index)
        weak = unit is None and end == index + 1 and tokens[end].text == "-"
    stretch = text[token.start : tokens[end - 1].end]
    figure = EnglishFigure(
        token.start, tokens[end - 1].end, stretch, value, unit, also, weak=weak, spelled=True
    )
    return figure, end


def _half(tokens: Cursor, index: int) -> tuple[Decimal, str | None, int, tuple[Decimal, ...]]:
    """ "half", "half a million", "half a year"."""
    if tokens[index + 1].text in ("a", "of") and tokens[index + 2].text in (
        "million",
        "billion",
        "trillion",
    ):
        number = read_number(tokens, index + 1)
        assert number is not None
        unit, end = _unit_after(tokens, number.end)
        return number.value / 2, unit, end, (Decimal("0.5"),)
    after = index + 2 if tokens[index + 1].text in ("a", "an", "-") else index + 1
    word = tokens[after].text
    if word in _LONGER_TIMES:
        return Decimal(_LONGER_TIMES[word]) / 2, "year", after + 1, (Decimal("0.5"),)
    unit = english_units().get(_bare(word))
    if unit and unit.kind == "time":
        return Decimal("0.5"), unit.name, after + 1, ()
    return Decimal("0.5"), None, index + 1, ()


def _amount(text: str, tokens: Cursor, index: int, number: Number) -> tuple[EnglishFigure, int]:
    first = index
    sign = tokens[index - 1] if index else tokens.last
    unit, end = _unit_after(tokens, number.end)
    value = number.value
    also: tuple[Decimal, ...] = ()
    if sign.text in _SIGNS and tokens[index].glued:
        unit, first = _SIGNS[sign.text], index - 1
    if unit in ("decade", "century"):
        value, unit, also = value * (10 if unit == "decade" else 100), "year", (value,)
    if tokens[end].text == "and" and tokens[end + 1].text == "a" and tokens[end + 2].text == "half":
        value, also, end = value + Decimal("0.5"), (*also, value), end + 3
    if number.ordinal and number.value > 2:
        also = (*also, 1 / number.value)
    if number.fraction and tokens[number.end - 1].text == "quarters":
        also = (*also, number.value * 4)
    if of := _out_of(tokens, end):
        also = (*also, value / of)
    if tokens[end].text in ("other", "others"):  # "Cambodia and three other countries": 4개국
        also = (*also, value + 1)
    if number.plural and unit is not None:
        unit, end = None, number.end  # "in their 30s won"
    weak = (number.words and (value in (0, 1) or end == index + 1 and value == number.scale)) or (
        tokens[index].text in WEAK_WORDS and not number.fraction and number.end == index + 1
    )
    weak = weak or (number.words and _in_capitals(text, tokens, index))
    start = tokens[first].start
    figure = EnglishFigure(
        start, tokens[end - 1].end, text[start : tokens[end - 1].end], value, unit, also,
        ordinal=number.ordinal, weak=weak, spelled=number.words, scale=number.scale,
    )  # fmt: skip
    return figure, end


def _in_capitals(text: str, tokens: Cursor, index: int) -> bool:
    """The Four of "the Four Rivers", not the one that starts a sentence."""
    before = tokens[index - 1].text if index else "."
    return text[tokens[index].start].isupper() and before.isalpha()


_RATIO = (("in",), ("out", "of"), ("of", "every"), ("out", "of", "every"), ("in", "every"), ("of",))


def _out_of(tokens: Cursor, end: int) -> Decimal | None:
    """The ten of "three in 10", "three out of every 10 people"."""
    for words in _RATIO:
        if all(tokens[end + i].text == word for i, word in enumerate(words)):
            whole = read_number(tokens, end + len(words)) if tokens[end + len(words)].text else None
            if whole and 1 < whole.value <= 1000:
                return whole.value
    return None


def _unit_after(tokens: Cursor, end: int) -> tuple[str | None, int]:
    """Canonical unit of the words after a number, and the index after them."""
    here = tokens.after_hyphen(end)
    if tokens[here].text in _LONGER_TIMES:
        return ("decade" if _LONGER_TIMES[tokens[here].text] == 10 else "century"), here + 1
    if tokens[here].text in _SIGNS and not (tokens[here].glued and not tokens[here + 1].glued):
        return None, end
    words, spans = [], []
    at = here
    for _ in range(3):
        words.append(_bare(tokens[at].text))
        spans.append(at + 1)
        at = tokens.after_hyphen(at + 1)
    for count in (3, 2, 1):
        unit = english_units().get(" ".join(words[:count]))
        if unit and not (count == 1 and _not_a_unit(tokens, here)):
            return unit.name, spans[count - 1]
    if words[0] == "u" and words[1] == ".":
        return ("dollar", end) if tokens[here + 4].text.startswith("dollar") else (None, end)
    return None, end


def _bare(word: str) -> str:
    """ "hour" of "half an hour's drive"."""
    return word[:-2] if word.endswith(("'s", "’s")) else word


def _not_a_unit(tokens: Cursor, here: int) -> bool:
    """One-letter units must be glued or stand apart like "5 m"; "second" may be an ordinal."""
    if tokens[here].text == "second" and tokens[here + 1].text == "-":
        return True
    return len(tokens[here].text) == 1 and tokens[here].text.isalpha() and tokens[here].text in "mgx" and (
        tokens[here + 1].text in (".", "'", "’") and tokens[here + 1].glued and tokens[here + 2].glued
    )  # fmt: skip


def _with_shared(
    tokens: Cursor, found: list[tuple[EnglishFigure, int, int]]
) -> list[EnglishFigure]:
    """Gives the low end of a range the scale and unit of the high end ("2 to 3 million won")."""
    figures = [figure for figure, _, _ in found]
    for i in range(len(found) - 2, -1, -1):
        low, high = figures[i], figures[i + 1]
        between = [tokens[k].text for k in range(found[i][2], found[i + 1][1])]
        between = [b for b in between if b not in _SIGNS and b not in ("from", "more", "than")]
        if not between or between[0] not in (*_JOINERS, ",") or len(between) > 1:
            continue
        if low.unit is None and between[0] not in ("and", ","):
            low = replace(low, unit=high.unit)
        if low.scale == 1 and high.scale > 1:
            low = replace(low, also=(*low.also, low.value * high.scale))
        figures[i] = low
    return figures
