"""An office in English: a title with the body or unit it belongs to.

"중기부 중소기업정책실장" → "head of the SME Policy Office at the Ministry of SMEs and Startups".
Must not know of people; ``models/attribution.py`` puts a name before it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter

from models.anchors.bodies import BodyName, is_body_word, render_body
from models.anchors.glossary import Glossary
from models.anchors.titles import Title, read_title

_UNIT_HEADS = frozenset(
    ["실장", "국장", "과장", "팀장", "부장", "본부장", "센터장", "단장", "처장"]
)
"""Titles that are "unit + head": what stands before 장 is the unit's name."""
_FOLLOWING_UNITS = frozenset(["원장", "소장", "회장", "이사장", "총장", "관장", "위원장", "청장"])
"""Titles with a word of their own ("president of …") that may be glued to the body."""
_BARE_BODIES = ("University", "College", "Group", "Precision", "Tech", "Bank", "Securities")
_DEPARTMENTS = ("학과", "학부", "과")


@dataclass(frozen=True, slots=True)
class Office:
    """``en`` is the office in lower case; ``sure`` that tables or the glossary gave its parts."""

    en: str
    sure: bool


@dataclass(frozen=True, slots=True)
class Naming:
    """How bodies are named: the glossary in force and the article's date."""

    glossary: Glossary
    on: date | None = None

    def official(self, body: str) -> str | None:
        """The English of a body that the glossary knows as a whole."""
        for anchor in self.glossary.find(body, self.on):
            if anchor.start == 0 and anchor.end == len(body):
                return anchor.en
        return None

    def body(self, body: str) -> BodyName:
        """The official name, else the name by its parts, a known place or parent first."""
        official = self.official(body)
        if official is not None:
            return BodyName(official, 1.0, True)
        for anchor in self.glossary.find(body, self.on):
            rest = body[anchor.end :].strip()
            if anchor.start == 0 and rest and body[anchor.end].isspace():
                inner = self.body(rest)
                return replace(inner, en=f"{anchor.en} {inner.en}")
        return render_body(body)


def read_office(text: str, naming: Naming) -> Office | None:
    """The office ``text`` names, None when it ends in no title."""
    words = text.split()
    title = read_title(words[-1]) if words else None
    if title is None:
        return None
    body = " ".join(words[:-1])
    if title.ko.endswith("교수") and body.endswith(_DEPARTMENTS):
        return _professor(title, words[:-1], naming)
    if title.unit:
        return _head_of_unit(words[-1], title, body, naming)
    return _of_body(_lower(title.en), body, naming)


def _head_of_unit(word: str, title: Title, body: str, naming: Naming) -> Office:
    if title.ko in _UNIT_HEADS:
        unit = render_body(word.removesuffix("장"))
        return _at_body(f"head of the {unit.en}", body, naming, unit.sure)
    if title.ko in _FOLLOWING_UNITS:
        whole = word.removesuffix("장")
        return _of_body(_lower(title.en), f"{body} {whole}".strip(), naming)
    unit = render_body(title.unit)
    return _at_body(f"{unit.en} {_lower(title.en)}", body, naming, unit.sure)


def _professor(title: Title, words: list[str], naming: Naming) -> Office:
    field = words[-1].removesuffix("과").removesuffix("부")
    # 산부인과 and 산업공학 are words of the table; 관광학 is 관광 and a suffix.
    parts = [part for part in (words[-1], field, field.removesuffix("학")) if part]
    listed = next(filter(is_body_word, parts), None)
    names = map(render_body, [listed] if listed else parts[1:] or parts)
    named = max(names, key=attrgetter("known"))
    return _at_body(
        f"{_lower(title.en)} of {named.en.lower()}", " ".join(words[:-1]), naming, named.sure
    )


def _of_body(office: str, body: str, naming: Naming) -> Office:
    if not body:
        return Office(office, True)
    name = naming.body(body)
    return Office(f"{office} {_preposition(office, name)}{name.en}", name.sure)


def _at_body(office: str, body: str, naming: Naming, sure: bool) -> Office:
    if not body:
        return Office(office, sure)
    name = naming.body(body)
    return Office(f"{office} at {_article(name)}{name.en}", sure and name.sure)


def _preposition(office: str, name: BodyName) -> str:
    at = office.startswith(("professor", "research", "principal", "senior"))
    return f"{'at' if at else 'of'} {_article(name)}"


def _article(name: BodyName) -> str:
    bare = not name.has_head or name.en.endswith(_BARE_BODIES) or name.en.startswith("the ")
    return "" if bare else "the "


def _lower(title: str) -> str:
    """ "Vice President" → "vice president"; abbreviations stay ("CEO", "Dr.")."""
    return " ".join(
        word if word.isupper() or "." in word else word.lower() for word in title.split()
    )
