"""sha-256 of files and folders: what keys, manifests and fingerprints are made of."""

from __future__ import annotations

import hashlib
from pathlib import Path


def sha256_file(path: Path) -> str:
    """Hex digest of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sha256_path(path: Path) -> str:
    """Hex digest of a file, or of a folder: the relative names and digests of all its files."""
    if path.is_file():
        return sha256_file(path)
    lines = (f"{name}\0{digest}\n" for name, digest in sorted(sha256_folder(path).items()))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def sha256_folder(folder: Path) -> dict[str, str]:
    """Relative POSIX name → hex digest of every file below ``folder``."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): sha256_file(path) for path in files}
