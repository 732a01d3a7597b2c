"""The HTTP door: answers in place, one problem shape, probes that never wait."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest
from fastapi.testclient import TestClient

from models.errors import CheckpointError, GenerationError
from service.app import create_app
from service.settings import Settings

MakeClient = Callable[..., AbstractContextManager[TestClient]]
TEXT = "연구소는 3만 개 기업을 키워야 한다고 제안했다."


def assert_problem(response: Any, status: int, code: str) -> dict[str, Any]:
    """The answer is a problem as RFC 9457 has it, in our one shape."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["cache-control"] == "no-store"
    problem: dict[str, Any] = response.json()
    assert problem["status"] == status
    assert problem["code"] == code
    assert problem["type"] == "about:blank"
    assert problem["title"]
    assert problem["detail"]
    assert problem["request_id"] == response.headers["x-request-id"]
    assert problem["instance"].startswith("/")
    assert "\n" not in problem["detail"]
    return problem


class TestDigest:
    def test_a_digest_has_the_shape_of_the_design(self, client: TestClient) -> None:
        response = client.post("/v1/digest", json={"articles": [{"id": "a1", "text": TEXT}]})
        assert response.status_code == 200
        (item,) = response.json()["results"]
        assert list(item) == ["id", "digest"]
        assert item["id"] == "a1"
        digest = item["digest"]
        assert list(digest) == [
            "id",
            "article",
            "proposals",
            "profile",
            "models",
            "usage",
            "warnings",
        ]
        assert digest["article"]["published_at"] == "2025-05-13T12:00:00+09:00"
        (proposal,) = digest["proposals"]
        (evidence,) = proposal["evidence"]
        text = digest["article"]["text"]
        assert evidence["text"] == text[evidence["start"] : evidence["end"]]
        assert proposal["flags"][0]["check"] == "missing_figure"
        assert digest["usage"]["summarize_ms"] == 12.3
        assert digest["models"]["translator"] == {"id": "fake-translator", "revision": "2"}

    def test_each_article_is_answered_in_its_place(self, client: TestClient) -> None:
        articles = [{"id": 1, "text": TEXT}, {"id": 2, "text": " "}, {"text": "english"}]
        articles.append({"id": 4, "html": f"<p>{TEXT}</p>"})
        results = client.post("/v1/digest", json={"articles": articles}).json()["results"]
        assert [item.get("id") for item in results] == [1, 2, None, 4]
        codes = [item["error"]["code"] if "error" in item else None for item in results]
        assert codes == [None, "empty_input", "not_korean", None]
        assert ["digest" in item for item in results] == [True, False, False, True]
        assert set(results[1]["error"]) == {"type", "title", "status", "detail", "code"}

    def test_options_reach_the_digester(self, client: TestClient, pipeline: Any) -> None:
        options = {"max_proposals": 3, "style": "headline", "glossary": [{"ko": "가", "en": "Ga"}]}
        body = {"articles": [{"html": TEXT}], "options": options}
        assert client.post("/v1/digest", json=body).status_code == 200
        ((page,), given) = pipeline.calls[0]
        assert (page.content, page.format) == (TEXT, "html")
        assert (given.max_proposals, given.style) == (3, "headline")
        assert given.glossary is not None

    def test_no_articles_no_results(self, client: TestClient) -> None:
        assert client.post("/v1/digest", json={"articles": []}).json() == {"results": []}

    def test_computed_off_the_event_loop(self, client: TestClient, pipeline: Any) -> None:
        client.post("/v1/digest", json={"articles": [{"text": TEXT}]})
        assert pipeline.threads[0].startswith("yoji-request")


def test_summaries_and_translations_in_place(client: TestClient) -> None:
    texts = [TEXT, "", "가나"]
    summaries = client.post("/v1/summarize", json={"texts": texts}).json()["results"]
    assert [item["summary"]["ko"] if "summary" in item else None for item in summaries] == [
        f"요지: {TEXT}",
        None,
        "요지: 가나",
    ]
    translations = client.post("/v1/translate", json={"texts": texts}).json()["results"]
    assert translations[1]["error"]["status"] == 422
    assert translations[2]["translation"] == {
        "ko": "가나",
        "en": "English of 2",
        "flags": [],
        "usage": {
            "source_tokens": 3,
            "output_tokens": 4,
            "queue_ms": 1.3,
            "truncated": False,
            "chunks": 0,
        },
    }


