"""Glossaries: the terms that ship and a user's own, found in Korean text.

The longest form wins, at the start of a word, with a particle after it or none; so 부산 is
found in "부산에서" and not in "부산물". Reading files is glossary_files.py's; judging
English is terms.py's.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

from models.anchors.gazetteer import (
    Company,
    Surface,
    country_names,
    municipality_names,
    province_names,
    shipped_surfaces,
)
from models.anchors.particles import ends_name
from models.anchors.terms import Term, term_in_english
from models.documents import Anchor

__all__ = ["Glossary", "Term", "term_in_english"]

_WORD_START = re.compile(r"(?<![0-9A-Za-z가-힣])[0-9A-Za-z가-힣一-鿿]")
_NEXT_WORD = re.compile(r" ([가-힣]+)")


@dataclass(frozen=True, slots=True)
class _Entry:
    """What one Korean form stands for: several terms if a name changed hands over time."""

    ko: str
    terms: tuple[Term, ...]
    company: Company = "any"

    def chosen(self, on: date | None) -> Term:
        """The term in force; without a date the one that has no end, else the last."""
        standing = [t for t in self.terms if (t.in_force(on) if on else t.until is None)]
        return standing[0] if standing else self.terms[-1]


@dataclass(frozen=True)
class Glossary:
    """An immutable set of terms by Korean form; combine with ``merged``."""

    _entries: Mapping[str, _Entry] = field(default_factory=dict, repr=False)
    _by_start: Mapping[str, tuple[_Entry, ...]] = field(default_factory=dict, repr=False)

    @property
    def fingerprint(self) -> str:
        """SHA-256 (hex) over all entries: two glossaries with the same one work alike."""
        entries = [repr(self._entries[ko]) for ko in sorted(self._entries)]
        return hashlib.sha256("\n".join(entries).encode()).hexdigest()

    @classmethod
    def _of(cls, entries: Mapping[str, _Entry]) -> Glossary:
        by_start: dict[str, list[_Entry]] = {}
        for ko in sorted(entries, key=len, reverse=True):
            by_start.setdefault(ko[:2], []).append(entries[ko])
        return cls(dict(entries), {start: tuple(found) for start, found in by_start.items()})

    @classmethod
    @cache
    def shipped(cls) -> Glossary:
        """Government bodies, places and countries; see docs/anchors.md for what is left out."""
        entries: dict[str, _Entry] = {}
        for surface in shipped_surfaces():
            entries[surface.ko] = _joined(entries.get(surface.ko), surface)
        return cls._of(entries)

    @classmethod
    def load(cls, path: Path) -> Glossary:
        """A user's glossary file (.csv, .tsv, .toml); raises ``GlossaryError``."""
        from models.anchors.glossary_files import read_glossary_file

        return cls.of_terms(read_glossary_file(path))

    @classmethod
    def from_entries(cls, entries: Iterable[tuple[str, str]]) -> Glossary:
        """A user's (ko, en) pairs, as a request carries; raises ``GlossaryError``."""
        from models.anchors.glossary_files import user_term

        return cls.of_terms(
            user_term(ko, en, where=f"glossary entry {number}")
            for number, (ko, en) in enumerate(entries, start=1)
        )

    @classmethod
    def of_terms(cls, terms: Iterable[Term]) -> Glossary:
        """A glossary of ``terms``; of several for one Korean form the last counts."""
        return cls._of({term.ko: _Entry(term.ko, (term,)) for term in terms})

    def merged(self, other: Glossary) -> Glossary:
        """Both together; ``other`` wins where they differ."""
        return Glossary._of({**self._entries, **other._entries})

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, ko: str, on: date | None = None) -> Term | None:
        """The term of exactly that Korean form."""
        entry = self._entries.get(ko)
        return entry.chosen(on) if entry else None

    def terms(self) -> tuple[Term, ...]:
        """Every term, also those no longer in force."""
        return tuple(term for entry in self._entries.values() for term in entry.terms)

    def forms(self) -> tuple[tuple[str, Term], ...]:
        """Every Korean form with each term it stands for."""
        return tuple((ko, term) for ko, entry in self._entries.items() for term in entry.terms)

    def find(self, text: str, on: date | None = None) -> tuple[Anchor, ...]:
        """The terms in ``text``, in order, never overlapping.

        ``on`` is the article's date: official names are those in force then.
        """
        anchors: list[Anchor] = []
        end = 0
        for start in (match.start() for match in _WORD_START.finditer(text)):
            if start < end or _NOT_TERMS.match(text, start):
                continue
            entry = self._at(text, start)
            if entry is None:
                continue
            end = start + len(entry.ko)
            term = entry.chosen(on)
            anchors.append(Anchor(start, end, text[start:end], term.kind, term.en, term))
        return tuple(anchors)

    def _at(self, text: str, start: int) -> _Entry | None:
        for key in (text[start : start + 2], text[start : start + 1]):
            for entry in self._by_start.get(key, ()):
                end = start + len(entry.ko)
                if not text.startswith(entry.ko, start) or not ends_name(text, end):
                    continue
                if _in_company(entry.company, text, start, end):
                    return entry
        return None


def _joined(entry: _Entry | None, surface: Surface) -> _Entry:
    if entry is None:
        return _Entry(surface.ko, (surface.term,), surface.company)
    if entry.terms[0].kind == "organization" and surface.term.kind == "organization":
        return _Entry(surface.ko, (*entry.terms, surface.term), entry.company)
    return entry if entry.company == "any" else _Entry(surface.ko, (surface.term,), surface.company)


def _in_company(company: Company, text: str, start: int, end: int) -> bool:
    if company == "any":
        return True
    before = text[:start].rstrip(" ")
    adjacent = before != text[:start]
    if company == "after_province":
        return adjacent and before.endswith(province_names())
    if company == "not_after_country":
        return not (adjacent and (before.endswith(country_names()) or _COUNTRY.search(before)))
    if company == "not_after_number":
        return not (adjacent and before.endswith(_NUMERALS))
    match = _NEXT_WORD.match(text, end)
    return match is not None and bool(municipality_names().intersection(_prefixes(match[1])))


_NUMERALS = (*"0123456789", "한", "두", "세", "네", "몇", "여러")
# Countries by one syllable, as headlines have them.
_COUNTRY = re.compile("(?<![가-힣])[미일중러영독불북美日中]$")
# Mountains, not what comes from the North.
_NOT_TERMS = re.compile("북한산|남한산")


def _prefixes(word: str) -> list[str]:
    return [word[:length] for length in range(2, len(word) + 1)]


def normalize(text: str) -> str:
    """NFC, outer space gone, inner space single: how glossary entries are kept."""
    return " ".join(unicodedata.normalize("NFC", text).split())
