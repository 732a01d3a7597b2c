"""The terms that ship: government bodies, provinces, cities, districts, countries.

Reads the tables in data/ (their sources: data/README.md). It must not know how terms are
matched in text; it only says under which Korean forms each goes and in which company.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal

from models.anchors.terms import Term

Company = Literal[
    "any", "after_province", "before_municipality", "not_after_country", "not_after_number"
]

# Cities spelt like words (이천 2,000, 공주 princess): without 시 only after their province.
_WORDS_TOO = re.compile("구리|이천|화성|양주|동해|공주|전주|상주|진주|사천|양산|영주|오산")
_SHARED_DISTRICTS = re.compile("[중서동남북]구")
_LEVELS = {"city": " City", "county": " County", "district": " District"}


@dataclass(frozen=True, slots=True)
class Surface:
    """One Korean form of a term and the company it must keep to be read as it."""

    ko: str
    term: Term
    company: Company = "any"


def _rows(name: str) -> Iterator[list[str]]:
    text = (files(__package__) / "data" / name).read_text(encoding="utf-8")
    for line in text.splitlines()[1:]:
        yield line.split("\t")


def _month(text: str) -> date | None:
    return date.fromisoformat(f"{text}-01") if text else None


def _organizations() -> Iterator[Surface]:
    for ko, short, en, variants, since, until, doubtful, _ in _rows("organizations.tsv"):
        term = Term(
            ko,
            en,
            tuple(filter(None, variants.split("|"))),
            "organization",
            _month(since),
            _month(until),
            bool(doubtful),
        )
        for form in (ko, *short.split()):
            yield Surface(form, term, "not_after_country")


def _bodies_abroad() -> Iterator[Surface]:
    for ko, short, en, variants in _rows("bodies_abroad.tsv"):
        term = Term(ko, en, tuple(filter(None, variants.split("|"))), "organization")
        for form in (ko, *short.split()):
            yield Surface(form.replace("_", " "), term)


def _policy_terms() -> Iterator[Surface]:
    """Words of policy with a settled English that a model keeps missing."""
    for ko, short, en, variants in _rows("policy_terms.tsv"):
        term = Term(ko.replace("_", " "), en, tuple(filter(None, variants.split("|"))))
        for form in (ko, *short.split()):
            yield Surface(form.replace("_", " "), term)


def _people_abroad() -> Iterator[Surface]:
    for ko, en, variants in _rows("people_abroad.tsv"):
        yield Surface(ko, Term(ko, en, tuple(filter(None, variants.split("|")))))


def _provinces() -> Iterator[Surface]:
    for ko, short, en, variants in _rows("provinces.tsv"):
        term = Term(ko, en, tuple(filter(None, variants.split("|"))), "place")
        for form in (ko, *short.split()):
            yield Surface(form, term, "before_municipality" if form == "경기" else "any")


def _municipalities() -> Iterator[Surface]:
    for ko, en, level in _rows("places.tsv"):
        unit = _LEVELS.get(level) or ("-eup" if ko.endswith("읍") else "-myeon")
        term = Term(ko, en + unit, (en,), "place")
        shared = _SHARED_DISTRICTS.fullmatch(ko)
        yield Surface(ko, term, "after_province" if shared else "any")
        bare = ko[:-1]
        if level == "township" or len(bare) < 2:
            continue
        known = level == "city" and not _WORDS_TOO.fullmatch(bare)
        yield Surface(bare, Term(bare, en, (), "place"), "any" if known else "after_province")


def _countries() -> Iterator[Surface]:
    for ko, short, en, variants in _rows("countries.tsv"):
        term = Term(ko, en, tuple(filter(None, variants.split("|"))), "place")
        for form in (ko, *short.split()):
            yield Surface(form, term, "not_after_number" if form == "대만" else "any")


@cache
def shipped_surfaces() -> tuple[Surface, ...]:
    """Every Korean form of every shipped term."""
    return (
        *_organizations(),
        *_bodies_abroad(),
        *_people_abroad(),
        *_policy_terms(),
        *_provinces(),
        *_municipalities(),
        *_countries(),
    )


@cache
def loose_mentions() -> dict[str, tuple[str, ...]]:
    """Full Korean name → forms too loose to find a body by that may yet mean it (해경)."""
    return {row[0]: tuple(row[7].split()) for row in _rows("organizations.tsv")}


@cache
def province_names() -> tuple[str, ...]:
    """The forms of provinces and metropolitan cities, for the company places keep."""
    return tuple(sorted((s.ko for s in _provinces()), key=len, reverse=True))


@cache
def country_names() -> tuple[str, ...]:
    """The forms of countries other than Korea, longest first."""
    names = (surface.ko for surface in _countries())
    return tuple(sorted((n for n in names if n not in ("한국", "대한민국")), key=len, reverse=True))


@cache
def municipality_names() -> frozenset[str]:
    """Cities, counties and districts with and without 시, 군, 구."""
    names = [row[0] for row in _rows("places.tsv") if row[2] != "township"]
    return frozenset(names) | frozenset(name[:-1] for name in names if len(name) > 2)