def test_check_says_what_disagrees(client: TestClient, pipeline: Any) -> None:
    pairs = [
        {"ko": "연구소는 3만 개 기업을 키운다.", "en": "The institute fosters 30,000 firms."},
        {"ko": "연구소는 3만 개 기업을 키운다.", "en": "The institute fosters 3,000 firms."},
    ]
    body = {"pairs": pairs, "published_on": "2025-05-13"}
    good, bad = client.post("/v1/check", json=body).json()["results"]
    assert good == {"ok": True, "flags": []}
    assert not bad["ok"]
    assert set(bad["flags"][0]) == {
        "check",
        "severity",
        "detail",
        "ko",
        "en",
        "expected",
        "found",
    }
    assert not pipeline.calls


def test_check_with_a_glossary_of_the_callers(client: TestClient) -> None:
    pair = {"ko": "한빛청은 계획을 밝혔다.", "en": "The agency announced a plan."}
    glossary = [{"ko": "한빛청", "en": "Hanbit Agency"}]
    answer = client.post("/v1/check", json={"pairs": [pair], "glossary": glossary}).json()
    assert any(flag["ko"] == "한빛청" for flag in answer["results"][0]["flags"])


INVALID = [
    ({}, "articles"),
    ({"articles": [{}]}, "articles.0"),
    ({"articles": [{"text": "가", "html": "<p>가"}]}, "articles.0"),
    ({"articles": [{"text": 3}]}, "articles.0.text"),
    ({"articles": [{"txt": "가"}]}, "articles.0.txt"),
    ({"articles": [], "options": {"max_proposals": 0}}, "options.max_proposals"),
    ({"articles": [], "options": {"style": "loud"}}, "options.style"),
    ([], "body"),
]


@pytest.mark.parametrize(("body", "name"), INVALID)
def test_an_invalid_request_names_the_field(client: TestClient, body: Any, name: str) -> None:
    problem = assert_problem(client.post("/v1/digest", json=body), 422, "invalid_request")
    assert problem["errors"][0]["name"] == name
    assert name in problem["detail"]


JSON = {"content-type": "application/json"}


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"", 422),
        (b"{", 422),
        (b'{"texts": ["\xb0\xa1"]}', 400),
        (b'{"texts": ["\\ud800"]}', 422),
        (b'{"texts": ' + b"[" * 100_000, 400),
    ],
    ids=["nothing", "torn", "cp949", "half a surrogate pair", "nested"],
)
def test_a_body_that_is_no_json(client: TestClient, content: bytes, status: int) -> None:
    response = client.post("/v1/translate", content=content, headers=JSON)
    assert_problem(response, status, "bad_request" if status == 400 else "invalid_request")


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_another_media_type_is_415(client: TestClient, content_type: str) -> None:
    headers = {"content-type": content_type}
    response = client.post("/v1/translate", content=b'{"texts": []}', headers=headers)
    assert_problem(response, 415, "unsupported_media_type")


def test_the_media_type_may_name_a_charset(client: TestClient) -> None:
    headers = {"content-type": "Application/JSON; charset=utf-8"}
    assert client.post("/v1/translate", content=b'{"texts": []}', headers=headers).is_success


class TestLimits:
    def test_body_over_the_limit(self, make_client: MakeClient) -> None:
        with make_client(max_input_bytes=100) as client:
            response = client.post("/v1/translate", json={"texts": ["가" * 100]})
        problem = assert_problem(response, 413, "too_large")
        assert "100 bytes" in problem["detail"]
        assert "YOJI_MAX_INPUT_BYTES" in problem["detail"]

    def test_body_of_unknown_length_is_counted_as_it_arrives(self, make_client: MakeClient) -> None:
        sent: list[int] = []

        def endless() -> Iterator[bytes]:
            for number in range(1000):
                sent.append(number)
                yield b"x" * 50

        with make_client(max_input_bytes=100) as client:
            response = client.post("/v1/translate", content=endless(), headers=JSON)
        assert_problem(response, 413, "too_large")

    def test_a_body_at_the_limit_passes(self, make_client: MakeClient) -> None:
        body = json.dumps({"texts": ["가"]}).encode()
        with make_client(max_input_bytes=len(body)) as client:
            assert client.post("/v1/translate", content=body, headers=JSON).is_success

    @pytest.mark.parametrize(
        ("path", "body"),
        [
            ("/v1/digest", {"articles": [{"text": "가"}] * 3}),
            ("/v1/summarize", {"texts": ["가"] * 3}),
            ("/v1/translate", {"texts": ["가"] * 3}),
            ("/v1/check", {"pairs": [{"ko": "가", "en": "a"}] * 3}),
        ],
    )
    def test_too_many_texts(self, make_client: MakeClient, path: str, body: Any) -> None:
        with make_client(max_texts=2) as client:
            problem = assert_problem(client.post(path, json=body), 413, "too_large")
        assert "3 texts" in problem["detail"]
        assert "limit is 2" in problem["detail"]


