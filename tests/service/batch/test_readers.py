"""Formats in: what is there is read as a stream, what is broken is an error in its place."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from models.errors import YojiError
from models.reading import Page
from service.batch.readers import Columns, Inputs
from service.batch.records import Record
from service.batch.sources import InputFormat
from service.faults import UsageFault

Run = Callable[..., Any]
LIMIT = 2000


def zst(data: bytes) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.CompressedOutputStream(sink, "zstd") as stream:
        stream.write(data)
    packed: bytes = sink.getvalue().to_pybytes()
    return packed


def parquet(rows: list[dict[str, Any]], **options: Any) -> bytes:
    sink = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_pylist(rows), sink, **options)
    written: bytes = sink.getvalue().to_pybytes()
    return written


def csv_of(rows: list[dict[str, Any]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def jsonl_of(rows: list[dict[str, Any]]) -> bytes:
    return b"\n".join(json.dumps(row).encode() for row in rows)


ROWS = [{"id": "a", "text": '가\n나, "다"'}, {"id": "b", "text": "라"}]
EXPECTED = [("a", '가\n나, "다"'), ("b", "라")]
PACKS: dict[str, Callable[[bytes], bytes]] = {"": bytes, ".gz": gzip.compress, ".zst": zst}
FORMATS: dict[str, Callable[[list[dict[str, Any]]], bytes]] = {
    ".jsonl": jsonl_of,
    ".csv": csv_of,
    ".parquet": parquet,
}


def records(*paths: Path | str, **options: Any) -> list[Record]:
    inputs = Inputs(tuple(map(str, paths)), LIMIT, **options)
    inputs.check()
    return list(inputs.records())


def contents(found: list[Record]) -> list[tuple[str | int, str]]:
    return [
        (record.id, record.page.content if isinstance(record.page, Page) else record.page.code)
        for record in found
    ]


@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.parametrize("format", FORMATS)
def test_each_format_and_packing(tmp_path: Path, format: str, pack: str) -> None:
    path = tmp_path / f"rows{format}{pack}"
    path.write_bytes(PACKS[pack](FORMATS[format](ROWS)))
    assert contents(records(path)) == EXPECTED


@pytest.mark.parametrize("pack", PACKS)
def test_pages_packed(tmp_path: Path, pack: str) -> None:
    for name in ("a.txt", "b.html"):
        (tmp_path / f"{name}{pack}").write_bytes(PACKS[pack]("<p>가".encode()))
    first, second = records(tmp_path)
    assert (first.id, second.id) == (f"a.txt{pack}", f"b.html{pack}")
    assert isinstance(first.page, Page)
    assert isinstance(second.page, Page)
    assert (first.page.format, second.page.format) == ("auto", "html")


@pytest.mark.parametrize("format", FORMATS)
def test_columns_are_named(tmp_path: Path, format: str) -> None:
    path = tmp_path / f"rows{format}"
    path.write_bytes(FORMATS[format]([{"no": "1", "body": "가", "raw": None, "id": "x"}]))
    columns = Columns(id="no", text="body", html="raw")
    if format == ".jsonl":
        path.write_bytes(b'{"no": "1", "body": "\xea\xb0\x80", "id": "x"}')
    assert contents(records(path, columns=columns)) == [("1", "가")]


def test_html_columns_and_ids_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "rows.parquet"
    path.write_bytes(
        parquet([{"id": 7, "html": "<p>가", "text": None}, {"id": None, "text": "나"}])
    )
    first, second = records(path)
    assert isinstance(first.page, Page)
    assert (first.id, first.page.format) == (7, "html")
    assert second.id == f"{path}:2"


@pytest.mark.parametrize("format", [".csv", ".parquet"])
def test_a_table_without_the_column(tmp_path: Path, format: str) -> None:
    path = tmp_path / f"rows{format}"
    path.write_bytes(FORMATS[format]([{"body": "가"}]))
    (record,) = records(path)
    assert isinstance(record.page, YojiError)
    assert "--text-column" in str(record.page)
    assert "body" in str(record.page)


def test_broken_rows_of_a_csv_are_errors_in_their_place(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    lines = [
        b"\xef\xbb\xbfid,text",
        "a,가".encode(),
        b"b",
        b"",
        b"c,\xff\xfe",
        b"d," + b"x" * (LIMIT + 10),
        b"e,",
        "f,나".encode(),
        'g,"다'.encode(),
        '라"'.encode(),
        b'h,"' + b"never closed\n" * 300,
    ]
    path.write_bytes(b"\r\n".join(lines))
    found = contents(records(path))
    places = {id: content for id, content in found if str(id).startswith(str(path))}
    assert found[:7] == [
        ("a", "가"),
        (f"{path}:3", "bad_record"),
        (f"{path}:5", "bad_record"),
        (f"{path}:6", "too_large"),
        (f"{path}:7", "bad_record"),
        ("f", "나"),
        ("g", "다\r\n라"),
    ]
    assert len(found) > 7
    assert set(places.values()) == {"bad_record", "too_large"}


def test_a_csv_from_korean_excel(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_bytes("id,text\n1,중소기업\n2,펩시\n".encode("cp949"))
    assert contents(records(path)) == [("1", "중소기업"), ("2", "펩시")]
    path.write_bytes("id,text\n1,가\n".encode("utf-16"))
    assert contents(records(path)) == [(str(path), "unknown_encoding")]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.parquet", b"PAR1 not at all"),
        ("x.jsonl.gz", b"not gzip"),
        ("x.jsonl.zst", b"not zstd"),
        ("x.csv.gz", b"\x1f\x8b\x08"),
        ("x.parquet.zst", zst(b"no parquet")),
        ("x.txt.gz", b"no"),
        ("x.csv", b""),
    ],
)
def test_a_damaged_file_is_one_error(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    (tmp_path / "z.txt").write_text("가", encoding="utf-8")
    *broken, last = contents(records(tmp_path))
    assert last == ("z.txt", "가")
    assert [code for _, code in broken] == ([] if not data else ["bad_record"])


@pytest.mark.parametrize("pack", [".gz", ".zst"])
def test_a_file_that_ends_too_soon_says_so(tmp_path: Path, pack: str) -> None:
    lines = [{"id": str(at), "text": f"가{at * 7919}"} for at in range(2000)]
    path = tmp_path / f"rows.jsonl{pack}"
    whole = PACKS[pack](jsonl_of(lines))
    path.write_bytes(whole[: len(whole) // 2])
    *read, last = contents(records(path))
    assert all(content.startswith("가") for _, content in read)
    assert last == (str(path), "bad_record")


@pytest.mark.parametrize("pack", [".gz", ".zst"])
@pytest.mark.parametrize("name", ["bomb.txt", "bomb.jsonl", "bomb.csv"])
def test_a_bomb_does_not_go_off(tmp_path: Path, pack: str, name: str) -> None:
    path = tmp_path / f"{name}{pack}"
    path.write_bytes(PACKS[pack](b"x" * 10_000_000))
    found = [code for _, code in contents(records(path))]
    assert found in (["too_large"], ["bad_record"])


def test_a_parquet_row_over_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "rows.parquet"
    path.write_bytes(parquet([{"text": "가" * LIMIT}, {"text": "나"}]))
    assert contents(records(path)) == [(f"{path}:1", "too_large"), (f"{path}:2", "나")]


def test_a_column_chunk_over_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.batch.tables.COLUMN_CHUNK_BYTES", 100)
    path = tmp_path / "rows.parquet"
    path.write_bytes(parquet([{"text": f"가 {at}"} for at in range(50)]))
    (record,) = records(path)
    assert "row group" in str(record.page)


@pytest.mark.parametrize("format", ["jsonl", "csv", "parquet"])
@pytest.mark.parametrize("pack", PACKS)
def test_standard_input(monkeypatch: pytest.MonkeyPatch, format: InputFormat, pack: str) -> None:
    data = PACKS[pack](FORMATS[f".{format}"](ROWS))
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert contents(records("-", format=format)) == EXPECTED


def test_a_page_on_standard_input(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    command = ("batch", "-", "--out", str(out), "--input-format", "html")
    assert run(*command, stdin="<p>가".encode()).code == 0
    assert json.loads(out.read_text(encoding="utf-8"))["id"] == "-"


def test_lines_on_standard_input_need_no_format(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    outcome = run("batch", "-", "--out", str(out), stdin=jsonl_of(ROWS))
    assert outcome.code == 0
    assert json.loads(outcome.out)["articles"] == 2


def test_globs(tmp_path: Path) -> None:
    for name in ("2025/b/x.txt", "2025/a.txt", "2025/c.png", "2026/a.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")

    def below(pattern: str) -> list[str]:
        found = records(f"{tmp_path}/{pattern}")
        return [str(record.id).removeprefix(f"{tmp_path}/") for record in found]

    assert below("2025/*.txt") == ["2025/a.txt"]
    assert below("**/*.txt") == ["2025/a.txt", "2025/b/x.txt", "2026/a.txt"]
    assert below("**") == ["2025/a.txt", "2025/b/x.txt", "2026/a.txt"]
    assert below("202?") == ["2025/a.txt", "2025/b/x.txt", "2026/a.txt"]
    with pytest.raises(UsageFault, match="nothing matches"):
        below("*.html")


def test_a_name_that_looks_like_a_glob(tmp_path: Path) -> None:
    path = tmp_path / "[속보] 요지?.txt"
    path.write_text("가", encoding="utf-8")
    assert contents(records(path)) == [(str(path), "가")]


@pytest.fixture
def memory() -> Iterator[Any]:
    files = fsspec.filesystem("memory")
    yield files
    files.store.clear()
    files.pseudo_dirs[:] = [""]


def test_urls(memory: Any) -> None:
    for name, data in (
        ("/news/a.txt", "가".encode()),
        ("/news/2025/rows.jsonl.gz", gzip.compress(jsonl_of(ROWS))),
        ("/news/2025/rows.parquet", parquet(ROWS)),
        ("/news/image.png", b"png"),
    ):
        memory.pipe_file(name, data)
    rows = [("a", EXPECTED[0][1]), ("b", EXPECTED[1][1])]
    assert contents(records("memory://news/a.txt")) == [("memory://news/a.txt", "가")]
    assert contents(records("memory://news/**/*.jsonl.gz")) == rows
    assert contents(records("memory://news/")) == [*rows, *rows, ("a.txt", "가")]
    for nothing in ("*.csv", "none.txt"):
        with pytest.raises(UsageFault, match="nothing"):
            records(f"memory://news/{nothing}")
    with pytest.raises(UsageFault, match="ending"):
        records("memory://news/image.png")


def test_a_url_without_its_library(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(url: str) -> Any:
        raise ImportError("Install s3fs to access S3")

    monkeypatch.setattr("fsspec.core.url_to_fs", missing)
    with pytest.raises(UsageFault, match=r"yoji\[s3\]"):
        records("s3://bucket/news.jsonl")
    monkeypatch.undo()
    with pytest.raises(UsageFault, match="can't read nope:"):
        records("nope://bucket/news.jsonl")


def test_the_output_is_no_input(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    for path in (out, tmp_path / "a.jsonl"):
        path.write_bytes(jsonl_of(ROWS))
    assert len(records(tmp_path, out=out)) == 2
    assert len(records(f"{tmp_path}/*.jsonl", out=out)) == 2
    with pytest.raises(UsageFault, match="is the output"):
        records(out, out=out)


def test_an_ending_nobody_knows(tmp_path: Path) -> None:
    path = tmp_path / "rows.json"
    path.write_bytes(jsonl_of(ROWS))
    with pytest.raises(UsageFault, match="--input-format"):
        records(path)
    assert contents(records(path, format="jsonl")) == EXPECTED
    with pytest.raises(UsageFault, match="no such file"):
        records(tmp_path / "none.txt")
    with pytest.raises(UsageFault, match="once"):
        records("-", "-")
