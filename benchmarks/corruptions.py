"""Spoil a good English translation in one known way: what the anchors' verifier must notice.

Independent of the code it tests: it reads English with its own simple expressions, never
Korean, and imports nothing of ``models``.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

Family = Literal["figure", "date", "name"]

_MONTHS = "January February March April May June July August September October November December"
MONTHS = _MONTHS.split()
_MONTH = r"(?:Jan|Feb|Mar|Apr|Aug|Sept|Oct|Nov|Dec)\.|(?:" + "|".join(MONTHS) + r")\b"
_NUMBER = re.compile(
    r"(?<![\w.,$€£-])\$?(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?![\w,.:/-]*\w)"
)
_DATE_BEFORE = re.compile(rf"(?:{_MONTH})\s*$")
_TIME_AFTER = re.compile(r"\s*(?:[ap]\.m\.|o'clock|:\d)")
_SCALE = re.compile(r"\b(million|billion|trillion)\b")
_SCALE_SWAP = {"million": "billion", "billion": "million", "trillion": "billion"}
_AFTER_FIGURE = re.compile(r"\s*(?:million|billion|trillion|percentage points?|percent|%)?")
_POINTS = re.compile(r"\bpercentage points?\b|-percentage-point\b")
_ORDINAL_DAY = re.compile(
    r"\b(?:the|The) (\d{1,2})(?:st|nd|rd|th)\b(?!\s+(?:[a-z]|[A-Z][a-z]+ (?!said)))"
)
_MONTH_DAY = re.compile(rf"\b(?P<month>{_MONTH})(?P<gap> )(?P<day>\d{{1,2}})\b(?![\d,]*\d)")
_YEAR = re.compile(
    r"(?<![\d,.$-])(?:19|20)\d\d(?![\d,]*\d|\.\d|[-s\w])(?! (?:won|people|households|companies))"
)
_MONTH_NAME = re.compile(
    rf"\b(?:in|by|since|until|from|last|this|next|of) (?P<month>{'|'.join(MONTHS)})\b"
)
_WORDS = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
_NUMBER_WORD = re.compile(r"\b(?:three|four|five|six|seven|eight|nine)\b(?!-)")
_PERSON = re.compile(r"\b[A-Z][a-z]+ [A-Z][a-z]+-[a-z]+\b")
_HEAD = re.compile(
    r"\b(?:Ministry|Agency|Commission|Committee|Institute|Association|Foundation|Federation|Council"
    r"|Forum|Center|Bank|Network|Union|Corporation|University|Society|Authority|Administration)$"
    r"|^(?:Ministry|Institute|Society|Association|Federation|Bank) (?:of|for)\b"
)
_PART = r"(?:[A-Z][\w&]*(?:-[A-Z]\w*)?)"
_ORGANISATION = re.compile(
    rf"\b{_PART}(?:(?: (?:of|for|on|and|of the) |, (?={_PART} and)| ){_PART})+"
)
_STARTS = "A An The In On At By For From To When Starting According Citing With"
_NOT_A_START = frozenset(_STARTS.split())


@dataclass(frozen=True, slots=True)
class Pools:
    """Names of the whole corpus' English, to swap in others."""

    people: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()


Spoil = Callable[[str, random.Random, Pools], str | None]


def collect_pools(texts: Sequence[str]) -> Pools:
    """The people and organisations that ``texts`` name, sorted, each once."""
    people = {match.group() for text in texts for match in _PERSON.finditer(text)}
    organisations = {match.group() for text in texts for match in _organisations(text)}
    return Pools(tuple(sorted(people)), tuple(sorted(organisations)))


def _organisations(text: str) -> list[re.Match[str]]:
    """Stretches of capitalised words that begin or end like an organisation."""
    found = []
    for match in _ORGANISATION.finditer(text):
        words = match.group().split()
        if words[0] not in _NOT_A_START and len(words) <= 8 and _HEAD.search(match.group()):
            found.append(match)
    return found


def _amounts(text: str) -> list[re.Match[str]]:
    """Numbers that are neither years, days of a month, times nor parts of a name."""
    found = []
    for match in _NUMBER.finditer(text):
        year = re.fullmatch(r"(?:19|20)\d\d", match["number"])
        dated = _DATE_BEFORE.search(text[: match.start()]) or _TIME_AFTER.match(text, match.end())
        if not year and not dated and float(match["number"].replace(",", "")):
            found.append(match)
    return found


def _splice(text: str, start: int, end: int, new: str) -> str:
    return text[:start] + new + text[end:]


def _scaled(factor: float) -> Spoil:
    def spoil(text: str, chance: random.Random, pools: Pools) -> str | None:
        amounts = _amounts(text)
        if not amounts:
            return None
        match = chance.choice(amounts)
        value = round(float(match["number"].replace(",", "")) * factor, 6)
        new = f"{value:,.6f}".rstrip("0").rstrip(".")
        return _splice(text, match.start("number"), match.end("number"), new)

    return spoil


