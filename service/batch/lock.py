"""One run per output: a lock the system gives back however a run ends."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from service.faults import UsageFault


@contextmanager
def only_run(out: Path) -> Iterator[None]:
    """Hold ``.NAME.lock`` beside ``out``; ``UsageFault`` when another run has it."""
    path = out.with_name(f".{out.name}.lock")
    handle = _locked(path, out)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
        os.close(handle)


def _locked(path: Path, out: Path) -> int:
    """The open, locked file; again when another run took it away in between."""
    while True:
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise UsageFault(f"can't write {out}: {error.strerror}") from error
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(handle)
            raise UsageFault(
                f"another run writes {out} (it holds {path}); wait for it or name another output"
            ) from error
        if _is_still(path, handle):
            return handle
        os.close(handle)


def _is_still(path: Path, handle: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(handle))
    except FileNotFoundError:
        return False
