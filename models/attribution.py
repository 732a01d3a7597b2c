"""A speaker in English: "정종석 GIP 전략연구소 소장" → "Jeong Jong-seok, director of …".

People are computed throughout (names, titles, official bodies, other bodies by their parts, the
rest romanised). For a body that tables don't explain the translator is asked, and its answer
believed only if nothing in it was flagged. Must not know how a translator works.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from models.anchors import AnchorContext, find_people
from models.anchors.bodies import render_body
from models.anchors.landscape import landscape
from models.anchors.offices import Naming, read_office
from models.anchors.person import PersonName
from models.anchors.romanization import romanize_name, split_name
from models.anchors.titles import read_title
from models.documents import Anchor, Bilingual, Translation

_MAX_WORDS_PER_EOJEOL = 5
"""English words per Korean word: a name or body rarely takes more."""
_ROLES = {
    "관계자": "an official at",
    "고위 관계자": "a senior official at",
    "담당자": "an official at",
    "대변인": "a spokesperson for",
    "측": "a representative of",
}
_SOMEONE = re.compile(rf"^(?P<body>.+?)\s(?P<role>{'|'.join(sorted(_ROLES, key=len)[::-1])})$")
_BULLET = re.compile(r"^[◆◇■□▲△●○▶]\s*")
_ASIDE = re.compile(r"^(.*\S)\s?\(([^()]*[가-힣][^()]*)\)$")
"""“라경수 의원(새길연합)”: what Korean brackets hold is rendered by itself."""
_FORMER = re.compile(r"^[전前]\s")
_ADDRESSES = frozenset(["씨", "옹", "여사", "군", "양", "님"])
_COMMON = {
    "정부": "the government",
    "여야": "the ruling and opposition parties",
    "여당": "the ruling party",
    "야당": "the opposition",
    "당국": "the authorities",
    "금융당국": "financial authorities",
    "업계": "the industry",
    "재계": "the business community",
    "노동계": "labor circles",
    "관계자": "an official",
    "업계 관계자": "an industry official",
    "정부 관계자": "a government official",
    "전문가": "an expert",
    "전문가들": "experts",
    "주민들": "residents",
    "노조": "the union",
    "두 시": "the two cities",
    "사측": "management",
    "노사": "labor and management",
    "회사": "the company",
    "검찰": "prosecutors",
    "경찰": "police",
    "법원": "the court",
    "재판부": "the court",
    "지자체": "local governments",
    "학회": "the society",
    "협회": "the association",
    "유족": "the bereaved family",
    "유가족": "the bereaved families",
    "피해자들": "the victims",
    "시민단체": "civic groups",
}


@dataclass(frozen=True, slots=True)
class SpeakerPlan:
    """How one speaker gets its English.

    ``en`` when it could be computed; otherwise ``ko`` goes to the translator and ``fallback``
    stands by.
    """

    ko: str
    en: str | None
    fallback: str

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
        return not any(
            flag.severity == "error" for flag in translation.flags
        ) and 0 < words <= _MAX_WORDS_PER_EOJEOL * len(self.ko.split())


def plan_speaker(speaker: str, context: AnchorContext) -> SpeakerPlan:
    """The plan for a speaker as the article introduces it."""
    speaker = _BULLET.sub("", " ".join(speaker.split()))
    aside = _ASIDE.match(speaker)
    if aside is None:
        return _plan(speaker, context)
    main = _plan(aside[1], context)
    return _computed(speaker, f"{main.en or main.fallback} ({_within(aside[2], context)})")


def _within(text: str, context: AnchorContext) -> str:
    """The English of what stands in brackets: someone's office, or another speaker."""
    office = None if _person(text, context) else _office(text, _naming(context))
    plan = _plan(text, context) if office is None else _computed(text, office)
    return plan.en or plan.fallback


def _naming(context: AnchorContext) -> Naming:
    return Naming(context.terms, context.published_at)


def _plan(speaker: str, context: AnchorContext) -> SpeakerPlan:
    naming = _naming(context)
    person = _person(speaker, context)
    if person is None:
        return _plan_body(speaker, naming)
    anchor, name = person
    before, after = speaker[: anchor.start].strip().removesuffix("의"), speaker[anchor.end :]
    rest = " ".join(f"{before} {after}".split())
    if not rest or rest in _ADDRESSES:
        return _computed(speaker, _with_title(name))
    return _computed(speaker, _person_with_office(name, rest, naming))


def _person(speaker: str, context: AnchorContext) -> tuple[Anchor, PersonName] | None:
    """The one named: at the start ("정종석 … 소장") or before the title ("… 기유라 대표")."""
    for anchor in find_people(speaker, context.roster):
        if isinstance(anchor.value, PersonName):
            return anchor, anchor.value
    return _unusual_person(speaker)


def _unusual_person(speaker: str) -> tuple[Anchor, PersonName] | None:
    """A name too rare for the finder, known by its place: "배남지 …협의회 전무"."""
    words = speaker.split()
    name = split_name(words[0]) if len(words) > 2 and len(words[0]) == 3 else None
    if name is None or read_title(words[-1]) is None or render_body(words[0]).known > 0:
        return None
    if landscape(words[0]):
        return None
    en = romanize_name(*name)
    value = PersonName(words[0], *name, en)
    return Anchor(0, len(words[0]), words[0], "person", en, value), value


def _computed(speaker: str, en: str) -> SpeakerPlan:
    return SpeakerPlan(speaker, en, en)


def _with_title(name: PersonName) -> str:
    return f"{name.title_en} {name.en}" if name.brief and name.title_en else name.en


def _person_with_office(name: PersonName, rest: str, naming: Naming) -> str:
    """Computed whatever the tables lack: a small model invents bodies, and titles with them."""
    *before, last = rest.split()
    if last in ("의원", "국회의원"):
        body = " ".join(before)
        return f"Rep. {name.en}" + (f" of the {naming.body(body).en}" if body else "")
    return f"{name.en}, {_office(rest, naming) or naming.body(rest).en}"


def _office(text: str, naming: Naming) -> str | None:
    """An office with its body; "전 환경부 차관" is a former one."""
    former = _FORMER.match(text)
    office = read_office(text[former.end() :] if former else text, naming)
    if office is None:
        return None
    return f"former {office.en}" if former else office.en


def _plan_body(speaker: str, naming: Naming) -> SpeakerPlan:
    """A body, or someone of it who isn't named."""
    if speaker in _COMMON:
        return _computed(speaker, _COMMON[speaker])
    official = naming.official(speaker)
    if official is not None:
        return _computed(speaker, official)
    someone = _SOMEONE.match(speaker)
    if someone is not None:
        body = naming.body(someone["body"])
        article = "" if body.en.lower().startswith("the ") else "the "
        en = f"{_ROLES[someone['role']]} {article}{body.en}"
        return SpeakerPlan(speaker, en if body.sure else None, en)
    office = read_office(speaker.replace(" 담당 ", " "), naming)
    if office is not None and office.sure and " " in speaker:
        return _computed(speaker, f"the {office.en}")
    body = naming.body(speaker)
    sure = body.has_head and body.sure
    return SpeakerPlan(speaker, body.en if sure else None, body.en)
