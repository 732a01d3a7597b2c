"""Formats out: what goes in comes back, nothing in a cell acts, each file is there whole."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from models.errors import NotKoreanError, YojiError
from models.reading import Page
from service.batch.outputs import check_output, read_output, write_output
from service.batch.rows import Row
from service.faults import UsageFault

Run = Callable[..., Any]
KOREA = timezone(timedelta(hours=9))


@pytest.fixture
def rows(make_rows: Callable[..., list[Row]]) -> list[Row]:
    return make_rows("=가\n나", "다")


@pytest.fixture
def make_rows(pipeline: Any) -> Callable[..., list[Row]]:
    def make(*texts: str) -> list[Row]:
        results: list[Any] = pipeline.digest([Page(text) for text in texts])
        made = [Row.of(f"@{at}", result) for at, result in enumerate(results)]
        error: YojiError = NotKoreanError("no Hangul")
        return [*made, Row.of(7, error, "a" * 64)]

    return make


def without_proposals(row: Row) -> Row:
    assert row.digest is not None
    return row.model_copy(update={"digest": row.digest.model_copy(update={"proposals": []})})


@pytest.mark.parametrize("ending", [".jsonl", ".ndjson", ".jsonl.gz", ".jsonl.zst", ".JSONL"])
def test_jsonl_comes_back(tmp_path: Path, rows: list[Row], ending: str) -> None:
    out = tmp_path / f"out{ending}"
    write_output(out, rows)
    assert [row.to_json() for row in read_output(out)] == [row.to_json() for row in rows]
    assert [path.name for path in tmp_path.iterdir()] == [out.name]


@pytest.mark.parametrize(
    ("ending", "unpack"),
    [
        ("", lambda data: data),
        (".gz", gzip.decompress),
        (".zst", lambda data: pa.CompressedInputStream(pa.BufferReader(data), "zstd").read()),
    ],
)
def test_csv_has_a_line_per_proposal(
    tmp_path: Path, rows: list[Row], ending: str, unpack: Callable[[bytes], bytes]
) -> None:
    out = tmp_path / f"out.csv{ending}"
    write_output(out, [*rows, without_proposals(rows[1])])
    text = unpack(out.read_bytes()).decode()
    lines = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [line["id"] for line in lines] == ["'@0", "'@1", "7", "'@1"]
    assert lines[0]["ko"] == "'=가"
    assert lines[0]["number"] == "1"
    assert lines[0]["speaker_en"] == "Kim Ha-neul, director"
    assert lines[0]["evidence"] == "'=가"
    assert lines[0]["evidence_places"] == "0-2"
    assert lines[0]["flags"] == "error missing_figure: 3만 is not in the English"
    assert lines[0]["published_at"] == "2025-05-13T12:00:00+09:00"
    assert lines[2]["error_code"] == "not_korean"
    assert lines[2]["digest_id"] == "a" * 64
    assert lines[2]["ko"] == lines[3]["ko"] == lines[3]["number"] == ""
    assert lines[3]["title_ko"] == "제목"


@pytest.mark.parametrize("beginning", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(
    tmp_path: Path, make_rows: Callable[..., list[Row]], beginning: str
) -> None:
    row = make_rows("가")[0].model_copy(update={"id": f"{beginning}1+1"})
    out = tmp_path / "out.csv"
    write_output(out, [row])
    with out.open(encoding="utf-8", newline="") as file:
        (line,) = csv.DictReader(file)
    assert line["id"] == f"'{beginning}1+1"


def test_parquet_has_a_row_per_article(tmp_path: Path, rows: list[Row]) -> None:
    out = tmp_path / "out.parquet"
    write_output(out, rows)
    table = pq.read_table(out).to_pylist()
    assert [values["id"] for values in table] == ["@0", "@1", "7"]
    for values, row in zip(table, rows, strict=True):
        assert values["digest_id"] == row.digest_id
        if row.digest is None:
            assert values["proposals"] is None
            assert values["error_code"] == "not_korean"
            continue
        digest = row.digest.model_dump(mode="json")
        article = digest.pop("article")
        digest.pop("id")
        assert {name: values[name] for name in digest} == digest
        assert {name: values[name] for name in article} == article


def test_an_empty_parquet_has_its_columns(tmp_path: Path) -> None:
    out = tmp_path / "out.parquet"
    write_output(out, [])
    assert "proposals" in pq.read_schema(out).names


@pytest.mark.parametrize("ending", [".md", ".html"])
def test_a_brief_for_the_run(tmp_path: Path, rows: list[Row], ending: str) -> None:
    out = tmp_path / f"out{ending}"
    write_output(out, rows)
    text = out.read_text(encoding="utf-8")
    assert "3 articles, 2 proposals, 2 flags" in text
    assert "김하늘 소장" in text
    assert [path.name for path in tmp_path.iterdir()] == [out.name]


@pytest.mark.parametrize("ending", [".md", ".html"])
def test_a_brief_a_day(tmp_path: Path, rows: list[Row], ending: str) -> None:
    assert rows[1].digest is not None
    later = datetime(2025, 5, 14, 9, tzinfo=KOREA)
    article = rows[1].digest.article.model_copy(update={"published_at": later})
    rows[1] = rows[1].model_copy(
        update={"digest": rows[1].digest.model_copy(update={"article": article})}
    )
    out = tmp_path / f"my brief{ending}"
    write_output(out, [*rows, rows[0]], "day")
    names = [f"my brief-{day}{ending}" for day in ("2025-05-13", "2025-05-14", "undated")]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([out.name, *names])
    index = out.read_text(encoding="utf-8")
    for name in names:
        assert name.replace(" ", "%20") in index
    assert "2 articles, 2 proposals" in (tmp_path / names[0]).read_text(encoding="utf-8")
    assert "1 article, 0 proposals" in (tmp_path / names[2]).read_text(encoding="utf-8")
    assert "4 articles" in index


@pytest.mark.parametrize("name", ["out.txt", "out", "out.parquet.gz", "out.md.gz", "out.json"])
def test_an_ending_that_says_nothing(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageFault, match="ending"):
        check_output(tmp_path / name)


def test_a_page_a_day_needs_pages(tmp_path: Path) -> None:
    with pytest.raises(UsageFault, match="--brief day"):
        check_output(tmp_path / "out.csv", "day")


def test_outputs_are_local() -> None:
    with pytest.raises(UsageFault, match="local"):
        check_output(Path("s3://bucket/out.jsonl"))


def test_only_jsonl_is_added_to(run: Run, tmp_path: Path) -> None:
    source = tmp_path / "pages.jsonl"
    source.write_text('{"text": "가"}\n', encoding="utf-8")
    out = tmp_path / "out.csv"
    assert run("batch", str(source), "--out", str(out)).code == 0
    outcome = run("batch", str(source), "--out", str(out))
    assert outcome.code == 2
    assert "--overwrite" in outcome.error
    assert run("batch", str(source), "--out", str(out), "--overwrite").code == 0


def test_a_damaged_jsonl_is_not_replaced(run: Run, tmp_path: Path, rows: list[Row]) -> None:
    source = tmp_path / "pages.jsonl"
    source.write_text('{"text": "가"}\n', encoding="utf-8")
    out = tmp_path / "out.jsonl.zst"
    write_output(out, rows)
    whole = out.read_bytes()
    out.write_bytes(whole[:-20])
    outcome = run("batch", str(source), "--out", str(out))
    assert outcome.code == 2
    assert out.read_bytes() == whole[:-20]


def test_several_sittings_to_a_parquet(run: Run, pipeline: Any, tmp_path: Path) -> None:
    source = tmp_path / "pages.jsonl"
    lines = [json.dumps({"id": at, "text": f"가 {at}"}) for at in range(5)]
    source.write_text("\n".join([*lines, '{"id": 5, "text": "실패"}']), encoding="utf-8")
    out = tmp_path / "out.parquet"
    assert run("batch", str(source), "--out", str(out), "--fail-fast").code == 1
    calls = len(pipeline.calls)
    source.write_text("\n".join(lines), encoding="utf-8")
    assert run("batch", str(source), "--out", str(out)).code == 0
    assert len(pipeline.calls) == calls
    assert pq.read_table(out).column("id").to_pylist() == [str(at) for at in range(5)]
