"""Inputs to records: one per article, in order, read as they are asked for.

What can't be read is a record with an error in the page's place, so every article appears
exactly once, and nothing that is in a file stops a run. Must not know what becomes of a record.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from pydantic_core import from_json

from models.errors import RecordError, YojiError
from models.reading import Page, decode
from service.batch.lines import bounded_lines, count_lines
from service.batch.packing import unpacked
from service.batch.records import Columns, Record, Records, bad_record, read_record, too_long
from service.batch.sources import Finder, InputFormat, Source, is_url, readable
from service.batch.tables import count_parquet, read_csv, read_parquet
from service.faults import UsageFault, one_line
from service.inputs import STDIN, format_of, open_file, read_limited

__all__ = ["Columns", "InputFormat", "Inputs", "Record", "read_source"]


@dataclass(frozen=True, slots=True)
class Inputs:
    """What was named as input, in that order; ``out`` is left out of folders and globs.

    With several inputs the ids made from paths start with the input, to tell them apart.
    """

    paths: tuple[str, ...]
    max_bytes: int
    columns: Columns = Columns()
    format: InputFormat | None = None
    out: Path | None = None

    def check(self) -> None:
        """``UsageFault`` for an input that is not there or that nothing can read."""
        if self.paths.count(STDIN) > 1:
            raise UsageFault("standard input (-) can be read once")
        for path in self.paths:
            next(self._finder.find(path), None)

    def sources(self) -> Iterator[Source]:
        """Every file, found as it is asked for."""
        for path in self.paths:
            yield from self.sources_of(path)

    def sources_of(self, path: str) -> Iterator[Source]:
        """The files of one of the paths."""
        prefix = f"{readable(path).rstrip('/')}/" if len(self.paths) > 1 else ""
        return self._finder.find(path, prefix)

    def records(self) -> Iterator[Record]:
        """Every article, read as it is asked for."""
        for path in self.paths:
            yield from self.records_of(path)

    def records_of(self, path: str) -> Iterator[Record]:
        """The articles of one of the paths, under the ids they have among all."""
        for source in self.sources_of(path):
            yield from read_source(source, self.max_bytes, self.columns)

    def first(self, articles: int | None) -> Iterator[Record]:
        """The first so many, or all."""
        return itertools.islice(self.records(), articles)

    def count(self, articles: int | None = None) -> int | None:
        """How many records there are, if that can be told without unpacking or fetching."""
        total = 0
        if any(path == STDIN or is_url(path) for path in self.paths):
            return None
        for source in self.sources():
            counted = _count(source, self.max_bytes)
            if counted is None:
                return None
            total += counted
        return total if articles is None else min(total, articles)

    @property
    def _finder(self) -> Finder:
        return Finder(self.format, self.out)


def read_source(source: Source, max_bytes: int, columns: Columns) -> Iterator[Record]:
    """The records of one file; where it can't be read on, one record says so."""
    read = READERS[source.format]
    try:
        with source.open() as file:
            yield from read(unpacked(file, source.packing), source, max_bytes, columns)
    except YojiError as error:
        yield Record(source.id, error)
    except Exception as error:  # a damaged file raises whatever its library raises
        reason = one_line(error) or type(error).__name__
        yield Record(source.id, RecordError(f"{source.name} can't be read on: {reason}"))


def _read_page(file: BinaryIO, source: Source, max_bytes: int, columns: Columns) -> Records:
    """One page; its id is its path."""
    content = decode(read_limited(file, source.name, max_bytes))
    format = "html" if source.format == "html" else format_of(source.name)
    yield Record(source.id, Page(content, format))


def _read_jsonl(file: BinaryIO, source: Source, max_bytes: int, columns: Columns) -> Records:
    """One record per line that is not blank; a bad line is an error under ``FILE:LINE``."""
    for number, line in enumerate(bounded_lines(file, max_bytes), start=1):
        place = f"{source.name}:{number}"
        if line is None:
            yield Record(place, too_long(place, max_bytes))
        elif line.strip():
            yield _parse_line(line, place, columns)


def _parse_line(line: bytes, place: str, columns: Columns) -> Record:
    try:
        values = from_json(line.removeprefix(b"\xef\xbb\xbf"))
    except ValueError as error:
        return Record(place, bad_record(place, one_line(error), columns))
    if not isinstance(values, dict):
        return Record(place, bad_record(place, "it is no JSON object", columns))
    return read_record(values, place, columns)


Reader = Callable[[BinaryIO, Source, int, Columns], Records]
READERS: Final[dict[InputFormat, Reader]] = {
    "txt": _read_page,
    "html": _read_page,
    "jsonl": _read_jsonl,
    "csv": read_csv,
    "parquet": read_parquet,
}


def _count(source: Source, max_bytes: int) -> int | None:
    """A page is one; lines are counted if they lie here unpacked; else nobody knows."""
    if source.format in ("txt", "html"):
        return 1
    if source.packing or source.format == "csv":
        return None
    with open_file(source.name) as file:
        return count_lines(file, max_bytes) if source.format == "jsonl" else count_parquet(file)
