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

from service.batch.runner import Progress
from service.batch.tally import Tally

LOG_EVERY_S: Final = 30.0
_DRAW_EVERY_S: Final = 0.1


@contextmanager
def show_progress(console: Console, total: int | None) -> Iterator[Progress]:
    """Progress towards ``total`` articles (None: nobody knows), as this console can show it."""
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
        self._last = float("-inf")

    def advance(self, tally: Tally) -> None:
        """Move the bar, not more often than anyone can see."""
        now = time.monotonic()
        if now - self._last >= _DRAW_EVERY_S:
            self._last = now
            self._bar.update(self._task, completed=tally.articles, rate=describe(tally))


class LogProgress:
    """A line every ``LOG_EVERY_S`` seconds."""

    def __init__(self, console: Console, total: int | None) -> None:
        self._console = console
        self._total = total
        self._last = time.monotonic()

    def advance(self, tally: Tally) -> None:
        """Print a line when it is time."""
        now = time.monotonic()
        if now - self._last >= LOG_EVERY_S:
            self._last = now
            of = "" if self._total is None else f" of {self._total}"
            self._console.print(
                f"yoji: {tally.articles}{of} articles, {describe(tally)}{self._left(tally)}"
            )

    def _left(self, tally: Tally) -> str:
        if self._total is None or not tally.computed.articles:
            return ""
        left_s = (self._total - tally.articles) * tally.seconds / tally.computed.articles
        return f", {duration(left_s)} left"


def describe(tally: Tally) -> str:
    """The rates and counts a person watches; rates are those of what was computed."""
    seconds = max(tally.seconds, 1e-9)
    reused = f", {tally.reused} reused" if tally.reused else ""
    return (
        f"{tally.computed.articles / seconds:.2f} articles/s, "
        f"{tally.computed.output_tokens / seconds:.0f} tokens/s, "
        f"{tally.computed.failed} failed, {tally.computed.flags} flags{reused}"
    )


def duration(seconds: float) -> str:
    """Hours, minutes and seconds: ``1:02:03``."""
    minutes, rest = divmod(max(0, round(seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}"
