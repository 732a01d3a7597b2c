"""Results as they go over the wire, and the one converter per result.

The same ``DigestView`` is the HTTP answer, the output of ``yoji digest --json`` and a line of
``yoji batch``. Must not know of routes, commands or requests.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, PlainSerializer

from models.documents import (
    Bilingual,
    Condensed,
    Cost,
    Digest,
    Flag,
    Kind,
    Method,
    Proposal,
    Severity,
    Translation,
)

Milliseconds = Annotated[float, PlainSerializer(lambda value: round(value, 1), return_type=float)]


class _View(BaseModel):
    model_config = ConfigDict(from_attributes=True, frozen=True)


class BilingualView(_View):
    """The same thing in both languages."""

    ko: str
    en: str


class EvidenceView(_View):
    """``text == article.text[start:end]``, in code points."""

    start: int
    end: int
    text: str


class FlagView(_View):
    """A check that failed; see docs/checks.md for the names."""

    check: str
    severity: Severity
    detail: str


class FlagDetailView(FlagView):
    """A flag with the stretches it is about, and what should have stood there and what did."""

    ko: str | None
    en: str | None
    expected: str | None
    found: str | None


class ProposalView(_View):
    """One key proposal (or key point) in both languages, with what it rests on."""

    ko: str
    en: str
    kind: Kind
    speaker: BilingualView | None
    evidence: list[EvidenceView]
    method: Method
    flags: list[FlagView]


class ArticleView(_View):
    """The article as it was read: clutter gone."""

    title: BilingualView | None
    published_at: datetime | None
    byline: str | None
    text: str
    sentences: int


class ModelView(_View):
    """The checkpoint that did a task."""

    id: str
    revision: str


class ModelsView(_View):
    """The checkpoints behind a digest."""

    summarizer: ModelView
    translator: ModelView


class UsageView(_View):
    """What a digest cost; times are those of the call it shared with others."""

    source_characters: int
    source_tokens: int
    output_tokens: int
    passages: int
    truncated: bool
    chunks: int
    queue_ms: Milliseconds
    summarize_ms: Milliseconds
    translate_ms: Milliseconds
    total_ms: Milliseconds


class DigestView(_View):
    """The result: an article's key proposals in Korean and English."""

    id: str
    article: ArticleView
    proposals: list[ProposalView]
    profile: str
    models: ModelsView
    usage: UsageView
    warnings: list[str]


class CostView(_View):
    """What one text cost the generator."""

    source_tokens: int
    output_tokens: int
    queue_ms: Milliseconds
    truncated: bool
    chunks: int


class SummaryView(_View):
    """One text condensed."""

    ko: str
    method: Method
    flags: list[FlagView]
    usage: CostView


class TranslationView(_View):
    """One text in English."""

    ko: str
    en: str
    flags: list[FlagView]
    usage: CostView


def digest_view(digest: Digest) -> DigestView:
    """A digest as it goes over the wire."""
    article = digest.article
    return DigestView(
        id=digest.id,
        article=ArticleView(
            title=bilingual_view(article.title),
            published_at=article.published_at,
            byline=article.byline,
            text=article.text,
            sentences=article.sentences,
        ),
        proposals=[proposal_view(proposal) for proposal in digest.proposals],
        profile=digest.profile,
        models=ModelsView.model_validate(
            {task: ModelView.model_validate(model) for task, model in digest.models.items()}
        ),
        usage=UsageView.model_validate(digest.usage),
        warnings=list(digest.warnings),
    )


def proposal_view(proposal: Proposal) -> ProposalView:
    """A proposal as it goes over the wire."""
    return ProposalView(
        ko=proposal.ko,
        en=proposal.en,
        kind=proposal.kind,
        speaker=bilingual_view(proposal.speaker),
        evidence=[EvidenceView.model_validate(evidence) for evidence in proposal.evidence],
        method=proposal.method,
        flags=flag_views(proposal.flags),
    )


def bilingual_view(pair: Bilingual | None) -> BilingualView | None:
    """Both languages; what was never translated has an empty English, not none."""
    return None if pair is None else BilingualView(ko=pair.ko, en=pair.en or "")


def flag_views(flags: tuple[Flag, ...]) -> list[FlagView]:
    """Flags as they go over the wire."""
    return [FlagView.model_validate(flag) for flag in flags]


def summary_view(condensed: Condensed) -> SummaryView:
    """A summary as it goes over the wire."""
    return SummaryView(
        ko=condensed.text,
        method=condensed.method,
        flags=flag_views(condensed.flags),
        usage=cost_view(condensed.cost),
    )


def translation_view(translation: Translation) -> TranslationView:
    """A translation as it goes over the wire."""
    return TranslationView(
        ko=translation.source,
        en=translation.text,
        flags=flag_views(translation.flags),
        usage=cost_view(translation.cost),
    )


def cost_view(cost: Cost) -> CostView:
    """A cost as it goes over the wire."""
    return CostView.model_validate(cost)
