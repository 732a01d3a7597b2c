"""What can be told of a profile's checkpoints before they are opened: size, place, terms."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from models.profiles import hub_store
from models.profiles.build import checkpoint_folder, is_built, needs_pull
from models.profiles.cache import MANIFEST
from models.profiles.profile import Licence, Profile, TaskName, TaskProfile

State = Literal["built", "pulled", "absent", "served", "buildable"]


@dataclass(frozen=True, slots=True)
class CheckpointStatus:
    """One task's checkpoint. ``commit`` is what a branch was pulled at; sizes are on disk."""

    profile: str
    task: TaskName
    engine: str
    source: str
    id: str
    revision: str
    pinned: bool
    commit: str | None
    licence: Licence
    size_bytes: int | None
    state: State


def statuses(profile: Profile, cache_dir: Path) -> list[CheckpointStatus]:
    """The status of both tasks' checkpoints; touches no network and reads no weights."""
    return [_status(profile.name, task, cache_dir) for task in profile.tasks]


def _status(name: str, task: TaskProfile, cache_dir: Path) -> CheckpointStatus:
    checkpoint = task.checkpoint
    on_hub = checkpoint.source == "hub"
    state = _state(task, cache_dir)
    return CheckpointStatus(
        profile=name,
        task=task.task,
        engine=task.engine,
        source=checkpoint.source,
        id=checkpoint.id,
        revision=task.reference.revision,
        pinned=not on_hub or hub_store.is_pinned(checkpoint),
        commit=hub_store.commit_of(checkpoint, cache_dir) if on_hub else None,
        licence=checkpoint.licence,
        size_bytes=_size(task, state, cache_dir),
        state=state,
    )


def _state(task: TaskProfile, cache_dir: Path) -> State:
    if task.checkpoint.source == "remote":
        return "served"
    if is_built(task, cache_dir):
        return "built"
    if task.checkpoint.source == "hub":
        return "absent" if needs_pull(task, cache_dir) else "pulled"
    return "buildable"


def _size(task: TaskProfile, state: State, cache_dir: Path) -> int | None:
    if task.checkpoint.source == "hub":
        pulled = hub_store.pulled_bytes(task.checkpoint, cache_dir)
        return pulled or task.checkpoint.size_bytes
    if state != "built":
        return None
    path = checkpoint_folder(task, cache_dir)
    files = [path] if path.is_file() else path.rglob("*")
    return sum(one.stat().st_size for one in files if one.is_file() and one.name != MANIFEST)
