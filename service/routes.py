"""The HTTP routes: each takes a request apart, has it computed in the workroom, answers.

Every item is answered in its place; a request as a whole fails only when nothing of it could
be done. Must not know how anything is computed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, TypeVar

from fastapi import APIRouter, Depends, Request

from models.anchors import AnchorContext, Glossary
from models.assembly import Pipeline
from models.checks import check_pairs, is_good
from models.digest import DigestOptions
from models.errors import InputTooLargeError, QueueFullError, YojiError
from service.problems import problem_of
from service.readiness import Readiness
from service.schemas import (
    CheckItem,
    CheckRequest,
    CheckResponse,
    DigestItem,
    DigestRequest,
    DigestResponse,
    GlossaryEntry,
    StatusView,
    SummarizeRequest,
    SummarizeResponse,
    SummaryItem,
    TranslateRequest,
    TranslateResponse,
    TranslationItem,
)
from service.settings import Settings
from service.views import FlagDetailView, digest_view, summary_view, translation_view
from service.workroom import Workroom

_T = TypeVar("_T")

probes = APIRouter(tags=["probes"])
digests = APIRouter(prefix="/v1", tags=["digests"])


def settings_of(request: Request) -> Settings:
    """The settings the app was made with."""
    settings: Settings = request.app.state.settings
    return settings


def readiness_of(request: Request) -> Readiness:
    """Whether the models are there."""
    readiness: Readiness = request.app.state.readiness
    return readiness


def pipeline_of(readiness: Annotated[Readiness, Depends(readiness_of)]) -> Pipeline:
    """The loaded pipeline; 503 before it is there."""
    return readiness.pipeline


SettingsOf = Annotated[Settings, Depends(settings_of)]
PipelineOf = Annotated[Pipeline, Depends(pipeline_of)]


@probes.get("/livez")
async def livez() -> StatusView:
    """The process answers."""
    return StatusView()


@probes.get("/readyz")
@probes.get("/health", include_in_schema=False)
@probes.get("/healthz", include_in_schema=False)
async def readyz(pipeline: PipelineOf) -> StatusView:
    """The models are loaded; 503 with the reason while they are not."""
    return StatusView(profile=pipeline.profile.name)


@digests.post("/digest")
async def digest(
    body: DigestRequest, request: Request, settings: SettingsOf, pipeline: PipelineOf
) -> DigestResponse:
    """Key proposals of each article, in Korean and English."""
    _check_count(len(body.articles), settings)

    def work() -> DigestResponse:
        options = DigestOptions(
            max_proposals=body.options.max_proposals,
            style=body.options.style,
            glossary=_glossary(body.options.glossary),
        )
        pages = [article.page() for article in body.articles]
        results = _fit_to_answer(pipeline.digester.digest(pages, options))
        return DigestResponse(
            results=[
                DigestItem(id=article.id, error=problem_of(result))
                if isinstance(result, YojiError)
                else DigestItem(id=article.id, digest=digest_view(result))
                for article, result in zip(body.articles, results, strict=True)
            ]
        )

    return await _compute(request, work)


@digests.post("/summarize")
async def summarize(
    body: SummarizeRequest, request: Request, settings: SettingsOf, pipeline: PipelineOf
) -> SummarizeResponse:
    """Each Korean text condensed to one sentence."""
    _check_count(len(body.texts), settings)

    def work() -> SummarizeResponse:
        results = _fit_to_answer(pipeline.summarize(body.texts, body.style))
        return SummarizeResponse(
            results=[
                SummaryItem(error=problem_of(result))
                if isinstance(result, YojiError)
                else SummaryItem(summary=summary_view(result))
                for result in results
            ]
        )

    return await _compute(request, work)


@digests.post("/translate")
async def translate(
    body: TranslateRequest, request: Request, settings: SettingsOf, pipeline: PipelineOf
) -> TranslateResponse:
    """Each Korean text in English."""
    _check_count(len(body.texts), settings)

    def work() -> TranslateResponse:
        glossary = _glossary(body.glossary)
        results = _fit_to_answer(pipeline.translate(body.texts, glossary))
        return TranslateResponse(
            results=[
                TranslationItem(error=problem_of(result))
                if isinstance(result, YojiError)
                else TranslationItem(translation=translation_view(result))
                for result in results
            ]
        )

    return await _compute(request, work)


@digests.post("/check")
async def check(body: CheckRequest, request: Request, settings: SettingsOf) -> CheckResponse:
    """What disagrees between each Korean text and its English; needs no model."""
    _check_count(len(body.pairs), settings)

    def work() -> CheckResponse:
        glossary = _glossary(body.glossary)
        terms = Glossary.shipped().merged(glossary) if glossary else None
        context = AnchorContext(body.published_on, terms)
        found = check_pairs([(pair.ko, pair.en) for pair in body.pairs], context)
        return CheckResponse(
            results=[
                CheckItem(
                    ok=is_good(flags),
                    flags=[FlagDetailView.model_validate(flag) for flag in flags],
                )
                for flags in found
            ]
        )

    return await _compute(request, work)


async def _compute(request: Request, work: Callable[[], _T]) -> _T:
    workroom: Workroom = request.app.state.workroom
    return await workroom.run(work, request.is_disconnected)


def _check_count(count: int, settings: Settings) -> None:
    if count > settings.max_texts:
        raise InputTooLargeError(
            f"{count} texts in one request, the limit is {settings.max_texts}; "
            "send them in several requests or raise YOJI_MAX_TEXTS"
        )


def _glossary(entries: Sequence[GlossaryEntry]) -> Glossary | None:
    if not entries:
        return None
    return Glossary.from_entries((entry.ko, entry.en) for entry in entries)


def _fit_to_answer(results: list[_T | YojiError]) -> list[_T | YojiError]:
    """The results, unless every one of them says "not now": then the request says so."""
    busy = [result for result in results if isinstance(result, QueueFullError)]
    if busy and len(busy) == len(results):
        raise busy[0]
    return results
