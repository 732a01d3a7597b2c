"""Names in English text: Korean people as romanised, people after titles, organisations.

``find_english_names`` lists the candidates, ``person_in_english`` and
``english_name_in_korean`` compare them with what the Korean names. It must not know where
either sentence comes from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from models.anchors.gazetteer import loose_mentions
from models.anchors.glossary import Glossary
from models.anchors.names import PersonName, Roster, possible_people
from models.anchors.romanization import (
    given_pattern,
    split_names,
    surname_pattern,
    surname_spellings,
)
from models.anchors.terms import Term


@dataclass(frozen=True, slots=True)
class EnglishName:
    """A stretch of English that names someone or something.

    ``families`` are the Hangul surnames a person's spelling may stand for, ``given`` the
    given name in Latin letters or ""; ``term`` is the known body an organisation's is.
    """

    start: int
    end: int
    text: str
    kind: Literal["person", "organization"]
    families: tuple[str, ...] = ()
    given: str = ""
    term: Term | None = None


# Spellings of surnames that are English words: never names by themselves …
_FUNCTION_WORDS = re.compile(
    "so|in|an|no|you|one|on|be|am|a|i|he|we|see|her|may|who|to|per|yes|my|its|it|if|is|as|at|by|or|of"
)
# … or only where somebody speaks or bears a title ("Park said", not "Park's").
_COMMON_WORDS = re.compile(
    "do|sun|song|young|back|bang|gong|kind|sin|son|pan|pie|won|ye|ma|o|u|hue|sung|long|ban|bin|bong"
    "|dong|gang|gill|go|hang|ham|hong|key|king|kong|mock|mow|name|nan|oh|ok|pack|park|pin|pill|pong"
    "|rim|row|sang|sea|si|sock|soon|tack|tag|tan|tong|wee|woo|yang|yew|yin|pee|sham|sean|van|bay|cook"
    "|gee|jean|joe|june|lie|seek|shine|tang|toe|dam|char|chin|ha|la|ho|hill|huh|ki|li|moon|own|phil"
    "|ra|re|ri|ro|sake|su|ti|wan|want|yen"
)
_TITLES = (
    "(?:Mr|Mrs|Ms|Dr|Prof|Professor|President|Chairman|Chairwoman|Chairperson|Chair|Director|Minister"
    "|Rep|Representative|Lawmaker|Commissioner|Governor|Mayor|Secretary|Head|Chief|Judge|Prosecutor"
    "|Lawyer|Attorney|Justice|Researcher|Manager|Leader|CEO|Gov|Sen|Senator|Ambassador|General"
    "|Captain|Colonel|Spokesperson|Spokesman|Spokeswoman|Coach|Reporter|Dean|Principal)"
)
_SPEECH = (
    "(?:said|says|added|adds|stressed|stresses|explained|explains|argued|argues|noted|notes|proposed"
    "|proposes|suggested|suggests|urged|urges|pointed|points|emphasi[sz]ed|emphasi[sz]es|claimed"
    "|claims|insisted|insists|told|tells|called|calls|warned|warns|stated|states|remarked|remarks"
    "|asked|asks|replied|replies|answered|answers|predicted|predicts|diagnosed|lamented|appealed"
    "|demanded|continued|recommended|mentioned|declared|announced|concluded|asserted)"
)
_HYPHENATED = re.compile(r"\b([A-Z][a-z]{0,8}),? ([A-Z][a-z]{0,7}-[A-Za-z][a-z]{0,7})(?![\w-])")
_REVERSED = re.compile(r"\b([A-Z][a-z]{0,7}-[A-Za-z][a-z]{0,7}) ([A-Z][a-z]{1,8})\b")
_TITLED = re.compile(rf"\b{_TITLES}\.? ([A-Z][a-z]{{0,8}})\b(?![-’'][A-Za-z]{{2}})")
_SPOKEN = re.compile(rf"\b{_SPEECH} ([A-Z][a-z]{{1,8}})\b(?! [A-Z])")
_SPEAKS = re.compile(rf"\b([A-Z][a-z]{{1,8}}) (?:also |then |further )?{_SPEECH}\b")
_OWNS = re.compile(r"\b([A-Z][a-z]{1,8})['’]s\b")
_SPACED = re.compile(r"\b([A-Z][a-z]{1,8}) ([A-Z][a-z]{1,7}) ([A-Z][a-z]{1,7})\b")


def find_english_names(en: str) -> tuple[EnglishName, ...]:
    """The people and known or well-formed organisations ``en`` names, in order.

    People: "Kang Min-ji", "Min-ji Kang", "Chung Jong Suk", "Director Kang", "said Kang",
    "Kang said", "Kang's". Organisations: shipped bodies under their official names and
    abbreviations. Never overlapping; the longest stands.
    """
    found = [*_organizations(en), *_people(en)]
    found.sort(key=lambda name: (name.start, name.start - name.end))
    kept: list[EnglishName] = []
    for name in found:
        if not kept or name.start >= kept[-1].end:
            kept.append(name)
    return tuple(kept)


def _people(en: str) -> Iterator[EnglishName]:
    for match in _HYPHENATED.finditer(en):
        yield from _person(match, 1, 2)
    for match in _REVERSED.finditer(en):
        yield from _person(match, 2, 1)
    for match in _SPACED.finditer(en):
        families = _families(match[1], alone=True)
        given = f"{match[2]} {match[3]}"
        if families and _is_korean_given(given):
            yield EnglishName(match.start(), match.end(), match[0], "person", families, given)
    for pattern in (_TITLED, _SPOKEN, _SPEAKS, _OWNS):
        for match in pattern.finditer(en):
            families = _families(match[1], alone=pattern is _OWNS)
            if families:
                yield EnglishName(match.start(1), match.end(1), match[1], "person", families)


def _families(word: str, *, alone: bool) -> tuple[str, ...]:
    """The surnames a word spells; none if it is rather an English word."""
    word = word.lower()
    if _FUNCTION_WORDS.fullmatch(word) or (alone and _COMMON_WORDS.fullmatch(word)):
        return ()
    return surname_spellings().get(word, ())


def _person(match: re.Match[str], family: int, given: int) -> Iterator[EnglishName]:
    families = surname_spellings().get(match[family].lower(), ())
    if families and _is_korean_given(match[given]):
        yield EnglishName(match.start(), match.end(), match[0], "person", families, match[given])


_ROMANIZED = re.compile(
    r"(?:[gkndtrlmbpshjcwyfvz]{0,3})(?:y?[aeiou]{1,3}|w[aeio]{1,2}|[aeiou]{1,3}y?)(?:ng|ck|gh|[nmlkgptbhrcs])?"
)


def _is_korean_given(given: str) -> bool:
    return all(_ROMANIZED.fullmatch(part.lower()) for part in re.split("[- ]", given))


@cache
def _body_patterns() -> tuple[re.Pattern[str], dict[str, Term]]:
    forms: dict[str, Term] = {}
    for term in Glossary.shipped().terms():
        if term.kind == "organization":
            for form in (term.en, *term.variants):
                if (
                    form[0].isupper()
                    and (len(form) > 3 or form.isupper())
                    and not _SHARED.fullmatch(form)
                ):
                    forms.setdefault(form if " " not in form else form.lower(), term)
    alternatives = sorted(forms, key=len, reverse=True)
    joined = "|".join(
        re.escape(f) if f[0].isupper() else f"(?i:{re.escape(f)})" for f in alternatives
    )
    return re.compile(rf"(?<![\w-])(?:{joined})(?![\w-])"), forms


# Names other bodies bear too.
_SHARED = re.compile(
    "National Assembly|Assembly|Prime Minister|Democratic Party|DP|Joint Chiefs|FTC|ME|TS|HF|CIO|aT"
    "|MPB|PMS|Prosecutors' Office|Prime Minister's Secretariat|Presidential Secretariat|European"
    "|Fed|NPS|KRC|KHS|KMI|SPO|ONS|NEC|NIS|FSC|Supreme Court|Constitutional Court|Coast Guard"
    "|Fair Trade Commission|Patent Office|Presidential Office|Blue House|Finance Ministry"
)


def _organizations(en: str) -> Iterator[EnglishName]:
    pattern, forms = _body_patterns()
    for match in pattern.finditer(en):
        if match[0][0].isupper():
            term = forms.get(match[0]) or forms[match[0].lower()]
            yield EnglishName(match.start(), match.end(), match[0], "organization", term=term)


def person_in_english(person: PersonName, en: str) -> bool:
    """Whether ``en`` names ``person``, in any spelling and order of the names.

    A surname alone is enough where the Korean gives surname and title only.
    """
    if not person.brief and person.en in en:  # most often; spares compiling the pattern
        return True
    return find_person(person, en) is not None


def find_person(person: PersonName, en: str) -> tuple[int, int] | None:
    """Where ``en`` first names ``person`` (start, end), None if nowhere."""
    match = _person_pattern(person.family, person.given, person.brief, person.en).search(en)
    return match.span() if match else None


@lru_cache(maxsize=8192)
def _person_pattern(family: str, given: str, brief: bool, en: str) -> re.Pattern[str]:
    forms = [re.escape(en)]
    for surname, rest in split_names(family + given) if given else [(family, "")]:
        name = surname_pattern(surname)
        if rest:
            forms += [f"{name},? {given_pattern(rest)}", f"{given_pattern(rest)},? {name}"]
        if brief or not rest:
            forms.append(rf"{name}|he|she|they|his|her|their")
        else:
            forms += [rf"{_TITLES}\.? {name}", rf"{name} {_SPEECH}", rf"{_SPEECH} {name}"]
    pronoun = r"\b(?:he|she|they|his|her|their)\b"
    return re.compile(rf"(?=[A-Z]|{pronoun}|{_SPEECH})(?i:\b(?:{'|'.join(forms)})\b)")


def english_name_in_korean(name: EnglishName, ko: str, roster: Roster | None = None) -> bool:
    """Whether the Korean names whom or what the English does; False means it was invented.

    A body counts as named under any of its Korean forms; ``roster`` adds the people the
    article introduced elsewhere.
    """
    if name.kind == "organization":
        return name.term is None or _body_in_korean(name.term, ko)
    people = [*possible_people(ko), *(roster.people if roster else ())]
    if any(_same_person(name, person) for person in people):
        return True
    return bool(name.given) and _spelt_in(name, ko)


def _spelt_in(name: EnglishName, ko: str) -> bool:
    """Whether some word of ``ko`` begins with what the full English name spells."""
    for family in name.families:
        for match in re.finditer(rf"(?<![가-힣])(?:{family})([가-힣]{{1,3}})", ko):
            for length in (2, 1, 3):
                given = match[1][:length]
                if re.fullmatch(given_pattern(given), name.given, re.IGNORECASE):
                    return True
    return False


def _same_person(name: EnglishName, person: PersonName) -> bool:
    for family, given in split_names(person.family + person.given) or [(person.family, "")]:
        if family not in name.families:
            continue
        if not name.given or not given:
            return True
        if re.fullmatch(given_pattern(given), name.given, re.IGNORECASE):
            return True
    return False


def _body_in_korean(term: Term, ko: str) -> bool:
    return any(form in ko for form in _korean_forms()[term.en])


# 국민연금공단 is also meant by 국민연금.
_WITHOUT_KIND = re.compile("(?<=..)(?:공단|위원회)$")


@cache
def _korean_forms() -> dict[str, frozenset[str]]:
    """English name → every Korean form of the bodies that bear it, also without 한국."""
    forms: dict[str, set[str]] = {}
    for ko, term in Glossary.shipped().forms():
        found = forms.setdefault(term.en, set())
        latin = (v for v in term.variants if " " not in v and not v.islower())
        found.update((ko, term.ko, ko.removeprefix("한국"), _WITHOUT_KIND.sub("", term.ko), *latin))
        found.update(loose_mentions().get(term.ko, ()))
    return {en: frozenset(found) for en, found in forms.items()}
