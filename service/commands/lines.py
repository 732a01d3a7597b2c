"""``yoji summarize`` and ``yoji translate``: one line in, one line out, in order.

Empty lines stay empty. A line that fails leaves an empty line, so that line N of the output
is always line N of the input; its error is on standard error, and the exit code is 1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Annotated, Final, TypeVar

import typer

from models.documents import Condensed, Translation
from models.errors import YojiError
from service.commands.digest import (
    AcceptOption,
    GlossaryOption,
    ProfileOption,
    StyleOption,
    load_glossary,
)
from service.faults import EXIT_FAILED, EXIT_OK, one_line
from service.inputs import read_lines
from service.session import report, session_of, write

_R = TypeVar("_R", Condensed, Translation)

LINES_AT_A_TIME: Final = 64
"""Enough to fill the generator's batches, few enough to see output grow."""

LinesArgument = Annotated[str, typer.Argument(help="Lines of Korean; - reads standard input.")]


def summarize(
    context: typer.Context,
    path: LinesArgument,
    style: StyleOption = "plain",
    profile: ProfileOption = None,
    accept: AcceptOption = None,
) -> int:
    """Condense each line of Korean to one sentence."""
    session = session_of(context)
    lines = read_lines(path, session.settings.max_input_bytes)
    with session.pipeline(profile) as pipeline:
        return _line_by_line(lines, lambda texts: pipeline.summarize(texts, style))


def translate(
    context: typer.Context,
    path: LinesArgument,
    glossary: GlossaryOption = None,
    profile: ProfileOption = None,
    accept: AcceptOption = None,
) -> int:
    """Render each line of Korean in English."""
    session = session_of(context)
    lines = read_lines(path, session.settings.max_input_bytes)
    terms = load_glossary(glossary)
    with session.pipeline(profile) as pipeline:
        return _line_by_line(lines, lambda texts: pipeline.translate(texts, terms))


def _line_by_line(
    lines: Sequence[str], run: Callable[[Sequence[str]], Sequence[_R | YojiError]]
) -> int:
    code = EXIT_OK
    for number, result in enumerate(_results(lines, run), start=1):
        if isinstance(result, YojiError):
            report(result, f"line {number}")
            code = EXIT_FAILED
        write("" if result is None or isinstance(result, YojiError) else one_line(result.text))
    return code


def _results(
    lines: Sequence[str], run: Callable[[Sequence[str]], Sequence[_R | YojiError]]
) -> Iterator[_R | YojiError | None]:
    """One result per line; None for a line of nothing but whitespace."""
    for start in range(0, len(lines), LINES_AT_A_TIME):
        some = lines[start : start + LINES_AT_A_TIME]
        texts = [line for line in some if line.strip()]
        results = iter(run(texts) if texts else ())
        yield from (next(results) if line.strip() else None for line in some)
