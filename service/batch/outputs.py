"""Rows to the file that was asked for, by its ending; there whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Final

from service.batch.durable import replacing
from service.batch.rows import Row
from service.faults import UsageFault

Write = Callable[[Iterable[Row], BinaryIO], None]
JSONL_ENDINGS: Final = (".jsonl", ".ndjson")


def write_jsonl(rows: Iterable[Row], file: BinaryIO) -> None:
    """A line per row."""
    for row in rows:
        file.write(row.to_json().encode() + b"\n")


WRITERS: Final[dict[str, Write]] = dict.fromkeys(JSONL_ENDINGS, write_jsonl)


def writer_of(out: Path) -> Write:
    """How to write a file of this name; ``UsageFault`` when there is no way."""
    if out.is_dir():
        raise UsageFault(f"--out {out} is a folder; name a file")
    for ending, write in WRITERS.items():
        if out.name.lower().endswith(ending):
            return write
    raise UsageFault(f"--out {out}: the ending must be one of {', '.join(WRITERS)}")


def write_output(out: Path, rows: Iterable[Row]) -> None:
    """All rows to ``out``, which is replaced when the last one is on disk."""
    write = writer_of(out)
    with replacing(out) as file:
        write(rows, file)


def can_be_read(out: Path) -> bool:
    """Whether rows of a complete output can be taken over by the next run."""
    return out.name.lower().endswith(JSONL_ENDINGS)


def read_output(out: Path) -> Iterator[Row]:
    """The rows of a complete JSONL; ``UsageFault`` for a file that is something else."""
    with out.open("rb") as file:
        for number, line in enumerate(file, start=1):
            try:
                yield Row.model_validate_json(line)
            except ValueError as error:
                raise UsageFault(
                    f"line {number} of {out} is no row of ours; name another output or replace it "
                    "with --overwrite"
                ) from error
