"""``yoji digest``: one page in, its key proposals out, for a person or as JSON."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from models.anchors import Glossary
from models.digest import DigestOptions
from models.errors import YojiError
from models.reading import PageFormat
from models.summarizer import Style
from service.faults import EXIT_OK, UsageFault
from service.inputs import read_page_file
from service.rendering import render_digest
from service.session import accept_licences, out_console, session_of, write
from service.views import digest_view


def between(low: int, high: int) -> Callable[[int | None], int | None]:
    """A check of an option's value that names the value and the limits."""

    def check(value: int | None) -> int | None:
        if value is not None and not low <= value <= high:
            raise typer.BadParameter(f"{value} is not between {low} and {high}")
        return value

    return check


ProfileOption = Annotated[
    str | None, typer.Option("--profile", help="Profile to use; default: YOJI_PROFILE.")
]
AcceptOption = Annotated[
    list[str] | None,
    typer.Option(
        "--accept-licence",
        metavar="NAME",
        callback=accept_licences,
        help="Accept this restricted licence; may be repeated. Also: YOJI_ACCEPT_LICENCES.",
    ),
]
"""The callback tells the session; a command only has to name it."""
StyleOption = Annotated[Style, typer.Option("--style", help="How proposals are worded.")]
MaxProposalsOption = Annotated[
    int,
    typer.Option(
        "--max-proposals", callback=between(1, 10), help="Most proposals per article, 1 to 10."
    ),
]
GlossaryOption = Annotated[
    Path | None,
    typer.Option("--glossary", help="Terms and their English (.csv, .tsv or .toml)."),
]


def digest(  # noqa: PLR0913 - one parameter per option
    context: typer.Context,
    path: Annotated[str, typer.Argument(help="A page: text or HTML; - reads standard input.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print the digest as JSON.")] = False,
    page_format: Annotated[PageFormat, typer.Option("--format", help="What the page is.")] = "auto",
    style: StyleOption = "plain",
    max_proposals: MaxProposalsOption = 10,
    glossary: GlossaryOption = None,
    profile: ProfileOption = None,
    accept: AcceptOption = None,
) -> int:
    """Print an article's key proposals in Korean and English, with what they rest on."""
    session = session_of(context)
    page = read_page_file(path, page_format, session.settings.max_input_bytes)
    options = DigestOptions(max_proposals, style, load_glossary(glossary))
    with session.pipeline(profile) as pipeline:
        result = pipeline.digester.digest([page], options)[0]
    if isinstance(result, YojiError):
        raise result
    if as_json:
        write(digest_view(result).model_dump_json(indent=2))
    else:
        render_digest(result, out_console())
    return EXIT_OK


def load_glossary(path: Path | None) -> Glossary | None:
    """The glossary at ``path``; ``UsageFault`` when there is no such file."""
    if path is None:
        return None
    if not path.is_file():
        raise UsageFault(f"no such glossary file: {path}")
    return Glossary.load(path)
