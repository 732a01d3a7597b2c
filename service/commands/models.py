"""``yoji models``: which profiles there are, and the checkpoints behind them."""

from __future__ import annotations

import shlex
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from models.profiles import (
    Profile,
    PullOptions,
    TaskProfile,
    build_checkpoint,
    list_profiles,
    load_profile,
    pull_checkpoint,
    require_licences,
    require_pulled,
    verify_checkpoint,
)
from models.profiles.status import statuses
from service.commands.digest import AcceptOption
from service.commands.models_view import COLUMNS, cells, show_transfer, status_view
from service.faults import EXIT_FAILED, EXIT_OK, one_line
from service.session import Session, err_console, out_console, report, session_of, write

models_app = typer.Typer(
    help="List, pull, build and verify the checkpoints that profiles use.", no_args_is_help=True
)

NamesArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[NAME]...", help="Profiles' names or TOML files; default: YOJI_PROFILE."
    ),
]


@models_app.command("list")
def list_(
    context: typer.Context,
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[NAME]...", help="Names or TOML files; default: all shipped."),
    ] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print a line of JSON each.")] = False,
) -> int:
    """List profiles: checkpoints, licences, sizes, and what is here already."""
    cache_dir = session_of(context).settings.cache_dir
    profiles = [load_profile(name) for name in names] if names else list_profiles()
    found = [status for profile in profiles for status in statuses(profile, cache_dir)]
    if as_json:
        for status in found:
            write(status_view(status))
        return EXIT_OK
    table = Table(*COLUMNS, box=None)
    for status in found:
        table.add_row(*map(Text, cells(status)))
    out_console().print(table)
    return EXIT_OK


@models_app.command()
def pull(
    context: typer.Context,
    names: NamesArgument = None,
    *,
    update: Annotated[
        bool, typer.Option("--update", help="Take what an unpinned branch holds now.")
    ] = False,
    accept: AcceptOption = None,
) -> int:
    """Fetch profiles' checkpoints from the hub; what is here stays, a broken pull goes on."""
    session = session_of(context)
    settings = session.settings
    options = PullOptions(offline=settings.offline, update=update)
    for name, profile in _profiles(session, names):
        require_licences(profile, settings.accept_licences)
        for checkpoint in dict.fromkeys(task.checkpoint for task in profile.tasks):
            if checkpoint.source != "hub":
                write(f"{name}: {checkpoint.id}: nothing to pull ({checkpoint.source})")
                continue
            with show_transfer(err_console()) as watch:
                path = pull_checkpoint(checkpoint, settings.cache_dir, options, _tell, watch)
            write(f"{name}: {checkpoint.id}: {path}")
    return EXIT_OK


@models_app.command()
def build(context: typer.Context, names: NamesArgument = None, accept: AcceptOption = None) -> int:
    """Build profiles' checkpoints into the cache; what is there already stays."""
    session = session_of(context)
    settings = session.settings
    for name, profile in _profiles(session, names):
        require_licences(profile, settings.accept_licences)
        require_pulled(profile, name, settings.cache_dir)
        for task in profile.tasks:
            if task.checkpoint.source == "remote":
                write(f"{profile.name} {task.task}: held by a server, nothing to build")
                continue
            path = build_checkpoint(task, settings.cache_dir, _tell)
            write(f"{profile.name} {task.task}: {path}")
    return EXIT_OK


@models_app.command()
def verify(context: typer.Context, names: NamesArgument = None) -> int:
    """Check the hashes of profiles' pulled and built checkpoints."""
    session = session_of(context)
    code = EXIT_OK
    for name, profile in _profiles(session, names):
        for task in profile.tasks:
            problems = verify_checkpoint(task, session.settings.cache_dir)
            if problems:
                verb = "pull" if _is_of_the_hub(task, problems) else "build"
                said = f"{'; '.join(problems)}; run yoji models {verb} {shlex.quote(name)}"
                report(said, f"{profile.name} {task.task}")
                code = EXIT_FAILED
            else:
                write(f"{profile.name} {task.task}: ok")
    return code


def _profiles(session: Session, names: list[str] | None) -> list[tuple[str, Profile]]:
    """The profiles asked for, all read before anything is done to one."""
    return [(name, load_profile(name)) for name in names or [session.settings.profile]]


def _is_of_the_hub(task: TaskProfile, problems: list[str]) -> bool:
    """Whether it is the pulled files that are wrong, and not what was built of them."""
    return any(problem.startswith(f"{task.checkpoint.id}: ") for problem in problems)


def _tell(message: str) -> None:
    err_console().print(Text(f"yoji: {one_line(message)}", style="dim"))
