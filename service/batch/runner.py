"""The run: records in, rows out, in order, a bounded number of articles in flight.

Must not know where records come from or what a row's file looks like.
"""

from __future__ import annotations

import itertools
import json
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from models.digest import DigestOptions
from models.documents import Digest
from models.errors import YojiError
from models.reading import Page
from service.batch.readers import Record
from service.batch.writers import Row, RowWriter

ARTICLES_IN_FLIGHT: Final = 16
"""About 80 prompts a stage: full batches for a generator that takes 64 at a time."""


class PageDigester(Protocol):
    """What a run needs of ``models.digest.Digester``."""

    def digest(
        self, pages: Sequence[Page], options: DigestOptions | None = None
    ) -> list[Digest | YojiError]:
        """N pages → N digests or errors, in order."""
        ...


class Progress(Protocol):
    """Told of every article as it is done."""

    def advance(self, summary: BatchSummary) -> None:
        """Some more are done; ``summary`` counts all so far."""
        ...


@dataclass(slots=True)
class BatchSummary:
    """What a run came to."""

    articles: int = 0
    failed: int = 0
    proposals: int = 0
    flags: int = 0
    output_tokens: int = 0
    errors: Counter[str] = field(default_factory=Counter)
    started: float = field(default_factory=time.monotonic)

    @property
    def seconds(self) -> float:
        """Since the run began."""
        return time.monotonic() - self.started

    def add(self, result: Digest | YojiError) -> None:
        """Count one article."""
        self.articles += 1
        if isinstance(result, YojiError):
            self.failed += 1
            self.errors[result.code] += 1
            return
        self.proposals += len(result.proposals)
        self.flags += sum(len(proposal.flags) for proposal in result.proposals)
        self.output_tokens += result.usage.output_tokens

    def to_json(self) -> str:
        """The last line a run prints."""
        counts = {
            "articles": self.articles,
            "failed": self.failed,
            "proposals": self.proposals,
            "flags": self.flags,
            "output_tokens": self.output_tokens,
            "errors": dict(sorted(self.errors.items())),
            "seconds": round(self.seconds, 3),
        }
        return json.dumps(counts, ensure_ascii=False)


def run_batch(
    records: Iterable[Record],
    digester: PageDigester,
    options: DigestOptions,
    writer: RowWriter,
    progress: Progress,
) -> BatchSummary:
    """Every record through the digester to the writer, in order."""
    summary = BatchSummary()
    for some in _chunks(records, ARTICLES_IN_FLIGHT):
        for record, result in zip(some, _digest(some, digester, options), strict=True):
            writer.write(Row.of(record.id, result))
            summary.add(result)
        progress.advance(summary)
    return summary


def _digest(
    records: Sequence[Record], digester: PageDigester, options: DigestOptions
) -> Iterator[Digest | YojiError]:
    pages = [record.page for record in records if isinstance(record.page, Page)]
    digests = iter(digester.digest(pages, options) if pages else ())
    for record in records:
        yield next(digests) if isinstance(record.page, Page) else record.page


def _chunks(records: Iterable[Record], size: int) -> Iterator[list[Record]]:
    iterator = iter(records)
    while some := list(itertools.islice(iterator, size)):
        yield some
