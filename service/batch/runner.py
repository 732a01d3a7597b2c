"""The run: records in, finished rows into the journal, several chunks of articles in flight.

While the engine works on some chunks, others are read, checked and written. What the journal
has is not computed again, and equal articles are computed once. Must not know where records
come from or what the output looks like.
"""

from __future__ import annotations

import hashlib
import itertools
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final, Protocol

from models.digest import DigestOptions
from models.documents import Digest
from models.errors import QueueFullError, YojiError
from models.reading import Page
from service.batch.journal import Entry, Journal
from service.batch.readers import Record
from service.batch.rows import Row
from service.batch.stopping import Stop
from service.batch.tally import Tally
from service.faults import one_line

ARTICLES_PER_CHUNK: Final = 16
"""About 80 prompts a stage: full batches for a generator that takes 64 at a time."""
ARTICLES_IN_FLIGHT: Final = 48
"""Three chunks: one is generated, one waits its turn, one is read or written."""
_QUEUE_FULL_TRIES: Final = 20

Result = Digest | YojiError
Identify = Callable[[Page], str]
"""A page's ``Digest.id``, without computing the digest."""


class PageDigester(Protocol):
    """What a run needs of ``models.digest.Digester``."""

    def digest(self, pages: Sequence[Page], options: DigestOptions | None = None) -> list[Result]:
        """N pages → N digests or errors, in order."""
        ...


class Progress(Protocol):
    """Told of every article as it is done."""

    def advance(self, tally: Tally) -> None:
        """Some more are done; ``tally`` counts all so far."""
        ...


class UnexpectedError(YojiError):
    """The digester itself failed on an article: a bug, or memory that ran out."""


@dataclass(frozen=True, slots=True)
class RunLimits:
    """``in_flight`` articles are held at a time; ``articles`` None is the whole input."""

    in_flight: int = ARTICLES_IN_FLIGHT
    articles: int | None = None
    fail_fast: bool = False

    @property
    def chunk(self) -> int:
        """Articles in one call of the digester: three calls share what is in flight."""
        return max(1, min(ARTICLES_PER_CHUNK, self.in_flight // 3))


@dataclass(frozen=True, slots=True)
class Task:
    """A record to compute, and the key its row is kept under."""

    at: int
    key: str
    record: Record


def key_of(record: Record, identify: Identify) -> str:
    """The digest's id; for a record that can't be read, a hash of why."""
    if isinstance(record.page, Page):
        return identify(record.page)
    return hashlib.sha256(f"{record.page.code}\n{one_line(record.page)}".encode()).hexdigest()


class Run:
    """One pass over the input, up to its end, a stop, or the first error if that is asked."""

    def __init__(
        self,
        digest: Callable[[Sequence[Page]], list[Result]],
        identify: Identify,
        journal: Journal,
        progress: Progress,
        limits: RunLimits = RunLimits(),
        stop: Stop | None = None,
    ) -> None:
        self._digest = digest
        self._identify = identify
        self._journal = journal
        self._progress = progress
        self._limits = limits
        self._stop = stop or Stop()
        self._tally = Tally()
        self._pending: set[str] = set()
        self._last = self._tally.started

    def process(self, records: Iterable[Record]) -> Tally:
        """Every record's row into the journal, in order; what is in flight is always finished."""
        size = self._limits.chunk
        most = max(1, self._limits.in_flight // size)
        window: deque[tuple[list[Task], Future[list[Result]]]] = deque()
        with ThreadPoolExecutor(most, "yoji-batch") as pool:
            for tasks in _chunks(self._to_compute(records), size):
                if self._stop.requested:
                    break
                window.append((tasks, pool.submit(self._compute, tasks)))
                if len(window) == most:
                    self._settle(*window.popleft())
            while window:
                self._settle(*window.popleft())
        return self._tally

    def _to_compute(self, records: Iterable[Record]) -> Iterator[Task]:
        """What is neither in the journal nor on its way; everything gets its place."""
        chosen = itertools.islice(records, self._limits.articles)
        for at, record in enumerate(self._stop.until_requested(chosen)):
            key = key_of(record, self._identify)
            self._journal.place(at, record.id, key)
            if key in self._journal or key in self._pending:
                self._tally.reused += 1
                self._progress.advance(self._tally)
            else:
                self._pending.add(key)
                yield Task(at, key, record)

    def _compute(self, tasks: Sequence[Task]) -> list[Result]:
        pages = [task.record.page for task in tasks if isinstance(task.record.page, Page)]
        results = iter(digest_each(self._digest, pages) if pages else ())
        return [
            next(results) if isinstance(task.record.page, Page) else task.record.page
            for task in tasks
        ]

    def _settle(self, tasks: Sequence[Task], future: Future[list[Result]]) -> None:
        rows = [
            Row.of(task.record.id, result, _known(task))
            for task, result in zip(tasks, future.result(), strict=True)
        ]
        now = time.monotonic()
        took_s = (now - self._last) / len(rows)
        self._last = now
        entries = [
            Entry(key=task.key, at=task.at, took_s=took_s, row=row)
            for task, row in zip(tasks, rows, strict=True)
        ]
        self._journal.append([entry for entry in entries if self._may_keep(entry.row)])
        self._pending.difference_update(task.key for task in tasks)
        for row in rows:
            self._tally.add(row)
        if self._limits.fail_fast and self._tally.first_error:
            self._stop.requested = True
        self._progress.advance(self._tally)

    def _may_keep(self, row: Row) -> bool:
        """A run that ends at an error tries it again when it goes on."""
        return row.error is None or not self._limits.fail_fast


def digest_each(
    digest: Callable[[Sequence[Page]], list[Result]], pages: Sequence[Page]
) -> list[Result]:
    """N pages → N results: whatever is raised becomes the error of the article it is about."""
    results = _digest_or_error(digest, pages)
    for _ in range(_QUEUE_FULL_TRIES):
        full = [at for at, result in enumerate(results) if isinstance(result, QueueFullError)]
        if not full:
            break
        time.sleep(min(_wait_s(results[at]) for at in full))
        again = _digest_or_error(digest, [pages[at] for at in full])
        for at, result in zip(full, again, strict=True):
            results[at] = result
    return results


def _digest_or_error(
    digest: Callable[[Sequence[Page]], list[Result]], pages: Sequence[Page]
) -> list[Result]:
    try:
        return list(digest(pages))
    except Exception as error:  # one bad article never stops the run
        if len(pages) > 1:
            return [result for page in pages for result in _digest_or_error(digest, [page])]
        if isinstance(error, YojiError):
            return [error]
        unexpected = UnexpectedError(f"{type(error).__name__}: {error}")
        unexpected.__cause__ = error
        return [unexpected]


def _wait_s(result: Result) -> float:
    return min(result.retry_after_s, 5.0) if isinstance(result, QueueFullError) else 0.0


def _known(task: Task) -> str | None:
    return task.key if isinstance(task.record.page, Page) else None


def _chunks(tasks: Iterable[Task], size: int) -> Iterator[list[Task]]:
    some: list[Task] = []
    for task in tasks:
        some.append(task)
        if len(some) == size:
            yield some
            some = []
    if some:
        yield some
