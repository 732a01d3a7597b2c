"""The cache of built checkpoints: a folder per key, a manifest in each, no half-written ones.

``<cache>/checkpoints/<key>/`` holds a checkpoint; ``manifest.json`` in it holds what went in
and the size and sha-256 of every file. A folder appears by one rename, so it is whole or not
there. A lock file next to it keeps two builders apart, across processes.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from models.errors import CheckpointError
from models.profiles.hashing import sha256_file

MANIFEST = "manifest.json"


def key_of(inputs: Mapping[str, Any]) -> str:
    """The cache key: 32 hex digits of the sha-256 of everything that goes in."""
    text = json.dumps(inputs, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def folder_of(cache_dir: Path, inputs: Mapping[str, Any]) -> Path:
    """Where the checkpoint made from ``inputs`` lies, built or not."""
    return cache_dir / "checkpoints" / key_of(inputs)


def write_manifest(
    folder: Path, inputs: Mapping[str, Any], hashes: Mapping[str, str] | None = None
) -> None:
    """Record what went in, and the size and hash of every file that is there.

    ``hashes`` are those known already, by relative name.
    """
    known = hashes or {}
    files = {
        name: {
            "bytes": path.stat().st_size,
            "sha256": known.get(name) or sha256_file(path),
        }
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MANIFEST
        for name in (path.relative_to(folder).as_posix(),)
    }
    content = {"inputs": dict(inputs), "files": files}
    text = json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def problems_of(folder: Path, *, hashes: bool = True) -> list[str]:
    """Everything that is wrong with a built checkpoint, at once; empty means it is whole.

    Without ``hashes`` only presence and sizes are compared.
    """
    try:
        files = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"]
        expected = {name: (entry["bytes"], entry["sha256"]) for name, entry in files.items()}
    except FileNotFoundError:
        return [f"{folder}: not built"]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        return [f"{MANIFEST}: can't be read ({error!r})"]
    found = (_file_problem(folder / name, *entry, hashes) for name, entry in expected.items())
    return [problem for problem in found if problem]


def _file_problem(path: Path, size: int, sha256: str, hashes: bool) -> str | None:
    if not path.is_file():
        return f"{path.name}: missing"
    if path.stat().st_size != size:
        return f"{path.name}: {path.stat().st_size} bytes, the manifest says {size}"
    if hashes and sha256_file(path) != sha256:
        return f"{path.name}: its sha-256 differs from the manifest's"
    return None


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the lock of ``folder``; other builders wait. ``CheckpointError`` if it can't be had."""
    from filelock import FileLock

    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder.parent / f".{folder.name}.lock")
        lock.acquire()
    except OSError as error:
        raise CheckpointError(
            f"{folder.parent}: the cache can't be written ({error}); "
            "choose a cache folder that can be"
        ) from error
    try:
        yield
    finally:
        lock.release()


def publish(folder: Path, inputs: Mapping[str, Any], fill: Callable[[Path], None]) -> None:
    """Let ``fill`` write a temporary folder, add the manifest, then put it at ``folder``.

    Whatever ``fill`` raises passes through and leaves nothing behind. Call it under the lock.
    """
    with tempfile.TemporaryDirectory(prefix=".building-", dir=folder.parent) as temporary:
        fresh = Path(temporary) / "checkpoint"
        fresh.mkdir()
        fill(fresh)
        write_manifest(fresh, inputs)
        if folder.exists():
            shutil.move(folder, Path(temporary) / "replaced")
        fresh.rename(folder)
