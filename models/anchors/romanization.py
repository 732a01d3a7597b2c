"""Korean names in Latin letters: one rendering, and every spelling their bearers use.

The rendering follows the Revised Romanisation with the customary surname spellings
("Jeong Jong-seok"). Matching is generous, since people choose their own spelling ("Chung
Jong Suk"). It must not know where a name stands in a text, nor what a title is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_SYLLABLE_BASE, _SYLLABLE_END = 0xAC00, 0xD7A3

# Read as two-syllable surnames only before a two-syllable given name: 서문석 is Seo Moon-seok.
_RARELY_COMPOUND = frozenset({"서문", "동방", "망절"})


@dataclass(frozen=True, slots=True)
class Surname:
    """A surname, its customary English spelling first, then the others its bearers use."""

    ko: str
    en: str
    variants: tuple[str, ...]

    @property
    def spellings(self) -> tuple[str, ...]:
        """All spellings, the customary one first."""
        return (self.en, *self.variants)


@cache
def surnames() -> dict[str, Surname]:
    """The shipped surname table by Hangul."""
    table = (files(__package__) / "data" / "surnames.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines()[1:])
    return {ko: Surname(ko, en, tuple(variants.split())) for ko, en, variants in rows}


@cache
def surname_spellings() -> dict[str, tuple[str, ...]]:
    """Lower-cased spelling → the Hangul surnames it may stand for."""
    found: dict[str, tuple[str, ...]] = {}
    for surname in surnames().values():
        for spelling in surname.spellings:
            key = spelling.lower()
            found[key] = (*found.get(key, ()), surname.ko)
    return found


def is_hangul(text: str) -> bool:
    """Whether ``text`` is nothing but whole Hangul syllables, at least one."""
    return bool(text) and all(_SYLLABLE_BASE <= ord(char) <= _SYLLABLE_END for char in text)


@cache
def _spellings() -> dict[str, list[tuple[str, ...]]]:
    """Part of a syllable → the spellings of each of its letters, the official one first."""
    table = (files(__package__) / "data" / "syllables.tsv").read_text(encoding="utf-8")
    parts: dict[str, list[tuple[str, ...]]] = {"onset": [], "vowel": [], "coda": []}
    for line in table.splitlines()[1:]:
        part, _, spellings = line.split("\t")
        if part in parts:
            parts[part].append(tuple(spellings.split(":")))
    return parts


@cache
def _customary() -> dict[str, str]:
    """Syllables that the press spells otherwise than the Revised Romanisation does.

    Counted on the names of a corpus of Korean–English news; each won at least two to one.
    """
    table = (files(__package__) / "data" / "syllables.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines())
    return {letter: spelling for part, letter, spelling in rows if part == "syllable"}


def _letters(syllable: str) -> tuple[tuple[str, ...], ...]:
    code = ord(syllable) - _SYLLABLE_BASE
    numbers = {"onset": code // 588, "vowel": code % 588 // 28, "coda": code % 28}
    return tuple(_spellings()[part][number] for part, number in numbers.items())


def romanize_syllable(syllable: str) -> str:
    """One Hangul syllable by itself, as in names, where sounds don't assimilate."""
    return _customary().get(syllable) or "".join(letters[0] for letters in _letters(syllable))


def romanize_given(given: str) -> str:
    """A given name, its syllables hyphenated: "종석" → "Jong-seok"."""
    return "-".join(romanize_syllable(syllable) for syllable in given).capitalize()


def romanize_surname(family: str) -> str:
    """A surname as custom spells it, by rule if the table lacks it."""
    known = surnames().get(family)
    return known.en if known else "".join(map(romanize_syllable, family)).capitalize()


def romanize_name(family: str, given: str = "") -> str:
    """Surname, space, given name: the order of the Korean."""
    surname = romanize_surname(family)
    return f"{surname} {romanize_given(given)}" if given else surname


def split_names(name: str) -> list[tuple[str, str]]:
    """Every way to read ``name`` as surname and given name: 선우진 is 선우+진 or 선+우진."""
    pairs = ((name[:length], name[length:]) for length in (2, 1))
    return [(family, given) for family, given in pairs if family in surnames() and given]


def split_name(name: str) -> tuple[str, str] | None:
    """(surname, given name) of a full name in Hangul; None if it has no known surname.

    Names have two to five syllables; 남궁민 splits after the second, 서문석 after the first.
    """
    if not is_hangul(name):
        return None
    for length in (2, 1):
        family, given = name[:length], name[length:]
        shortest = 2 if family in _RARELY_COMPOUND else 1
        if family in surnames() and shortest <= len(given) <= 3:
            return family, given
    return None


@cache
def _syllable_pattern(syllable: str) -> str:
    parts = (sorted(letters, key=len, reverse=True) for letters in _letters(syllable))
    return "".join(f"(?:{'|'.join(spellings)})" for spellings in parts)


def given_pattern(given: str) -> str:
    """A regular expression (to be used ignoring case) for any spelling of a given name."""
    return "[-‐‑ ]?".join(map(_syllable_pattern, given))


def surname_pattern(family: str) -> str:
    """A regular expression (to be used ignoring case) for any spelling of a surname."""
    known = surnames().get(family)
    if known is None:
        return "".join(map(_syllable_pattern, family))
    return "(?:" + "|".join(map(re.escape, known.spellings)) + ")"
