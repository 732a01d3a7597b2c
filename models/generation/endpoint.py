"""Where a server runs a network for us, and how patiently it is asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Api = Literal["chat", "completions"]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An OpenAI-compatible server. ``url`` ends where ``/chat/completions`` would begin.

    ``api`` is "chat" for a model with a chat template, "completions" for one without.
    ``timeout_s`` bounds one answer, ``retries`` how often it is asked again for, ``concurrency``
    how many prompts it works on at a time. ``api_key`` comes from the operator, never from a
    profile's file, and is never shown.
    """

    url: str
    api: Api = "chat"
    timeout_s: float = 120.0
    retries: int = 4
    concurrency: int = 8
    api_key: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class RemoteAccess:
    """What an operator says of every server a profile names; the key is never shown.

    An ``url`` or ``model`` takes the place of the profile's own.
    """

    url: str | None = None
    model: str | None = None
    api_key: str | None = field(default=None, repr=False)
