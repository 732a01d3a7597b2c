"""Builds what an engine loads, once, into the cache: ``build_checkpoint`` and its relatives.

The way of the embedded base: packaged GGUF → dequantised, vocabulary trimmed, adapters merged →
hub layout → CTranslate2 int8. A checkpoint that is there and whole is only looked up; a damaged
one is built again; a build that fails leaves nothing behind.
"""

from __future__ import annotations

import shlex
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from models.errors import CheckpointError
from models.profiles import cache
from models.profiles.checkpoints import BUILT_LAYOUT, HUB_LAYOUT, is_gguf, missing_files
from models.profiles.conversion import convert
from models.profiles.gguf_writing import GGUF_VERSION, write_gguf
from models.profiles.hashing import sha256_path
from models.profiles.hub_layout import hub_folder, package_sha256
from models.profiles.hub_store import (
    is_absent,
    located,
    pull_remedy,
    pulled_problems,
    resolved_task,
)
from models.profiles.profile import Checkpoint, Profile, TaskProfile

Progress = Callable[[str], None]

#: Part of the cache key: raise it when the code here or below builds something different.
BUILD_VERSION = 2


def build_checkpoint(task: TaskProfile, cache_dir: Path, progress: Progress | None = None) -> Path:
    """The folder of the task's checkpoint, built now if it isn't there or is damaged.

    A hub checkpoint must have been pulled: nothing here touches the network. ``progress`` gets
    one line per step. ``CheckpointError`` when it can't be built.
    """
    if task.checkpoint.source == "remote":
        raise CheckpointError(
            f"{task.checkpoint.id} is held by a server: there is nothing to build"
        )
    task = resolved_task(task, cache_dir)
    if _is_used_in_place(task):
        here = located(task.checkpoint, cache_dir, hashes=True)
        return Path(here.id) if is_gguf(here) else hub_folder(here, cache_dir, _silent)
    tell = progress or _silent
    inputs = checkpoint_inputs(task)
    folder = cache.folder_of(cache_dir, inputs)
    if not cache.problems_of(folder):
        return folder
    here = located(task.checkpoint, cache_dir, hashes=True)
    with cache.locked(folder):
        problems = cache.problems_of(folder)
        if problems:
            if folder.exists():
                tell(f"the cached checkpoint is damaged ({'; '.join(problems)}); rebuilding it")
            _build(replace(task, checkpoint=here), folder, inputs, tell)
            tell(f"built {task.checkpoint.id} in {folder}")
    return folder


def verify_checkpoint(task: TaskProfile, cache_dir: Path) -> list[str]:
    """Everything that is wrong with the task's files, pulled and built; empty: all hashes hold.

    Once built, the pulled files need not be there any more; once pulled, the first use builds.
    """
    checkpoint = task.checkpoint
    if checkpoint.source == "remote":
        return []
    pulled = pulled_problems(checkpoint, cache_dir) if checkpoint.source == "hub" else []
    if _is_used_in_place(task):
        return pulled or _problems_in_place(located(checkpoint, cache_dir))
    folder = checkpoint_folder(task, cache_dir)
    built = cache.problems_of(folder)
    if checkpoint.source != "hub":
        return built
    if is_absent(checkpoint, cache_dir):
        return built and pulled
    return [*pulled, *(built if folder.exists() else [])]


def is_built(task: TaskProfile, cache_dir: Path) -> bool:
    """Whether the checkpoint is there, by its files' sizes; ``verify_checkpoint`` is thorough."""
    if task.checkpoint.source == "hub" and _is_used_in_place(task):
        return not pulled_problems(task.checkpoint, cache_dir, hashes=False)
    if _is_used_in_place(task) or task.checkpoint.source == "remote":
        return not verify_checkpoint(task, cache_dir)
    return not cache.problems_of(checkpoint_folder(task, cache_dir), hashes=False)


def needs_pull(task: TaskProfile, cache_dir: Path) -> bool:
    """Whether the task can't run before its checkpoint is pulled."""
    checkpoint = task.checkpoint
    if checkpoint.source != "hub" or is_built(task, cache_dir):
        return False
    return bool(pulled_problems(checkpoint, cache_dir, hashes=False))


def require_pulled(profile: Profile, named: str, cache_dir: Path) -> None:
    """``CheckpointError`` naming what must be pulled before the profile (``named`` so) can run."""
    tasks = [task for task in profile.tasks if needs_pull(task, cache_dir)]
    missing = dict.fromkeys(task.checkpoint for task in tasks)
    if missing:
        what = ", ".join(one.id for one in missing)
        sizes = [one.size_bytes for one in missing]
        total = None if None in sizes else sum(size or 0 for size in sizes)
        remedy = pull_remedy(total, shlex.quote(named))
        verb = "are" if len(missing) > 1 else "is"
        raise CheckpointError(f"{what} {verb} not here, or not whole; {remedy}")


