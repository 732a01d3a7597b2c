"""``yoji models``: which profiles there are, and the checkpoints behind them."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from models.profiles import (
    build_checkpoint,
    is_built,
    list_profiles,
    load_profile,
    verify_checkpoint,
)
from service.faults import EXIT_FAILED, EXIT_OK, one_line
from service.session import err_console, out_console, report, session_of, write

models_app = typer.Typer(
    help="List, build and verify the checkpoints that profiles use.", no_args_is_help=True
)

NameArgument = Annotated[
    str | None, typer.Argument(help="A profile's name or TOML file; default: YOJI_PROFILE.")
]


@models_app.command("list")
def list_(context: typer.Context) -> int:
    """List the shipped profiles: checkpoints, licences, and what is built already."""
    cache_dir = session_of(context).settings.cache_dir
    columns = ("profile", "task", "checkpoint", "revision", "engine", "licence", "built")
    table = Table(*columns, box=None)
    for profile in list_profiles():
        for task in profile.tasks:
            checkpoint = task.checkpoint
            cells = (
                profile.name,
                task.task,
                checkpoint.id,
                task.reference.revision,
                task.engine,
                checkpoint.licence.name,
                "yes" if is_built(task, cache_dir) else "no",
            )
            table.add_row(*map(Text, cells))
    out_console().print(table)
    return EXIT_OK


@models_app.command()
def build(context: typer.Context, name: NameArgument = None) -> int:
    """Build a profile's checkpoints into the cache; what is there already stays."""
    session = session_of(context)
    profile = load_profile(name or session.settings.profile)
    console = err_console()
    for task in profile.tasks:
        path = build_checkpoint(
            task,
            session.settings.cache_dir,
            lambda message: console.print(Text(f"yoji: {one_line(message)}", style="dim")),
        )
        write(f"{profile.name} {task.task}: {path}")
    return EXIT_OK


@models_app.command()
def verify(context: typer.Context, name: NameArgument = None) -> int:
    """Check the hashes of a profile's built checkpoints."""
    session = session_of(context)
    profile = load_profile(name or session.settings.profile)
    code = EXIT_OK
    for task in profile.tasks:
        problems = verify_checkpoint(task, session.settings.cache_dir)
        if problems:
            remedy = f"run yoji models build {profile.name}"
            report(f"{'; '.join(problems)}; {remedy}", f"{profile.name} {task.task}")
            code = EXIT_FAILED
        else:
            write(f"{profile.name} {task.task}: ok")
    return code
