"""How ``yoji models`` shows checkpoints: rows for people, JSON for machines, a bar for a pull."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Final

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from models.profiles import Licence, Transfer, megabytes
from models.profiles.status import CheckpointStatus, State

COLUMNS: Final = (
    "profile",
    "task",
    "checkpoint",
    "revision",
    "engine",
    "licence",
    "size",
    "here",
)
_HERE: Final[dict[State, str]] = {
    "built": "yes",
    "pulled": "pulled, built at first use",
    "absent": "no: pull it",
    "served": "on a server",
    "buildable": "no: built at first use",
}
_STEP: Final = 10
"""Per cent between two lines of a pull's progress, where there is no terminal for a bar."""


def cells(status: CheckpointStatus) -> tuple[str, ...]:
    """A checkpoint as a row of ``COLUMNS``."""
    return (
        status.profile,
        status.task,
        status.id,
        _revision(status),
        status.engine,
        _licence(status.licence),
        megabytes(status.size_bytes) if status.size_bytes else "-",
        _HERE[status.state],
    )


def status_view(status: CheckpointStatus) -> str:
    """A checkpoint as a line of JSON."""
    licence = status.licence
    terms = {
        **asdict(licence),
        "needs_acceptance": licence.needs_acceptance,
        "why": licence.restriction,
    }
    del terms["accept"]
    return json.dumps({**asdict(status), "licence": terms}, ensure_ascii=False)


def _revision(status: CheckpointStatus) -> str:
    if status.pinned:
        return status.revision
    if status.commit is None:
        return f"{status.revision} (unpinned)"
    return f"{status.revision} at {status.commit[:12]}"


def _licence(licence: Licence) -> str:
    if not licence.needs_acceptance:
        return licence.name
    why = "" if licence.commercial else "non-commercial, "
    return f"{licence.name} ({why}must be accepted)"


@contextmanager
def show_transfer(console: Console) -> Iterator[Callable[[Transfer], None]]:
    """What to give a pull to watch: a bar on a terminal, elsewhere a line every ten per cent."""
    if not console.is_terminal:
        yield _Lines(console).show
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("pulling", total=None)

        def show(transfer: Transfer) -> None:
            bar.update(
                task,
                description=transfer.file,
                completed=transfer.all_done_bytes,
                total=transfer.all_bytes,
            )

        yield show


class _Lines:
    """A line whenever another tenth has come."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._shown = 0

    def show(self, transfer: Transfer) -> None:
        done = 100 * transfer.all_done_bytes // max(1, transfer.all_bytes)
        if done < self._shown + _STEP:
            return
        self._shown = done - done % _STEP
        of = f"{self._shown}% of {megabytes(transfer.all_bytes)}"
        self._console.print(Text(f"yoji: {of} ({transfer.file})", style="dim"))
