"""The one path: pages in, digests out. HTTP, command line and batch all call this.

Many articles go through each stage together, so that the networks see full batches. An
article that fails yields its error in its place; the rest go on. Must not know where pages
come from or where digests go.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from models.anchors import AnchorContext, Glossary, Roster
from models.attribution import SpeakerPlan, plan_speaker
from models.documents import (
    Article,
    Bilingual,
    Condensed,
    Cost,
    Digest,
    DigestArticle,
    Evidence,
    ModelReference,
    Passage,
    Proposal,
    Translation,
    Usage,
)
from models.errors import GenerationError, YojiError
from models.generation.costs import add_costs
from models.reading import Page, ReadingLimits, read_page
from models.reading.passages import choose_passages
from models.similarity import alike
from models.summarizer import Style, Summarizer, SummaryRequest
from models.translator import TranslationRequest, Translator

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class DigestOptions:
    """What a caller may choose per call. ``glossary`` wins over the shipped one."""

    max_proposals: int = 10
    style: Style = "plain"
    glossary: Glossary | None = None


@dataclass(frozen=True, slots=True)
class ProfileIdentity:
    """The profile's name and the hash over everything that shapes its output."""

    name: str
    fingerprint: str


def digest_id(page: Page, options: DigestOptions, fingerprint: str) -> str:
    """SHA-256 (hex) over the input, the profile's fingerprint and the options.

    ``Digest.id`` without a digest: what is stored under it need not be computed again.
    """
    glossary = options.glossary.fingerprint if options.glossary else None
    key = [page.format, fingerprint, options.max_proposals, options.style, glossary]
    digest = hashlib.sha256(json.dumps(key).encode())
    digest.update(page.content.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


@dataclass(slots=True)
class _Work:
    """One page on its way; ``error`` once it failed."""

    page: Page
    id: str
    error: YojiError | None = None
    article: Article | None = None
    context: AnchorContext = field(default_factory=AnchorContext)
    passages: list[Passage] = field(default_factory=list)
    condensed: list[Condensed] = field(default_factory=list)
    speakers: list[SpeakerPlan | None] = field(default_factory=list)
    translations: dict[str, Translation] = field(default_factory=dict)


class Digester:
    """Digests pages with one summarizer and one translator. Safe to call from several threads."""

    def __init__(
        self,
        summarizer: Summarizer,
        translator: Translator,
        profile: ProfileIdentity,
        limits: ReadingLimits | None = None,
    ) -> None:
        self._summarizer = summarizer
        self._translator = translator
        self._profile = profile
        self._limits = limits or ReadingLimits()

    def digest_id(self, page: Page, options: DigestOptions) -> str:
        """The id the digest of ``page`` has; see the function of the same name."""
        return digest_id(page, options, self._profile.fingerprint)

    def digest(
        self, pages: Sequence[Page], options: DigestOptions | None = None
    ) -> list[Digest | YojiError]:
        """N pages → N digests or errors, in order."""
        options = options or DigestOptions()
        clock = _Clock()
        works = [_Work(page, self.digest_id(page, options)) for page in pages]
        for work in works:
            self._read(work, options)
        clock.lap("read")
        self._summarize(works, options)
        clock.lap("summarize")
        self._translate(works)
        clock.lap("translate")
        return [work.error or self._finish(work, clock) for work in works]

    def _read(self, work: _Work, options: DigestOptions) -> None:
        try:
            article = read_page(work.page, self._limits)
        except YojiError as error:
            work.error = error
            return
        shipped = Glossary.shipped()
        work.article = article
        work.context = AnchorContext(
            published_at=article.published_at.date() if article.published_at else None,
            glossary=shipped.merged(options.glossary) if options.glossary else shipped,
            roster=Roster.read(article.text),
        )
        work.passages = list(choose_passages(article, options.max_proposals))

    def _summarize(self, works: Sequence[_Work], options: DigestOptions) -> None:
        requests = [
            (work, SummaryRequest(passage, options.style, work.context))
            for work in works
            for passage in work.passages
        ]
        results = self._summarizer.summarize([request for _, request in requests])
        for (work, _), result in zip(requests, results, strict=True):
            if isinstance(result, GenerationError):
                work.error = work.error or result
            else:
                work.condensed.append(result)
        for work in _alive(works):
            _drop_repeats(work)

    def _translate(self, works: Sequence[_Work]) -> None:
        requests: list[tuple[_Work, str]] = []
        for work in _alive(works):
            work.speakers = [
                plan_speaker(passage.speaker, work.context) if passage.speaker else None
                for passage in work.passages
            ]
            requests += [(work, text) for text in _to_translate(work)]
        results = self._translator.translate(
            [TranslationRequest(text, work.context) for work, text in requests]
        )
        for (work, text), result in zip(requests, results, strict=True):
            if isinstance(result, GenerationError):
                work.error = work.error or result
            else:
                work.translations[text] = result

    def _finish(self, work: _Work, clock: _Clock) -> Digest:
        article = work.article
        if article is None:
            raise AssertionError("a page without an error has an article")
        return Digest(
            id=work.id,
            article=DigestArticle(
                title=_bilingual(article.title, work),
                published_at=article.published_at,
                byline=article.byline,
                text=article.text,
                sentences=len(article.sentences),
            ),
            proposals=tuple(_proposals(work)),
            profile=self._profile.name,
            models=self.models,
            usage=_usage(work, clock),
            warnings=article.warnings,
        )

    @property
    def models(self) -> dict[str, ModelReference]:
        """The checkpoints behind both tasks."""
        return {
            "summarizer": self._summarizer.reference,
            "translator": self._translator.reference,
        }


def _alive(works: Sequence[_Work]) -> Iterator[_Work]:
    return (work for work in works if work.error is None)


def _drop_repeats(work: _Work) -> None:
    """Two passages may condense to the same sentence: the first stays."""
    kept: list[tuple[Passage, Condensed]] = []
    for passage, condensed in zip(work.passages, work.condensed, strict=True):
        if not any(alike(condensed.text, other.text) for _, other in kept):
            kept.append((passage, condensed))
    work.passages = [passage for passage, _ in kept]
    work.condensed = [condensed for _, condensed in kept]


def _to_translate(work: _Work) -> list[str]:
    """Every distinct Korean text of the article that needs the network, in order."""
    texts = [condensed.text for condensed in work.condensed]
    texts += [plan.ko for plan in work.speakers if plan and plan.to_translate]
    if work.article and work.article.title:
        texts.append(work.article.title)
    return list(dict.fromkeys(texts))


def _bilingual(text: str | None, work: _Work) -> Bilingual | None:
    return Bilingual(text, work.translations[text].text) if text else None


def _proposals(work: _Work) -> Iterator[Proposal]:
    for passage, condensed, plan in zip(work.passages, work.condensed, work.speakers, strict=True):
        translation = work.translations[condensed.text]
        yield Proposal(
            ko=condensed.text,
            en=translation.text,
            kind=passage.kind,
            speaker=plan.render(work.translations) if plan else None,
            evidence=tuple(Evidence(s.start, s.end, s.text) for s in passage.sentences),
            method=condensed.method,
            flags=condensed.flags + translation.flags,
        )


def _usage(work: _Work, clock: _Clock) -> Usage:
    """Tokens are the article's own; times are those of the call it shared with others."""
    cost: Cost = add_costs(
        *(condensed.cost for condensed in work.condensed),
        *(translation.cost for translation in work.translations.values()),
    )
    return Usage(
        source_characters=len(work.page.content),
        source_tokens=cost.source_tokens,
        output_tokens=cost.output_tokens,
        passages=len(work.passages),
        truncated=cost.truncated,
        chunks=cost.chunks,
        queue_ms=cost.queue_ms,
        summarize_ms=clock.laps["summarize"],
        translate_ms=clock.laps["translate"],
        total_ms=sum(clock.laps.values()),
    )


class _Clock:
    """Lap times in milliseconds."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self.laps[name] = (now - self._last) * 1000
        self._last = now
