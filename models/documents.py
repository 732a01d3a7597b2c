"""The frozen records every room of the house passes around.

A leaf: it imports nothing of ours. It must not know how a record is made (reading,
summarizer, translator), checked (checks, anchors) or shown (service). Offsets are always
Unicode code points, half open: ``text == source[start:end]``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Kind = Literal["proposal", "key_point"]
Method = Literal["abstractive", "extractive"]
Severity = Literal["error", "warning", "info"]
AnchorKind = Literal["figure", "date", "person", "organization", "place", "term"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of ``Article.text``; ``paragraph`` counts from 0."""

    start: int
    end: int
    text: str
    paragraph: int = 0


@dataclass(frozen=True, slots=True)
class Article:
    """What reading makes of a page: clutter gone, sentences found.

    ``text`` is the cleaned body, NFC, paragraphs joined by ``\\n``. ``published_at`` carries
    an offset (+09:00 where the page names none). ``warnings`` say what reading was unsure of.
    """

    text: str
    sentences: tuple[Sentence, ...]
    title: str | None = None
    published_at: datetime | None = None
    byline: str | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """The sentences one proposal rests on, in the order of the article.

    ``speaker`` is the Korean of whoever speaks, as introduced in full ("정종석 GIP 전략연구소
    소장" also where the sentence says "정 소장은"), or None. ``score`` orders passages by how
    much they carry; it has no unit.
    """

    sentences: tuple[Sentence, ...]
    kind: Kind
    speaker: str | None = None
    score: float = 0.0

    @property
    def text(self) -> str:
        """The sentences joined by one space: what the summarizer is given."""
        return " ".join(sentence.text for sentence in self.sentences)


@dataclass(frozen=True, slots=True)
class Anchor:
    """A stretch of Korean whose English is computed: a figure, date, name or term.

    ``text == source[start:end]`` and never includes the particle after it ("중기부" of
    "중기부는"). ``en`` is the rendering put in its place. ``value`` is what a verifier compares
    (a record of the module that found it: a Figure, a DateValue, a PersonName, a Term).
    """

    start: int
    end: int
    text: str
    kind: AnchorKind
    en: str
    value: object


@dataclass(frozen=True, slots=True)
class Evidence:
    """A stretch of ``Article.text`` a proposal rests on."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Flag:
    """A check that failed. ``check`` is a stable name (see docs/checks.md).

    ``ko``/``en`` are the offending stretches where there are any; ``expected`` and ``found``
    say what should have stood there and what did.
    """

    check: str
    severity: Severity
    detail: str
    ko: str | None = None
    en: str | None = None
    expected: str | None = None
    found: str | None = None


@dataclass(frozen=True, slots=True)
class Bilingual:
    """The same thing in both languages; ``en`` is None only before translation."""

    ko: str
    en: str | None = None


@dataclass(frozen=True, slots=True)
class Cost:
    """What one item cost the generator: its own tokens in and out, and the time it waited.

    ``chunks`` counts the pieces that texts too long for the network were read in, ``truncated``
    says whether an output, of any attempt, ended at ``max_output_tokens``.
    """

    source_tokens: int = 0
    output_tokens: int = 0
    queue_ms: float = 0.0
    truncated: bool = False
    chunks: int = 0


@dataclass(frozen=True, slots=True)
class Condensed:
    """What the summarizer made of one passage, with the checks it went through."""

    text: str
    method: Method
    flags: tuple[Flag, ...] = ()
    cost: Cost = Cost()


@dataclass(frozen=True, slots=True)
class Translation:
    """One source rendered in English, with the flags that are left after every retry."""

    source: str
    text: str
    flags: tuple[Flag, ...] = ()
    cost: Cost = Cost()


@dataclass(frozen=True, slots=True)
class Proposal:
    """One key proposal (or key point) of an article in both languages."""

    ko: str
    en: str
    kind: Kind
    speaker: Bilingual | None
    evidence: tuple[Evidence, ...]
    method: Method
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class ModelReference:
    """Which checkpoint did a task: hub id or package, and its pinned revision."""

    id: str
    revision: str


@dataclass(frozen=True, slots=True)
class Usage:
    """What a digest cost. Tokens are the generator's own; times are wall-clock milliseconds.

    ``chunks`` counts the pieces of what was too long to be read at once (0: nothing was).
    ``truncated``: an output ended at ``max_output_tokens`` and not by itself. What is shown may be
    a later attempt's; a sentence that is shown broken off has the flag ``truncated`` as well.
    """

    source_characters: int = 0
    source_tokens: int = 0
    output_tokens: int = 0
    passages: int = 0
    truncated: bool = False
    queue_ms: float = 0.0
    summarize_ms: float = 0.0
    translate_ms: float = 0.0
    total_ms: float = 0.0
    chunks: int = 0


@dataclass(frozen=True, slots=True)
class DigestArticle:
    """The article as a digest shows it."""

    title: Bilingual | None
    published_at: datetime | None
    byline: str | None
    text: str
    sentences: int


@dataclass(frozen=True, slots=True)
class Digest:
    """The result: an article's key proposals in Korean and English (design, section 1)."""

    id: str
    article: DigestArticle
    proposals: tuple[Proposal, ...]
    profile: str
    models: Mapping[str, ModelReference]
    usage: Usage
    warnings: tuple[str, ...] = field(default=())
