"""``yoji batch``: an archive in, a row per article out, at any scale and in several sittings."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from models.digest import DigestOptions
from service.batch.briefs import BriefBy
from service.batch.job import Forecast, Job, Outcome, check, forecast, run_job
from service.batch.lock import only_run
from service.batch.progress import describe, duration
from service.batch.readers import Columns, InputFormat, Inputs
from service.batch.runner import ARTICLES_IN_FLIGHT, RunLimits
from service.commands.batch_ray import BatchEngine, RayOptions, run_batch_on_ray
from service.commands.digest import (
    AcceptOption,
    GlossaryOption,
    MaxProposalsOption,
    ProfileOption,
    StyleOption,
    between,
    load_glossary,
)
from service.faults import EXIT_FAILED, EXIT_INTERRUPTED, EXIT_OK, UsageFault
from service.opening import profile_fingerprint
from service.ray.job import ARTICLES_PER_SHARD
from service.session import Session, err_console, report, session_of, write

_MOST: int = 2**31


def batch(  # noqa: PLR0913 - one parameter per option
    context: typer.Context,
    inputs: Annotated[
        list[str],
        typer.Argument(
            help="Files, folders, globs, URLs, or - for standard input: pages (.txt, .html) or "
            "many articles (.jsonl, .csv, .parquet), also .gz and .zst."
        ),
    ],
    *,
    out: Annotated[
        Path,
        typer.Option(
            "--out", help="What to write: .jsonl, .csv, .parquet, or a brief to read, .md or .html."
        ),
    ],
    style: StyleOption = "plain",
    max_proposals: MaxProposalsOption = 10,
    glossary: GlossaryOption = None,
    profile: ProfileOption = None,
    accept: AcceptOption = None,
    input_format: Annotated[
        InputFormat | None,
        typer.Option("--input-format", help="What standard input or a file of another ending is."),
    ] = None,
    id_column: Annotated[str, typer.Option(help="Column or key that holds the id.")] = "id",
    text_column: Annotated[str, typer.Option(help="Column or key that holds the text.")] = "text",
    html_column: Annotated[str, typer.Option(help="Column or key that holds HTML.")] = "html",
    in_flight: Annotated[
        int,
        typer.Option(callback=between(1, 4096), help="Most articles that are held at a time."),
    ] = ARTICLES_IN_FLIGHT,
    limit: Annotated[
        int | None,
        typer.Option(callback=between(0, _MOST), help="Only the first so many articles."),
    ] = None,
    retry_errors: Annotated[
        bool, typer.Option("--retry-errors", help="Compute again what failed before.")
    ] = False,
    fail_fast: Annotated[
        bool, typer.Option("--fail-fast", help="Stop at the first article that fails.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be done; compute nothing.")
    ] = False,
    brief: Annotated[
        BriefBy | None,
        typer.Option(help="One page for the run or one a day, for .md and .html; default: run."),
    ] = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace an output without reading it.")
    ] = False,
    engine: Annotated[
        BatchEngine,
        typer.Option(
            help="Where to run: this process, or Ray (pip install 'yoji[ray]'), which writes a "
            "folder of shards."
        ),
    ] = "local",
    ray_address: Annotated[
        str | None,
        typer.Option(
            help="Ray cluster: ray://HOST:PORT, HOST:PORT, auto; default: start one here."
        ),
    ] = None,
    actors: Annotated[
        str, typer.Option(help="Ray: copies of the models, N or MIN:MAX to grow and shrink.")
    ] = "1",
    cpus_per_actor: Annotated[float, typer.Option(help="Ray: CPUs of each, also threads.")] = 1.0,
    gpus_per_actor: Annotated[
        float, typer.Option(help="Ray: GPUs of each; a fraction shares one.")
    ] = 0.0,
    shard_articles: Annotated[
        int, typer.Option(callback=between(1, 65536), help="Ray: articles per shard.")
    ] = ARTICLES_PER_SHARD,
) -> int:
    """Digest many articles, each once and in order; the same command goes on after a stop."""
    session = session_of(context)
    job = Job(
        inputs=Inputs(
            tuple(inputs),
            session.settings.max_input_bytes,
            Columns(id_column, text_column, html_column),
            input_format,
            out,
        ),
        out=out,
        options=DigestOptions(max_proposals, style, load_glossary(glossary)),
        limits=RunLimits(in_flight, limit, fail_fast),
        retry_errors=retry_errors,
        overwrite=overwrite,
        brief=brief,
    )
    if engine == "ray":
        options = RayOptions(ray_address, actors, cpus_per_actor, gpus_per_actor, shard_articles)
        if dry_run:
            raise UsageFault("--dry-run works with --engine local only")
        return run_batch_on_ray(job, options, session, profile)
    check(job)
    return _forecast(job, session, profile) if dry_run else _run(job, session, profile)


def _run(job: Job, session: Session, profile: str | None) -> int:
    console = err_console()
    with only_run(job.out), job.journal() as journal, session.pipeline(profile) as pipeline:
        fingerprint = pipeline.profile.fingerprint
        outcome = run_job(job, journal, pipeline.digester, fingerprint, console)
    _tell(job, outcome, console)
    write(outcome.tally.to_json(outcome.counts, outcome.complete))
    if not outcome.complete:
        return EXIT_FAILED if outcome.at_error else EXIT_INTERRUPTED
    return EXIT_FAILED if outcome.counts.failed else EXIT_OK


def _tell(job: Job, outcome: Outcome, console: Console) -> None:
    figures = describe(outcome.tally)
    if outcome.complete:
        console.print(f"yoji: {outcome.counts.articles} articles to {job.out}, {figures}")
        return
    row = outcome.at_error
    if row and row.error:
        report(f"{row.error.code}: {row.error.detail}", str(row.id))
    console.print(
        f"yoji: stopped after {outcome.tally.articles} articles, {figures}; the same command goes "
        f"on: what is finished is kept in {job.journal_path}"
    )


def _forecast(job: Job, session: Session, profile: str | None) -> int:
    fingerprint = profile_fingerprint(profile or session.settings.profile, session.settings)
    with job.journal(read_only=True) as journal:
        found = forecast(job, journal, fingerprint)
    err_console().print(f"yoji: {_in_words(found)}")
    write(found.to_json())
    return EXIT_OK


def _in_words(found: Forecast) -> str:
    left = f"{found.articles} articles, {found.done} done, {found.articles - found.done} to do"
    if found.seconds is None:
        return f"{left}; how long that takes is unknown until some are done"
    return f"{left}, about {duration(found.seconds)} at the {found.articles_per_s:.2f}/s measured"
