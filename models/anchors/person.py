"""The record of a person as a text names them.

A leaf of this room: how people are found (introductions.py, names.py) and how their names
are compared (english_names.py) is not its concern.
"""

from __future__ import annotations

from dataclasses import dataclass

from models.anchors.romanization import romanize_name, split_name
from models.anchors.titles import Title


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person as a text names them: "정종석", or "김 팀장" with the given name if known.

    ``ko`` is the stretch itself, ``en`` its rendering. ``title_ko``/``title_en`` are "" where
    the text gives none. ``brief`` says the stretch holds the surname without the given name.
    """

    ko: str
    family: str
    given: str
    en: str
    title_ko: str = ""
    title_en: str = ""
    brief: bool = False


def person_named(ko: str, en: str = "", title: Title | None = None) -> PersonName:
    """The person of that full Korean name, romanised by custom unless ``en`` says how."""
    family, given = split_name(ko) or (ko, "")
    rendering = en or romanize_name(family, given)
    ko_title, en_title = (title.ko, title.en) if title else ("", "")
    return PersonName(ko, family, given, rendering, ko_title, en_title)


def brief_person(
    stretch: str, family: str, title: Title | None = None, known: PersonName | None = None
) -> PersonName:
    """The person of "김 팀장" or "최모": ``known`` is who the article says it is."""
    surname = _surname_of(known) if known else romanize_name(family)
    given = known.given if known else ""
    ko_title, en_title = (title.ko, title.en) if title else ("", "")
    return PersonName(stretch, family, given, surname, ko_title, en_title, brief=True)


def _surname_of(person: PersonName) -> str:
    """The surname in a rendering: its first word, unless the given name's hyphen shows there."""
    words = person.en.split(" ")
    return words[-1] if "-" in words[0] else words[0]
