"""The terms that ship: government bodies, provinces, cities, districts, countries.

Reads the tables in data/ (their sources: data/README.md). It must not know how terms are
matched in text; it only says under which Korean forms each goes and in which company.
"""

from __future__ import annotations

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

# Place names that are words too (이천 2,000; 공주 princess; 경기 economy): only in company.
_WORDS_TOO = frozenset(
    "고양 구리 이천 화성 양주 동해 공주 전주 경주 구미 상주 진주 사천 양산 영주 광명 여주 오산 용인 원주".split()
)
_RELIABLE_WORDS = frozenset("경주 구미 용인 원주 광명 고양 여주".split())
_SHARED_DISTRICTS = frozenset("중구 서구 동구 남구 북구".split())
_LEVELS = {"city": " City", "county": " County", "district": " District", "township": ""}


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
    for ko, short, en, variants, since, until, doubtful in _rows("organizations.tsv"):
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
            yield Surface(form, term)


def _provinces() -> Iterator[Surface]:
    for ko, short, en, variants in _rows("provinces.tsv"):
        term = Term(ko, en, tuple(filter(None, variants.split("|"))), "place")
        for form in (ko, *short.split()):
            yield Surface(form, term, "before_municipality" if form == "경기" else "any")


def _municipalities() -> Iterator[Surface]:
    for ko, en, level in _rows("places.tsv"):
        term = Term(ko, en + _LEVELS[level], (en,) if level != "township" else (), "place")
        shared = ko in _SHARED_DISTRICTS
        yield Surface(ko, term, "after_province" if shared else "any")
        bare = ko[:-1]
        if level == "township" or len(bare) < 2:
            continue
        known = level == "city" and (bare not in _WORDS_TOO or bare in _RELIABLE_WORDS)
        yield Surface(bare, Term(bare, en, (), "place"), "any" if known else "after_province")


def _countries() -> Iterator[Surface]:
    for ko, short, en, variants in _rows("countries.tsv"):
        term = Term(ko, en, tuple(filter(None, variants.split("|"))), "place")
        for form in (ko, *short.split()):
            yield Surface(form, term, "not_after_number" if form == "대만" else "any")


@cache
def shipped_surfaces() -> tuple[Surface, ...]:
    """Every Korean form of every shipped term."""
    return (*_organizations(), *_bodies_abroad(), *_provinces(), *_municipalities(), *_countries())


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
