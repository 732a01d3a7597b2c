"""The command line: ``main`` sets the stage, runs a command, turns errors into exit codes.

Exit codes: 0 all good, 1 some items failed, 2 usage, 130 interrupted. Errors are one line on
standard error. Must not know what a command does.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence
from importlib.metadata import version
from typing import Annotated, TextIO

import typer
from typer.main import get_command

from service.commands.batch import batch
from service.commands.check import check
from service.commands.digest import digest
from service.commands.evaluate import evaluate
from service.commands.lines import summarize, translate
from service.commands.models import models_app
from service.commands.serve import serve
from service.faults import EXIT_FAILED, EXIT_OK, EXIT_USAGE, exit_code_of
from service.opening import Opener
from service.session import Session, report
from service.settings import Settings

logger = logging.getLogger(__name__)

app = typer.Typer(
    name="yoji",
    help="Read Korean news in English: key proposals, who makes them, what they rest on.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(digest)
app.command()(summarize)
app.command()(translate)
app.command()(batch)
app.command()(check)
app.command()(evaluate)
app.command()(serve)
app.add_typer(models_app, name="models")


def _print_version(asked: bool) -> None:
    if asked:
        sys.stdout.write(f"yoji {version('yoji')}\n")
        raise typer.Exit


@app.callback()
def _root(
    show_version: Annotated[
        bool,
        typer.Option(
            "--version", help="Print the version and exit.", is_eager=True, callback=_print_version
        ),
    ] = False,
) -> None:
    """Take the options that stand before a command."""


def main(argv: Sequence[str] | None = None, opener: Opener | None = None) -> int:
    """Run one command and give its exit code; ``opener`` replaces how pipelines are opened."""
    for stream in (sys.stdout, sys.stderr):
        _never_fail_to_encode(stream)
    try:
        settings = Settings.read()
        logging.basicConfig(
            level=settings.log_level.upper(),
            format="%(asctime)s %(levelname)s %(name)s: %(message)s",
        )
        session = Session(settings, opener) if opener else Session(settings)
        return _run(list(sys.argv[1:] if argv is None else argv), session)
    except BrokenPipeError:
        # Whoever read our output has had enough; nothing may be flushed to it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_FAILED
    except typer.TyperException as error:
        report(error.format_message())
        return EXIT_USAGE
    except (Exception, KeyboardInterrupt) as error:
        logger.debug("the command failed", exc_info=error)
        report(error)
        return exit_code_of(error)


def _run(argv: list[str], session: Session) -> int:
    if not argv:
        argv = ["--help"]
    code = get_command(app).main(args=argv, prog_name="yoji", standalone_mode=False, obj=session)
    sys.stdout.flush()
    return code if isinstance(code, int) else EXIT_OK


def _never_fail_to_encode(stream: TextIO) -> None:
    """UTF-8 for files and pipes, whatever the locale; a terminal keeps its own encoding."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        encoding = None if stream.isatty() else "utf-8"
        reconfigure(encoding=encoding, errors="backslashreplace")


if __name__ == "__main__":
    sys.exit(main())
