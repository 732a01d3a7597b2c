"""A speaker in English: "정종석 GIP 전략연구소 소장" → "Jeong Jong-seok, director of …".

Computed where tables suffice (names, titles, official bodies); else the translator is asked and
its answer believed only if it holds what could be computed and invents nothing; else the
computable parts stand, the rest romanised. Must not know how a translator works.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from models.anchors import AnchorContext, find_people
from models.anchors.leftovers import without_hangul
from models.anchors.names import PersonName
from models.anchors.titles import Title, read_title
from models.documents import Anchor, Bilingual, Translation

_OFFICIAL = re.compile(r"^(?:고위 )?관계자$")
_MAX_WORDS_PER_EOJEOL = 5
"""English words per Korean word: a name or body rarely takes more (policy.jsonl: 99th percentile)."""


@dataclass(frozen=True, slots=True)
class SpeakerPlan:
    """How one speaker gets its English.

    ``en`` when it could be computed; otherwise ``ko`` goes to the translator and ``fallback``
    stands by. ``must_hold`` are strings a translation has to contain.
    """

    ko: str
    en: str | None
    fallback: str
    must_hold: tuple[str, ...] = ()

    @property
    def to_translate(self) -> str | None:
        """What the translator is asked for, None when nothing."""
        return self.ko if self.en is None else None

    def render(self, translations: Mapping[str, Translation]) -> Bilingual:
        """The speaker in both languages; ``translations`` maps Korean to what came back."""
        if self.en is not None:
            return Bilingual(self.ko, self.en)
        translation = translations.get(self.ko)
        if translation is not None and self._believable(translation):
            return Bilingual(self.ko, translation.text.strip().rstrip("."))
        return Bilingual(self.ko, self.fallback)

    def _believable(self, translation: Translation) -> bool:
        words = len(translation.text.split())
        return (
            not any(flag.severity == "error" for flag in translation.flags)
            and all(part in translation.text for part in self.must_hold)
            and 0 < words <= _MAX_WORDS_PER_EOJEOL * len(self.ko.split())
        )


def plan_speaker(speaker: str, context: AnchorContext) -> SpeakerPlan:
    """The plan for a speaker as the article introduces it."""
    speaker = " ".join(speaker.split())
    person = _person_at_start(speaker, context)
    if person is None:
        return _plan_body(speaker, context)
    name: PersonName = person.value  # type: ignore[assignment]
    rest = speaker[person.end :].strip()
    if not rest:
        return SpeakerPlan(speaker, _with_title(name), _with_title(name))
    return _plan_person(speaker, name, rest, context)


def _person_at_start(speaker: str, context: AnchorContext) -> Anchor | None:
    people = find_people(speaker, context.roster)
    return people[0] if people and people[0].start == 0 else None


def _with_title(name: PersonName) -> str:
    return f"{name.title_en} {name.en}" if name.brief and name.title_en else name.en


def _plan_person(speaker: str, name: PersonName, rest: str, context: AnchorContext) -> SpeakerPlan:
    words = rest.split()
    title = read_title(words[-1])
    body = " ".join(words[:-1])
    if title is None:
        return SpeakerPlan(speaker, None, f"{name.en}, {without_hangul(rest)}", (name.en,))
    office = _office(title)
    where = _official_name(body, context) if body else ""
    if where is not None and not title.unit:
        en = _joined(name.en, office, where)
        return SpeakerPlan(speaker, en, en)
    unit = f"{title.unit} {body}".strip() if title.unit else body
    fallback = _joined(name.en, office, where or without_hangul(unit))
    return SpeakerPlan(speaker, None, fallback, (name.en,))


def _office(title: Title) -> str:
    return title.en if title.en.isupper() else title.en[:1].lower() + title.en[1:]


def _joined(name: str, office: str, where: str) -> str:
    if not where:
        return f"{name}, {office}"
    article = "" if where.lower().startswith("the ") else "the "
    return f"{name}, {office} of {article}{where}"


def _plan_body(speaker: str, context: AnchorContext) -> SpeakerPlan:
    """A body, or someone of it who isn't named."""
    official = _official_name(speaker, context)
    if official is not None:
        return SpeakerPlan(speaker, official, official)
    words = speaker.split()
    body = _official_name(" ".join(words[:-1]), context) if len(words) > 1 else None
    if body is not None and _OFFICIAL.match(words[-1]):
        en = f"an official at the {body.removeprefix('the ').removeprefix('The ')}"
        return SpeakerPlan(speaker, en, en)
    return SpeakerPlan(speaker, None, without_hangul(speaker))


def _official_name(body: str, context: AnchorContext) -> str | None:
    """The English of a body that the glossary knows as a whole."""
    for anchor in context.terms.find(body, context.published_at):
        if anchor.start == 0 and anchor.end == len(body):
            return anchor.en
    return None
