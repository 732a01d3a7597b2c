"""The real embedded model on a real page, with every socket blocked."""

import re
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.assembly import Pipeline, PipelineSettings, open_pipeline
from models.documents import Digest, Translation
from models.reading import Page, decode
from service.settings import Settings

EXAMPLE = Path(__file__).parent.parent / "examples" / "dev-001.txt"
CLUTTER = ("글자크기", "공유하기", "관련기사", "많이 본", "무단전재", "좋아요0", "코스피 2,587")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def pipeline() -> Iterator[Pipeline]:
    """Built once into the cache that the command line uses, so that a second run is quick."""
    pipeline = open_pipeline("embedded", PipelineSettings(Settings().cache_dir, device="cpu"))
    yield pipeline
    pipeline.close()


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the network was used")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def test_a_page_becomes_proposals_with_evidence_speakers_and_english(pipeline: Pipeline) -> None:
    page = Page(decode(EXAMPLE.read_bytes()))
    (result,) = pipeline.digester.digest([page])
    assert isinstance(result, Digest)
    assert 3 <= len(result.proposals) <= 10
    speakers = {p.speaker.ko: p.speaker.en or "" for p in result.proposals if p.speaker}
    assert speakers["조태헌 한밭제조혁신원 원장"].startswith("Cho Tae-heon")
    assert "육혜란 성광정밀 대표" in speakers
    for proposal in result.proposals:
        assert proposal.en
        assert not re.search(r"[가-힣]", proposal.en)
        assert re.search(r"[가-힣]", proposal.ko)
        assert all(
            result.article.text[part.start : part.end] == part.text for part in proposal.evidence
        )
    assert not any(clutter in result.article.text for clutter in CLUTTER)
    assert result.usage.output_tokens > 0


def test_a_wrong_amount_never_passes_without_a_flag(pipeline: Pipeline) -> None:
    sources = ["예산을 1조2000억 원으로 늘려야 한다.", "협력업체 3만5000곳을 지원할 계획이다."]
    for amount, result in zip(
        ("1.2 trillion won", "35,000"), pipeline.translate(sources), strict=True
    ):
        assert isinstance(result, Translation)
        assert amount in result.text or any(flag.severity == "error" for flag in result.flags)
