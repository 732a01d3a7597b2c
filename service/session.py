"""What every command gets: the settings, how to open a pipeline, and where to print.

Commands print for people through ``out`` (colour only on a terminal) and for machines through
``write``; errors and progress go to standard error. No command reads the environment.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import typer
from rich.console import Console

from models.assembly import Pipeline, open_pipeline
from models.errors import GenerationError, InputError
from service.faults import one_line
from service.opening import Opener, pipeline_settings
from service.settings import Settings


@dataclass(frozen=True, slots=True)
class Session:
    """One run of the command line."""

    settings: Settings
    opener: Opener = open_pipeline

    @contextmanager
    def pipeline(self, profile: str | None = None) -> Iterator[Pipeline]:
        """The pipeline of ``profile`` (default: the settings'), closed afterwards."""
        console = err_console()
        with console.status("loading …") as status:
            opened = self.opener(
                profile or self.settings.profile,
                pipeline_settings(self.settings),
                lambda message: status.update(f"{one_line(message)} …"),
            )
        try:
            yield opened
        finally:
            opened.close()


def accept_licences(context: typer.Context, names: list[str] | None) -> None:
    """Put licences that an option accepts with those of the settings; an option's callback."""
    root = context.find_root()
    session = root.obj
    if names and isinstance(session, Session):
        accepted = (*session.settings.accept_licences, *names)
        settings = session.settings.model_copy(update={"accept_licences": accepted})
        root.obj = replace(session, settings=settings)


def session_of(context: typer.Context) -> Session:
    """The session ``service.cli.main`` put into the context."""
    session = context.find_root().obj
    if not isinstance(session, Session):
        raise TypeError("the command line was started without a session")
    return session


def out_console() -> Console:
    """Standard output for people: wrapped to a terminal, unwrapped elsewhere."""
    return _console(stderr=False)


def err_console() -> Console:
    """Standard error for people: status lines show on a terminal only."""
    return _console(stderr=True)


def write(text: str) -> None:
    """One line to standard output, as it is."""
    sys.stdout.write(text + "\n")


def report(error: object, where: str | None = None) -> None:
    """``yoji: error: …`` on standard error, in one line."""
    code = error.code if isinstance(error, (InputError, GenerationError)) else None
    parts = [where, code, one_line(error) or type(error).__name__]
    sys.stderr.write(f"yoji: error: {': '.join(part for part in parts if part)}\n")


def _console(stderr: bool) -> Console:
    console = Console(stderr=stderr, highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console.width = 100_000
    return console
