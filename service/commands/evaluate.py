"""``yoji evaluate``: how good a profile is on reference sets, and whether it got worse."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.progress import MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from models.assembly import Pipeline
from service.commands.digest import AcceptOption, ProfileOption
from service.evaluation.gate import GATED, SHIPPED_FLOORS, TARGETS, Floors, Scores
from service.evaluation.measures import Measures
from service.evaluation.scores import signatures
from service.evaluation.suite import SETS, EvaluationSet, open_sets
from service.faults import EXIT_FAILED, EXIT_OK
from service.session import err_console, out_console, report, session_of, write

DataOption = Annotated[
    Path, typer.Option("--data", help="Folder with benchmark/ and corpus/, see docs/evaluation.md.")
]
SampleOption = Annotated[
    int, typer.Option("--sample", min=0, help="Items of each set, by a fixed seed; 0: all.")
]


def evaluate(  # noqa: PLR0913 - one parameter per option
    context: typer.Context,
    *,
    data: DataOption,
    suite: Annotated[Literal["quality"], typer.Option("--suite", help="What to measure.")] = (
        "quality"
    ),
    sets: Annotated[
        list[str] | None, typer.Option("--set", help="Only this set; may be repeated.")
    ] = None,
    sample: SampleOption = 0,
    profile: ProfileOption = None,
    accept: AcceptOption = None,
    out: Annotated[Path | None, typer.Option("--out", help="Also write the JSON here.")] = None,
    gate: Annotated[bool, typer.Option("--gate", help="Fail when a floor is broken.")] = False,
    floors: Annotated[Path, typer.Option("--floors", help="The file of floors.")] = SHIPPED_FLOORS,
    raise_floors: Annotated[
        bool, typer.Option("--raise-floors", help="Raise floors to what was reached.")
    ] = False,
    lower_floors: Annotated[
        bool, typer.Option("--lower-floors", help="Set floors to what was reached, also down.")
    ] = False,
) -> int:
    """Measure translations, summaries and digests; a table, and one JSON object as last line."""
    session = session_of(context)
    known = Floors.read(floors)
    chosen = open_sets(data, sets or SETS, sample)
    signed = signatures()
    with session.pipeline(profile) as pipeline:
        scores = _measure_all(pipeline, chosen)
        key = f"{pipeline.profile.name} sample={sample}"
        fingerprint = pipeline.profile.fingerprint
    out_console().print(_table(scores))
    good = _holds(known, key, scores) if gate else None
    if raise_floors or lower_floors:
        _set_floors(known, key, scores, lower=lower_floors)
    answer = {
        "suite": suite,
        "profile": key.partition(" ")[0],
        "fingerprint": fingerprint,
        "sample": sample,
        "signatures": signed,
        "scores": scores,
        "gate": good,
    }
    _write_answer(answer, out)
    return EXIT_FAILED if good is False else EXIT_OK


def _holds(floors: Floors, key: str, scores: Scores) -> bool:
    breaches = list(floors.breaches(key, scores))
    for breach in breaches:
        report(breach, "gate")
    return not breaches


def _set_floors(floors: Floors, key: str, scores: Scores, *, lower: bool) -> None:
    for change in floors.update(key, scores, lower=lower):
        err_console().print(f"yoji: floor {change}")
    floors.write()


def _measure_all(pipeline: Pipeline, sets: list[EvaluationSet]) -> dict[str, Measures]:
    columns = (TextColumn("{task.description}"), MofNCompleteColumn(), TimeRemainingColumn())
    console = err_console()
    scores: dict[str, Measures] = {}
    with Progress(*columns, console=console, transient=True) as bar:
        for one in sets:
            task = bar.add_task(one.name, total=one.size)
            scores[one.name] = one.measure(pipeline, lambda n, at=task: bar.advance(at, n))  # type: ignore[misc]
            console.print(f"yoji: {one.name}: {one.size} items measured")
    return scores


def _table(scores: Scores) -> Table:
    table = Table("set", "measure", "value", "target", box=None)
    for name, measures in scores.items():
        for measure, value in measures.items():
            target = TARGETS.get((name, measure))
            table.add_row(name, measure, f"{value:g}", _told(target, value, measure))
    return table


def _told(target: float | None, value: float, measure: str) -> Text:
    if target is None:
        return Text("")
    reached = GATED[measure].holds(value, target)
    return Text(f"{target:g} {'reached' if reached else 'not reached'}")


def _write_answer(answer: Mapping[str, object], out: Path | None) -> None:
    line = json.dumps(answer, ensure_ascii=False)
    if out is not None:
        out.write_text(line + "\n", encoding="utf-8")
    write(line)
