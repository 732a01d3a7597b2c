"""Tables to records, a few rows at a time: CSV and Parquet.

A cell that is empty or null is not there. Must not know where a file lies.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from typing import Any, BinaryIO, Final

from models.errors import EncodingError, RecordError
from service.batch.lines import bounded_lines
from service.batch.packing import on_disk
from service.batch.records import Columns, Record, Records, bad_record, read_record, too_long
from service.batch.sources import Source
from service.faults import one_line
from service.inputs import STDIN

ROWS_AT_A_TIME: Final = 16
UNPACKED_PARQUET_BYTES: Final = 16 * 2**30
COLUMN_CHUNK_BYTES: Final = 2**30
"""Most that one column of one row group may come to: it is what must be held to read it."""


def read_csv(file: BinaryIO, source: Source, max_bytes: int, columns: Columns) -> Records:
    """A record per row under the header; one that is broken is an error under ``FILE:LINE``."""
    # The module's own limit is one for all; ours is what a record may have.
    csv.field_size_limit(max_bytes)
    lines = _TextLines(file, source.name, max_bytes)
    reader = csv.reader(lines)
    header = next(reader, None)
    if header is None:
        return
    _require_columns(header, source.name, columns)
    while True:
        place = f"{source.name}:{lines.number + 1}"
        try:
            cells = next(reader)
        except StopIteration:
            return
        except _LineTooLongError:
            yield Record(place, too_long(place, max_bytes))
            continue
        except csv.Error as error:
            yield Record(place, bad_record(place, one_line(error), columns))
            continue
        if cells:
            yield _csv_record(header, cells, place, max_bytes, columns)


def _csv_record(
    header: Sequence[str], cells: Sequence[str], place: str, max_bytes: int, columns: Columns
) -> Record:
    if len(cells) != len(header):
        reason = f"it has {len(cells)} cells, the header {len(header)}"
        return Record(place, bad_record(place, reason, columns))
    return _bounded(dict(zip(header, cells, strict=True)), place, max_bytes, columns)


def _bounded(values: Mapping[str, Any], place: str, max_bytes: int, columns: Columns) -> Record:
    """The record of a row: cells that are there, ids as text unless they are whole numbers."""
    cells = {name: values[name] for name in columns.names() if values.get(name) not in (None, "")}
    size = sum(len(str(cell).encode("utf-8", "surrogatepass")) for cell in cells.values())
    if size > max_bytes:
        return Record(place, too_long(place, max_bytes))
    id = cells.get(columns.id)
    if id is not None and not isinstance(id, int):
        cells[columns.id] = str(id)
    return read_record(cells, place, columns)


def read_parquet(file: BinaryIO, source: Source, max_bytes: int, columns: Columns) -> Records:
    """A record per row, row group by row group; its place is ``FILE:ROW``."""
    import pyarrow.parquet

    with ExitStack() as stack:
        if source.packing or source.id == STDIN:
            file = stack.enter_context(on_disk(file, source.name, UNPACKED_PARQUET_BYTES))
        table = stack.enter_context(pyarrow.parquet.ParquetFile(file))
        names = table.schema_arrow.names
        _require_columns(names, source.name, columns)
        _require_small_chunks(table.metadata, source.name, columns)
        chosen = [name for name in columns.names() if name in names]
        for number, values in enumerate(_rows(table, chosen), start=1):
            yield _bounded(values, f"{source.name}:{number}", max_bytes, columns)


def count_parquet(file: BinaryIO) -> int | None:
    """How many rows a Parquet says it has; None if it can't be read."""
    import pyarrow
    import pyarrow.parquet

    try:
        return int(pyarrow.parquet.ParquetFile(file).metadata.num_rows)
    except (pyarrow.ArrowException, OSError):
        return None


def _rows(table: Any, names: Sequence[str]) -> Iterator[Mapping[str, Any]]:
    for batch in table.iter_batches(batch_size=ROWS_AT_A_TIME, columns=list(names)):
        yield from batch.to_pylist()


def _require_columns(names: Sequence[str], file: str, columns: Columns) -> None:
    if columns.text not in names and columns.html not in names:
        raise RecordError(
            f"{file} has no column {columns.text} nor {columns.html}, only "
            f"{one_line(', '.join(names))[:500]}; name it with --text-column or --html-column"
        )


def _require_small_chunks(metadata: Any, file: str, columns: Columns) -> None:
    """A few bytes of a file can ask for any amount of memory; the file says how much."""
    for group in range(metadata.num_row_groups):
        for at in range(metadata.num_columns):
            column = metadata.row_group(group).column(at)
            size = column.total_uncompressed_size
            if column.path_in_schema in columns.names() and size > COLUMN_CHUNK_BYTES:
                raise RecordError(
                    f"column {column.path_in_schema} has {size} bytes in row group {group} of "
                    f"{file}, over the limit of {COLUMN_CHUNK_BYTES}; write smaller row groups"
                )


class _LineTooLongError(Exception):
    """The next line is over the limit and was passed over."""


class _TextLines:
    """The lines of a CSV as text; ``number`` of them were read.

    Bytes that don't belong to the encoding become lone surrogates, so that only the row they
    are in is an error. Not a generator: reading goes on after an exception.
    """

    def __init__(self, file: BinaryIO, name: str, max_bytes: int) -> None:
        self._lines = bounded_lines(file, max_bytes)
        self._name = name
        self._encoding = ""
        self.number = 0

    def __iter__(self) -> _TextLines:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.number += 1
        if line is None:
            raise _LineTooLongError
        if self.number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
            if line.startswith((b"\xff\xfe", b"\xfe\xff")):
                raise EncodingError(f"{self._name} is in UTF-16; save it as UTF-8")
        return self._decode(line)

    def _decode(self, line: bytes) -> str:
        """UTF-8, or CP949 if the first line that is not ASCII is in it."""
        if not self._encoding and not line.isascii():
            self._encoding = "utf-8" if _is_utf8(line) else "cp949"
        return line.decode(self._encoding or "ascii", "surrogateescape")


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True
