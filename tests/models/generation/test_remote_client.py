"""Each way a server can fail, by a fake transport: what is asked again, and what is said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import httpx
import pytest

from models.errors import GenerationError, ServerUnavailableError
from models.generation.endpoint import Endpoint
from models.generation.remote_client import ServerClient

Handler = Callable[[httpx.Request], httpx.Response]
URL = "http://peer:8000/v1"
OK: dict[str, Any] = {"choices": [{"text": "답", "finish_reason": "stop"}]}


class Server:
    """Answers from a script, repeating its last line; notes requests and pauses."""

    def __init__(self, *script: httpx.Response | Exception, **endpoint: Any) -> None:
        self.script = list(script)
        self.requests: list[httpx.Request] = []
        self.pauses: list[float] = []
        self.client = ServerClient(
            Endpoint(URL, **endpoint),
            transport=httpx.MockTransport(self.answer),
            sleep=self.pauses.append,
        )

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        if request.url.path.endswith("/models") and len(self.requests) > 1:
            return httpx.Response(200, json={"data": [{"id": "a"}, {"id": "b"}]})
        line = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        if isinstance(line, Exception):
            raise line
        return line

    def post(self, **options: Any) -> dict[str, Any]:
        return self.client.post("completions", {"prompt": "글"}, **options)


def ok() -> httpx.Response:
    return httpx.Response(200, json=OK)


@pytest.mark.parametrize(
    "failure",
    [
        httpx.Response(429),
        httpx.Response(503),
        httpx.Response(502, text="<html>bad gateway</html>"),
        httpx.ConnectError("connection refused"),
        httpx.RemoteProtocolError("server disconnected"),
    ],
)
def test_what_passes_is_asked_again_until_it_has(failure: httpx.Response | Exception) -> None:
    server = Server(failure, failure, failure, ok(), retries=3)
    assert server.post() == OK
    assert len(server.pauses) == 3
    # Each pause is up to twice the one before: 0.25 to 0.5 s, 0.5 to 1 s, 1 to 2 s.
    for pause, longest in zip(server.pauses, (0.5, 1.0, 2.0), strict=True):
        assert longest / 2 <= pause <= longest


def test_patience_ends(caplog: pytest.LogCaptureFixture) -> None:
    server = Server(httpx.Response(503, json={"error": {"message": "Loading model"}}), retries=2)
    with pytest.raises(ServerUnavailableError, match=r"busy \(503: Loading model\)"):
        server.post()
    assert len(server.requests) == 3


def test_without_patience_it_is_asked_once() -> None:
    server = Server(httpx.ConnectError("connection refused"))
    with pytest.raises(ServerUnavailableError, match="connection refused; start the server"):
        server.post(patient=False)
    assert len(server.requests) == 1


@pytest.mark.parametrize("failure", [httpx.Response(500), httpx.ReadTimeout("")])
def test_what_may_be_the_prompts_doing_is_asked_again_once(
    failure: httpx.Response | Exception,
) -> None:
    server = Server(failure, retries=9)
    with pytest.raises(ServerUnavailableError):
        server.post()
    assert len(server.requests) == 2


def test_a_timeout_names_the_limit() -> None:
    server = Server(httpx.ReadTimeout(""), timeout_s=7.5)
    with pytest.raises(ServerUnavailableError, match=r"no answer within 7.5 s; raise endpoint"):
        server.post()


@pytest.mark.parametrize(
    ("header", "shortest", "longest"),
    [
        ("7", 7, 7.5),
        ("0", 0, 0.5),
        ("86400", 60, 60.5),
        (format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True), 60, 60.5),
        ("soon", 0.25, 0.5),
    ],
)
def test_retry_after_is_honoured_within_reason(
    header: str, shortest: float, longest: float
) -> None:
    server = Server(httpx.Response(429, headers={"retry-after": header}), ok())
    assert server.post() == OK
    (pause,) = server.pauses
    assert shortest <= pause <= longest


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (
            httpx.Response(401, json={"error": "Unauthorized"}),
            r"wants a key \(401: Unauthorized\); set YOJI_REMOTE_API_KEY",
        ),
        (httpx.Response(403, text="no"), r"wants a key \(403: no\); set YOJI_REMOTE_API_KEY"),
        (
            httpx.Response(404, json={"message": "The model `x` does not exist."}),
            r"404 \(The model `x` does not exist.\); name a model it serves: a, b",
        ),
        (httpx.Response(200, text="<html>hi</html>"), r"<html>hi</html>.* URL that ends in /v1"),
        (httpx.Response(200, json=[1]), r"doesn't answer as an OpenAI-compatible server does"),
    ],
)
def test_a_server_that_cannot_be_used_says_so_at_once(
    answer: httpx.Response, expected: str
) -> None:
    server = Server(answer)
    with pytest.raises(ServerUnavailableError, match=expected) as caught:
        server.post()
    assert str(caught.value).startswith(URL)
    assert not server.pauses


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            {"error": {"message": "This model's maximum context length is 64 tokens.\nReduce it"}},
            r"too long for the server \(400: .*64 tokens. Reduce it\); lower the profile's limits",
        ),
        (
            {"error": {"code": 400, "message": "the request exceeds the available context size"}},
            r"too long for the server",
        ),
        ({"detail": "max_tokens must be positive"}, r"refuses this request \(400: max_tokens must"),
        ({"error": {}}, r"refuses this request \(400: "),
    ],
)
def test_a_refused_request_is_this_prompts_failure_alone(said: Any, expected: str) -> None:
    server = Server(httpx.Response(400, json=said))
    with pytest.raises(GenerationError, match=expected) as caught:
        server.post()
    assert not isinstance(caught.value, ServerUnavailableError)
    assert len(server.requests) == 1


@pytest.mark.parametrize("status", [400, 401, 404, 503])
def test_the_key_is_sent_and_never_shown(status: int) -> None:
    echo = httpx.Response(status, json={"error": "wrong key sk-secret\nfor sk-secret"})
    server = Server(echo, retries=0, api_key="sk-secret")
    with pytest.raises(GenerationError, match=r"\*\*\* for \*\*\*") as caught:
        server.post()
    assert server.requests[0].headers["authorization"] == "Bearer sk-secret"
    shown = f"{caught.value!r} {caught.value.__cause__!r} {server.client!r}"
    assert "sk-secret" not in shown


def test_no_key_no_header() -> None:
    server = Server(ok())
    server.post()
    assert "authorization" not in server.requests[0].headers


@pytest.mark.parametrize("url", ["http://[::1", "http://127.0.0.1:99999/v1"])
def test_an_impossible_url_is_an_error_of_ours(url: str) -> None:
    client = ServerClient(Endpoint(url))
    with pytest.raises(ServerUnavailableError, match="correct its URL"):
        client.models(patient=False)


def test_models_are_listed_and_anything_else_is_an_error() -> None:
    listing = httpx.Response(200, json={"data": [{"id": "one"}, {"id": "two"}, {}]})
    assert Server(listing).client.models() == ["one", "two"]
    with pytest.raises(ServerUnavailableError, match="no list of models"):
        Server(httpx.Response(200, json={"models": []})).client.models()
    with pytest.raises(ServerUnavailableError, match=r"has no /models .*ends in /v1"):
        Server(httpx.Response(404, text="404 page not found")).client.models()


def test_a_closed_client_raises_an_error_of_ours() -> None:
    server = Server(ok())
    server.client.close()
    with pytest.raises(ServerUnavailableError):
        server.post()