class TestBusy:
    def test_an_overloaded_generator_is_429(self, client: TestClient) -> None:
        response = client.post("/v1/translate", json={"texts": ["붐빔"]})
        assert_problem(response, 429, "overloaded")
        assert response.headers["retry-after"] == "4"

    def test_overload_of_some_texts_stays_in_their_places(self, client: TestClient) -> None:
        response = client.post("/v1/translate", json={"texts": ["붐빔", "가"]})
        first, second = response.json()["results"]
        assert first["error"]["status"] == 429
        assert "translation" in second

    def test_a_server_that_is_gone_is_502_in_its_texts_place(self, client: TestClient) -> None:
        response = client.post("/v1/translate", json={"texts": ["단절", "가"]})
        first, second = response.json()["results"]
        assert first["error"]["status"] == 502
        assert first["error"]["code"] == "server_unavailable"
        assert "translation" in second

    def test_a_full_line_is_429(self, make_client: MakeClient, pipeline: Any) -> None:
        pipeline.gate = threading.Event()
        with make_client(max_running_requests=1, max_waiting_requests=0) as client:
            thread = threading.Thread(
                target=client.post, args=("/v1/translate",), kwargs={"json": {"texts": ["가"]}}
            )
            thread.start()
            assert pipeline.begun.wait(10)
            response = client.post("/v1/translate", json={"texts": ["나"]})
            pipeline.gate.set()
            thread.join()
            assert_problem(response, 429, "overloaded")
            assert int(response.headers["retry-after"]) >= 1
            assert client.post("/v1/translate", json={"texts": ["나"]}).is_success

    def test_a_deadline_is_504(self, make_client: MakeClient, pipeline: Any) -> None:
        pipeline.gate = threading.Event()
        with make_client(request_deadline_s=0.05) as client:
            response = client.post("/v1/translate", json={"texts": ["가"]})
            pipeline.gate.set()
        problem = assert_problem(response, 504, "deadline_exceeded")
        assert "YOJI_REQUEST_DEADLINE_S" in problem["detail"]

    @pytest.mark.parametrize("path", ["/livez", "/readyz", "/health", "/healthz"])
    def test_probes_answer_while_a_digest_is_computed(
        self, client: TestClient, pipeline: Any, path: str
    ) -> None:
        pipeline.gate = threading.Event()
        answers: list[Any] = []
        thread = threading.Thread(
            target=lambda: answers.append(
                client.post("/v1/digest", json={"articles": [{"text": TEXT}]})
            )
        )
        thread.start()
        assert pipeline.begun.wait(10)
        assert client.get(path).json()["status"] == "ok"
        assert not answers
        pipeline.gate.set()
        thread.join()
        assert answers[0].is_success


