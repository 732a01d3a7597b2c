"""What an operator says of the servers a profile names, put into the profile."""

from __future__ import annotations

import re
from dataclasses import replace

from models.errors import ProfileError
from models.generation.endpoint import RemoteAccess
from models.profiles.profile import Licence, Profile, TaskProfile, fingerprint

_URL = re.compile(r"https?://[^/?#@\s]+[^?#@\s]*")
#: Whoever runs a server has agreed to the terms of the model on it.
_SERVED = Licence(
    "as the server's model", "", commercial=True, note="the terms of the model your server runs"
)


def with_access(profile: Profile, access: RemoteAccess) -> Profile:
    """The profile asking another server or another of its models; unchanged without remote tasks.

    The fingerprint follows the model's name. ``ProfileError`` for a URL that is none.
    """
    if access.url is not None and not _URL.fullmatch(access.url):
        raise ProfileError(
            f"the server's URL {access.url!r} is none; write it as http://host:port/v1, "
            "the key apart from it"
        )
    summarizer, translator = (_task(task, access) for task in profile.tasks)
    return replace(
        profile,
        summarizer=summarizer,
        translator=translator,
        fingerprint=fingerprint(summarizer, translator),
    )


def _task(task: TaskProfile, access: RemoteAccess) -> TaskProfile:
    if task.endpoint is None:
        return task
    checkpoint = task.checkpoint
    if access.model and access.model != checkpoint.id:
        checkpoint = replace(checkpoint, id=access.model, licence=_SERVED)
    url = access.url or task.endpoint.url
    endpoint = replace(task.endpoint, url=url, api_key=access.api_key)
    return replace(task, checkpoint=checkpoint, endpoint=endpoint)
