"""``yoji check``: what disagrees in Korean-English pairs, any translator's; loads no model."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date, datetime
from typing import Annotated

import typer
from rich.text import Text

from models.anchors import AnchorContext, Glossary
from models.checks import check_pairs, is_good
from models.documents import Flag
from service.commands.digest import GlossaryOption, load_glossary
from service.faults import EXIT_FAILED, EXIT_OK, one_line
from service.inputs import read_lines
from service.pairs import BadLine, Pair, read_pairs
from service.session import out_console, report, session_of, write

PairsArgument = Annotated[
    str, typer.Argument(help='"ko TAB en" lines or JSONL {"ko", "en"}; - reads standard input.')
]
DateOption = Annotated[
    datetime | None,
    typer.Option("--date", formats=["%Y-%m-%d"], help="The day the Korean was published."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object per pair.")]

Checked = tuple[Pair | BadLine, tuple[Flag, ...]]


def check(
    context: typer.Context,
    path: PairsArgument,
    *,
    as_json: JsonOption = False,
    glossary: GlossaryOption = None,
    published: DateOption = None,
) -> int:
    """Say what disagrees between Korean and English; exit code 1 if anything does."""
    lines = read_lines(path, session_of(context).settings.max_input_bytes)
    circumstances = _circumstances(load_glossary(glossary), published)
    results = checked_pairs(read_pairs(lines, path), circumstances)
    good = _print_json(results) if as_json else _print_for_people(results)
    return EXIT_OK if good else EXIT_FAILED


def checked_pairs(lines: Iterable[Pair | BadLine], context: AnchorContext) -> Iterator[Checked]:
    """Each pair with its flags, in order; a bad line has none."""
    found = list(lines)
    pairs = [(line.ko, line.en) for line in found if isinstance(line, Pair)]
    flags = check_pairs(pairs, context)
    for line in found:
        yield line, next(flags) if isinstance(line, Pair) else ()


def _circumstances(glossary: Glossary | None, published: datetime | None) -> AnchorContext:
    day: date | None = published.date() if published else None
    terms = Glossary.shipped().merged(glossary) if glossary is not None else None
    return AnchorContext(day, terms)


def _print_json(results: Iterable[Checked]) -> bool:
    """One object per pair, in order; True if none is flagged."""
    all_good = True
    for pair, flags in results:
        good = isinstance(pair, Pair) and is_good(flags)
        answer: dict[str, object] = {"ok": good, "flags": [asdict(flag) for flag in flags]}
        if isinstance(pair, BadLine):
            answer["error"] = {"code": pair.error.code, "message": one_line(pair.error)}
            report(pair.error)
        write(json.dumps(answer, ensure_ascii=False))
        all_good = all_good and good
    return all_good


def _print_for_people(results: Iterable[Checked]) -> bool:
    """What is flagged, where, and a count; True if nothing stands against any pair."""
    flagged = pairs = bad = 0
    for pair, flags in results:
        if isinstance(pair, BadLine):
            report(pair.error)
            bad += 1
            continue
        pairs += 1
        flagged += not is_good(flags)
        if flags:
            _print_pair(pair, flags)
    lines = f", {bad} unreadable line{'' if bad == 1 else 's'}" if bad else ""
    out_console().print(Text(f"{flagged} of {pairs} pairs flagged{lines}", style="bold"))
    return not flagged and not bad


_STYLES = {"error": "bold red", "warning": "yellow", "info": "dim"}


def _print_pair(pair: Pair, flags: tuple[Flag, ...]) -> None:
    console = out_console()
    console.print(Text(f"line {pair.line}", style="bold"))
    console.print(Text(f"  {one_line(pair.ko)}"))
    console.print(Text(f"  {one_line(pair.en)}", style="cyan"))
    for flag in flags:
        console.print(
            Text(f"  {flag.severity} {flag.check}: {flag.detail}", _STYLES[flag.severity])
        )
    console.print()
