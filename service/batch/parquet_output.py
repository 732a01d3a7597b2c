"""Rows to Parquet: a row per article, its proposals as a list of structs."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, BinaryIO, Final

from service.batch.rows import Row
from service.views import UsageView

ROWS_PER_GROUP: Final = 1000
"""About 10 MB: what is held until a group is written."""


def write_parquet(rows: Iterable[Row], file: BinaryIO) -> None:
    """Ids become text, for a column has one type; times are ISO 8601 with their offset."""
    import pyarrow
    import pyarrow.parquet

    with pyarrow.parquet.ParquetWriter(file, schema(), compression="zstd") as writer:
        for some in _groups(rows):
            values = [_values(row) for row in some]
            writer.write_table(pyarrow.Table.from_pylist(values, schema=schema()))


@cache
def schema() -> Any:
    """The columns: ``id``, the error if there is one, and the fields of a digest."""
    import pyarrow as pa

    text, whole = pa.string(), pa.int64()
    both = pa.struct({"ko": text, "en": text})
    model = pa.struct({"id": text, "revision": text})
    evidence = pa.struct({"start": whole, "end": whole, "text": text})
    flag = pa.struct({"check": text, "severity": text, "detail": text})
    proposal = {
        **{"ko": text, "en": text, "kind": text, "speaker": both},
        **{"evidence": pa.list_(evidence), "method": text, "flags": pa.list_(flag)},
    }
    kinds: dict[Any, Any] = {int: whole, float: pa.float64(), bool: pa.bool_()}
    # Whatever is counted, in the order it is counted in.
    usage = {name: kinds[field.annotation] for name, field in UsageView.model_fields.items()}
    return pa.schema(
        {
            **{"id": text, "digest_id": text, "error_code": text, "error_detail": text},
            **{"title": both, "published_at": text, "byline": text, "text": text},
            **{"sentences": whole, "proposals": pa.list_(pa.struct(proposal)), "profile": text},
            "models": pa.struct({"summarizer": model, "translator": model}),
            **{"usage": pa.struct(usage), "warnings": pa.list_(text)},
        }
    )


def _values(row: Row) -> dict[str, Any]:
    values: dict[str, Any] = {"id": str(row.id), "digest_id": row.digest_id}
    if row.error:
        values |= {"error_code": row.error.code, "error_detail": row.error.detail}
    if row.digest:
        digest = row.digest.model_dump(mode="json")
        values |= digest.pop("article") | digest | {"id": values["id"]}
    return values


def _groups(rows: Iterable[Row]) -> Iterator[list[Row]]:
    iterator = iter(rows)
    while some := list(itertools.islice(iterator, ROWS_PER_GROUP)):
        yield some
