"""Progress: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console

from service.batch import progress
from service.batch.progress import show_progress
from service.batch.readers import count_inputs, read_inputs
from service.batch.runner import BatchSummary


def summary_of(articles: int) -> BatchSummary:
    return BatchSummary(articles=articles, failed=1, output_tokens=50)


def test_a_bar_on_a_terminal() -> None:
    console = Console(file=io.StringIO(), force_terminal=True, width=120, _environ={})
    with show_progress(console, 8) as shown:
        shown.advance(summary_of(3))
    printed = console.file.getvalue()  # type: ignore[attr-defined]
    assert "3/8" in printed
    assert "1 failed" in printed


@pytest.mark.parametrize(("every_s", "lines"), [(0.0, 1), (60.0, 0)])
def test_lines_elsewhere(monkeypatch: pytest.MonkeyPatch, every_s: float, lines: int) -> None:
    monkeypatch.setattr(progress, "LOG_EVERY_S", every_s)
    console = Console(file=io.StringIO(), force_terminal=False, width=200)
    with show_progress(console, 8) as shown:
        shown.advance(summary_of(3))
    printed = console.file.getvalue().splitlines()  # type: ignore[attr-defined]
    assert len(printed) == lines
    assert all(line.startswith("yoji: 3 of 8 articles, ") for line in printed)


def test_what_is_counted_is_what_is_read(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "x.html").write_bytes(b"<p>")
    (tmp_path / "y.txt").write_bytes(b"\xff\x00")
    (tmp_path / "lines.jsonl").write_bytes(b'{"text": "a"}\n\n{torn\n' + b"x" * 99 + b"\n  \n{")
    inputs = [str(tmp_path), str(tmp_path / "lines.jsonl"), str(tmp_path / "y.txt")]
    count = count_inputs(inputs, max_bytes=50)
    assert count == len(list(read_inputs(inputs, max_bytes=50))) == 7
