"""The remote engine: what it asks, what it makes of answers, and a real server's misbehaviour."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest

from models.errors import CheckpointError, GenerationError, ServerUnavailableError
from models.generation.endpoint import Endpoint
from models.generation.feeding import Chat
from models.generation.protocol import Generation, GenerationOptions
from models.generation.remote import RemoteGenerator
from models.generation.remote_answers import estimated_tokens, without_thoughts
from models.generation.remote_client import ServerClient

Body = dict[str, Any]
Answerer = Callable[[Body], tuple[int, Any]]


def prompt_of(body: Body) -> str:
    return str(body["prompt"] if "prompt" in body else body["messages"][-1]["content"])


def choice(text: str, reason: str = "stop") -> Body:
    return {"text": text, "message": {"content": text}, "finish_reason": reason}


def answer(*texts: str, reason: str = "stop", usage: Body | None = None) -> tuple[int, Body]:
    return 200, {"choices": [choice(text, reason) for text in texts], "usage": usage}


def opened(
    answerer: Answerer, *, models: tuple[str, ...] = ("m",), **options: Any
) -> tuple[RemoteGenerator, list[Body]]:
    """A generator on a fake server, and the list of all bodies it gets."""
    bodies: list[Body] = []

    def handle(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/models"):
            return httpx.Response(200, json={"data": [{"id": name} for name in models]})
        body = json.loads(request.content)
        bodies.append(body | {"path": request.url.path})
        status, content = answerer(body)
        return httpx.Response(status, json=content)

    chat = options.pop("chat", None)
    limit = options.pop("max_source_tokens", 100)
    endpoint = Endpoint("http://peer/v1/", **options)
    client = ServerClient(endpoint, transport=httpx.MockTransport(handle), sleep=lambda _: None)
    return RemoteGenerator("m", endpoint, chat=chat, max_source_tokens=limit, client=client), bodies


def only(generator: RemoteGenerator, **options: Any) -> Generation:
    (result,) = generator.generate(["글"], GenerationOptions(**options))
    assert isinstance(result, Generation)
    return result


def test_a_chat_question_is_greedy_and_goes_to_the_chat_api() -> None:
    chat = Chat(system="짧게.", template_options={"enable_thinking": False})
    generator, bodies = opened(lambda _: answer("답"), chat=chat)
    only(generator, max_output_tokens=9, stop=("\n",), repetition_penalty=1.1)
    assert bodies == [
        {
            "path": "/v1/chat/completions",
            "model": "m",
            "messages": [
                {"role": "system", "content": "짧게."},
                {"role": "user", "content": "글"},
            ],
            "chat_template_kwargs": {"enable_thinking": False},
            "max_tokens": 9,
            "temperature": 0.0,
            "stream": False,
            "stop": ["\n"],
            "repetition_penalty": 1.1,
            "repeat_penalty": 1.1,
        }
    ]


def test_a_chat_may_want_its_text_among_other_fields() -> None:
    chat = Chat(user_fields={"type": "text", "source_lang_code": "ko"})
    generator, bodies = opened(lambda _: answer("답"), chat=chat)
    only(generator)
    content = [{"type": "text", "source_lang_code": "ko", "text": "글"}]
    assert bodies[0]["messages"] == [{"role": "user", "content": content}]


def test_a_completion_sends_the_bare_prompt() -> None:
    generator, bodies = opened(lambda _: answer("답"), api="completions")
    only(generator)
    assert bodies[0]["path"] == "/v1/completions"
    assert bodies[0]["prompt"] == "글"
    assert not {"messages", "stop", "repetition_penalty"} & set(bodies[0])


def test_tokens_are_the_servers_or_else_estimates() -> None:
    counted, _ = opened(lambda _: answer("답", usage={"prompt_tokens": 7, "completion_tokens": 3}))
    result = only(counted)
    assert (result.source_tokens, result.hypotheses[0].tokens) == (7, 3)
    uncounted, _ = opened(lambda _: answer("답 하나"))
    result = only(uncounted)
    assert (result.source_tokens, result.hypotheses[0].tokens) == (1, 4)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", 0), ("abc", 1), ("abcd", 2), ("정부는 3만", 4 + 1)],
)
def test_estimates_are_on_the_high_side(text: str, expected: int) -> None:
    assert estimated_tokens(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<think>\n음…\n</think>\n\n답", "답"),
        ("음…\n</think>답", "답"),
        ("<think>끝나지 않는", ""),
        ("<think></think>a < b", "a < b"),
        ("답", "답"),
    ],
)
def test_thoughts_are_no_part_of_an_output(text: str, expected: str) -> None:
    assert without_thoughts(text) == expected
    generator, _ = opened(lambda _: answer(text))
    assert only(generator).text == expected


@pytest.mark.parametrize(
    ("reason", "text", "finished", "left"),
    [
        ("stop", "한 줄", True, "한 줄"),
        ("length", "한 줄", False, "한 줄"),
        ("length", "한 줄\n둘", True, "한 줄"),  # a server that ignores stop strings
    ],
)
def test_what_was_cut_is_not_finished(reason: str, text: str, finished: bool, left: str) -> None:
    generator, _ = opened(lambda _: answer(text, reason=reason))
    best = only(generator, stop=("\n",)).hypotheses[0]
    assert (best.finished, best.text) == (finished, left)


def test_an_n_best_list_is_the_greedy_answer_and_seeded_samples() -> None:
    def answerer(body: Body) -> tuple[int, Any]:
        return answer(*(["둘", "하나", "셋"][: body["n"]] if "n" in body else ["하나"]))

    generator, bodies = opened(answerer)
    result = only(generator, hypotheses=4, beam_size=4)
    assert [hypothesis.text for hypothesis in result.hypotheses] == ["하나", "둘", "셋"]
    greedy, sampled = bodies
    assert greedy["temperature"] == 0
    assert sampled["temperature"] > 0
    assert (sampled["n"], sampled["seed"]) == (3, bodies[1]["seed"])
    assert only(generator, hypotheses=4, beam_size=4) == result
    assert bodies[3] == sampled


def test_a_server_that_ignores_n_is_asked_again_with_other_seeds() -> None:
    generator, bodies = opened(lambda body: answer(str(body.get("seed", "greedy"))))
    result = only(generator, hypotheses=3)
    assert len(result.hypotheses) == len(bodies) == 3
    assert len({hypothesis.text for hypothesis in result.hypotheses}) == 3


def test_the_greedy_answer_stands_when_samples_fail() -> None:
    generator, _ = opened(lambda body: (400, "no n") if "n" in body else answer("하나"))
    assert [h.text for h in only(generator, hypotheses=3).hypotheses] == ["하나"]


def test_each_failure_stays_in_its_place() -> None:
    def answerer(body: Body) -> tuple[int, Any]:
        prompt = prompt_of(body)
        return (400, {"error": "bad"}) if "나쁜" in prompt else answer(f"{prompt}!")

    generator, bodies = opened(answerer, max_source_tokens=4)
    results = generator.generate(
        ["가", "나쁜", "너무나도 긴 글", "\ud800라", "마"], GenerationOptions()
    )
    texts = [result.text if isinstance(result, Generation) else None for result in results]
    assert texts == ["가!", None, None, "?라!", "마!"]
    assert "about 7 tokens, the limit is 4; split it" in str(results[2])
    assert len(bodies) == 4


def test_once_the_server_is_gone_the_rest_ask_only_once() -> None:
    generator, bodies = opened(lambda _: (503, {}), concurrency=1, retries=5)
    results = generator.generate(["가"] * 10, GenerationOptions())
    assert all(isinstance(result, ServerUnavailableError) for result in results)
    assert len(bodies) == 6 + 9


@pytest.mark.parametrize("content", [{}, {"choices": []}, {"choices": [3]}, {"choices": None}])
def test_an_answer_of_another_shape_is_an_error(content: Any) -> None:
    generator, _ = opened(lambda _: (200, content))
    (result,) = generator.generate(["글"], GenerationOptions())
    assert isinstance(result, ServerUnavailableError)
    assert "has not the shape" in str(result)


def test_a_model_the_server_lacks_is_named_with_those_it_has() -> None:
    with pytest.raises(CheckpointError, match=r"no model 'm'; it serves a, b: set YOJI_REMOTE_MOD"):
        opened(lambda _: answer(""), models=("a", "b"))
    opened(lambda _: answer(""), models=("m:latest",))


def test_nothing_to_do_and_nothing_after_closing() -> None:
    generator, bodies = opened(lambda _: answer(""))
    assert generator.generate([], GenerationOptions()) == []
    assert generator.count_tokens(["정부", "abc"]) == [2, 1]
    generator.close()
    with pytest.raises(GenerationError, match="closed"):
        generator.generate(["글"], GenerationOptions())
    assert not bodies


class Peer(ThreadingHTTPServer):
    """A real server on a free port; ``status`` decides what the next request gets."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.lock = threading.Lock()
        self.running = self.most = self.asked = 0
        self.refusals = 0
        self.delay_s = 0.02

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that gave up are part of the tests."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


