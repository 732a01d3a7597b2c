"""``yoji serve``: the HTTP service on this machine."""

from __future__ import annotations

import logging
from typing import Annotated, Final

import typer

from service.commands.digest import AcceptOption, ProfileOption, between
from service.faults import EXIT_OK
from service.session import session_of

ANSWER_WITHIN_S: Final = 20
"""A server that is told to stop still answers for so long; orchestrators kill after 30 s."""


def serve(
    context: typer.Context,
    host: Annotated[str | None, typer.Option(help="Address; default: YOJI_HOST.")] = None,
    port: Annotated[
        int | None,
        typer.Option(callback=between(0, 65535), help="Port (0 picks a free one); default: PORT."),
    ] = None,
    profile: ProfileOption = None,
    accept: AcceptOption = None,
) -> int:
    """Serve digests over HTTP; /docs describes the routes."""
    # uvicorn and fastapi take a second to import; the other commands do without them.
    import uvicorn

    from models.profiles import load_profile, require_licences
    from service.app import create_app

    given = {"host": host, "port": port, "profile": profile}
    settings = session_of(context).settings.model_copy(
        update={name: value for name, value in given.items() if value is not None}
    )
    if "log_level" not in settings.model_fields_set:
        settings = settings.model_copy(update={"log_level": "info"})
        logging.getLogger("service").setLevel(logging.INFO)
    # An unknown profile or an unaccepted licence is a usage error, now rather than later.
    require_licences(load_profile(settings.profile), settings.accept_licences)
    uvicorn.run(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        log_level=settings.log_level,
        access_log=False,
        timeout_graceful_shutdown=ANSWER_WITHIN_S,
        server_header=False,
    )
    return EXIT_OK