def _digit_changed(text: str, chance: random.Random, pools: Pools) -> str | None:
    amounts = _amounts(text)
    if not amounts:
        return None
    match = chance.choice(amounts)
    places = [place for place in range(*match.span("number")) if text[place].isdigit()]
    place = chance.choice(places)
    digits = [digit for digit in "123456789" if digit != text[place]]
    return _splice(text, place, place + 1, chance.choice(digits))


def _figure_dropped(text: str, chance: random.Random, pools: Pools) -> str | None:
    amounts = [match for match in _amounts(text) if text.count(match["number"]) == 1]
    if not amounts:
        return None
    match = chance.choice(amounts)
    after = _AFTER_FIGURE.match(text, match.end())
    end = after.end() if after else match.end()
    return re.sub(r"  +", " ", _splice(text, match.start(), end, ""))


def _scale_swapped(text: str, chance: random.Random, pools: Pools) -> str | None:
    matches = list(_SCALE.finditer(text))
    if not matches:
        return None
    match = chance.choice(matches)
    return _splice(text, *match.span(), _SCALE_SWAP[match.group()])


def _points_to_percent(text: str, chance: random.Random, pools: Pools) -> str | None:
    return _POINTS.sub("percent", text) if _POINTS.search(text) else None


def _percent_to_points(text: str, chance: random.Random, pools: Pools) -> str | None:
    matches = list(re.finditer(r"(?<=\d) percent\b", text))
    if not matches:
        return None
    return _splice(text, *chance.choice(matches).span(), " percentage points")


def _number_word(text: str, chance: random.Random, pools: Pools) -> str | None:
    matches = [m for m in _NUMBER_WORD.finditer(text) if text.count(m.group()) == 1]
    if not matches:
        return None
    match = chance.choice(matches)
    index = _WORDS.index(match.group())
    return _splice(text, *match.span(), _WORDS[index + chance.choice((-1, 1))])


def _other_day(day: int, chance: random.Random) -> int:
    return chance.choice([other for other in range(1, 29) if other != day])


def _ordinal(day: int) -> str:
    return f"{day}{'th' if 10 < day < 14 else {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th')}"


def _day_shifted(text: str, chance: random.Random, pools: Pools) -> str | None:
    match = _ORDINAL_DAY.search(text)
    if match:
        day = _ordinal(_other_day(int(match[1]), chance))
        return _splice(text, match.start(1), match.end(1) + 2, day)
    match = _MONTH_DAY.search(text)
    if match:
        day = str(_other_day(int(match["day"]), chance))
        return _splice(text, *match.span("day"), day)
    return None


def _month_shifted(text: str, chance: random.Random, pools: Pools) -> str | None:
    match = _MONTH_DAY.search(text) or _MONTH_NAME.search(text)
    if not match:
        return None
    old = match["month"][:3]
    new = chance.choice([month for month in MONTHS if month[:3] != old])
    return _splice(text, *match.span("month"), new)


def _year_shifted(text: str, chance: random.Random, pools: Pools) -> str | None:
    matches = list(_YEAR.finditer(text))
    if not matches:
        return None
    match = chance.choice(matches)
    return _splice(text, *match.span(), str(int(match.group()) + chance.choice((-10, -1, 1, 10))))


def _person_swapped(text: str, chance: random.Random, pools: Pools) -> str | None:
    matches = list(_PERSON.finditer(text))
    if not matches:
        return None
    match = chance.choice(matches)
    others = [name for name in pools.people if name.split()[1] != match.group().split()[1]]
    return _splice(text, *match.span(), chance.choice(others))


def _content(name: str) -> set[str]:
    return {word.strip(",") for word in name.split() if word[0].isupper()}


def _organisation_swapped(text: str, chance: random.Random, pools: Pools) -> str | None:
    matches = _organisations(text)
    if not matches:
        return None
    match = chance.choice(matches)
    words = _content(match.group())
    while True:
        new = chance.choice(pools.organisations)
        if new not in text and len(words & _content(new)) * 2 < len(_content(new)):
            return _splice(text, *match.span(), new)


@dataclass(frozen=True, slots=True)
class Corruption:
    """A way to spoil a translation; ``spoil`` returns None where the text offers no target."""

    name: str
    family: Family
    spoil: Spoil = field(repr=False)


CORRUPTIONS = (
    Corruption("amount x10", "figure", _scaled(10)),
    Corruption("amount /10", "figure", _scaled(0.1)),
    Corruption("amount x1,000", "figure", _scaled(1000)),
    Corruption("digit changed", "figure", _digit_changed),
    Corruption("figure dropped", "figure", _figure_dropped),
    Corruption("million, billion, trillion swapped", "figure", _scale_swapped),
    Corruption("percentage points to percent", "figure", _points_to_percent),
    Corruption("percent to percentage points", "figure", _percent_to_points),
    Corruption("number word changed", "figure", _number_word),
    Corruption("day shifted", "date", _day_shifted),
    Corruption("month shifted", "date", _month_shifted),
    Corruption("year shifted", "date", _year_shifted),
    Corruption("person swapped", "name", _person_swapped),
    Corruption("organisation swapped", "name", _organisation_swapped),
)
