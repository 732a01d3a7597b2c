"""What runs inside an actor: groups of records in, one finished shard each, counts out.

Must not know of Ray: the actor is this class, given to Ray Data.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final, Protocol

from models.digest import DigestOptions
from models.reading import Page
from service.batch.records import Record
from service.batch.rows import Row
from service.batch.runner import ARTICLES_PER_CHUNK, Identify, PageDigester, Result, digest_each
from service.batch.tally import Counts
from service.ray.reading import Group
from service.ray.shards import ShardFolder

CHUNKS_IN_FLIGHT: Final = 3
"""While the engine works on one chunk, another waits for it and a third is checked."""


class MakeDigester(Protocol):
    """Opens the digester in its actor; must survive pickling."""

    def __call__(self) -> PageDigester:
        """A digester, ready to run; raises ``YojiError``."""
        ...


class DigestShards:
    """Digests groups and writes their shards. One per actor; it holds the networks."""

    def __init__(
        self,
        make: MakeDigester,
        options: DigestOptions,
        identify: Identify,
        folder: ShardFolder,
    ) -> None:
        self._digester = make()
        self._options = options
        self._identify = identify
        self._folder = folder

    def __call__(self, batch: dict[str, Any]) -> dict[str, list[bytes]]:
        """A batch of pickled ``Group`` → the pickled (``Counts``, reused) of each."""
        groups = [pickle.loads(data) for data in batch["group"]]  # noqa: S301 - our own reader's
        return {"counts": [pickle.dumps(self.process(group)) for group in groups]}

    def process(self, group: Group) -> tuple[Counts, int]:
        """One group to its shard; done again it gives the same shard."""
        counts = Counts()
        if group.records:
            rows = list(counts.over(self._rows(group.records)))
            self._folder.write(group.keys, rows)
        return counts, group.reused

    def _rows(self, records: Sequence[Record]) -> Iterator[Row]:
        starts = range(0, len(records), ARTICLES_PER_CHUNK)
        chunks = [records[start : start + ARTICLES_PER_CHUNK] for start in starts]
        with ThreadPoolExecutor(CHUNKS_IN_FLIGHT, "yoji-shard") as pool:
            for rows in pool.map(self._chunk, chunks):
                yield from rows

    def _chunk(self, records: Sequence[Record]) -> list[Row]:
        pages = [record.page for record in records if isinstance(record.page, Page)]
        results = iter(digest_each(self._digest, pages) if pages else ())
        return [
            Row.of(record.id, next(results), self._identify(record.page))
            if isinstance(record.page, Page)
            else Row.of(record.id, record.page)
            for record in records
        ]

    def _digest(self, pages: Sequence[Page]) -> list[Result]:
        return self._digester.digest(pages, self._options)
