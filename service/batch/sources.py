"""Where articles lie: files, folders, globs, URLs and standard input, one source per file.

Sources are found as they are asked for, in an order that is the same each time. Must not know
what is in a file beyond what its name says.
"""

from __future__ import annotations

import glob
import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final, Literal

from models.errors import YojiError
from service.batch.packing import PACKINGS, Packing, sniff_packing
from service.faults import UsageFault, one_line
from service.inputs import STDIN, open_file

InputFormat = Literal["txt", "html", "jsonl", "csv", "parquet"]

ENDINGS: Final[dict[str, InputFormat]] = {
    ".txt": "txt",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".parquet": "parquet",
}
_EXTRAS: Final = {"s3": "s3", "s3a": "s3", "gs": "gcs", "gcs": "gcs"}


@dataclass(frozen=True, slots=True)
class Source:
    """One file: ``name`` as the user knows it, ``id`` of the article if it is a page."""

    name: str
    id: str
    format: InputFormat
    packing: Packing | None
    open: Callable[[], AbstractContextManager[BinaryIO]]


@dataclass(frozen=True, slots=True)
class Finder:
    """How inputs are looked for: ``format`` wins over endings, ``out`` is never an input."""

    format: InputFormat | None = None
    out: Path | None = None

    def find(self, path: str, prefix: str = "") -> Iterator[Source]:
        """The sources of one input; ``UsageFault`` when there is none of that name.

        ``prefix`` stands before the ids of what lies in a folder.
        """
        if path == STDIN:
            yield self._stdin()
        elif is_url(path):
            yield from self._remote(path, prefix)
        elif os.path.isdir(path):
            yield from self._folder(path, prefix)
        elif os.path.exists(path) or not glob.has_magic(path):
            yield self._named(path)
        else:
            yield from self._matching(path)

    def _stdin(self) -> Source:
        # A parquet needs its length, so packing is only looked for where it can be.
        name = "standard input"
        return Source(name, STDIN, self.format or "jsonl", None, _open_stdin)

    def _named(self, path: str) -> Source:
        if not os.path.exists(path):
            raise UsageFault(f"no such file or folder: {path}")
        if self._is_out(path):
            raise UsageFault(f"{path} is the output; it can't be an input as well")
        name = readable(path)
        return self._source(name, name, _opener(path))

    def _folder(self, path: str, prefix: str) -> Iterator[Source]:
        root = path.rstrip("/") or "/"
        for file in _files_below(root):
            if format_and_packing(file)[0] and not self._is_out(file):
                id = prefix + readable(os.path.relpath(file, root)).replace(os.sep, "/")
                yield self._source(readable(file), id, _opener(file))

    def _matching(self, pattern: str) -> Iterator[Source]:
        recursive = "**" in pattern
        found = sorted(glob.iglob(pattern, recursive=True), key=lambda path: path.split(os.sep))
        if not found:
            raise UsageFault(f"nothing matches {pattern}")
        for path in found:
            if os.path.isdir(path):
                # What lies below is matched by ** itself.
                yield from () if recursive else self._folder(path, f"{readable(path)}/")
            elif format_and_packing(path)[0] and not self._is_out(path):
                yield self._source(readable(path), readable(path), _opener(path))

    def _remote(self, url: str, prefix: str) -> Iterator[Source]:
        files, path = _file_system(url)
        found, below = _look(files, path, url)
        for file in found:
            name = files.unstrip_protocol(file) if below is not None else url
            if file == path or format_and_packing(file)[0]:
                id = prefix + file.removeprefix(below) if below else name
                yield self._source(name, id, _remote_opener(files, file, name))

    def _source(
        self, name: str, id: str, open: Callable[[], AbstractContextManager[BinaryIO]]
    ) -> Source:
        format, packing = format_and_packing(name)
        format = self.format if self.format and not format else format
        if format is None:
            known = ", ".join(ENDINGS)
            raise UsageFault(
                f"can't tell what {name} is by its ending; it may be one of {known}, also with "
                f"{' or '.join(PACKINGS)}; or say it with --input-format"
            )
        return Source(name, id, format, packing, open)

    def _is_out(self, path: str) -> bool:
        return self.out is not None and os.path.abspath(path) == os.path.abspath(self.out)


def format_and_packing(path: str) -> tuple[InputFormat | None, Packing | None]:
    """What a file's name says: its format, and how it is packed."""
    stem, ending = os.path.splitext(path.lower())
    packing = PACKINGS.get(ending)
    if packing:
        ending = os.path.splitext(stem)[1]
    return ENDINGS.get(ending), packing


def is_url(path: str) -> bool:
    """Whether a path is one of fsspec's, such as ``s3://bucket/key``."""
    return "://" in path


def readable(path: str) -> str:
    """A path as text: bytes of a file name that are no UTF-8 become U+FFFD."""
    return os.fsencode(path).decode("utf-8", "replace")


def _files_below(folder: str) -> Iterator[str]:
    """Every file, folder by folder in the order of the names; one folder is held at a time."""
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.is_dir(follow_symlinks=False):
            yield from _files_below(entry.path)
        elif entry.is_file():
            yield entry.path


def _opener(path: str) -> Callable[[], AbstractContextManager[BinaryIO]]:
    return lambda: open_file(path)


def _remote_opener(
    files: Any, path: str, name: str
) -> Callable[[], AbstractContextManager[BinaryIO]]:
    def opened() -> AbstractContextManager[BinaryIO]:
        try:
            file: AbstractContextManager[BinaryIO] = files.open(path, "rb")
        except FileNotFoundError as error:
            raise UsageFault(f"no such file or folder: {name}") from error
        return file

    return opened


def _look(files: Any, path: str, url: str) -> tuple[list[str], str | None]:
    """The files a URL names, and the folder their ids begin below: "" for none, None for one."""
    # In a web address a question mark begins the query.
    is_pattern = glob.has_magic(path) and not url.startswith("http")
    try:
        if is_pattern:
            found, below = sorted(files.glob(path)), ""
        elif files.isdir(path):
            found, below = sorted(files.find(path)), path.rstrip("/") + "/"
        else:
            found, below = [path] * files.exists(path), None
    except Exception as error:  # each file system raises its own
        raise UsageFault(f"can't look into {url}: {one_line(error)}") from error
    if not found:
        raise UsageFault(f"nothing is there at {url}")
    return found, below


def _file_system(url: str) -> tuple[Any, str]:
    import fsspec

    try:
        files, path = fsspec.core.url_to_fs(url)
    except ImportError as error:
        extra = _EXTRAS.get(url.split("://")[0])
        remedy = f"pip install 'yoji[{extra}]'" if extra else one_line(error)
        raise UsageFault(f"can't read {url}: {remedy}") from error
    except (ValueError, OSError, YojiError) as error:
        raise UsageFault(f"can't read {url}: {one_line(error)}") from error
    return files, str(path)


def _open_stdin() -> AbstractContextManager[BinaryIO]:
    raw = sys.stdin.buffer
    return _Kept(io.BufferedReader(raw))  # type: ignore[arg-type]


class _Kept(AbstractContextManager[BinaryIO]):
    """Standard input belongs to the process: leaving the context doesn't close it."""

    def __init__(self, file: io.BufferedReader) -> None:
        self._file = file

    def __enter__(self) -> BinaryIO:
        return sniff_packing(self._file)

    def __exit__(self, *_: object) -> None:
        self._file.detach()
