"""Errors as RFC 9457 problems: one table from error class to status, one shape everywhere.

Knows Starlette's responses, not the routes.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from models.errors import (
    DeadlineExceededError,
    GenerationError,
    InputError,
    InputTooLargeError,
    QueueFullError,
    RequestCancelledError,
    ServerUnavailableError,
    YojiError,
)
from service.faults import one_line
from service.schemas import InvalidField, Problem

MEDIA_TYPE: Final = "application/problem+json"

CLIENT_CLOSED_REQUEST: Final = 499
"""nginx's status for a client that went away; nobody is left to read it."""


class NotReadyError(YojiError):
    """The models are still loading, or loading them failed."""

    code = "not_ready"


STATUSES: Final[tuple[tuple[type[YojiError], int], ...]] = (
    (InputTooLargeError, HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    (InputError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (QueueFullError, HTTPStatus.TOO_MANY_REQUESTS),
    (ServerUnavailableError, HTTPStatus.BAD_GATEWAY),
    (DeadlineExceededError, HTTPStatus.GATEWAY_TIMEOUT),
    (RequestCancelledError, CLIENT_CLOSED_REQUEST),
    (GenerationError, HTTPStatus.INTERNAL_SERVER_ERROR),
    (NotReadyError, HTTPStatus.SERVICE_UNAVAILABLE),
    (YojiError, HTTPStatus.INTERNAL_SERVER_ERROR),
)
"""The first class that matches decides."""

_CODES: Final[dict[int, str]] = {
    400: "bad_request",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    415: "unsupported_media_type",
    422: "invalid_request",
    500: "internal",
}


def problem_of(error: YojiError) -> Problem:
    """The problem an error of ours is, alone or in an item's place."""
    status = next(status for kind, status in STATUSES if isinstance(error, kind))
    return make_problem(int(status), one_line(error), code=error.code)


def make_problem(
    status: int,
    detail: str,
    code: str | None = None,
    errors: Sequence[InvalidField] | None = None,
) -> Problem:
    """A problem; the title is the status's own phrase."""
    return Problem(
        title=_phrase(status),
        status=status,
        detail=detail,
        code=code or _CODES.get(status, "error"),
        errors=list(errors) if errors else None,
    )


def validation_problem(details: Sequence[Any]) -> Problem:
    """A 422 that names every field that is not as it should be (pydantic's error records)."""
    errors = [
        InvalidField(
            name=".".join(str(part) for part in detail["loc"] if part != "body") or "body",
            reason=one_line(detail["msg"]),
        )
        for detail in details
    ]
    listed = "; ".join(f"{error.name}: {error.reason}" for error in errors[:3])
    more = f" and {len(errors) - 3} more" if len(errors) > 3 else ""
    return make_problem(422, f"the request is not as it should be: {listed}{more}", errors=errors)


def problem_response(
    problem: Problem, request: Request, headers: dict[str, str] | None = None
) -> Response:
    """The HTTP answer; the request's id and path are added here."""
    filled = problem.model_copy(
        update={"instance": request.url.path, "request_id": request_id_of(request)}
    )
    return Response(
        filled.model_dump_json(),
        status_code=problem.status,
        media_type=MEDIA_TYPE,
        headers={"Cache-Control": "no-store", **(headers or {})},
    )


def retry_headers(error: YojiError) -> dict[str, str]:
    """``Retry-After`` for errors that a later call may not meet."""
    if isinstance(error, QueueFullError):
        return {"Retry-After": str(max(1, math.ceil(error.retry_after_s)))}
    return {"Retry-After": "5"} if isinstance(error, NotReadyError) else {}


def request_id_of(request: Request) -> str | None:
    """The id the middleware gave this request."""
    return getattr(request.state, "request_id", None)


_PHRASES: Final[dict[int, str]] = {
    413: "Content Too Large",
    422: "Unprocessable Content",
    CLIENT_CLOSED_REQUEST: "Client Closed Request",
}
"""Where Python 3.11 has older phrases than RFC 9110, or none."""


def _phrase(status: int) -> str:
    return _PHRASES.get(status) or HTTPStatus(status).phrase
