"""The HTTP application: parts put together, errors given one shape, docs that work offline."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi_offline import FastAPIOffline
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from models.assembly import Pipeline, open_pipeline
from models.errors import YojiError
from service.middleware import JsonBody, RequestContext
from service.opening import pipeline_settings
from service.problems import (
    make_problem,
    problem_of,
    problem_response,
    retry_headers,
    validation_problem,
)
from service.readiness import Readiness
from service.routes import digests, probes
from service.schemas import Problem
from service.settings import Settings
from service.workroom import Workroom

_PROBLEM_STATUSES = (400, 413, 415, 422, 429, 500, 503, 504)


def create_app(settings: Settings, pipeline: Pipeline | None = None) -> FastAPI:
    """The app. Without a ``pipeline`` it loads the settings' profile once it is started.

    A pipeline that is given stays the caller's to close.
    """
    app = FastAPIOffline(
        title="Yoji",
        summary="Key proposals of Korean news, in Korean and English",
        lifespan=_lifespan,
        redoc_url=None,
    )
    app.state.settings = settings
    app.state.readiness = Readiness()
    app.state.workroom = Workroom(
        settings.max_running_requests, settings.max_waiting_requests, settings.request_deadline_s
    )
    if pipeline is not None:
        app.state.readiness.set_ready(pipeline)
    app.include_router(probes, responses={503: {"model": Problem}})
    app.include_router(digests, responses=_problem_responses())
    app.add_middleware(JsonBody, max_bytes=settings.max_input_bytes, prefix="/v1/")
    app.add_middleware(RequestContext)
    _add_error_handlers(app)
    _describe_problems(app)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    settings: Settings = app.state.settings
    readiness: Readiness = app.state.readiness
    if not readiness.is_ready:
        readiness.start(
            lambda progress: open_pipeline(settings.profile, pipeline_settings(settings), progress)
        )
    yield
    # Requests have been answered by now; what still runs, runs for nobody, and ends sooner
    # once its models are gone.
    app.state.workroom.close()
    await run_in_threadpool(readiness.close)
    await run_in_threadpool(app.state.workroom.join)


def _add_error_handlers(app: FastAPI) -> None:
    app.add_exception_handler(YojiError, _on_yoji_error)
    app.add_exception_handler(HTTPException, _on_http_error)
    app.add_exception_handler(RequestValidationError, _on_invalid_request)


async def _on_yoji_error(request: Request, error: Exception) -> Response:
    error = cast(YojiError, error)
    return problem_response(problem_of(error), request, retry_headers(error))


async def _on_invalid_request(request: Request, error: Exception) -> Response:
    problem = validation_problem(cast(RequestValidationError, error).errors())
    return problem_response(problem, request)


async def _on_http_error(request: Request, error: Exception) -> Response:
    error = cast(HTTPException, error)
    details = {
        400: "the body can't be read as JSON in UTF-8",
        404: f"there is nothing at {request.url.path}; /docs lists what there is",
        405: f"{request.url.path} does not answer {request.method}; /docs lists what it answers",
    }
    problem = make_problem(error.status_code, details.get(error.status_code, str(error.detail)))
    return problem_response(problem, request, dict(error.headers or {}))


def _problem_responses() -> dict[int | str, dict[str, Any]]:
    return {status: {"model": Problem} for status in _PROBLEM_STATUSES}


def _describe_problems(app: FastAPI) -> None:
    """In the OpenAPI document, errors are ``application/problem+json``, as they are in fact."""
    plain = app.openapi

    def openapi() -> dict[str, Any]:
        schema = plain()
        for path in schema["paths"].values():
            for operation in path.values():
                for status, response in operation["responses"].items():
                    content = response.get("content", {})
                    if int(status) >= 400 and "application/json" in content:
                        content["application/problem+json"] = content.pop("application/json")
        return schema

    app.openapi = openapi  # type: ignore[method-assign]