class Handler(BaseHTTPRequestHandler):
    server: Peer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.reply(200, {"data": [{"id": "m"}]})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        peer = self.server
        with peer.lock:
            peer.asked += 1
            peer.running += 1
            peer.most = max(peer.most, peer.running)
            refused = peer.refusals > 0
            peer.refusals -= refused
        time.sleep(peer.delay_s)
        with peer.lock:
            peer.running -= 1
        if refused:
            self.reply(429, {"error": "slow down"})
        else:
            self.reply(200, {"choices": [choice(prompt_of(body) + "!")]})

    def reply(self, status: int, content: Any) -> None:
        data = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""


@pytest.fixture
def peer(monkeypatch: pytest.MonkeyPatch) -> Iterator[Peer]:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    server = Peer()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def at(peer: Peer, **options: Any) -> RemoteGenerator:
    endpoint = Endpoint(peer.url, **options)
    return RemoteGenerator("m", endpoint, client=ServerClient(endpoint, sleep=lambda _: None))


def test_many_prompts_at_a_time_but_no_more_than_allowed(peer: Peer) -> None:
    generator = at(peer, concurrency=3)
    prompts = [str(number) for number in range(20)]
    results = generator.generate(prompts, GenerationOptions())
    assert [r.text for r in results if isinstance(r, Generation)] == [f"{p}!" for p in prompts]
    assert 2 <= peer.most <= 3
    generator.close()


def test_a_busy_server_gets_every_prompt_in_the_end(peer: Peer) -> None:
    peer.refusals = 9
    generator = at(peer, concurrency=4, retries=9)
    results = generator.generate(["가"] * 12, GenerationOptions())
    assert [r.text for r in results if isinstance(r, Generation)] == ["가!"] * 12
    assert peer.asked == 12 + 9
    generator.close()


def test_a_server_that_hangs_is_left_after_the_timeout(peer: Peer) -> None:
    generator = at(peer, timeout_s=0.1, retries=0)
    peer.delay_s = 0.5
    (result,) = generator.generate(["가"], GenerationOptions())
    assert isinstance(result, ServerUnavailableError)
    assert "no answer within 0.1 s" in str(result)
    generator.close()


def test_nobody_at_the_url_is_one_error_before_any_article(peer: Peer) -> None:
    peer.shutdown()
    peer.server_close()
    with pytest.raises(CheckpointError, match=r"127.0.0.1:\d+/v1 can't be reached: .*start the"):
        at(peer, retries=20)
