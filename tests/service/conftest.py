"""Fakes of the same shape as the real pipeline, and one client per configuration."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from fastapi.testclient import TestClient

from models.assembly import Pipeline
from models.digest import DigestOptions, digest_id
from models.documents import (
    Bilingual,
    Condensed,
    Cost,
    Digest,
    DigestArticle,
    Evidence,
    Flag,
    ModelReference,
    Proposal,
    Translation,
    Usage,
)
from models.errors import (
    EmptyInputError,
    GenerationError,
    NotKoreanError,
    QueueFullError,
    ServerUnavailableError,
    YojiError,
)
from models.profiles import load_profile
from models.reading import Page
from service.app import create_app
from service.settings import Settings

KOREA = timezone(timedelta(hours=9))


def text_error(text: str) -> YojiError | None:
    """The errors a text can provoke, as the real rooms raise them."""
    if not text.strip():
        return EmptyInputError("the text is empty; give Korean text")
    if "실패" in text:
        return GenerationError("the generator failed on this text; try again")
    if "붐빔" in text:
        return QueueFullError("the queue holds 256 prompts, the limit; try again", 3.2)
    if "단절" in text:
        return ServerUnavailableError("http://gpu:8000/v1 can't be reached; start the server")
    if not any("가" <= character <= "힣" for character in text):
        return NotKoreanError("no Hangul among 5 letters; give Korean text")
    return None


@dataclass
class FakePipeline:
    """Answers at once, or when ``gate`` opens; the first line of a page becomes a proposal.

    Its own digester: ``pipeline.digester.digest`` and ``pipeline.digest`` are the same.
    """

    gate: threading.Event | None = None
    begun: threading.Event = field(default_factory=threading.Event)
    calls: list[Any] = field(default_factory=list)
    threads: list[str] = field(default_factory=list)
    closed: bool = False
    profile: Any = field(
        default_factory=lambda: SimpleNamespace(
            name="fake", fingerprint=load_profile("embedded").fingerprint
        )
    )

    @property
    def fingerprint(self) -> str:
        fingerprint: str = self.profile.fingerprint
        return fingerprint

    @property
    def digester(self) -> FakePipeline:
        return self

    def digest(
        self, pages: Sequence[Page], options: DigestOptions | None = None
    ) -> list[Digest | YojiError]:
        self._called(pages, options)
        return [
            text_error(page.content)
            or make_digest(page, digest_id(page, options or DigestOptions(), self.fingerprint))
            for page in pages
        ]

    def summarize(self, texts: Sequence[str], style: str = "plain") -> list[Condensed | YojiError]:
        self._called(texts, style)
        return [text_error(text) or Condensed(f"요지: {text}", "abstractive") for text in texts]

    def translate(
        self, texts: Sequence[str], glossary: Any = None
    ) -> list[Translation | YojiError]:
        self._called(texts, glossary)
        cost = Cost(source_tokens=3, output_tokens=4, queue_ms=1.26)
        return [
            text_error(text) or Translation(text, f"English of {len(text)}", cost=cost)
            for text in texts
        ]

    def close(self) -> None:
        self.closed = True

    def _called(self, items: Sequence[Any], options: Any) -> None:
        if self.closed:
            raise GenerationError("the generator is closed")
        self.calls.append((list(items), options))
        self.threads.append(threading.current_thread().name)
        self.begun.set()
        if self.gate is not None:
            assert self.gate.wait(timeout=30)


def make_digest(page: Page, id: str = "0" * 64) -> Digest:
    """A digest with every optional thing in it."""
    text = page.content.strip()
    line = text.splitlines()[0]
    proposal = Proposal(
        ko=line,
        en="The institute proposes 30,000 firms.",
        kind="proposal",
        speaker=Bilingual("김하늘 소장", "Kim Ha-neul, director"),
        evidence=(Evidence(0, len(line), line),),
        method="abstractive",
        flags=(Flag("missing_figure", "error", "3만 is not in the English"),),
    )
    return Digest(
        id=id,
        article=DigestArticle(
            Bilingual("제목", "Title"),
            datetime(2025, 5, 13, 12, 0, tzinfo=KOREA),
            "김기자 기자",
            text,
            1,
        ),
        proposals=(proposal,),
        profile="fake",
        models={
            "summarizer": ModelReference("fake-summarizer", "1"),
            "translator": ModelReference("fake-translator", "2"),
        },
        usage=Usage(len(page.content), 10, 20, 1, False, 0.04, 12.345678, 23.4, 36.0),
        warnings=("no title was found",),
    )


@pytest.fixture
def pipeline() -> FakePipeline:
    return FakePipeline()


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test sees this machine's settings or writes into its cache."""
    for field_name in Settings.model_fields:
        monkeypatch.delenv(f"YOJI_{field_name.upper()}", raising=False)
    monkeypatch.delenv("PORT", raising=False)
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    monkeypatch.setenv("YOJI_CACHE_DIR", str(tmp_path / "cache"))


@pytest.fixture
def make_client(
    pipeline: FakePipeline,
) -> Callable[..., AbstractContextManager[TestClient]]:
    """``with make_client(max_texts=2) as client``: a started app with the fake pipeline."""

    @contextmanager
    def make(**overrides: Any) -> Iterator[TestClient]:
        settings = Settings().model_copy(update=overrides)
        app = create_app(settings, cast(Pipeline, pipeline))
        with TestClient(app, raise_server_exceptions=False) as client:
            yield client

    return make


@pytest.fixture
def client(
    make_client: Callable[..., AbstractContextManager[TestClient]],
) -> Iterator[TestClient]:
    with make_client() as client:
        yield client


@dataclass(frozen=True)
class Outcome:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def error(self) -> str:
        """The one line on standard error."""
        (line,) = self.err.splitlines()
        assert line.startswith("yoji: error: ")
        return line


Run = Callable[..., Outcome]


@pytest.fixture
def run(
    pipeline: FakePipeline,
    monkeypatch: pytest.MonkeyPatch,
    capfdbinary: pytest.CaptureFixture[bytes],
) -> Run:
    """``run("digest", "-", stdin=b"…")``: the command line with the fake pipeline."""
    from service.cli import main

    def run(*argv: str, stdin: bytes = b"") -> Outcome:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        pipeline.closed = False
        code = main(argv, lambda *_: cast(Pipeline, pipeline))
        captured = capfdbinary.readouterr()
        return Outcome(code, captured.out.decode(), captured.err.decode())

    return run