class TestReadiness:
    def test_alive_but_not_ready_while_loading(self, monkeypatch: pytest.MonkeyPatch) -> None:
        told, loaded = threading.Event(), threading.Event()

        def slow(name: str, settings: Any, progress: Callable[[str], None]) -> Any:
            progress("building the summarizer\n(1 of 2)")
            told.set()
            assert loaded.wait(30)
            raise CheckpointError("model.bin is damaged; run yoji models build")

        monkeypatch.setattr("service.app.open_pipeline", slow)
        with TestClient(create_app(Settings())) as client:
            assert told.wait(10)
            assert client.get("/livez").json()["status"] == "ok"
            response = client.get("/readyz")
            problem = assert_problem(response, 503, "not_ready")
            assert "building the summarizer (1 of 2)" in problem["detail"]
            assert response.headers["retry-after"]
            assert_problem(client.post("/v1/translate", json={"texts": []}), 503, "not_ready")
            loaded.set()
            client.app.state.readiness.wait()  # type: ignore[attr-defined]
            problem = assert_problem(client.get("/readyz"), 503, "not_ready")
            assert "model.bin is damaged" in problem["detail"]
            assert client.get("/livez").is_success

    def test_a_loaded_pipeline_is_closed_at_the_end(
        self, monkeypatch: pytest.MonkeyPatch, pipeline: Any
    ) -> None:
        monkeypatch.setattr("service.app.open_pipeline", lambda *_: pipeline)
        with TestClient(create_app(Settings())) as client:
            client.app.state.readiness.wait()  # type: ignore[attr-defined]
            assert client.get("/readyz").json() == {"status": "ok", "profile": "fake"}
        assert pipeline.closed

    def test_ready_means_that_a_digest_went_through(
        self, monkeypatch: pytest.MonkeyPatch, pipeline: Any
    ) -> None:
        monkeypatch.setattr("service.app.open_pipeline", lambda *_: pipeline)
        error = GenerationError("the weights hold NaN; run yoji models build")
        monkeypatch.setattr(pipeline, "digest", lambda *_: [error], raising=False)
        with TestClient(create_app(Settings())) as client:
            client.app.state.readiness.wait()  # type: ignore[attr-defined]
            problem = assert_problem(client.get("/readyz"), 503, "not_ready")
            assert "the weights hold NaN" in problem["detail"]
        assert pipeline.closed

    def test_a_given_pipeline_stays_the_callers(
        self, make_client: MakeClient, pipeline: Any
    ) -> None:
        with make_client():
            pass
        assert not pipeline.closed


class TestErrors:
    def test_unknown_path(self, client: TestClient) -> None:
        assert "/nothing" in assert_problem(client.get("/nothing"), 404, "not_found")["detail"]

    @pytest.mark.parametrize(("method", "path"), [("POST", "/livez"), ("GET", "/v1/digest")])
    def test_another_method(self, client: TestClient, method: str, path: str) -> None:
        response = client.request(method, path)
        assert_problem(response, 405, "method_not_allowed")
        assert response.headers["allow"]

    def test_an_error_nobody_foresaw_shows_no_trace(
        self, client: TestClient, pipeline: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(*_: Any) -> Any:
            raise RuntimeError("secret path /opt/x")

        monkeypatch.setattr(pipeline, "translate", broken, raising=False)
        response = client.post("/v1/translate", json={"texts": ["가"]})
        problem = assert_problem(response, 500, "internal")
        assert "secret" not in response.text
        assert problem["request_id"] in problem["detail"]

    def test_the_callers_request_id_is_kept(self, client: TestClient) -> None:
        response = client.get("/livez", headers={"X-Request-ID": "abc-1.2_3"})
        assert response.headers["x-request-id"] == "abc-1.2_3"

    @pytest.mark.parametrize("given", ["a b", "x" * 129, "ü".encode(), b'"'])
    def test_an_odd_request_id_is_replaced(self, client: TestClient, given: Any) -> None:
        response = client.get("/livez", headers={"X-Request-ID": given})
        assert re.fullmatch("[0-9a-f]{32}", response.headers["x-request-id"])


class TestDocs:
    def test_docs_need_no_network(self, client: TestClient) -> None:
        page = client.get("/docs")
        assert page.is_success
        assert not re.findall(r"""(?:src|href)=["'](?:https?:)?//""", page.text)
        for path in re.findall(r"""(?:src|href)=["'](/[^"']+)""", page.text):
            assert client.get(path).is_success, path

    def test_every_route_describes_its_problems(self, client: TestClient) -> None:
        schema = client.get("/openapi.json").json()
        assert set(schema["paths"]) == {
            "/livez",
            "/readyz",
            "/v1/check",
            "/v1/digest",
            "/v1/summarize",
            "/v1/translate",
        }
        for path, operations in schema["paths"].items():
            for operation in operations.values():
                for status, response in operation["responses"].items():
                    kinds = set(response["content"])
                    expected = "application/json" if status == "200" else MEDIA
                    assert kinds == {expected}, (path, status)
        reference = schema["paths"]["/v1/digest"]["post"]["responses"]["422"]["content"][MEDIA]
        assert reference == {"schema": {"$ref": "#/components/schemas/Problem"}}
        assert "HTTPValidationError" not in schema["components"]["schemas"]

    def test_every_reference_of_the_schema_resolves(self, client: TestClient) -> None:
        text = client.get("/openapi.json").text
        schemas = json.loads(text)["components"]["schemas"]
        referenced = set(re.findall(r"#/components/schemas/(\w+)", text))
        assert referenced == set(schemas)


MEDIA = "application/problem+json"
