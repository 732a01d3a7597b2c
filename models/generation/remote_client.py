"""One OpenAI-compatible server over HTTP: asks, waits, asks again, and says what went wrong.

Knows statuses and JSON, nothing of prompts. The key goes into the header and nowhere else: it is
cut out of whatever a server says before that is shown.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from models.errors import GenerationError, ServerUnavailableError
from models.generation.endpoint import Endpoint

#: Statuses that say "later": asked again as often as the endpoint allows.
_LATER = frozenset({408, 425, 429, 502, 503, 504})
#: A fault of its own may be this prompt's doing, and so may a timeout: asked again once.
_ONCE = frozenset({500})
_AS_ALLOWED = 1_000_000
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.5, 30.0
_TOO_LONG = ("context length", "context size", "context window", "context_length", "too long")


@dataclass(frozen=True, slots=True)
class _Failure:
    """An attempt without an answer: what to raise, whether to try again, how long to wait."""

    error: GenerationError
    retries: int
    wait_s: float | None = None


class ServerClient:
    """Thread-safe. ``transport`` and ``sleep`` are for tests; proxies come from the environment."""

    def __init__(
        self,
        endpoint: Endpoint,
        *,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._endpoint = endpoint
        self._key = endpoint.api_key
        self._sleep = sleep
        self._client = httpx.Client(
            headers={"Authorization": f"Bearer {self._key}"} if self._key else {},
            timeout=httpx.Timeout(endpoint.timeout_s, connect=min(10.0, endpoint.timeout_s)),
            limits=httpx.Limits(max_connections=endpoint.concurrency),
            transport=transport,
        )

    @property
    def url(self) -> str:
        """Where it asks."""
        return self._endpoint.url.rstrip("/")

    def post(self, path: str, body: Mapping[str, Any], *, patient: bool = True) -> dict[str, Any]:
        """The JSON object of the answer.

        ``ServerUnavailableError`` when the server can't be used, ``GenerationError`` when it
        refuses this request. Not ``patient``: asked once only.
        """
        return self._ask("POST", path, body, self._endpoint.retries if patient else 0)

    def models(self, *, patient: bool = True) -> list[str]:
        """The names of the models it serves; errors as for ``post``."""
        answer = self._ask("GET", "models", None, self._endpoint.retries if patient else 0)
        listed = answer.get("data")
        if not isinstance(listed, list):
            raise self._not_understood("models", "no list of models")
        return [str(model["id"]) for model in listed if isinstance(model, dict) and "id" in model]

    def close(self) -> None:
        """Close its connections."""
        self._client.close()

    def _ask(
        self, method: str, path: str, body: Mapping[str, Any] | None, retries: int
    ) -> dict[str, Any]:
        attempt = 0
        while True:
            answer = self._attempt(method, path, body)
            if isinstance(answer, dict):
                return answer
            if attempt >= min(retries, answer.retries):
                raise answer.error
            self._sleep(_pause_s(attempt, answer.wait_s))
            attempt += 1

    def _attempt(
        self, method: str, path: str, body: Mapping[str, Any] | None
    ) -> dict[str, Any] | _Failure:
        try:
            response = self._client.request(method, f"{self.url}/{path}", json=body)
        except (httpx.RequestError, httpx.InvalidURL, RuntimeError) as error:
            return self._unreachable(error)
        if response.is_success:
            return self._object(path, response)
        return self._refused(path, response)

    def _unreachable(self, error: Exception) -> _Failure:
        timed_out = isinstance(error, httpx.ReadTimeout | httpx.WriteTimeout)
        why = (
            f"no answer within {self._endpoint.timeout_s:g} s; raise endpoint.timeout_s or lower "
            "endpoint.concurrency"
            if timed_out
            else f"{str(error) or type(error).__name__}; start the server or correct its URL"
        )
        failure = ServerUnavailableError(f"{self.url} can't be reached: {self._shown(why)}")
        failure.__cause__ = error
        if not isinstance(error, httpx.TransportError):  # a wrong URL, or the client was closed
            return _Failure(failure, 0)
        return _Failure(failure, 1 if timed_out else _AS_ALLOWED)

    def _object(self, path: str, response: httpx.Response) -> dict[str, Any] | _Failure:
        try:
            content = response.json()
        except ValueError:
            content = None
        if isinstance(content, dict):
            return content
        return _Failure(self._not_understood(path, response.text), 0)

    def _not_understood(self, path: str, said: str) -> ServerUnavailableError:
        return ServerUnavailableError(
            f"{self.url}/{path} doesn't answer as an OpenAI-compatible server does "
            f"({self._shown(said)!r}); give the URL that ends in /v1"
        )

    def _refused(self, path: str, response: httpx.Response) -> _Failure:
        status, said = response.status_code, self._shown(_message(response))
        if status in (401, 403):
            key = "refuses the key" if self._key else "wants a key"
            return _Failure(
                ServerUnavailableError(
                    f"{self.url} {key} ({status}: {said}); set YOJI_REMOTE_API_KEY"
                ),
                0,
            )
        if status == 404:
            return _Failure(ServerUnavailableError(self._missing(path, said)), 0)
        if status in _LATER or status in _ONCE:
            error = ServerUnavailableError(
                f"{self.url} is out of order or busy ({status}: {said}); see its log, or lower "
                "endpoint.concurrency"
            )
            return _Failure(error, _AS_ALLOWED if status in _LATER else 1, _retry_after_s(response))
        return _Failure(GenerationError(self._bad_request(status, said)), 0)

    def _missing(self, path: str, said: str) -> str:
        if path == "models":
            return f"{self.url} has no /models ({said}); give the URL that ends in /v1"
        return f"{self.url}/{path} answers 404 ({said}); name a model it serves: {self._served()}"

    def _served(self) -> str:
        try:
            return ", ".join(self.models(patient=False)) or "none"
        except GenerationError:
            return "it doesn't say which"

    def _bad_request(self, status: int, said: str) -> str:
        if any(phrase in said.lower() for phrase in _TOO_LONG):
            return (
                f"the prompt is too long for the server ({status}: {said}); lower the profile's "
                "limits or give the server a longer context"
            )
        return f"{self.url} refuses this request ({status}: {said}); correct the profile"

    def _shown(self, text: str) -> str:
        """One short line without the key."""
        if self._key:
            text = text.replace(self._key, "***")
        return " ".join(text.split())[:300]


def _message(response: httpx.Response) -> str:
    """What a server says of an error, in any of the shapes they use."""
    try:
        content = response.json()
    except ValueError:
        return response.text or response.reason_phrase
    while isinstance(content, dict):
        inner = next((content[k] for k in ("error", "message", "detail") if content.get(k)), None)
        if inner is None:
            break
        content = inner
    return str(content)


def _pause_s(attempt: int, wanted_s: float | None) -> float:
    """What the server asks for, or else twice as long each time; never all at one moment."""
    backoff = min(_FIRST_PAUSE_S * 2.0**attempt, _LONGEST_PAUSE_S)
    jitter = random.uniform(0.5, 1.0)  # noqa: S311 - spreads the load, keeps no secret
    if wanted_s is None:
        return backoff * jitter
    return min(wanted_s, 2 * _LONGEST_PAUSE_S) + _FIRST_PAUSE_S * jitter


def _retry_after_s(response: httpx.Response) -> float | None:
    """``Retry-After`` in seconds, from either of its forms."""
    value = response.headers.get("retry-after", "").strip()
    if value.replace(".", "", 1).isdigit():
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
