"""People in Korean text: found by name and title, rendered alike throughout an article.

``Roster`` is who an article's people are; ``find_people`` finds where a text names them. It
must not know of English sentences (english_names.py) nor of organisations (glossary.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from models.anchors.glossary import Glossary
from models.anchors.name_likeness import NOUN_SUFFIXES, Likeness, name_likeness
from models.anchors.particles import PARTICLE, ends_noun
from models.anchors.romanization import romanize_name, split_name, surnames
from models.anchors.titles import Title, read_title
from models.documents import Anchor


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person as a text names them: "정종석", or "김 팀장" with the given name if known.

    ``title_ko``/``title_en`` are "" where the text gives none. ``ko`` is the stretch itself;
    ``brief`` says it holds only surname and title.
    """

    ko: str
    family: str
    given: str
    en: str
    title_ko: str = ""
    title_en: str = ""
    brief: bool = False

    @property
    def full_en(self) -> str:
        """The full English name where the given name is known, else the surname."""
        return self.en


# Determiners and prefixes that stand before titles and are spelt like surnames.
_DETERMINERS = frozenset(
    "이 한 전 현 두 양 각 고 구 신 여 주 그 본 모 위 동 제 총 부 남 당 내 시 도 군 국 대 명 인 공 사 선 가 화 온 상 단 나".split()
)
_WORD = re.compile(r"[가-힣]+")
_AGE = re.compile(
    r"\s?[(（]\s?(?:[가-힣·]+,? ?)?(?:[1-9]?\d|10\d)(?:세|살)?(?:[·,][^)）]{1,20})?\s?[)）]"
)
_ADDRESS = re.compile(r"\s?(?:씨|옹|여사)(?=" + PARTICLE + r"?(?![가-힣]))")
_OWN_SPELLING = re.compile(
    r"\s?[(（]\s?(?:[一-鿿]{2,4},? )?([A-Z][A-Za-z]+(?:[- ,.]+[A-Za-z]+){1,3})\s?[,)）]"
)
_NAME_PARTICLES = frozenset("은 는 이 가 을 를 의 와 과 도 에게 에게서 께서 께서는".split())
_MAX_TITLE_DISTANCE = 6
# An eojeol that ends like this closes the noun phrase a title would end.
_CLOSING = re.compile(
    r"(?:은|는|을|를|에서|에게|에는|으로|께서|했다|한다|하고|하며|까지|부터|에|던|된|하는|인)$"
)
_LATIN_OR_HANGUL = re.compile(r"[0-9A-Za-z가-힣&·‘’'\"“”㈜()（）∼~.-]+")


@dataclass(frozen=True, slots=True)
class Roster:
    """The people of an article, in order of appearance."""

    people: tuple[PersonName, ...] = ()
    _by_ko: Mapping[str, PersonName] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, people: Iterable[PersonName]) -> Roster:
        """A roster of ``people``; of several with one name the first counts."""
        by_ko: dict[str, PersonName] = {}
        for person in people:
            known = by_ko.setdefault(person.ko, person)
            if not known.title_ko and person.title_ko:
                by_ko[person.ko] = person
        return cls(tuple(by_ko.values()), by_ko)

    @classmethod
    def read(cls, text: str, names: Mapping[str, str] | None = None) -> Roster:
        """The people ``text`` introduces by full name.

        ``names`` maps Korean full names to the spelling to use for them; a spelling the text
        itself gives in parentheses comes next, the customary romanisation last.
        """
        names = names or {}
        found = [mention.person for mention in _introductions(text)]
        found += [_person(ko, en) for ko, en in names.items() if split_name(ko)]
        return cls.of(replace(p, en=names[p.ko]) if p.ko in names else p for p in found)

    def named(self, ko: str) -> PersonName | None:
        """The person of that full name."""
        return self._by_ko.get(ko)

    def bearing(self, family: str, title: str = "") -> PersonName | None:
        """The one person of that surname; the title decides between several.

        Titles agree if one ends in the other ("혁신팀장", "팀장"). None if nobody fits or the
        title leaves several.
        """
        bearers = [person for person in self.people if person.family == family]
        fitting = [p for p in bearers if title and p.title_ko.endswith(title)]
        if len(fitting) == 1:
            return fitting[0]
        return bearers[0] if len(bearers) == 1 else None


