"""Is it a person, a body or a thing? What a noun phrase designates, word by word.

Responsible for the shape of Korean names and titles ("정종석 GIP 전략연구소 소장", "한울연구소
차은유 책임연구원", "채만덕 씨", "김 팀장") and of the names of organisations. It knows words, not
sentences.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from models.reading.lexicon import lexicon
from models.reading.morphemes import Token

_PLACE = re.compile(r"^[가-힣]{1,4}(?:특별자치|특별|광역)?(?:시|도|군|구)$")
# "조선 3사", "한미일 3국"; "KBL", "K-water".
_COUNTED = re.compile(r"^\d+개?(?:국|사|개사|부처|기관|단체|시|군|구|도|당)$")
_LATIN = re.compile(r"^[A-Z][A-Za-z&-]+$")
_PARENTHESIS = re.compile(r"\([^)]*\)$")
_HANGUL_NAME = re.compile(r"[가-힣]{2,3}")
# Endings of one syllable that organisations share with many other nouns.
_OFTEN_BODY = tuple("부원회위청처")
_SELDOM_BODY = tuple("사당단")


@dataclass(frozen=True, slots=True)
class Person:
    """A person as designated; ``name`` is "" where only surname and title are given."""

    name: str
    surname: str
    title: str


def is_name(text: str) -> bool:
    """Whether ``text`` has the shape of a Korean name and is no common body or thing."""
    words = lexicon()
    if text in words.things or text in words.bodies:
        return False
    if text.startswith(words.compound_surnames) and 3 <= len(text) <= 4:
        return True
    return bool(_HANGUL_NAME.fullmatch(text)) and text[0] in words.surnames


def has_title(text: str) -> bool:
    """Whether ``text`` ends as a title does."""
    return text.endswith(lexicon().titles)


def is_body(text: str, tokens: Sequence[Token], *, unknown: bool = True) -> bool:
    """Whether the last word of a phrase names an organisation, an office or a group.

    ``unknown``: a proper noun of no known kind counts as one.
    """
    words = lexicon()
    text = _PARENTHESIS.sub("", text).strip("‘’'\"")
    if not text or text in words.things:
        return False
    if text in words.bodies or text.endswith(words.plurals) or text == "측":
        return True
    if _COUNTED.match(text) or _LATIN.match(text):
        return bool(tokens)
    if _PLACE.match(text):
        return any(t.tag == "NNP" for t in tokens) or text[:-1] in words.provinces
    if _is_several(text) or _ends_as_body(text, tokens):
        return True
    return unknown and bool(tokens) and tokens[-1].tag == "NNP"


def _is_several(text: str) -> bool:
    """Bodies joined by a dot ("외교부·산업부")."""
    pieces = re.split(r"[·ㆍ]", text)
    known = lexicon()
    return len(pieces) > 1 and all(
        len(piece) > 1 and (piece in known.bodies or piece.endswith((*known.body_suffixes, "부")))
        for piece in pieces
    )


def _ends_as_body(text: str, tokens: Sequence[Token]) -> bool:
    suffixes = tuple(s for s in lexicon().body_suffixes if len(s) > 1)
    if text.endswith(suffixes) and len(text) > 2:
        return True
    proper = any(t.tag in {"NNP", "SL"} for t in tokens)
    if len(text) >= 3 and text.endswith(_SELDOM_BODY):
        return proper
    often = len(text) >= 3 and text.endswith(_OFTEN_BODY)
    return often and (proper or len(tokens) <= 2 or len(text) >= 4)


def read_person(words: Sequence[str], tokens: Sequence[Sequence[Token]] = ()) -> Person | None:
    """The person a phrase's ``words`` designate, None where they designate none.

    ``tokens``: each word's morphemes, where they are known; they tell names from other nouns.
    """
    title = words[-1]
    if title in lexicon().honorifics and len(words) > 1:
        return _honoured(words[-2], title)
    if len(words) > 1 and len(title) == 3 and is_name(title) and has_title(words[-2]):
        return Person(title, surname_of(title), words[-2])
    if not has_title(title):
        return None
    if len(words) == 2 and lexicon().is_family_name(words[0]):
        determined = words[0] == "이" and title in lexicon().nameless
        return None if determined else Person("", words[0], title)
    name = best_name(words[:-1], tokens)
    return Person(name, surname_of(name), title) if name else None


def _honoured(name: str, title: str) -> Person | None:
    if is_name(name) or re.fullmatch(r"[가-힣]{2,4}", name):
        return Person(name, surname_of(name), title)
    return Person("", name, title) if lexicon().is_family_name(name) else None


def surname_of(name: str) -> str:
    """The family name of a full name."""
    compound = name.startswith(lexicon().compound_surnames) and len(name) != 2
    return name[:2] if compound else name[:1]


def best_name(words: Sequence[str], tokens: Sequence[Sequence[Token]] = ()) -> str | None:
    """The word among ``words`` that is most likely the person's name."""
    score, name = scored_name(words, tokens)
    return name if score >= 1 else None


def scored_name(words: Sequence[str], tokens: Sequence[Sequence[Token]] = ()) -> tuple[float, str]:
    """The likeliest name among ``words`` and its score (at least 1 is believed)."""
    best, name = 0.0, ""
    for index, word in enumerate(words):
        score = name_score(word, tokens[index] if index < len(tokens) else ())
        # A name comes first ("정종석 … 소장") or right before the title ("… 차은유 연구원").
        score += 0.5 if index == 0 else 0.4 if index == len(words) - 1 else 0.0
        if score > best:
            best, name = score, word
    return best, name


def name_score(word: str, tokens: Sequence[Token]) -> float:
    """How much a word looks like a person's name; at least 1 is believed."""
    if not is_name(word):
        return -1.0
    score = 2.0 if len(word) >= 3 else 1.0
    if len(tokens) == 1:
        score += {"NNP": 0.5, "NNG": -0.9}.get(tokens[0].tag, 0.0)
    if word.endswith("대"):
        score -= 1.5  # a university, unless nothing else is a name
    elif word.endswith((*lexicon().body_suffixes, *"시도군구부위원회사당단")):
        score -= 0.8 if len(word) >= 3 else 1.0
    return score - 2.0 if has_title(word) else score


def person_name(text: str) -> str | None:
    """The personal name in a speaker's full designation, None for a body or an office."""
    words = text.split()
    person = read_person(words) if words else None
    return person.name or None if person else None