def checkpoint_folder(task: TaskProfile, cache_dir: Path) -> Path:
    """Where the task's checkpoint lies in the cache, built or not (a hub's must be pulled)."""
    task = resolved_task(task, cache_dir)
    if _is_used_in_place(task):
        return Path(located(task.checkpoint, cache_dir).id)
    return cache.folder_of(cache_dir, checkpoint_inputs(task))


def checkpoint_inputs(task: TaskProfile) -> dict[str, Any]:
    """Everything that shapes the built files, hence their cache key.

    Prompts and options aren't among it: tasks that agree on the rest share one checkpoint.
    """
    checkpoint = task.checkpoint
    inputs: dict[str, Any] = {
        "build": BUILD_VERSION,
        "engine": task.engine,
        **_converted_by(task),
        "source": checkpoint.source,
        "id": checkpoint.id,
        "revision": checkpoint.revision,
        "tokenizer": _hash(checkpoint.tokenizer),
        "kept_tokens": _hash(checkpoint.kept_tokens),
        "adapters": [sha256_path(path) for path in checkpoint.adapters],
    }
    if checkpoint.source == "package":
        inputs["weights"] = package_sha256(checkpoint)
    elif checkpoint.source == "hub":
        inputs |= {"file": checkpoint.file} if checkpoint.file else {}
    elif checkpoint.source == "local":
        del inputs["id"]
        inputs["weights"] = sha256_path(Path(checkpoint.id))
    return inputs


def quantization(compute_type: str) -> str | None:
    """How weights are stored for a compute type: "auto" and "default" keep the checkpoint's."""
    return None if compute_type in {"auto", "default"} else compute_type


def _converted_by(task: TaskProfile) -> dict[str, Any]:
    """What shapes a conversion; transformers opens the hub's layout without one."""
    if task.engine == "llama":
        return {"gguf": GGUF_VERSION, "quantization": task.compute_type}
    if task.engine != "ctranslate2":
        return {}
    import ctranslate2

    return {
        "engine_version": str(ctranslate2.__version__),
        "quantization": quantization(task.compute_type),
    }


def _is_used_in_place(task: TaskProfile) -> bool:
    """What an engine opens as it is: nothing to build, nothing to copy."""
    if task.checkpoint.source not in ("local", "hub"):
        return False
    return task.engine == "transformers" or (task.engine == "llama" and is_gguf(task.checkpoint))


def _problems_in_place(checkpoint: Checkpoint) -> list[str]:
    if not is_gguf(checkpoint):
        return missing_files(Path(checkpoint.id), HUB_LAYOUT)
    with Path(checkpoint.id).open("rb") as file:
        if file.read(4) == b"GGUF":
            return []
    return [f"{checkpoint.id} is no GGUF: its first four bytes are not 'GGUF'"]


def _hash(path: Path | None) -> str | None:
    return sha256_path(path) if path else None


def _silent(_: str) -> None:
    """The progress callback of callers who gave none."""


def _build(task: TaskProfile, folder: Path, inputs: dict[str, Any], tell: Progress) -> None:
    def fill(fresh: Path) -> None:
        with tempfile.TemporaryDirectory(prefix=".source-", dir=folder.parent) as workspace:
            source = hub_folder(task.checkpoint, Path(workspace), tell)
            _deliver(task, source, fresh, tell)
        problems = missing_files(fresh, BUILT_LAYOUT[task.engine])
        if problems:
            raise CheckpointError(f"the build is incomplete: {'; '.join(problems)}")

    try:
        cache.publish(folder, inputs, fill)
    except OSError as error:
        raise CheckpointError(
            f"{folder.parent}: the checkpoint can't be written ({error}); "
            "free some space or choose another cache folder"
        ) from error


def _deliver(task: TaskProfile, source: Path, fresh: Path, tell: Progress) -> None:
    if task.engine == "ctranslate2":
        tell(f"converting to CTranslate2 ({task.compute_type})")
        convert(source, fresh, quantization(task.compute_type))
        return
    if task.engine == "llama":
        tell(f"writing a GGUF ({task.compute_type})")
        write_gguf(source, fresh / "model.gguf", task.compute_type)
        shutil.copyfile(source / "tokenizer.json", fresh / "tokenizer.json")
        return
    for path in source.iterdir():
        shutil.move(path, fresh / path.name)
