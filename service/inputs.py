"""Bytes from a path or standard input, within the limit, to pages and lines.

Must not know what is done with them. A path that is missing or a folder is a ``UsageFault``;
bytes that are no text are an ``InputError`` of that item.
"""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from typing import BinaryIO, Final

from models.errors import InputTooLargeError
from models.reading import Page, PageFormat, decode
from service.faults import UsageFault

STDIN: Final = "-"
_ENDINGS: Final[dict[str, PageFormat]] = {".html": "html", ".htm": "html", ".xhtml": "html"}


def read_bytes(path: str, max_bytes: int) -> bytes:
    """The content of ``path`` (``-``: standard input), at most ``max_bytes`` of it."""
    if path == STDIN:
        return read_limited(sys.stdin.buffer, "standard input", max_bytes)
    try:
        with open_file(path) as file:
            return read_limited(file, path, max_bytes)
    except OSError as error:
        raise UsageFault(f"can't read {path}: {error.strerror or error}") from error


def open_file(path: str) -> BinaryIO:
    """``path`` opened for reading bytes; ``UsageFault`` when it is missing or a folder."""
    try:
        mode = Path(path).stat().st_mode
        if stat.S_ISDIR(mode):
            raise UsageFault(f"{path} is a folder; name a file (yoji batch reads folders)")
        return Path(path).open("rb")
    except FileNotFoundError as error:
        raise UsageFault(f"no such file: {path}") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UsageFault(f"can't read {path}: {reason}") from error


def read_page_file(path: str, format: PageFormat, max_bytes: int) -> Page:
    """The page at ``path``; ``auto`` goes by the ending, then by the content."""
    content = decode(read_bytes(path, max_bytes))
    return Page(content, format if format != "auto" else format_of(path))


def format_of(path: str) -> PageFormat:
    """``html`` for the usual endings, else ``auto``: reading looks at the content."""
    return _ENDINGS.get(os.path.splitext(path)[1].lower(), "auto")


def read_lines(path: str, max_bytes: int) -> list[str]:
    """The lines of ``path`` without their ends (LF or CRLF); a last line may lack its end."""
    data = read_bytes(path, max_bytes)
    lines = (decode(data) if data.strip() else data.decode("ascii")).split("\n")
    if lines[-1] == "":
        lines.pop()
    return [line.removesuffix("\r") for line in lines]


def read_limited(file: BinaryIO, name: str, max_bytes: int) -> bytes:
    """All of ``file``; ``InputTooLargeError``, which calls it ``name``, over the limit."""
    data = file.read(max_bytes + 1)
    if len(data) > max_bytes:
        raise InputTooLargeError(
            f"{name} has more than {max_bytes} bytes, the limit; "
            "split it or raise YOJI_MAX_INPUT_BYTES"
        )
    return data
