"""Counting: what a run has done so far, and what its output comes to."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from service.batch.rows import Row


@dataclass(slots=True)
class Counts:
    """What some rows come to."""

    articles: int = 0
    failed: int = 0
    proposals: int = 0
    flags: int = 0
    output_tokens: int = 0
    errors: Counter[str] = field(default_factory=Counter)

    def add(self, row: Row) -> None:
        """Count one row."""
        self.articles += 1
        if row.error is not None:
            self.failed += 1
            self.errors[row.error.code] += 1
        if row.digest is not None:
            self.proposals += len(row.digest.proposals)
            self.flags += sum(len(proposal.flags) for proposal in row.digest.proposals)
            self.output_tokens += row.digest.usage.output_tokens

    def over(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The same rows, each counted as it passes."""
        for row in rows:
            self.add(row)
            yield row


@dataclass(slots=True)
class Tally:
    """A run so far: ``computed`` in it, and how many articles were there already."""

    computed: Counts = field(default_factory=Counts)
    reused: int = 0
    first_error: Row | None = None
    started: float = field(default_factory=time.monotonic)

    @property
    def articles(self) -> int:
        """Reused and computed."""
        return self.reused + self.computed.articles

    @property
    def seconds(self) -> float:
        """Since the run began."""
        return time.monotonic() - self.started

    def add(self, row: Row) -> None:
        """Count a row that was computed."""
        self.computed.add(row)
        if row.error is not None and self.first_error is None:
            self.first_error = row

    def to_json(self, counts: Counts, complete: bool) -> str:
        """The last line a run prints: ``counts`` of its output, and this run's own figures."""
        line = {
            "articles": counts.articles,
            "failed": counts.failed,
            "proposals": counts.proposals,
            "flags": counts.flags,
            "output_tokens": counts.output_tokens,
            "errors": dict(sorted(counts.errors.items())),
            "computed": self.computed.articles,
            "reused": self.reused,
            "seconds": round(self.seconds, 3),
            "complete": complete,
        }
        return json.dumps(line, ensure_ascii=False)
