"""How far a run is: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.progress import Progress as Bar

from service.batch.runner import BatchSummary, Progress

LOG_EVERY_S: Final = 30.0


@contextmanager
def show_progress(console: Console, total: int) -> Iterator[Progress]:
    """Progress towards ``total`` articles, as this console can show it."""
    if not console.is_terminal:
        yield LogProgress(console, total)
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[rate]}"),
    )
    with Bar(*columns, console=console, transient=True) as bar:
        yield BarProgress(bar, bar.add_task("digesting", total=total, rate=""))


class BarProgress:
    """A bar that moves."""

    def __init__(self, bar: Bar, task: TaskID) -> None:
        self._bar = bar
        self._task = task

    def advance(self, summary: BatchSummary) -> None:
        """Move the bar."""
        self._bar.update(self._task, completed=summary.articles, rate=describe(summary))


class LogProgress:
    """A line every ``LOG_EVERY_S`` seconds."""

    def __init__(self, console: Console, total: int) -> None:
        self._console = console
        self._total = total
        self._last = time.monotonic()

    def advance(self, summary: BatchSummary) -> None:
        """Print a line when it is time."""
        now = time.monotonic()
        if now - self._last >= LOG_EVERY_S:
            self._last = now
            self._console.print(
                f"yoji: {summary.articles} of {self._total} articles, {describe(summary)}"
            )


def describe(summary: BatchSummary) -> str:
    """The rates and counts a person watches."""
    seconds = max(summary.seconds, 1e-9)
    return (
        f"{summary.articles / seconds:.2f} articles/s, "
        f"{summary.output_tokens / seconds:.0f} tokens/s, "
        f"{summary.failed} failed, {summary.flags} flags"
    )