@dataclass(frozen=True, slots=True)
class _Mention:
    start: int
    end: int
    person: PersonName


def _person(ko: str, en: str = "", title: Title | None = None) -> PersonName:
    family, given = split_name(ko) or (ko, "")
    return PersonName(
        ko,
        family,
        given,
        en or romanize_name(family, given),
        title.ko if title else "",
        title.en if title else "",
    )


def _introductions(text: str) -> Iterator[_Mention]:
    for word in _WORD.finditer(text):
        if word.start() and (text[word.start() - 1].isalnum()):
            continue
        mention = _introduction(text, word.start(), word.group())
        if mention is not None:
            yield mention


def _introduction(text: str, start: int, word: str) -> _Mention | None:
    for name in _readings(word):
        length = len(name)
        end = start + length
        if length == len(word):
            title = _title_after(text, end)
            if _accepted(name, text, start, end, title):
                return _Mention(start, end, _person(name, _own_spelling(text, end), title))
        elif _accepted_with_particle(name, word[length:], text, start):
            title = read_title("씨") if _ADDRESS.match(text, end) else None
            return _Mention(start, end, _person(name, "", title))
    return None


def _readings(word: str) -> Iterator[str]:
    """The beginnings of ``word`` that split into surname and given name, likeliest first."""
    for length in (3, 4, 2):
        name = word[:length]
        if len(name) < length or split_name(name) is None:
            continue
        if length == 4 and word == name and re.fullmatch("[은는이가을를의]", name[-1]):
            continue
        yield name


def _accepted_with_particle(name: str, rest: str, text: str, start: int) -> bool:
    if _ADDRESS.fullmatch(rest) or _ADDRESS.match(rest):
        return name_likeness(name) > Likeness.NONE
    if rest not in _NAME_PARTICLES or len(name) == 2:
        return False
    return name_likeness(name) is Likeness.LIKELY and _follows_title(text, start)


def _own_spelling(text: str, end: int) -> str:
    match = _OWN_SPELLING.match(text, end)
    return match[1] if match else ""


@dataclass(frozen=True, slots=True)
class _Near:
    title: Title
    distance: int


def _title_after(text: str, end: int) -> Title | None:
    near = _near_title(text, end)
    return near.title if near else None


def _near_title(text: str, end: int) -> _Near | None:
    position = end
    age = _AGE.match(text, position)
    if age:
        position = age.end()
    for distance in range(_MAX_TITLE_DISTANCE):
        gap = re.compile(r"[ \u00a0]").match(text, position)
        word = _LATIN_OR_HANGUL.match(text, gap.end()) if gap else None
        if word is None:
            return None
        title = _title_of_eojeol(word.group())
        if title:
            return _Near(title, distance)
        if _CLOSING.search(word.group()):
            return None
        position = word.end()
    return None


def _title_of_eojeol(eojeol: str) -> Title | None:
    hangul = re.sub(r"[^가-힣]", "", eojeol)
    title = read_title(hangul)
    if title:
        return title
    for cut in range(1, min(5, len(hangul))):
        if re.fullmatch(PARTICLE, hangul[-cut:]):
            title = read_title(hangul[:-cut])
            if title:
                return title
    return None


def _accepted(name: str, text: str, start: int, end: int, title: Title | None) -> bool:
    likeness = name_likeness(name)
    if likeness is Likeness.NONE or Glossary.shipped().get(name):
        return False
    if _AGE.match(text, end) or _ADDRESS.match(text, end):
        return True
    near = _near_title(text, end)
    if near is None:
        return likeness is Likeness.LIKELY and _follows_title(text, start)
    if likeness is Likeness.LIKELY or near.distance == 0:
        return True
    return near.distance <= 4 and name[-1] not in NOUN_SUFFIXES and _opens_phrase(text, start)


def _opens_phrase(text: str, start: int) -> bool:
    """Whether a noun phrase begins at ``start``: nothing before it, or a word with an ending."""
    before = text[:start].rstrip()
    return not before or before[-1] in _PHRASE_ENDS


_PHRASE_ENDS = frozenset(",.“”‘’\"'·…▲◇◆□■은는이가을를의에서도와과로고며나한운선된던인간온킨진낸연")
_WORD_BEFORE = re.compile(r"([가-힣]+) $")


