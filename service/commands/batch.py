"""``yoji batch``: an archive in, one line of JSON per article out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from models.digest import DigestOptions
from service.batch.progress import describe, show_progress
from service.batch.readers import LINE_ENDINGS, count_inputs, read_inputs
from service.batch.runner import run_batch
from service.batch.writers import JsonlWriter
from service.commands.digest import (
    GlossaryOption,
    MaxProposalsOption,
    ProfileOption,
    StyleOption,
    load_glossary,
)
from service.faults import EXIT_FAILED, EXIT_OK, UsageFault
from service.session import err_console, session_of, write


def batch(  # noqa: PLR0913 - one parameter per option
    context: typer.Context,
    inputs: Annotated[
        list[str], typer.Argument(help="JSONL files, pages (.txt, .html) and folders of pages.")
    ],
    *,
    out: Annotated[Path, typer.Option("--out", help="The JSONL file to write.")],
    style: StyleOption = "plain",
    max_proposals: MaxProposalsOption = 10,
    glossary: GlossaryOption = None,
    profile: ProfileOption = None,
) -> int:
    """Digest many articles; one line per article, in order, with its digest or its error."""
    session = session_of(context)
    if not out.name.lower().endswith(LINE_ENDINGS):
        raise UsageFault(f"--out {out}: the ending must be one of {', '.join(LINE_ENDINGS)}")
    max_bytes = session.settings.max_input_bytes
    total = count_inputs(inputs, max_bytes)
    options = DigestOptions(max_proposals, style, load_glossary(glossary))
    records = read_inputs(inputs, max_bytes)
    console = err_console()
    with (
        JsonlWriter(out) as writer,
        session.pipeline(profile) as pipeline,
        show_progress(console, total) as progress,
    ):
        summary = run_batch(records, pipeline.digester, options, writer, progress)
    console.print(f"yoji: {summary.articles} articles to {out}, {describe(summary)}")
    write(summary.to_json())
    return EXIT_FAILED if summary.failed else EXIT_OK
