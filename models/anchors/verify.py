"""Does an English text hold the anchors of its Korean, and none that the Korean lacks.

Wraps what the comparers of this room say (agreement, english_names, organizations, terms) in
flags; names and severities are listed in docs/checks.md. It must not know who wrote the English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from models.anchors.agreement import compare_numbers
from models.anchors.context import AnchorContext
from models.anchors.english_dates import EnglishDate, read_english_dates
from models.anchors.english_figures import EnglishFigure
from models.anchors.english_names import (
    EnglishName,
    english_name_in_korean,
    find_english_names,
    person_in_english,
)
from models.anchors.find import find_anchors
from models.anchors.organizations import (
    find_english_organizations,
    organization_in_korean,
    support,
)
from models.anchors.person import PersonName
from models.anchors.provisions import listed_in_english
from models.anchors.repeated import repeated_figures
from models.anchors.terms import Term, term_in_english, term_spans
from models.documents import Anchor, Flag, Severity


@dataclass(frozen=True, slots=True)
class AnchoredSource:
    """A Korean text with its anchors, read once, so that many translations can be verified."""

    ko: str
    context: AnchorContext
    anchors: tuple[Anchor, ...]
    nouns: tuple[Anchor, ...]  # what the translator was told besides

    @classmethod
    def read(cls, ko: str, context: AnchorContext | None = None) -> AnchoredSource:
        """Find the anchors of ``ko``."""
        context = context or AnchorContext()
        anchors = find_anchors(ko, context)
        return cls(ko, context, anchors, context.nouns.find(ko, anchors))

    def verify(self, en: str) -> tuple[Flag, ...]:
        """See ``verify_anchors``."""
        return (*_numbers(self, en), *_missing_names(self, en), *_invented_names(self, en))

    @property
    def names(self) -> list[Anchor]:
        """The anchors that are no numbers."""
        return [anchor for anchor in self.anchors if anchor.kind not in ("figure", "date")]


def verify_anchors(ko: str, en: str, context: AnchorContext | None = None) -> tuple[Flag, ...]:
    """The flags of every anchor missing from ``en`` and of everything ``en`` invented.

    Any correct form counts: 30,000, 30 thousand, thirty thousand. Empty if all agree.
    """
    return AnchoredSource.read(ko, context).verify(en)


def _numbers(source: AnchoredSource, en: str) -> Iterator[Flag]:
    told = compare_numbers(source.ko, en, source.context.published_at)
    names = source.names
    told_names = [*names, *source.nouns]
    spare = [found for found in told.invented if not _in_a_name(found, en, told_names)]
    for anchor in told.missing:
        if any(_overlap(anchor, name) for name in names):
            continue
        nearest = max(spare, key=lambda found: _likeness(anchor, found), default=None)
        if nearest is not None and _likeness(anchor, nearest) > 0:
            spare.remove(nearest)
            yield _missing(f"{anchor.kind}_missing", "error", anchor, nearest.text)
        else:
            yield _missing(f"{anchor.kind}_missing", "error", anchor)
    dates = read_english_dates(en) if spare else ()
    for found in spare:
        dated = any(d.start < found.end and found.start < d.end for d in dates)
        yield _invented("date_invented" if dated else "figure_invented", "error", found.text)
    for copy in repeated_figures(source.anchors, en):
        detail = f"{copy.text} is said twice, in the Korean once"
        yield Flag("figure_repeated", "warning", detail, en=copy.text, found=copy.text)


def _likeness(anchor: Anchor, found: EnglishFigure | EnglishDate) -> float:
    """How much an English number looks like what should have stood there, 0 to 1."""
    expected = anchor.en.lower().removeprefix("on ")
    ratio = SequenceMatcher(None, expected, found.text.lower()).ratio()
    digits = set(re.findall(r"[1-9]", expected)) & set(re.findall(r"[1-9]", found.text))
    return ratio if digits or ratio > 0.6 else 0.0


def _overlap(left: Anchor, right: Anchor) -> bool:
    return left.start < right.end and right.start < left.end


def _in_a_name(found: EnglishFigure | EnglishDate, en: str, names: list[Anchor]) -> bool:
    """Whether the number is part of an English name the glossary gave ("Group of Seven")."""
    return any(s <= found.start and found.end <= e for s, e in _term_spans(en, names))


def _missing_names(source: AnchoredSource, en: str) -> Iterator[Flag]:
    told: set[str] = set()
    for anchor in source.names:
        flag = None if anchor.text in told else _missing_name(anchor, en)
        if flag:
            told.add(anchor.text)
            yield flag


def _missing_name(anchor: Anchor, en: str) -> Flag | None:
    value = anchor.value
    if isinstance(value, PersonName):
        if value.brief or person_in_english(value, en):
            return None
        return _missing("name_missing", "error", anchor)
    if isinstance(value, Term) and not (term_in_english(value, en) or listed_in_english(value, en)):
        return _missing("term_missing", "error" if value.strict else "warning", anchor)
    return None


def _missing(check: str, severity: Severity, anchor: Anchor, found: str | None = None) -> Flag:
    if found:
        detail = f"{anchor.text} should be {anchor.en}, not {found}"
    else:
        detail = f"{anchor.text} is missing; {anchor.en} is expected"
    return Flag(check, severity, detail, ko=anchor.text, en=found, expected=anchor.en, found=found)


def _invented_names(source: AnchoredSource, en: str) -> Iterator[Flag]:
    names = find_english_names(en)
    told = _term_spans(en, source.nouns)
    for name in names:
        if any(start <= name.start and name.end <= end for start, end in told):
            continue
        if name.kind == "person":
            if not english_name_in_korean(name, source.ko, source.context.roster):
                yield _invented("name_invented", "error", name.text)
        elif not _body_named(name, source.ko):
            yield _invented("organization_invented", "error", name.text)
    known = [(name.start, name.end) for name in names if name.kind == "organization"]
    for body in find_english_organizations(en):
        if organization_in_korean(body.text, source.ko):
            continue
        # A known name inside a longer one explains it only if it ends it.
        spans = [*known, *_term_spans(en, source.anchors), *told]
        if not any(start < body.end and body.end - 3 <= end for start, end in spans):
            yield _invented("organization_invented", "warning", body.text)


def _body_named(name: EnglishName, ko: str) -> bool:
    """Whether the Korean has a form of a known body, or most of the words its name has."""
    return english_name_in_korean(name, ko) or support(name.text, ko)[1] >= 2


def _term_spans(en: str, anchors: Sequence[Anchor]) -> list[tuple[int, int]]:
    terms = [anchor.value for anchor in anchors if isinstance(anchor.value, Term)]
    return [span for term in terms for span in term_spans(term, en)]


def _invented(check: str, severity: Severity, text: str) -> Flag:
    detail = f"{text} is nowhere in the Korean"
    return Flag(check, severity, detail, en=text, found=text)
