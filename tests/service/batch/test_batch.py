"""``yoji batch``: every article once, in order, with its digest or its error."""

from __future__ import annotations

import itertools
import json
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from models.digest import DigestOptions, digest_id
from models.reading import Page
from service.batch.journal import Journal, keeps
from service.batch.readers import Record
from service.batch.runner import Run as BatchRun
from service.batch.runner import RunLimits
from service.batch.tally import Tally

Run = Callable[..., Any]


def rows_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder / "digests.jsonl"


def test_a_jsonl_with_broken_lines(run: Run, tmp_path: Path, out: Path) -> None:
    source = tmp_path / "pages.jsonl"
    lines: list[bytes] = [
        b'\xef\xbb\xbf{"id": "a", "text": "\xea\xb0\x80", "more": 1}',
        b'{"id": 2, "html": "<p>\xeb\x82\x98"}',
        b"",
        b"{torn",
        b'{"id": "e"}',
        b'{"text": "\xb0\xa1"}',
        b'{"text": "\\ud800"}',
        b'{"id": "h", "text": "abc"}',
        b'{"text": "\xeb\x8b\xa4"}',
        b'["text"]',
    ]
    source.write_bytes(b"\n".join(lines))
    outcome = run("batch", str(source), "--out", str(out))
    rows = rows_of(out)
    assert [row["id"] for row in rows] == [
        "a",
        2,
        *(f"{source}:{number}" for number in (4, 5, 6, 7)),
        "h",
        f"{source}:9",
        f"{source}:10",
    ]
    codes = [row["error"]["code"] if "error" in row else None for row in rows]
    bad = "bad_record"
    assert codes == [None, None, bad, bad, bad, bad, "not_korean", None, bad]
    assert all(list(row) in (["id", "digest"], ["id", "error"]) for row in rows)
    assert f"{source}:4 is not an article" in rows[2]["error"]["detail"]
    assert rows[0]["digest"]["proposals"][0]["ko"] == "가"
    assert outcome.code == 1
    assert "yoji: error" not in outcome.err


def test_a_folder(run: Run, pipeline: Any, tmp_path: Path, out: Path) -> None:
    folder = tmp_path / "보도"
    (folder / "b").mkdir(parents=True)
    for name, data in (
        ("나.txt", "나".encode("cp949")),
        ("b/a.html", "<p>가".encode()),
        ("b/z.TXT", "다".encode()),
        ("image.png", b"\x89PNG"),
        ("pdf.txt", b"%PDF-1.7"),
    ):
        (folder / name).write_bytes(data)
    outcome = run("batch", str(folder), "--out", str(out))
    rows = rows_of(out)
    assert [row["id"] for row in rows] == ["b/a.html", "b/z.TXT", "pdf.txt", "나.txt"]
    assert rows[2]["error"]["code"] == "binary_input"
    ((first, *_), _) = pipeline.calls[0]
    assert first.format == "html"
    assert outcome.code == 1


