"""Where a Korean text introduces somebody by full name.

A name needs company: a title within its noun phrase ("정종석 GIP 전략연구소 소장"), a calling
before it ("한의사 원태림은"), an age or 씨 after it. The less a word looks like a name
(name_likeness.py), the closer the company must be. It must not know who was named before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from models.anchors.glossary import Glossary
from models.anchors.landscape import landscape
from models.anchors.name_likeness import NOUN_SUFFIXES, Likeness, is_foreign_looking, name_likeness
from models.anchors.particles import PARTICLE, is_particle
from models.anchors.person import PersonName, person_named
from models.anchors.romanization import split_name
from models.anchors.titles import Title, read_title


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch that names a person."""

    start: int
    end: int
    person: PersonName


HANGUL_WORD = re.compile(r"(?<![0-9A-Za-z가-힣])[가-힣]+")
_AGE = re.compile(
    r"\s?[(（]\s?(?:[가-힣·]+,? ?)?(?:[1-9]?\d|10\d)(?:세|살)?(?:[·,][^)）]{1,20})?\s?[)）]"
)
# What may stand in parentheses between a name and its title.
_ASIDE = re.compile(r"\s?[(（][^)）]{1,24}[)）]")
_ADDRESS = re.compile(rf"\s?(?:씨|옹|여사)(?={PARTICLE}?(?![가-힣]))")
_OWN_SPELLING = re.compile(
    r"\s?[(（]\s?(?:[一-鿿]{2,4},? )?([A-Z][A-Za-z]+(?:[- ,.]+[A-Za-z]+){1,3})\s?[,)）]"
)
_NAME_PARTICLE = re.compile("은|는|이|가|을|를|의|와|과|도|에게|에게서|께서|께서는")
_MAX_TITLE_DISTANCE = 6  # words of a name's noun phrase, as in "조세정의네트워크 정책실장"
_DOUBTFUL_TITLE_DISTANCE = 4
# An eojeol that ends like this closes the noun phrase a title would end.
_CLOSING = re.compile(
    r"(?:은|는|을|를|에서|에게|에는|으로|께서|했다|한다|하고|하며|까지|부터|에|던|된|하는|인|다|[.!?])[’”'\"]?$"
)
_PHRASE_WORD = re.compile(r"[ \u00a0·]([0-9A-Za-z가-힣&·‘’'\"“”㈜()（）∼~.-]+)")
_NOT_IN_TITLES = re.compile("[^0-9가-힣]")
_PARTICLES = frozenset("은는이가을를의에도와과로만")
_STAFF = frozenset("팀실측님")
_WORD_BEFORE = re.compile(r"([가-힣]+) $")
# Before a noun phrase: punctuation, or a word with an ending.
_PHRASE_ENDS = frozenset(",.“”‘’\"'·…▲◇◆□■은는이가을를의에서도와과로고며나한운선된던인간온킨진낸연")


def find_introductions(text: str) -> Iterator[Mention]:
    """The people ``text`` introduces by full name, in order."""
    last = -1
    for word in HANGUL_WORD.finditer(text):
        if text[last : word.start()] == " ":
            continue  # what follows a name without a particle is where its bearer works
        for name in readings(word.group()):
            mention = _mention(text, word.start(), name, word.group()[len(name) :])
            if mention is not None:
                last = mention.end
                yield mention
                break


def readings(word: str) -> Iterator[str]:
    """The beginnings of ``word`` that split into surname and given name, likeliest first."""
    for length in (3, 4, 2):
        name = word[:length]
        if len(name) < length or split_name(name) is None:
            continue
        if length == 4 and word == name and name[-1] in "은는이가을를의":
            continue
        yield name


@dataclass(frozen=True, slots=True)
class _Company:
    """What speaks for a word being a name: an age or 씨, a calling before it, a title after."""

    kind: Literal["address", "calling", "title"]
    title: Title | None = None
    distance: int = 0


def _mention(text: str, start: int, name: str, rest: str) -> Mention | None:
    company = _company(text, start, name, rest)  # cheap, so before the look at the word itself
    if company is None or name[1:] == "모" or Glossary.shipped().get(name):
        return None
    if _is_landscape(name, company):
        return None
    if not _suffices(company, name_likeness(name), name, text, start):
        return None
    end = start + len(name)
    own = _OWN_SPELLING.match(text, end)
    return Mention(start, end, person_named(name, own[1] if own else "", company.title))


