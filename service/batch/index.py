"""Which rows a run has and where each belongs, on disk, so that memory does not grow.

A temporary SQLite database that vanishes with the process: it can always be made again from
the journal and the input. Must not know what a row is.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator


class Index:
    """Keys (hex) to offsets, and the ids and keys of the input in its order."""

    def __init__(self) -> None:
        # An empty name is SQLite's: a file of its own that is deleted on close.
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"
            "CREATE TABLE rows (key BLOB PRIMARY KEY, offset INTEGER) WITHOUT ROWID;"
            "CREATE TABLE places (at INTEGER PRIMARY KEY, id TEXT, key BLOB);"
            "BEGIN"
        )

    def __contains__(self, key: str) -> bool:
        return self._offset(key) is not None

    def __len__(self) -> int:
        (count,) = self._database.execute("SELECT count(*) FROM rows").fetchone()
        return int(count)

    def add(self, key: str, offset: int) -> None:
        """The row of ``key`` begins at ``offset``; the last one said is the one that counts."""
        self._database.execute("REPLACE INTO rows VALUES (?, ?)", (bytes.fromhex(key), offset))

    def discard(self, key: str) -> None:
        """The row of ``key`` no longer counts."""
        self._database.execute("DELETE FROM rows WHERE key = ?", (bytes.fromhex(key),))

    def offset(self, key: str) -> int:
        """Where the row of ``key`` begins; ``KeyError`` when there is none."""
        offset = self._offset(key)
        if offset is None:
            raise KeyError(key)
        return offset

    def place(self, at: int, id: str | int, key: str) -> None:
        """The input's record ``at`` has this id and this key."""
        values = (at, json.dumps(id), bytes.fromhex(key))
        self._database.execute("REPLACE INTO places VALUES (?, ?, ?)", values)

    def places(self) -> Iterator[tuple[str | int, str]]:
        """(id, key) of every record, in the order of the input."""
        for id, key in self._database.execute("SELECT id, key FROM places ORDER BY at"):
            yield json.loads(id), key.hex()

    def close(self) -> None:
        """Forget everything."""
        self._database.close()

    def _offset(self, key: str) -> int | None:
        found = self._database.execute(
            "SELECT offset FROM rows WHERE key = ?", (bytes.fromhex(key),)
        ).fetchone()
        return None if found is None else int(found[0])