def test_several_inputs_keep_their_ids_apart(run: Run, tmp_path: Path, out: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.txt").write_text("가", encoding="utf-8")
    single = tmp_path / "a" / "x.txt"
    outcome = run("batch", f"{tmp_path}/b/", str(tmp_path / "a"), str(single), "--out", str(out))
    ids = [row["id"] for row in rows_of(out)]
    assert ids == [f"{tmp_path}/b/x.txt", f"{tmp_path}/a/x.txt", str(single)]
    assert outcome.code == 0


def test_a_file_name_that_is_no_unicode(run: Run, tmp_path: Path, out: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    (Path(os.fsdecode(os.fsencode(folder) + b"/\xb0\xa1.txt"))).write_text("가", encoding="utf-8")
    assert run("batch", str(folder), "--out", str(out)).code == 0
    assert rows_of(out)[0]["id"] == "\ufffd\ufffd.txt"


def test_the_last_line_is_the_summary(run: Run, tmp_path: Path, out: Path) -> None:
    source = tmp_path / "pages.jsonl"
    source.write_text('{"text": "가"}\n{"text": "abc"}\n{"text": "나"}\n', encoding="utf-8")
    outcome = run("batch", str(source), "--out", str(out))
    summary = json.loads(outcome.out.splitlines()[-1])
    assert summary.pop("seconds") >= 0
    assert summary == {
        "complete": True,
        "computed": 3,
        "reused": 0,
        "articles": 3,
        "failed": 1,
        "proposals": 2,
        "flags": 2,
        "output_tokens": 40,
        "errors": {"not_korean": 1},
    }
    assert "3 articles" in outcome.err


def test_an_empty_input_is_an_empty_output(run: Run, tmp_path: Path, out: Path) -> None:
    source = tmp_path / "pages.jsonl"
    source.write_bytes(b"\n\n")
    assert run("batch", str(source), "--out", str(out)).code == 0
    assert out.read_bytes() == b""


def test_a_failure_nobody_expected_is_the_articles_own(
    run: Run, pipeline: Any, tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "pages.jsonl"
    source.write_text('{"text": "가"}\n{"text": "나"}\n{"text": "다"}\n', encoding="utf-8")
    digest = pipeline.digest

    def broken(pages: Any, options: Any = None) -> Any:
        if any(page.content == "나" for page in pages):
            raise RuntimeError("no memory left")
        return digest(pages, options)

    monkeypatch.setattr(pipeline, "digest", broken, raising=False)
    outcome = run("batch", str(source), "--out", str(out))
    assert outcome.code == 1
    rows = rows_of(out)
    assert ["digest" in row for row in rows] == [True, False, True]
    assert rows[1]["error"]["code"] == "internal"
    assert "no memory left" in rows[1]["error"]["detail"]


def test_an_output_that_is_not_ours_stays(
    run: Run, pipeline: Any, tmp_path: Path, out: Path
) -> None:
    source = tmp_path / "pages.jsonl"
    source.write_text('{"text": "가"}\n', encoding="utf-8")
    out.write_bytes(b"old")
    outcome = run("batch", str(source), "--out", str(out))
    assert outcome.code == 2
    assert "--overwrite" in outcome.error
    assert out.read_bytes() == b"old"
    assert [path.name for path in out.parent.iterdir()] == [out.name]
    assert not pipeline.calls
    assert run("batch", str(source), "--out", str(out), "--overwrite").code == 0
    assert len(rows_of(out)) == 1


def test_an_output_that_cannot_be_written_is_found_out_first(
    run: Run, pipeline: Any, tmp_path: Path
) -> None:
    source = tmp_path / "pages.jsonl"
    source.write_text('{"text": "가"}\n', encoding="utf-8")
    outcome = run("batch", str(source), "--out", str(tmp_path / "no" / "out.jsonl"))
    assert outcome.code == 2
    assert "can't write" in outcome.error
    assert not pipeline.calls


def test_a_line_over_the_limit(
    run: Run, tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YOJI_MAX_INPUT_BYTES", "100")
    source = tmp_path / "pages.jsonl"
    lines = ['{"text": "가"}', json.dumps({"id": "long", "text": "가" * 100}), '{"text": "나"}']
    source.write_text("\n".join(lines), encoding="utf-8")
    run("batch", str(source), "--out", str(out))
    rows = rows_of(out)
    assert [row["id"] for row in rows] == [f"{source}:{number}" for number in (1, 2, 3)]
    assert rows[1]["error"]["code"] == "too_large"
    assert ["digest" in row for row in rows] == [True, False, True]


class Watched:
    """Notes how many records had been read when each article was done."""

    def __init__(self) -> None:
        self.read = 0
        self.ahead: list[int] = []

    def records(self, count: int) -> Iterator[Record]:
        for number in range(count):
            self.read += 1
            yield Record(number, Page(f"가 {number}"))

    def advance(self, tally: Tally) -> None:
        self.ahead.append(self.read - tally.articles)


def test_what_is_in_flight_is_bounded_by_the_run_not_the_input(
    pipeline: Any, tmp_path: Path
) -> None:
    watched, together = Watched(), threading.Barrier(2, timeout=30)

    calls = itertools.count()

    def digest(pages: Any) -> Any:
        if next(calls) < 2:
            together.wait()  # passed only when two calls are under way at once
        return pipeline.digest(pages)

    with Journal(tmp_path / "journal", keeps(False)) as journal:
        run = BatchRun(
            digest,
            lambda page: digest_id(page, DigestOptions(), "f"),
            journal,
            watched,
            RunLimits(in_flight=12),
        )
        tally = run.process(watched.records(500))
        assert [row.id for row in journal.rows()] == list(range(500))
    assert max(watched.ahead) <= 12
    assert tally.articles == 500
