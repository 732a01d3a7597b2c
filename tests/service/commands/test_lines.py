"""``yoji summarize`` and ``yoji translate``: line N of the output is line N of the input."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.commands.lines import LINES_AT_A_TIME

Run = Callable[..., Any]


def test_line_by_line(run: Run) -> None:
    outcome = run("translate", "-", stdin="가나\n\n다\n".encode())
    assert outcome.out == "English of 2\n\nEnglish of 1\n"
    assert outcome.code == 0
    assert run("summarize", "-", stdin="가나".encode()).out == "요지: 가나\n"


def test_a_line_that_fails_stays_an_empty_line(run: Run) -> None:
    outcome = run("translate", "-", stdin="가\n실패\n나나\n".encode())
    assert outcome.out == "English of 1\n\nEnglish of 2\n"
    assert outcome.code == 1
    assert "line 2: generation_failed: " in outcome.error


@pytest.mark.parametrize(
    ("stdin", "out"),
    [
        (b"", ""),
        (b"\n", "\n"),
        (b"\n\n \n", "\n\n\n"),
        ("\r\n가\r\n".encode(), "\nEnglish of 1\n"),
        ("\ufeff가".encode(), "English of 1\n"),
        ("가\u2028나\n".encode(), "English of 3\n"),
        ("가나".encode("cp949"), "English of 2\n"),
    ],
    ids=["nothing", "one empty", "blank", "crlf", "bom", "line separator", "cp949"],
)
def test_line_ends(run: Run, stdin: bytes, out: str) -> None:
    outcome = run("translate", "-", stdin=stdin)
    assert outcome.out == out
    assert outcome.code == 0


def test_many_lines_go_in_portions(run: Run, pipeline: Any) -> None:
    count = 2 * LINES_AT_A_TIME + 1
    outcome = run("translate", "-", stdin=("가\n" * count).encode())
    assert outcome.out.count("\n") == count
    assert [len(items) for items, _ in pipeline.calls] == [LINES_AT_A_TIME, LINES_AT_A_TIME, 1]


@settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(lines=st.lists(st.sampled_from(["", " ", "가", "나나", "실패", "abc"]), max_size=9))
def test_as_many_lines_out_as_in(run: Run, pipeline: Any, lines: list[str]) -> None:
    outcome = run("translate", "-", stdin="".join(f"{line}\n" for line in lines).encode())
    printed = outcome.out.split("\n")[:-1]
    assert len(printed) == len(lines)
    for line, result in zip(lines, printed, strict=True):
        assert result == (f"English of {len(line)}" if line in ("가", "나나") else "")
    assert len(outcome.err.splitlines()) == sum(line in ("실패", "abc") for line in lines)


def test_a_glossary_and_a_style(run: Run, pipeline: Any, tmp_path: Any) -> None:
    glossary = tmp_path / "terms.csv"
    glossary.write_text("ko,en\n연구소,Institute\n", encoding="utf-8")
    run("translate", "-", "--glossary", str(glossary), stdin="가".encode())
    assert pipeline.calls[0][1] is not None
    run("summarize", "-", "--style", "headline", stdin="가".encode())
    assert pipeline.calls[1][1] == "headline"
