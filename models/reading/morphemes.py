"""A sentence as morphemes, with what stands inside a quotation told apart from what frames it.

Responsible for the one view of a sentence that cues, speakers and condensing share: Kiwi's
tokens in order, each knowing whether it is quoted, and the same tokens written as one string
(`` form/TAG form/TAG ``) that regular expressions can be matched against. It must not know
what any word means.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from models.reading.sentences import KIWI_LOCK, kiwi

# Speech stands in double quotes; single quotes mark names and terms and belong to the frame.
_SPEECH = re.compile(r'“[^“”]*(?:”|$)|"[^"]*(?:"|$)|^[^“”]*”')
QUOTE_MARK = "“”/QUOTE"


@dataclass(frozen=True, slots=True)
class Token:
    """One morpheme: Kiwi's form and tag, where it stands, and whether it is quoted speech.

    ``tag`` lacks the mark of irregular conjugation (``VV`` for ``VV-I``), ``full_tag`` has it.
    """

    form: str
    tag: str
    full_tag: str
    start: int
    end: int
    quoted: bool


@dataclass(frozen=True, slots=True)
class Analysis:
    """A sentence's tokens and its quoted stretches (code points, marks included)."""

    text: str
    tokens: tuple[Token, ...]
    quotes: tuple[tuple[int, int], ...]

    @property
    def serial(self) -> str:
        """All tokens as `` form/TAG form/TAG ``."""
        return serialise(self.tokens)

    @property
    def frame(self) -> str:
        """The tokens outside quoted speech; each quotation is one ``QUOTE_MARK``."""
        parts: list[str] = []
        for token in self.tokens:
            if not token.quoted:
                parts.append(f"{token.form}/{token.tag}")
            elif not parts or parts[-1] != QUOTE_MARK:
                parts.append(QUOTE_MARK)
        return f" {' '.join(parts)} "

    @property
    def quoted(self) -> str:
        """The tokens inside quoted speech, as in ``serial``."""
        return serialise(token for token in self.tokens if token.quoted)

    def nouns(self) -> frozenset[str]:
        """The content words: nouns, names, figures and verb stems, without particles."""
        return frozenset(t.form for t in self.tokens if t.tag in _CONTENT)


_CONTENT = frozenset({"NNG", "NNP", "SL", "SN", "VV", "VA", "XR", "SH"})


def serialise(tokens: Iterable[Token]) -> str:
    """Tokens written as `` form/TAG form/TAG ``, with a space at both ends."""
    return f" {' '.join(f'{t.form}/{t.tag}' for t in tokens)} "


def speech_spans(text: str) -> tuple[tuple[int, int], ...]:
    """The stretches of ``text`` in double quotes; an unclosed quotation runs to the end."""
    return tuple(match.span() for match in _SPEECH.finditer(text))


@lru_cache(maxsize=4096)
def analyse(text: str) -> Analysis:
    """``text`` (one sentence, NFC) as tokens; cached, as every stage asks for the same ones."""
    quotes = speech_spans(text)
    with KIWI_LOCK:
        found = kiwi().tokenize(text)
    tokens = tuple(
        Token(
            token.form,
            str(token.tag).partition("-")[0],
            str(token.tag),
            token.start,
            token.start + token.len,
            any(start <= token.start < end for start, end in quotes),
        )
        for token in found
    )
    return Analysis(text, tokens, quotes)


def join(morphemes: Iterable[tuple[str, str]]) -> str:
    """(form, full tag) pairs written as Korean, conjugated and contracted."""
    with KIWI_LOCK:
        return str(kiwi().join(list(morphemes)))
