"""Going on: what is finished is known by content, profile and options, whatever else changed."""

from __future__ import annotations

import json
import os
import signal
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.digest import DigestOptions, digest_id
from models.documents import Digest
from models.errors import ServerUnavailableError, YojiError
from models.reading import Page
from service.batch.durable import replacing
from service.batch.journal import Entry, Journal, keeps
from service.batch.lock import only_run
from service.batch.outputs import write_output
from service.batch.records import Record
from service.batch.rows import ErrorView, Row
from service.batch.runner import Run as BatchRun
from service.batch.runner import RunLimits

Run = Callable[..., Any]


class Silent:
    def advance(self, tally: Any) -> None:
        return None


def identify(page: Page) -> str:
    return digest_id(page, DigestOptions(), "fingerprint")


RECORDS = [
    *(Record(at, Page(text)) for at, text in enumerate(["가", "나", "다", "가", "라", "나", "마"])),
    Record("torn", ServerUnavailableError("not read")),
]


def row_of(record: Record) -> Row:
    error = ErrorView(code="not_korean", detail=str(record.page), digest_id=None)
    return Row(id=record.id, error=error)


def entries() -> list[Entry]:
    return [
        Entry(key=f"{at:064x}", at=at, took_s=0.5, row=row_of(record))
        for at, record in enumerate(RECORDS)
    ]


WHOLE = b"".join(entry.model_dump_json().encode() + b"\n" for entry in entries())


@settings(max_examples=60, deadline=None)
@given(cut=st.integers(0, len(WHOLE)), junk=st.sampled_from([b"", b"\0\0\0\n", b'{"key": "']))
def test_a_journal_cut_at_any_byte_goes_on_to_the_same(cut: int, junk: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "journal"
        path.write_bytes(WHOLE[:cut] + junk)
        with Journal(path, keeps(False)) as journal:
            left = [entry for entry in entries() if entry.key not in journal]
            # A line that was cut is not known, one that was not is.
            assert len(entries()) - len(left) == WHOLE[:cut].count(b"\n")
            journal.append(left)
            for entry in entries():
                journal.place(entry.at, entry.row.id, entry.key)
            assert list(journal.rows()) == [entry.row for entry in entries()]
        assert path.read_bytes() == WHOLE


def test_a_row_of_another_version_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    path.write_bytes(b'{"key": 1}\n' + WHOLE)
    with Journal(path, keeps(False)) as journal:
        assert len(journal) == len(RECORDS)
    assert path.read_bytes() == b'{"key": 1}\n' + WHOLE


def jsonl(path: Path, texts: Sequence[str]) -> Path:
    lines = (json.dumps({"id": f"{at}", "text": text}) for at, text in enumerate(texts))
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def rows_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def texts_of(path: Path) -> list[str | None]:
    return [row["digest"]["article"]["text"] if "digest" in row else None for row in rows_of(path)]


@pytest.fixture
def computed(pipeline: Any) -> Callable[[], list[str]]:
    """What was digested since the last time this was asked."""

    def computed() -> list[str]:
        pages = [page.content for call, _ in pipeline.calls for page in call]
        pipeline.calls.clear()
        return sorted(pages)

    return computed


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return tmp_path / "pages.jsonl"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "out").mkdir()
    return tmp_path / "out" / "digests.jsonl"


Computed = Callable[[], list[str]]


def test_equal_articles_are_computed_once(
    run: Run, source: Path, out: Path, computed: Computed
) -> None:
    jsonl(source, ["가", "나", "가", "가"])
    assert run("batch", str(source), "--out", str(out)).code == 0
    assert [row["id"] for row in rows_of(out)] == ["0", "1", "2", "3"]
    assert texts_of(out) == ["가", "나", "가", "가"]
    assert computed() == ["가", "나"]


