"""Lines of bytes, never more than a limit of them in memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO


def bounded_lines(file: BinaryIO, max_bytes: int) -> Iterator[bytes | None]:
    """Lines, each at most ``max_bytes`` long in memory; None for one that is longer."""
    while line := file.readline(max_bytes + 1):
        if len(line) <= max_bytes or line.endswith(b"\n"):
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = file.readline(max_bytes + 1)
        yield None


def count_lines(file: BinaryIO, max_bytes: int) -> int:
    """How many lines are not blank."""
    return sum(line is None or bool(line.strip()) for line in bounded_lines(file, max_bytes))
