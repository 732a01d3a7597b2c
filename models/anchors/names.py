"""People in Korean text: found by name and title, rendered alike throughout an article.

``Roster`` is who an article's people are; ``find_people`` finds where a text names them. It
must not know of English sentences (english_names.py) nor of organisations (glossary.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from models.anchors.introductions import (
    HANGUL_WORD,
    Mention,
    find_introductions,
    readings,
    title_of_eojeol,
)
from models.anchors.name_likeness import Likeness, name_likeness
from models.anchors.particles import PARTICLE, ends_noun, is_particle
from models.anchors.person import PersonName, brief_person, person_named
from models.anchors.romanization import split_name, surnames
from models.anchors.titles import Title
from models.documents import Anchor

__all__ = ["PersonName", "Roster", "find_people", "possible_people"]

# Determiners, prefixes and nouns that stand before titles and are spelt like surnames.
_NOT_ALONE = frozenset(
    "이한전현두양각고구신여주그본모위동제총부남당내시도군국대명인공사선가화온상단나"
)
_BRIEF = re.compile(r"(?<![0-9A-Za-z가-힣])(?=([가-힣]{1,2}) ([가-힣]+))")
_TITLED = re.compile(
    r"(?<![0-9A-Za-z가-힣])([가-힣]{3})"
    rf"(?= [가-힣]*(?:장|표|수|원|사|관){PARTICLE}?(?![가-힣]))"
)
_UNNAMED = re.compile(r"(?<![0-9A-Za-z가-힣])([가-힣])모(?=\s?(?:씨|[(（]\d|양|군))")


@dataclass(frozen=True, slots=True)
class Roster:
    """The people of an article: those named in full in order, then those named briefly only."""

    people: tuple[PersonName, ...] = ()
    _by_ko: Mapping[str, PersonName] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, people: Iterable[PersonName]) -> Roster:
        """A roster of ``people``; of several with one name the first with a title counts."""
        by_ko: dict[str, PersonName] = {}
        for person in people:
            known = by_ko.setdefault(person.ko, person)
            if not known.title_ko and person.title_ko:
                by_ko[person.ko] = replace(person, en=known.en)
        return cls(tuple(by_ko.values()), by_ko)

    @classmethod
    def read(cls, text: str, names: Mapping[str, str] | None = None) -> Roster:
        """The people ``text`` introduces by full name, or by surname and title alone.

        ``names`` maps Korean full names to the spelling to use for them; a spelling the text
        itself gives in parentheses comes next, the customary romanisation last.
        """
        names = names or {}
        found = [mention.person for mention in find_introductions(text)]
        found += [person_named(ko, en) for ko, en in names.items() if split_name(ko)]
        full = cls.of(replace(p, en=names.get(p.ko, p.en)) for p in found)
        briefs = (mention.person for mention in _briefs(text, full))
        return cls.of((*full.people, *(p for p in briefs if not p.given)))

    def named(self, ko: str) -> PersonName | None:
        """The person of that full name."""
        return self._by_ko.get(ko)

    def bearing(self, family: str, title: str = "") -> PersonName | None:
        """The one person of that surname; the title decides between several.

        Titles agree if one ends in the other ("혁신팀장", "팀장"). None if nobody fits or the
        title leaves several.
        """
        bearers = [person for person in self.people if person.family == family and not person.brief]
        fitting = [p for p in bearers if title and p.title_ko.endswith(title)]
        if len(fitting) == 1:
            return fitting[0]
        return bearers[0] if len(bearers) == 1 else None


def find_people(text: str, roster: Roster | None = None) -> tuple[Anchor, ...]:
    """The people ``text`` names, by full name or by surname and title, in order.

    Anchors never overlap; ``value`` is a ``PersonName``. Without a roster the text is its
    own: a title after a surname is then resolved within it.
    """
    mentions = list(find_introductions(text))
    if roster is None:
        roster = Roster.of(mention.person for mention in mentions)
    mentions += _known(text, roster)
    mentions += _briefs(text, roster)
    mentions.sort(key=lambda mention: (mention.start, -mention.end))
    return tuple(_anchors(mentions, text, roster))


def _anchors(mentions: Iterable[Mention], text: str, roster: Roster) -> Iterator[Anchor]:
    end = 0
    for mention in mentions:
        if mention.start < end:
            continue
        known = roster.named(mention.person.ko)
        person = replace(mention.person, en=known.en) if known else mention.person
        end = mention.end
        yield Anchor(mention.start, end, text[mention.start : end], "person", person.en, person)


def _known(text: str, roster: Roster) -> Iterator[Mention]:
    """Bare full names of people the roster knows; two syllables are too often a word."""
    for person in roster.people:
        if len(person.ko) < 3 or person.brief:
            continue
        for match in re.finditer(rf"(?<![0-9A-Za-z가-힣]){re.escape(person.ko)}", text):
            if ends_noun(text, match.end()):
                yield Mention(match.start(), match.end(), person)


def _briefs(text: str, roster: Roster) -> Iterator[Mention]:
    """Surname and title: "김 팀장은"; surname and 모: "최모(57)씨"."""
    for start, family, title in _titled_surnames(text):
        known = roster.bearing(family, title.ko)
        if known is None and family in _NOT_ALONE:
            continue
        end = start + len(family) + 1 + len(title.ko)
        person = brief_person(text[start:end], family, title, known)
        yield Mention(start, end, person)
    yield from _unnamed(text)


def _titled_surnames(text: str) -> Iterator[tuple[int, str, Title]]:
    for match in _BRIEF.finditer(text):
        title = title_of_eojeol(match[2])
        counted = text[: match.start()].rstrip()[-1:].isdigit()
        if match[1] in surnames() and title is not None and not title.unit and not counted:
            yield match.start(), match[1], title


def _unnamed(text: str) -> Iterator[Mention]:
    for match in _UNNAMED.finditer(text):
        if match[1] in surnames():
            person = brief_person(match[0], match[1])
            yield Mention(match.start(), match.end(), person)


@lru_cache(maxsize=512)
def possible_people(text: str) -> tuple[PersonName, ...]:
    """Everyone ``text`` may name, generously: what an English name is compared with.

    Holds every word shaped like a name with or without company, and every surname before a
    title or 모, also where it may be a determiner (이 교수).
    """
    named = [person for word in HANGUL_WORD.findall(text) for person in _name_shaped(word)]
    named += [person_named(name) for name in _TITLED.findall(text) if split_name(name)]
    titled = [brief_person(family, family, title) for _, family, title in _titled_surnames(text)]
    return (*named, *titled, *(mention.person for mention in _unnamed(text)))


def _name_shaped(word: str) -> Iterator[PersonName]:
    for name in readings(word):
        rest = word[len(name) :]
        closed = not rest or is_particle(rest) or title_of_eojeol(rest)
        if closed and name_likeness(name) > Likeness.NONE:
            yield person_named(name)