def test_a_complete_output_is_added_to(
    run: Run, source: Path, out: Path, computed: Computed
) -> None:
    jsonl(source, ["가", "abc", "나"])
    assert run("batch", str(source), "--out", str(out)).code == 1
    assert computed() == ["abc", "가", "나"]
    before = out.read_bytes()
    assert run("batch", str(source), "--out", str(out)).code == 1
    assert computed() == []
    assert out.read_bytes() == before
    jsonl(source, ["다", "나", "가"])
    outcome = run("batch", str(source), "--out", str(out))
    assert outcome.code == 0
    assert computed() == ["다"]
    assert texts_of(out) == ["다", "나", "가"]
    assert json.loads(outcome.out)["reused"] == 2
    assert [path.name for path in out.parent.iterdir()] == [out.name]


def test_other_options_are_another_content(
    run: Run, source: Path, out: Path, computed: Computed
) -> None:
    jsonl(source, ["가", "나"])
    run("batch", str(source), "--out", str(out))
    computed()
    run("batch", str(source), "--out", str(out), "--style", "headline")
    assert computed() == ["가", "나"]
    first, second = (row["digest"]["id"] for row in rows_of(out))
    assert first != second
    run("batch", str(source), "--out", str(out), "--style", "headline")
    assert computed() == []


def test_retry_errors_computes_what_failed(
    run: Run, source: Path, out: Path, computed: Computed
) -> None:
    jsonl(source, ["가", "실패", "abc", "단절"])
    run("batch", str(source), "--out", str(out))
    computed()
    run("batch", str(source), "--out", str(out))
    assert computed() == ["단절"], "an outage is no property of the article"
    run("batch", str(source), "--out", str(out), "--retry-errors")
    assert computed() == ["abc", "단절", "실패"]


