"""Rows to the file that was asked for, by its ending; there whole or not at all."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Final

from service.batch.briefs import BriefBy, write_briefs
from service.batch.csv_output import write_csv
from service.batch.durable import replacing
from service.batch.packing import PACKINGS, Packing, packed, unpacked
from service.batch.parquet_output import write_parquet
from service.batch.rows import Row
from service.faults import UsageFault

Write = Callable[[Iterable[Row], BinaryIO], None]


def write_jsonl(rows: Iterable[Row], file: BinaryIO) -> None:
    """A line per row."""
    for row in rows:
        file.write(row.to_json().encode() + b"\n")


WRITERS: Final[dict[str, Write]] = {
    ".jsonl": write_jsonl,
    ".ndjson": write_jsonl,
    ".csv": write_csv,
    ".parquet": write_parquet,
}
BRIEFS: Final = (".md", ".html")
"""Pages to read; they may come to several files."""


def check_output(out: Path, brief: BriefBy | None = None) -> None:
    """``UsageFault`` for a name that says no format, or a page per day that is no page."""
    _require_local_file(out)
    if is_brief(out):
        return
    if brief is not None:
        raise UsageFault(f"--brief {brief} needs an --out that ends in .md or .html, not {out}")
    _writer_of(out)


def write_output(out: Path, rows: Iterable[Row], brief: BriefBy | None = None) -> None:
    """All rows to ``out``, which is replaced when the last one is on disk."""
    if is_brief(out):
        write_briefs(out, rows, brief or "run")
        return
    write, packing = _writer_of(out)
    with replacing(out) as file, packed(file, packing) as stream:
        write(rows, stream)


def is_brief(out: Path) -> bool:
    """Whether the output is for people."""
    return out.suffix.lower() in BRIEFS


def can_be_read(out: Path) -> bool:
    """Whether rows of a complete output can be taken over by the next run."""
    return not is_brief(out) and _writer_of(out)[0] is write_jsonl


def read_output(out: Path) -> Iterator[Row]:
    """The rows of a complete JSONL; ``UsageFault`` for a file that is something else."""
    number = 1
    try:
        with out.open("rb") as file:
            for line in unpacked(file, _writer_of(out)[1]):
                yield Row.model_validate_json(line)
                number += 1
    except Exception as error:  # a damaged file raises whatever its library raises
        raise UsageFault(
            f"line {number} of {out} is no row of ours; name another output or replace it "
            "with --overwrite"
        ) from error


def _writer_of(out: Path) -> tuple[Write, Packing | None]:
    stem, ending = os.path.splitext(out.name.lower())
    packing = PACKINGS.get(ending)
    write = WRITERS.get(os.path.splitext(stem)[1] if packing else ending)
    if write is None or (packing and write is write_parquet):
        raise UsageFault(
            f"--out {out}: the ending must be one of {', '.join((*WRITERS, *BRIEFS))}; JSONL and "
            f"CSV also with {' or '.join(PACKINGS)}"
        )
    return write, packing


def _require_local_file(out: Path) -> None:
    # As a path, s3://bucket has lost one of its slashes.
    if re.match(r"[a-z][a-z0-9+.-]+:/", str(out)):
        raise UsageFault(f"--out {out}: outputs are local files; copy the file when it is complete")
    if out.is_dir():
        raise UsageFault(f"--out {out} is a folder; name a file")
