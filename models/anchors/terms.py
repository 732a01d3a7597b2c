"""A glossary entry, and whether an English sentence renders it.

It must not know where entries come from nor where they stand in Korean text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from models.anchors.romanization import given_pattern, is_hangul

TermKind = Literal["organization", "place", "term"]


@dataclass(frozen=True, slots=True)
class Term:
    """A Korean term with its English.

    ``variants`` are other English forms accepted in a translation. ``since``/``until``
    (half open) say when an official name is in force; None is unbounded. ``doubtful`` marks
    a name the sources disagree on; ``strict`` one only its own forms stand for (a user's).
    """

    ko: str
    en: str
    variants: tuple[str, ...] = ()
    kind: TermKind = "term"
    since: date | None = None
    until: date | None = None
    doubtful: bool = False
    strict: bool = False

    def in_force(self, on: date) -> bool:
        """Whether the name is official on that day."""
        return (self.since is None or self.since <= on) and (self.until is None or on < self.until)


_HEADS = {
    "ministry": "minist(?:ry|ries|ers?|erial)",
    "agency": "agency|agencies|commissioner",
    "administration": "administration|administrator|agency",
    "service": "service|agency|commissioner",
    "commission": "commission|commissioner|watchdog|regulator|agency",
    "committee": "committee|commission|panel",
    "council": "council|commission",
    "board": "board|committee",
    "office": "office|agency|commissioner|officials?",
    "secretariat": "secretariat|office",
    "institute": "institute",
    "corporation": "corporation|corp|operator",
    "authority": "authority|agency",
    "organization": "organi[sz]ation",
    "bank": "bank",
    "fund": "fund",
    "federation": "federation|association",
    "association": "association",
    "assembly": "assembly|parliament",
    "court": "court",
    "guard": "guard",
    "party": "party",
    "foundation": "foundation",
    "chamber": "chamber",
    "confederation": "confederation|union",
    "unions": "federation|unions?",
}
_FUNCTION_WORDS = re.compile(
    "of|and|the|for|in|on|to|an?|national|korean?|public|high", re.IGNORECASE
)
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
_GAP = r"(?:[ ,]+(?:and |& |of |for |the )*)"


def term_in_english(term: Term, en: str) -> bool:
    """Whether ``en`` renders ``term``: its English, a variant, or for bodies a short form.

    "Ministry of SMEs and Startups" is also "SMEs ministry", "Startups Ministry", "the
    ministry"; case and "&"/"and" don't matter.
    """
    if term.en in en and not term.en[-1].isdigit():  # most often; spares compiling the pattern
        return True
    return _pattern(term).search(_plain(en)) is not None


def forms_in_english(term: Term, en: str) -> list[str]:
    """Those of the term's own forms that stand in ``en``, singular or plural, longest first."""
    plain = _plain(en)
    forms = (term.en, *term.variants)
    return sorted((f for f in forms if re.search(_form(f), plain)), key=len, reverse=True)


def term_spans(term: Term, en: str) -> list[tuple[int, int]]:
    """Where ``en`` renders ``term``, (start, end) each, in order."""
    # Same length as ``en``, so "&" stays: the spans are offsets into it.
    plain = en.replace("’", "'").replace("\u00a0", " ").replace("‑", "-")
    return [match.span() for match in _pattern(term).finditer(plain)]


def _plain(en: str) -> str:
    return en.replace("’", "'").replace("&", "and").replace(" ", " ").replace("‑", "-")


@lru_cache(maxsize=16384)
def _pattern(term: Term) -> re.Pattern[str]:
    forms = [_form(form) for form in (term.en, *term.variants)]
    if not term.strict:
        if term.kind == "organization":
            forms += _short_forms(term.en)
        elif term.kind == "place":
            forms += _place_forms(term)
    return re.compile("|".join(forms))


def _form(form: str) -> str:
    """A regular expression for one form; capitals matter only in single words."""
    words = _plain(form).split()
    if len(words) == 1 and not form.islower() and len(form) < 5:
        return rf"(?<![A-Za-z]){re.escape(words[0])}s?(?![A-Za-z])"
    body = r",?[ -]+".join(_loose_word(word) for word in words)
    plural = f"(?:{body[:-1]}ies|{body})" if body.endswith("y") else body
    end = r"(?!\d|-\d)" if form[-1].isdigit() else "(?:e?s)?"
    return rf"(?i:(?<![A-Za-z]){plural}{end}(?![A-Za-z]))"


def _loose_word(word: str) -> str:
    word = word.rstrip(",")
    escaped = re.escape(word)
    spelt = {"Labor": "Labou?r", "Defense": "Defen[cs]e", "Corporation": "Corp(?:oration|\\.)?"}
    return spelt.get(word, escaped)


def _short_forms(en: str) -> list[str]:
    words = _WORD.findall(_plain(en))
    heads = [word for word in words if word.lower() in _HEADS]
    if not heads:
        return []
    head = _HEADS[heads[0].lower()]
    content = [w for w in words if not _FUNCTION_WORDS.fullmatch(w) and w not in heads]
    forms = [rf"(?i:\b(?:the|an?|its) (?:{head})\b(?! (?:of|on|for)\b))"]
    if content:
        own = "|".join(_stem(word) for word in content)
        forms.append(rf"(?i:\b(?:{own})\w*{_GAP}(?:[\w'-]+{_GAP}){{0,4}}(?:{head})\b)")
        forms.append(rf"(?i:\b(?:{head}) (?:of|for|on) (?:the )?(?:[\w'-]+{_GAP}){{0,5}}(?:{own}))")
    return forms


_DIRECTION = re.compile("(North|South) (Chungcheong|Jeolla|Gyeongsang)")
_UNIT = {"시": "city", "군": "county", "구": "district|ward", "도": "provinc(?:e|ial)"}


def _place_forms(term: Term) -> list[str]:
    """Other spellings of the Hangul, people of a country, "the city" for a 시 …"""
    forms = []
    direction = _DIRECTION.match(term.en)
    if direction:
        forms.append(rf"\b{direction[1]}(?:ern)?(?: and \w+)? {direction[2]}")
    unit = _UNIT.get(term.ko[-1])
    if unit and len(term.ko) > 2:
        forms.append(rf"(?i:\b(?:the|a|its|in) (?:{unit})\b(?! of))")
    romanized = term.ko[:-1] if unit or term.ko[-1] in "읍면" else term.ko
    if any(romanized_matches(romanized, variant) for variant in (term.en, *term.variants)):
        forms.append(rf"(?=[A-Z])(?i:\b{given_pattern(romanized)}\b)")
    if term.en[-1] in "aeo" and len(term.en) > 4:
        forms.append(rf"\b{re.escape(term.en[:-1])}[a-z]{{0,4}}\b")
    return forms


def romanized_matches(ko: str, en: str) -> bool:
    """Whether the first word of ``en`` spells the Hangul ``ko``."""
    return (
        re.match(rf"{given_pattern(ko)}\b", en, re.IGNORECASE) is not None
        if is_hangul(ko)
        else False
    )


def _stem(word: str) -> str:
    """Enough of a word to know it inflected: "Environment" also in "environmental"."""
    return re.escape(word if len(word) <= 5 else word[: max(5, len(word) - 3)])
