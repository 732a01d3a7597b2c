"""Rows to a file that is there whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Protocol, Self

from pydantic import BaseModel

from models.documents import Digest
from models.errors import YojiError
from service.faults import UsageFault, one_line
from service.schemas import left_out_when_none
from service.views import DigestView, digest_view


class ErrorView(BaseModel):
    """Why an article has no digest; ``code`` is stable."""

    code: str
    detail: str


class Row(BaseModel):
    """One article's line: its id, and a digest or an error."""

    id: str | int
    digest: DigestView | None = left_out_when_none()
    error: ErrorView | None = left_out_when_none()

    @classmethod
    def of(cls, id: str | int, result: Digest | YojiError) -> Self:
        """The row of one result."""
        if isinstance(result, YojiError):
            return cls(id=id, error=ErrorView(code=result.code, detail=one_line(result)))
        return cls(id=id, digest=digest_view(result))

    def to_json(self) -> str:
        """One line of JSON: ``id`` and whichever of ``digest`` and ``error`` there is."""
        return self.model_dump_json()


class RowWriter(Protocol):
    """Takes rows in order; leaving the context without an error completes the output."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    def write(self, row: Row) -> None:
        """One more row."""
        ...


class JsonlWriter:
    """Writes beside ``path`` and renames at the end; an interrupted run leaves no ``path``."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._partial = path.with_name(f".{path.name}.partial")
        self._file: BinaryIO | None = None

    def __enter__(self) -> Self:
        """Open the file beside ``path``."""
        if self._path.is_dir():
            raise UsageFault(f"--out {self._path} is a folder; name a file")
        try:
            self._file = self._partial.open("wb")
        except OSError as error:
            raise UsageFault(f"can't write {self._path}: {error.strerror}") from error
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Put the file in its place, or take it away when the run broke off."""
        file = self._open_file()
        if kind is None:
            file.flush()
            os.fsync(file.fileno())
        file.close()
        if kind is None:
            self._partial.replace(self._path)
        else:
            self._partial.unlink(missing_ok=True)

    def write(self, row: Row) -> None:
        """One more line."""
        self._open_file().write(row.to_json().encode() + b"\n")

    def _open_file(self) -> BinaryIO:
        if self._file is None:
            raise ValueError("the writer is not open; use it in a with statement")
        return self._file
