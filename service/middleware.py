"""What happens to every HTTP request before routing: an id, a size limit, a media type.

Plain ASGI, so that nothing here buffers an answer or hides a disconnect.
"""

from __future__ import annotations

import logging
import re
import uuid
from collections.abc import Awaitable, Callable
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.problems import make_problem, problem_response
from service.schemas import Problem

logger = logging.getLogger(__name__)

_ID: Final = re.compile(r"[A-Za-z0-9._-]{1,128}")
_READS_A_BODY: Final = frozenset({"POST", "PUT", "PATCH"})


class RequestContext:
    """Gives each request an id (the caller's ``X-Request-ID`` when sane) and a last resort.

    An error nobody foresaw is logged under the id; the caller sees the id, not the trace.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = Headers(scope=scope).get("x-request-id", "")
        request_id = given if _ID.fullmatch(given) else uuid.uuid4().hex
        scope.setdefault("state", {})["request_id"] = request_id
        started = False

        async def send_with_id(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                MutableHeaders(scope=message)["X-Request-ID"] = request_id
            await send(message)

        try:
            await self.app(scope, receive, send_with_id)
        except Exception:
            logger.exception("request %s failed", request_id)
            if started:
                raise
            detail = f"an error on our side; the log has it under {request_id}"
            await _answer(make_problem(500, detail), scope, receive, send_with_id)


class JsonBody:
    """Under ``prefix``, lets JSON of at most ``max_bytes`` through, counted as it arrives."""

    def __init__(self, app: ASGIApp, max_bytes: int, prefix: str) -> None:
        self.app = app
        self.max_bytes = max_bytes
        self.prefix = prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if not self._concerns(scope):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refusal = self._refusal(headers)
        body = None if refusal else await _read_body(receive, self.max_bytes)
        if body is None:
            await _answer(refusal or self._too_large(), scope, receive, send)
        else:
            await self.app(scope, _replay(body, receive), send)

    def _concerns(self, scope: Scope) -> bool:
        return (
            scope["type"] == "http"
            and scope["method"] in _READS_A_BODY
            and scope["path"].startswith(self.prefix)
        )

    def _refusal(self, headers: Headers) -> Problem | None:
        media_type = headers.get("content-type", "").split(";")[0].strip().lower()
        if media_type != "application/json":
            return make_problem(
                415, f"the body is {media_type or 'untyped'!r}; send application/json"
            )
        length = headers.get("content-length", "")
        if length.isdecimal() and int(length) > self.max_bytes:
            return self._too_large()
        return None

    def _too_large(self) -> Problem:
        return make_problem(
            413,
            f"the body has more than {self.max_bytes} bytes, the limit; send fewer or shorter "
            "articles, or raise YOJI_MAX_INPUT_BYTES",
        )


async def _read_body(receive: Receive, max_bytes: int) -> bytes | None:
    """The whole body, or None once it is over the limit; a caller that left sent what it sent."""
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return bytes(body)
        body += message.get("body", b"")
        if len(body) > max_bytes:
            return None
        if not message.get("more_body", False):
            return bytes(body)


def _replay(body: bytes, receive: Receive) -> Callable[[], Awaitable[Message]]:
    """A ``receive`` that gives the body once and then what comes after it."""
    pending: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return pending.pop() if pending else await receive()

    return replay


async def _answer(problem: Problem, scope: Scope, receive: Receive, send: Send) -> None:
    await problem_response(problem, Request(scope))(scope, receive, send)
