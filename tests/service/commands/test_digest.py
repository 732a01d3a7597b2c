"""``yoji digest``: what is read, what is printed."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
TEXT = "연구소는 3만 개 기업을 키워야 한다고 제안했다."


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "기사.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_for_a_person(run: Run, page: Path, pipeline: Any) -> None:
    outcome = run("digest", str(page))
    assert outcome.code == 0
    assert not outcome.err
    assert "\x1b" not in outcome.out
    for shown in (
        "제목",
        "Title",
        "2025-05-13 12:00+09:00 · 김기자 기자",
        f"1. {TEXT}",
        "   The institute proposes 30,000 firms.",
        "speaker: 김하늘 소장 (Kim Ha-neul, director)",
        f"evidence: {TEXT} [0–{len(TEXT)}]",
        "flag: error missing_figure: 3만 is not in the English",
        "warning: no title was found",
        "1 proposal · profile fake",
    ):
        assert shown in outcome.out
    assert pipeline.closed


def test_as_json_is_the_digest(run: Run, page: Path) -> None:
    outcome = run("digest", "--json", str(page))
    digest = json.loads(outcome.out)
    assert digest["proposals"][0]["ko"] == TEXT
    assert digest["article"]["title"] == {"ko": "제목", "en": "Title"}
    assert "제목" in outcome.out


ENCODED = [
    ("utf-8", TEXT.encode()),
    ("bom", b"\xef\xbb\xbf" + TEXT.encode()),
    ("cp949", TEXT.encode("cp949")),
    ("utf-16", TEXT.encode("utf-16")),
    ("crlf", TEXT.encode() + b"\r\n"),
]


@pytest.mark.parametrize("data", [data for _, data in ENCODED], ids=[name for name, _ in ENCODED])
def test_encodings_through_standard_input(run: Run, pipeline: Any, data: bytes) -> None:
    assert run("digest", "-", stdin=data).code == 0
    ((page,), _) = pipeline.calls[0]
    assert page.content.strip().removeprefix("\ufeff") == TEXT


def test_decomposed_input_is_read(run: Run, pipeline: Any) -> None:
    outcome = run("digest", "-", stdin=unicodedata.normalize("NFD", TEXT).encode())
    # The fake is asked for syllables and finds none; the real reading composes them.
    assert outcome.code in (0, 1)
    assert pipeline.calls


BAD = [
    (b"", "empty_input"),
    (b" \n\t", "empty_input"),
    (b"%PDF-1.7 \x00\x01", "binary_input"),
    (bytes(range(256)) * 4, "binary_input"),
    (b"\xff\x80\x81 abc", "unknown_encoding"),
    (b"only english words", "not_korean"),
]


@pytest.mark.parametrize(("data", "code"), BAD)
def test_bad_input_is_one_line_and_exit_1(run: Run, data: bytes, code: str) -> None:
    outcome = run("digest", "-", stdin=data)
    assert outcome.code == 1
    assert f"{code}: " in outcome.error
    assert not outcome.out


def test_over_the_limit(run: Run, page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOJI_MAX_INPUT_BYTES", "10")
    outcome = run("digest", str(page))
    assert outcome.code == 1
    assert f"too_large: {page} has more than 10 bytes" in outcome.error
    assert "YOJI_MAX_INPUT_BYTES" in outcome.error


@pytest.mark.parametrize(
    ("name", "option", "expected"),
    [
        ("a.html", (), "html"),
        ("a.HTM", (), "html"),
        ("a.txt", (), "auto"),
        ("a", (), "auto"),
        ("a.html", ("--format", "text"), "text"),
        ("a.txt", ("--format", "html"), "html"),
    ],
)
def test_format(
    run: Run, pipeline: Any, tmp_path: Path, name: str, option: tuple[str, ...], expected: str
) -> None:
    path = tmp_path / name
    path.write_text(TEXT, encoding="utf-8")
    assert run("digest", str(path), *option).code == 0
    ((page,), _) = pipeline.calls[0]
    assert page.format == expected


def test_options_reach_the_digester(run: Run, pipeline: Any, page: Path, tmp_path: Path) -> None:
    glossary = tmp_path / "terms.csv"
    glossary.write_text("ko,en\n연구소,Institute\n", encoding="utf-8")
    options = ("--style", "headline", "--max-proposals", "2", "--glossary", str(glossary))
    assert run("digest", str(page), *options).code == 0
    _, given = pipeline.calls[0]
    assert (given.style, given.max_proposals) == ("headline", 2)
    assert given.glossary is not None


def test_a_missing_glossary_is_a_usage_error(run: Run, page: Path) -> None:
    outcome = run("digest", str(page), "--glossary", "nowhere.csv")
    assert outcome.code == 2
    assert "no such glossary file: nowhere.csv" in outcome.error


def test_colour_on_a_terminal(run: Run, page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    assert "\x1b[" in run("digest", str(page)).out