def test_fail_fast_stops_and_goes_on(
    run: Run, source: Path, out: Path, pipeline: Any, computed: Computed
) -> None:
    texts = [f"가 {at}" for at in range(9)]
    jsonl(source, [*texts[:4], "실패", *texts[4:]])
    command = ("batch", str(source), "--out", str(out), "--fail-fast", "--in-flight", "3")
    outcome = run(*command)
    assert outcome.code == 1
    assert not out.exists()
    assert "4: generation_failed: " in outcome.err
    assert json.loads(outcome.out)["complete"] is False
    first = computed()
    assert "실패" in first
    assert len(first) < 10
    # Repaired: the same command again.
    jsonl(source, texts)
    assert run(*command).code == 0
    assert set(computed()).isdisjoint(first)
    assert texts_of(out) == texts


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_the_run(
    run: Run,
    source: Path,
    out: Path,
    pipeline: Any,
    computed: Computed,
    number: signal.Signals,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    texts = [f"가 {at}" for at in range(30)]
    jsonl(source, texts)
    called = pipeline._called

    def signalling(*arguments: Any) -> None:
        called(*arguments)
        if len(pipeline.calls) == 2:
            os.kill(os.getpid(), number)

    monkeypatch.setattr(pipeline, "_called", signalling)
    before = signal.getsignal(number)
    outcome = run("batch", str(source), "--out", str(out), "--in-flight", "3")
    assert outcome.code == 130
    assert "the same command goes on" in outcome.err
    assert signal.getsignal(number) is before
    done = json.loads(outcome.out)["computed"]
    first = computed()
    assert len(first) == done < 30
    monkeypatch.undo()
    assert not out.exists()


def test_limit_and_dry_run(run: Run, source: Path, out: Path, computed: Computed) -> None:
    jsonl(source, ["가", "나", "다", "라"])
    assert run("batch", str(source), "--out", str(out), "--limit", "2").code == 0
    assert texts_of(out) == ["가", "나"]
    computed()
    outcome = run("batch", str(source), "--out", str(out), "--dry-run")
    assert outcome.code == 0
    assert computed() == []
    assert json.loads(outcome.out) == {
        "articles": 4,
        "done": 2,
        "to_do": 2,
        "articles_per_s": None,
        "estimate_s": None,
    }
    assert "unknown" in outcome.err
    assert [path.name for path in out.parent.iterdir()] == [out.name]
    limited = run("batch", str(source), "--out", str(out), "--dry-run", "--limit", "3")
    assert json.loads(limited.out)["articles"] == 3


def test_a_dry_run_estimates_from_what_was_measured(run: Run, source: Path, out: Path) -> None:
    jsonl(source, ["가", "나", "다", "라", "마"])
    page = Page("가")
    from models.profiles import load_profile

    key = digest_id(page, DigestOptions(), load_profile("embedded").fingerprint)
    row = Row(id="0", error=ErrorView(code="not_korean", detail="", digest_id=key))
    with Journal(out.with_name(f".{out.name}.partial"), keeps(False)) as journal:
        journal.append([Entry(key=key, at=0, took_s=2.0, row=row)])
    found = json.loads(run("batch", str(source), "--out", str(out), "--dry-run").out)
    assert found["done"] == 1
    assert found["articles_per_s"] == 0.5
    assert found["estimate_s"] == 8.0


def test_one_run_per_output(run: Run, source: Path, out: Path, pipeline: Any) -> None:
    jsonl(source, ["가"])
    with only_run(out):
        outcome = run("batch", str(source), "--out", str(out))
    assert outcome.code == 2
    assert "another run writes" in outcome.error
    assert not pipeline.calls
    assert run("batch", str(source), "--out", str(out)).code == 0


def test_a_torn_journal_is_repaired(
    run: Run, source: Path, out: Path, pipeline: Any, computed: Computed
) -> None:
    texts = ["가", "나", "다"]
    jsonl(source, [*texts, "실패"])
    run("batch", str(source), "--out", str(out), "--fail-fast")
    computed()
    journal = out.with_name(f".{out.name}.partial")
    journal.write_bytes(journal.read_bytes()[:-10])
    jsonl(source, texts)
    assert run("batch", str(source), "--out", str(out)).code == 0
    assert computed() == ["다"]
    assert texts_of(out) == texts


def test_a_queue_that_is_full_is_asked_again(tmp_path: Path) -> None:
    from models.errors import QueueFullError

    tries = 0

    def full_at_first(pages: Sequence[Page]) -> list[Digest | YojiError]:
        nonlocal tries
        tries += 1
        error = ServerUnavailableError("done waiting")
        return [QueueFullError("full", 0.01) if tries == 1 else error for _ in pages]

    with Journal(tmp_path / "journal", keeps(False)) as journal:
        run = BatchRun(full_at_first, identify, journal, Silent(), RunLimits(in_flight=1))
        tally = run.process([Record("a", Page("가"))])
    assert tries == 2
    assert tally.computed.errors == {"server_unavailable": 1}


def test_an_output_that_breaks_off_leaves_the_old_one(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_bytes(b"old")

    def broken() -> Any:
        yield row_of(RECORDS[0])
        raise RuntimeError("the power failed")

    with pytest.raises(RuntimeError):
        write_output(out, broken())
    assert out.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]
    with replacing(out) as file:
        file.write(b"new")
    assert out.read_bytes() == b"new"


def test_a_run_cut_anywhere_comes_to_the_same_output(
    run: Run, source: Path, out: Path, computed: Computed, tmp_path: Path
) -> None:
    texts = ["가", "실패", "나", "가", "abc", "다"]
    jsonl(source, texts)
    journal = out.with_name(f".{out.name}.partial")
    kept = tmp_path / "kept"
    # The journal of a run that got to its end but not to its output.
    out.mkdir()
    (out / "in the way").touch()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("service.batch.job.check", lambda job: None)
        patch.setattr("service.commands.batch.check", lambda job: None)
        patch.setattr("service.batch.job.can_be_read", lambda out: False)
        assert run("batch", str(source), "--out", str(out)).code == 1
    kept.write_bytes(journal.read_bytes())
    (out / "in the way").unlink()
    out.rmdir()
    assert run("batch", str(source), "--out", str(out)).code == 1
    whole, lines = out.read_bytes(), kept.read_bytes()
    assert len(rows_of(out)) == len(texts)
    for cut in range(0, len(lines) + 1, 97):
        out.unlink()
        journal.write_bytes(lines[:cut])
        computed()
        assert run("batch", str(source), "--out", str(out)).code == 1
        assert out.read_bytes() == whole
        assert len(computed()) == 5 - lines[:cut].count(b"\n")
        assert not journal.exists()
