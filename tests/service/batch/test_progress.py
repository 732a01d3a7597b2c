"""Progress: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console

from service.batch import progress
from service.batch.progress import show_progress
from service.batch.readers import Inputs
from service.batch.tally import Counts, Tally


def tally_of(articles: int) -> Tally:
    return Tally(computed=Counts(articles=articles, failed=1, output_tokens=50))


def test_a_bar_on_a_terminal() -> None:
    console = Console(file=io.StringIO(), force_terminal=True, width=120, _environ={})
    with show_progress(console, 8) as shown:
        shown.advance(tally_of(3))
    printed = console.file.getvalue()  # type: ignore[attr-defined]
    assert "3/8" in printed
    assert "1 failed" in printed


@pytest.mark.parametrize(("every_s", "lines"), [(0.0, 1), (60.0, 0)])
def test_lines_elsewhere(monkeypatch: pytest.MonkeyPatch, every_s: float, lines: int) -> None:
    monkeypatch.setattr(progress, "LOG_EVERY_S", every_s)
    console = Console(file=io.StringIO(), force_terminal=False, width=200)
    with show_progress(console, 8) as shown:
        shown.advance(tally_of(3))
    printed = console.file.getvalue().splitlines()  # type: ignore[attr-defined]
    assert len(printed) == lines
    assert all(line.startswith("yoji: 3 of 8 articles, ") for line in printed)


def test_what_is_counted_is_what_is_read(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "x.html").write_bytes(b"<p>")
    (tmp_path / "y.txt").write_bytes(b"\xff\x00")
    (tmp_path / "lines.jsonl").write_bytes(b'{"text": "a"}\n\n{torn\n' + b"x" * 99 + b"\n  \n{")
    paths = (str(tmp_path), str(tmp_path / "lines.jsonl"), str(tmp_path / "y.txt"))
    inputs = Inputs(paths, max_bytes=50)
    assert inputs.count() == len(list(inputs.records())) == 11
    assert inputs.count(4) == len(list(inputs.first(4))) == 4


def test_what_cannot_be_counted_is_not(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("text\n가\n", encoding="utf-8")
    assert Inputs((str(tmp_path),), max_bytes=50).count() is None
    assert Inputs(("-",), max_bytes=50).count() is None


def test_time_left_is_told_when_the_total_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "LOG_EVERY_S", 0.0)
    console = Console(file=io.StringIO(), force_terminal=False, width=200)
    for total in (8, None):
        with show_progress(console, total) as shown:
            shown.advance(tally_of(3))
    known, unknown = console.file.getvalue().splitlines()  # type: ignore[attr-defined]
    assert known.endswith(" left")
    assert "left" not in unknown
    assert unknown.startswith("yoji: 3 articles, ")
