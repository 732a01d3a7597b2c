"""Compressed files, unpacked as they are read: never more in memory than was asked for."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, Final, Literal, cast

from models.errors import InputTooLargeError

Packing = Literal["gz", "zst"]
PACKINGS: Final[dict[str, Packing]] = {".gz": "gz", ".zst": "zst"}
_MAGIC: Final[dict[bytes, Packing]] = {b"\x1f\x8b": "gz", b"\x28\xb5\x2f\xfd": "zst"}
_PIECE_BYTES: Final = 2**20


def unpacked(file: BinaryIO, packing: Packing | None) -> BinaryIO:
    """``file`` with the packing taken off, to be read forward."""
    if packing == "gz":
        import gzip

        return cast(BinaryIO, gzip.GzipFile(fileobj=file))
    if packing == "zst":
        import pyarrow

        # Unlike the zstandard package, this one says so when a file ends too soon.
        stream = pyarrow.CompressedInputStream(pyarrow.PythonFile(file, mode="r"), "zstd")
        return io.BufferedReader(stream)
    return file


@contextmanager
def packed(file: BinaryIO, packing: Packing | None) -> Iterator[BinaryIO]:
    """A file that packs what is written to it; ``file`` itself stays open."""
    if packing is None:
        yield file
    elif packing == "gz":
        import gzip

        with gzip.GzipFile(fileobj=file, mode="wb", mtime=0) as zipped:
            yield cast(BinaryIO, zipped)
    else:
        import pyarrow

        kept = pyarrow.PythonFile(_KeptOpen(file), mode="w")
        with pyarrow.CompressedOutputStream(kept, "zstd") as stream:
            yield cast(BinaryIO, stream)


class _KeptOpen(io.RawIOBase):
    """A file that someone else closes."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__()
        self._file = file

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        return self._file.write(data)


def sniff_packing(file: io.BufferedReader) -> BinaryIO:
    """Standard input has no ending: its first bytes say how it is packed."""
    head = file.peek(4)
    for magic, packing in _MAGIC.items():
        if head.startswith(magic):
            return unpacked(file, packing)
    return file


@contextmanager
def on_disk(file: BinaryIO, name: str, max_bytes: int) -> Iterator[BinaryIO]:
    """A copy of ``file`` that can be read at any place, of at most ``max_bytes``."""
    with tempfile.TemporaryFile() as copy:
        while piece := file.read(_PIECE_BYTES):
            copy.write(piece)
            if copy.tell() > max_bytes:
                raise InputTooLargeError(
                    f"{name} has more than {max_bytes} bytes unpacked, the limit; unpack it"
                )
        copy.seek(0)
        yield cast(BinaryIO, copy)