def _follows_title(text: str, start: int) -> bool:
    before = _WORD_BEFORE.search(text[:start])
    return before is not None and read_title(before[1], before_name=True) is not None


def find_people(text: str, roster: Roster | None = None) -> tuple[Anchor, ...]:
    """The people ``text`` names, by full name or by surname and title, in order.

    Anchors never overlap; ``value`` is a ``PersonName``. Without a roster the text is its
    own: a title after a surname is then resolved within it.
    """
    roster = roster if roster is not None else Roster.read(text)
    mentions = list(_introductions(text))
    taken = {mention.start for mention in mentions}
    mentions += [m for m in _known(text, roster) if m.start not in taken]
    taken = {mention.start for mention in mentions}
    mentions += [m for m in _briefs(text, roster) if m.start not in taken]
    return tuple(_anchors(sorted(mentions, key=lambda m: m.start), text, roster))


def _anchors(mentions: Iterable[_Mention], text: str, roster: Roster) -> Iterator[Anchor]:
    end = 0
    for mention in mentions:
        if mention.start < end:
            continue
        known = roster.named(mention.person.ko)
        person = replace(mention.person, en=known.en) if known else mention.person
        end = mention.end
        yield Anchor(mention.start, end, text[mention.start : end], "person", person.en, person)


def _known(text: str, roster: Roster) -> Iterator[_Mention]:
    """Bare full names of people the roster knows."""
    for person in roster.people:
        if len(person.ko) < 3:
            continue
        for match in re.finditer(rf"(?<![0-9A-Za-z가-힣]){re.escape(person.ko)}", text):
            if ends_noun(text, match.end()):
                yield _Mention(match.start(), match.end(), person)


_BRIEF = re.compile(r"(?<![0-9A-Za-z가-힣])(?=([가-힣]{1,2}) ([가-힣]+))")
_UNNAMED = re.compile(r"(?<![0-9A-Za-z가-힣])([가-힣])모(?=\s?(?:씨|[(（]\d|양|군))")


def _briefs(text: str, roster: Roster) -> Iterator[_Mention]:
    """Surname and title: "김 팀장은"; surname and 모: "최모(57)씨"."""
    for match in _UNNAMED.finditer(text):
        if match[1] in surnames():
            unnamed = PersonName(match[0], match[1], "", romanize_name(match[1]), brief=True)
            yield _Mention(match.start(), match.end(), unnamed)
    for match in _BRIEF.finditer(text):
        family = match[1]
        title = _title_of_eojeol(match[2])
        if family not in surnames() or title is None or title.unit:
            continue
        before = text[: match.start()].rstrip()
        if before and before[-1].isdigit():
            continue
        known = roster.bearing(family, title.ko)
        if known is None and family in _DETERMINERS:
            continue
        end = match.start(2) + len(title.ko)
        stretch = text[match.start() : end]
        yield _Mention(match.start(), end, _brief(stretch, family, title, known))


def _brief(stretch: str, family: str, title: Title, known: PersonName | None) -> PersonName:
    surname = known.en.split(" ")[0] if known and known.en else romanize_name(family)
    given = known.given if known else ""
    return PersonName(stretch, family, given, surname, title.ko, title.en, brief=True)


def possible_people(text: str) -> tuple[PersonName, ...]:
    """Everyone ``text`` may name, generously: what an English name is compared with.

    Holds every word shaped like a name with or without context, and every surname before a
    title or 모, also where it may be a determiner (이 교수).
    """
    return tuple(_possible(text))


def _possible(text: str) -> Iterator[PersonName]:
    for word in _WORD.finditer(text):
        yield from _name_shaped(word.group())
    for match in _BRIEF.finditer(text):
        title = _title_of_eojeol(match[2])
        if match[1] in surnames() and title is not None:
            yield _brief(f"{match[1]} {match[2]}", match[1], title, None)
    for match in _UNNAMED.finditer(text):
        yield PersonName(match[0], match[1], "", romanize_name(match[1]), brief=True)


def _name_shaped(word: str) -> Iterator[PersonName]:
    for name in _readings(word):
        rest = word[len(name) :]
        closed = not rest or re.fullmatch(PARTICLE, rest) or _title_of_eojeol(rest)
        if closed and name_likeness(name) > Likeness.NONE:
            yield _person(name)
