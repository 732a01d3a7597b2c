"""What a run has finished, kept so that any interruption loses at most what is in flight.

``.NAME.partial`` beside the output: a line for each finished article, synced to disk chunk by
chunk. Opening it again cuts a torn end and knows what is done, by content. Must not know of
inputs or of the output's format.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Self

from pydantic import BaseModel, ValidationError
from pydantic_core import from_json

from service.batch.durable import sync_folder
from service.batch.index import Index
from service.batch.rows import Row
from service.faults import UsageFault

OUTAGES: Final = frozenset(
    {"server_unavailable", "overloaded", "deadline_exceeded", "cancelled", "internal"}
)
"""Errors of the moment, not of the article: going on tries these again."""

Keep = Callable[[Row], bool]


class Entry(BaseModel):
    """A line: ``key`` is the content's id, ``at`` its place in the input of that run.

    ``took_s`` is the article's share of the run's time; none for a row taken over.
    """

    key: str
    at: int
    took_s: float | None
    row: Row


def keeps(retry_errors: bool) -> Keep:
    """Whether a row that is there need not be computed again."""

    def keep(row: Row) -> bool:
        return row.error is None or not (retry_errors or row.error.code in OUTAGES)

    return keep


class Journal:
    """The finished rows by key, on disk; a context that leaves the file for the next run."""

    def __init__(self, path: Path, keep: Keep, *, read_only: bool = False) -> None:
        self.path = path
        self.measured = 0
        self.measured_s = 0.0
        self._keep = keep
        self._read_only = read_only
        self._index = Index()
        self._file: BinaryIO | None = None
        self._size = 0

    def __enter__(self) -> Self:
        """Open the file, cut what is torn, learn what is done."""
        if self._read_only and not self.path.exists():
            return self
        try:
            file: BinaryIO = self.path.open("rb" if self._read_only else "a+b")
        except OSError as error:
            raise UsageFault(f"can't write {self.path}: {error.strerror}") from error
        self._file = file
        self._load(file)
        if not self._read_only:
            sync_folder(self.path.parent)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file; one with nothing in it is taken away."""
        if self._file is not None:
            self._file.close()
            if not self._size and not self._read_only:
                self.path.unlink(missing_ok=True)
        self._index.close()

    def __contains__(self, key: str) -> bool:
        return key in self._index

    def __len__(self) -> int:
        return len(self._index)

    @property
    def articles_per_s(self) -> float | None:
        """The rate measured over every run so far; None before anything was computed."""
        return self.measured / self.measured_s if self.measured and self.measured_s else None

    def append(self, entries: Sequence[Entry]) -> None:
        """More finished rows, on disk when this returns."""
        if not entries:
            return
        file = self._writable()
        for entry in entries:
            self._write(file, entry)
        file.flush()
        os.fsync(file.fileno())

    def take_over(self, rows: Iterable[Row]) -> None:
        """Rows of an earlier output, where they are not known yet and need no second try."""
        for row in rows:
            key = row.digest_id
            if key is None or key in self._index or not self._keep(row):
                continue
            if self._read_only:
                self._index.add(key, -1)
            else:
                self._write(self._writable(), Entry(key=key, at=-1, took_s=None, row=row))

    def place(self, at: int, id: str | int, key: str) -> None:
        """The input's record ``at`` has this id and the content of ``key``."""
        self._index.place(at, id, key)

    def rows(self) -> Iterator[Row]:
        """The row of every record that was placed, under its own id, in the input's order."""
        self._writable().flush()
        with self.path.open("rb") as file:
            for id, key in self._index.places():
                file.seek(self._index.offset(key))
                entry = Entry.model_validate_json(file.readline())
                yield entry.row.model_copy(update={"id": id})

    def remove(self) -> None:
        """The output is complete: nothing is left to go on with."""
        self.path.unlink(missing_ok=True)

    def _load(self, file: BinaryIO) -> None:
        file.seek(0)
        for line in file:
            if not _is_whole(line):
                break
            entry = _parse(line)
            if entry is not None:
                self._note(entry)
            self._size += len(line)
        if not self._read_only:
            file.truncate(self._size)

    def _note(self, entry: Entry) -> None:
        if entry.took_s is not None:
            self.measured += 1
            self.measured_s += entry.took_s
        if self._keep(entry.row):
            self._index.add(entry.key, self._size)
        else:
            self._index.discard(entry.key)

    def _write(self, file: BinaryIO, entry: Entry) -> None:
        line = entry.model_dump_json().encode() + b"\n"
        file.write(line)
        self._index.add(entry.key, self._size)
        self._size += len(line)

    def _writable(self) -> BinaryIO:
        if self._file is None or self._read_only:
            raise ValueError("the journal is not open for writing; use it in a with statement")
        return self._file


def _is_whole(line: bytes) -> bool:
    """False for a line that was not wholly written: everything after it is in doubt, too."""
    try:
        from_json(line)
    except ValueError:
        return False
    return line.endswith(b"\n")


def _parse(line: bytes) -> Entry | None:
    """None for a line of another version, whose row must be computed again."""
    try:
        return Entry.model_validate_json(line)
    except ValidationError:
        return None