def _is_landscape(name: str, company: _Company) -> bool:
    """서해안, and 장성호 unless a title stands right after it or it is addressed as a person."""
    use = landscape(name)
    near = company.kind == "address" or (company.kind == "title" and company.distance == 0)
    return use == "never" or (use == "near" and not near)


def _company(text: str, start: int, name: str, rest: str) -> _Company | None:
    end = start + len(name)
    title, distance = _title_after(text, end) if not rest else (None, 0)
    if _ADDRESS.match(text, end) or (not rest and _AGE.match(text, end)):
        return _Company("address", title)
    if title is not None:
        return _Company("title", title, distance)
    bare = not rest or (_NAME_PARTICLE.fullmatch(rest) and len(name) > 2)
    return _Company("calling") if bare and _follows_calling(text, start) else None


def _suffices(company: _Company, likeness: Likeness, name: str, text: str, start: int) -> bool:
    """Whether the company is close enough for a word that looks that much like a name."""
    if likeness in (Likeness.NONE, Likeness.LIKELY) or company.kind == "calling":
        return likeness is Likeness.LIKELY
    if company.kind == "address":
        return True
    before = _WORD_BEFORE.search(text[max(0, start - 16) : start])
    if before is not None and _may_be_abroad(before[1]):
        return False
    if company.distance == 0 or len(name) == 2:
        return company.distance == 0
    if likeness is Likeness.UNUSUAL and not _is_at_home(name, text, start):
        return False
    near = company.distance <= _DOUBTFUL_TITLE_DISTANCE and name[-1] not in NOUN_SUFFIXES
    return near and _opens_phrase(text, start)


def _is_at_home(name: str, text: str, start: int) -> bool:
    """Whether an unusual name is rather Korean: no particle at its end, no surname after it."""
    after = _PHRASE_WORD.match(text, start + len(name))
    return name[-1] not in _PARTICLES and (after is None or not _may_be_abroad(after[1]))


def _may_be_abroad(word: str) -> bool:
    """Whether ``word`` is rather the given name of a foreigner than an institution."""
    return is_foreign_looking(word) and Glossary.shipped().get(word) is None


def _follows_calling(text: str, start: int) -> bool:
    before = _WORD_BEFORE.search(text[max(0, start - 16) : start])
    return before is not None and read_title(before[1], before_name=True) is not None


def _opens_phrase(text: str, start: int) -> bool:
    before = text[max(0, start - 2) : start].rstrip()
    return not before or before[-1] in _PHRASE_ENDS


def _title_after(text: str, end: int) -> tuple[Title | None, int]:
    """The title that ends the noun phrase a name at ``end`` opens, and how many words off
    the first is: of "중소벤처기업연구원 혁신팀장이" the last counts, 연구원 being an institute.
    """
    aside = _ASIDE.match(text, end)
    position = aside.end() if aside else end
    title, first = None, 0
    for distance in range(_MAX_TITLE_DISTANCE):
        word = _PHRASE_WORD.match(text, position)
        if word is None:
            break
        found = title_of_eojeol(word[1])
        if found is not None:
            first = distance if title is None else first
            title = found
        if _CLOSING.search(word[1]) or (found is not None and not read_title(word[1])):
            break
        position = word.end()
    return title, first


@lru_cache(maxsize=16384)
def title_of_eojeol(eojeol: str) -> Title | None:
    """The title a word with its particles is or ends in: "혁신팀장이" → 팀장."""
    hangul = _NOT_IN_TITLES.sub("", eojeol.split("(")[0])
    for cut in range(min(5, len(hangul))):
        stem, particle = hangul[: len(hangul) - cut], hangul[len(hangul) - cut :]
        if not particle or is_particle(particle):
            title = read_title(stem) or _title_with_staff(stem)
            if title is not None:
                return title
    return None


def _title_with_staff(word: str) -> Title | None:
    """The title of whom a team or office is called after: 교수 of "교수팀", 의원 of "의원실"."""
    return read_title(word[:-1]) if word[-1:] in _STAFF else None
