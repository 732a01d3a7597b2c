"""Pulled checkpoints in the cache: where they lie, which commit a branch was, whether all is whole.

``<cache>/hub/<organisation>--<name>/<commit>/`` holds the files and ``manifest.json`` with the
sha-256 of each; ``refs.json`` beside it says to which commit a branch was resolved when it was
pulled, and that is the one used from then on. Nothing here touches the network.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from models.errors import CheckpointError
from models.profiles import cache
from models.profiles.profile import Checkpoint, Profile, TaskProfile, fingerprint

_COMMIT = re.compile(r"[0-9a-f]{40}")


def is_pinned(checkpoint: Checkpoint) -> bool:
    """Whether its revision is a commit, which can't change, and not a branch or tag."""
    return _COMMIT.fullmatch(checkpoint.revision) is not None


def commit_of(checkpoint: Checkpoint, cache_dir: Path) -> str | None:
    """The commit its revision stands for: itself, or what a pull resolved it to; None before."""
    if is_pinned(checkpoint):
        return checkpoint.revision
    return _refs(checkpoint, cache_dir).get(checkpoint.revision)


def record_commit(checkpoint: Checkpoint, commit: str, cache_dir: Path) -> None:
    """Use ``commit`` for the checkpoint's branch from now on."""
    if is_pinned(checkpoint):
        return
    refs = {**_refs(checkpoint, cache_dir), checkpoint.revision: commit}
    path = repository_folder(checkpoint, cache_dir) / "refs.json"
    fresh = path.with_suffix(".fresh")
    fresh.write_text(json.dumps(refs, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    fresh.replace(path)


def repository_folder(checkpoint: Checkpoint, cache_dir: Path) -> Path:
    """Where all that was pulled of its repository lies."""
    return cache_dir / "hub" / checkpoint.id.replace("/", "--")


def commit_folder(checkpoint: Checkpoint, commit: str, cache_dir: Path) -> Path:
    """Where one commit lies; a single file of it has a folder of its own."""
    name = commit if checkpoint.file is None else f"{commit}-{cache.key_of({'': checkpoint.file})}"
    return repository_folder(checkpoint, cache_dir) / name


def pulled_problems(checkpoint: Checkpoint, cache_dir: Path, *, hashes: bool = True) -> list[str]:
    """Everything that is wrong with the pulled files, at once; empty means they are whole."""
    commit = commit_of(checkpoint, cache_dir)
    folder = commit_folder(checkpoint, commit, cache_dir) if commit else None
    if folder is None or not (folder / cache.MANIFEST).is_file():
        return [f"{checkpoint.id}: not pulled"]
    problems = cache.problems_of(folder, hashes=hashes)
    return [f"{checkpoint.id}: {problem}" for problem in problems]


def is_absent(checkpoint: Checkpoint, cache_dir: Path) -> bool:
    """Whether nothing of it was pulled (or it is not on the hub)."""
    commit = commit_of(checkpoint, cache_dir)
    return commit is None or not commit_folder(checkpoint, commit, cache_dir).exists()


def pulled_bytes(checkpoint: Checkpoint, cache_dir: Path) -> int | None:
    """The size of what was pulled, by its manifest; None when it isn't here."""
    commit = commit_of(checkpoint, cache_dir)
    if commit is None:
        return None
    try:
        text = (commit_folder(checkpoint, commit, cache_dir) / cache.MANIFEST).read_text("utf-8")
        return sum(int(entry["bytes"]) for entry in json.loads(text)["files"].values())
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def located(checkpoint: Checkpoint, cache_dir: Path, *, hashes: bool = False) -> Checkpoint:
    """A pulled hub checkpoint as the local folder or file it is; any other one unchanged.

    ``CheckpointError`` when it isn't pulled or a file is missing, of another size or hash.
    """
    if checkpoint.source != "hub":
        return checkpoint
    problems = pulled_problems(checkpoint, cache_dir, hashes=hashes)
    if problems:
        raise CheckpointError(f"{'; '.join(problems)}; {pull_remedy(checkpoint.size_bytes)}")
    commit = commit_of(checkpoint, cache_dir)
    assert commit is not None  # or there would be a problem
    folder = commit_folder(checkpoint, commit, cache_dir)
    path = folder / checkpoint.file if checkpoint.file else folder
    return replace(checkpoint, source="local", id=str(path), revision=commit)


def pull_remedy(size: int | None, profile: str = "PROFILE") -> str:
    """What to do about a checkpoint of so many bytes that isn't here."""
    about = f" (about {megabytes(size)})" if size else ""
    return f"run yoji models pull {profile}{about}"


def megabytes(size: int) -> str:
    """A size in bytes for a person: "496 MB", "8.0 GB"."""
    return f"{size / 1e9:.1f} GB" if size >= 1e9 else f"{max(1, round(size / 1e6))} MB"


def resolved_task(task: TaskProfile, cache_dir: Path) -> TaskProfile:
    """The task with its checkpoint's branch replaced by the commit that was pulled."""
    checkpoint = task.checkpoint
    if checkpoint.source != "hub":
        return task
    commit = commit_of(checkpoint, cache_dir)
    return replace(task, checkpoint=replace(checkpoint, revision=commit)) if commit else task


def resolved_profile(profile: Profile, cache_dir: Path) -> Profile:
    """The profile with every branch replaced by the commit that was pulled, fingerprint too."""
    summarizer, translator = (resolved_task(task, cache_dir) for task in profile.tasks)
    if (summarizer, translator) == profile.tasks:
        return profile
    return replace(
        profile,
        summarizer=summarizer,
        translator=translator,
        fingerprint=fingerprint(summarizer, translator),
    )


def _refs(checkpoint: Checkpoint, cache_dir: Path) -> Mapping[str, str]:
    path = repository_folder(checkpoint, cache_dir) / "refs.json"
    try:
        content: Any = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(content, dict):
        return {}
    return {str(k): str(v) for k, v in content.items() if _COMMIT.fullmatch(str(v))}
