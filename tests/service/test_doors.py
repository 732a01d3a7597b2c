"""All three doors give the same digest: the real pipeline, on generators without a network."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from models.assembly import Pipeline, make_pipeline
from models.generation.fakes import ScriptedGenerator
from models.profiles import load_profile
from service.app import create_app
from service.cli import main
from service.settings import Settings

PAGE = """지역 기업 지원 방안 토론회 열려

입력 2025-05-13 12:00

공유하기

한빛연구원과 대한시는 13일 지역 기업 지원 방안을 주제로 토론회를 열었다.

김하늘 한빛연구원 원장은 “지역 기업 3만 개를 집중 육성해야 한다”고 제안했다. \
김 원장은 “예산 1조2000억 원을 투입할 필요가 있다”고 강조했다.
"""


@pytest.fixture(scope="module")
def real() -> Iterator[Pipeline]:
    """The summarizer repeats itself, so the rules stand in; the translator says one thing."""
    summarizer = ScriptedGenerator(lambda prompt: "가 가 가 가 가 가", 4096)
    translator = ScriptedGenerator(lambda prompt: "The institute proposes it.", 4096)
    pipeline = make_pipeline(load_profile("embedded"), summarizer, translator)
    yield pipeline
    pipeline.close()


def without_times(digest: dict[str, Any]) -> dict[str, Any]:
    usage = {key: value for key, value in digest["usage"].items() if not key.endswith("_ms")}
    return {**digest, "usage": usage}


@pytest.fixture
def by_command(
    real: Pipeline, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> Callable[..., str]:
    class Kept:
        """The pipeline, but closing it is the fixture's business."""

        def __getattr__(self, name: str) -> Any:
            return getattr(real, name)

        def close(self) -> None:
            return None

    def run(*argv: str) -> str:
        assert main(argv, lambda *_, **__: Kept()) == 0  # type: ignore[arg-type]
        return capfd.readouterr().out

    return run


def test_one_page_three_doors(
    real: Pipeline, by_command: Callable[..., str], tmp_path: Path
) -> None:
    page = tmp_path / "page.txt"
    page.write_text(PAGE, encoding="utf-8")
    out = tmp_path / "out.jsonl"

    printed = json.loads(by_command("digest", "--json", str(page)))
    by_command("batch", str(page), "--out", str(out))
    with TestClient(create_app(Settings(), real)) as client:
        answer = client.post("/v1/digest", json={"articles": [{"text": PAGE}]}).json()

    batched = json.loads(out.read_text(encoding="utf-8"))["digest"]
    served = answer["results"][0]["digest"]
    assert without_times(printed) == without_times(batched) == without_times(served)

    text = printed["article"]["text"]
    assert "공유하기" not in text
    assert printed["article"]["published_at"] == "2025-05-13T12:00:00+09:00"
    assert printed["proposals"]
    for proposal in printed["proposals"]:
        assert proposal["method"] == "extractive"
        for evidence in proposal["evidence"]:
            assert evidence["text"] == text[evidence["start"] : evidence["end"]]


def test_lines_through_the_real_pipeline(by_command: Callable[..., str], tmp_path: Path) -> None:
    lines = tmp_path / "lines.txt"
    lines.write_text("연구원은 계획을 밝혔다.\n\n기업을 돕는다.\n", encoding="utf-8")
    assert by_command("translate", str(lines)).count("\n") == 3
    condensed = by_command("summarize", str(lines)).split("\n")
    assert condensed[1] == ""
    assert condensed[0]
    assert condensed[2]
