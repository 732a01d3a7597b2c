"""A folder of finished rows, in shards that are there whole or not at all.

Each shard ``part-NAME.jsonl`` has its keys in ``_keys/NAME.keys``: which articles its rows are
of, so that going on needs no row read again. The keys are written first and hold the shard's
size; a shard counts when both are there and agree. Must not know of Ray or of the digester.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from service.batch.durable import replacing
from service.batch.outputs import WRITERS, read_output
from service.batch.rows import Row
from service.faults import UsageFault

KEY_BYTES: Final = 16
ENDINGS: Final = (".jsonl", ".parquet")
_KEYS: Final = "_keys"
_RUN: Final = "_run.json"


@dataclass(frozen=True, slots=True)
class Shard:
    """A whole shard: its name, its rows' keys in order, and their errors' codes or ``""``."""

    name: str
    keys: tuple[bytes, ...]
    errors: tuple[str, ...]


Again = Callable[[str], bool]
"""Whether an article with this error's code is to be tried again."""


def shard_name(keys: Iterable[bytes]) -> str:
    """The same articles make the same shard, so a shard that is done twice is one file."""
    return hashlib.sha256(b"".join(keys)).hexdigest()[:32]


class ShardFolder:
    """The output of a distributed run; every machine must see it under the same path."""

    def __init__(self, path: Path, ending: str = ".jsonl") -> None:
        if ending not in ENDINGS:
            raise UsageFault(f"shards end in {' or '.join(ENDINGS)}, not {ending!r}")
        self.path = path
        self.ending = ending

    def claim(self, run: dict[str, object]) -> None:
        """Make the folder ready for this run; ``UsageFault`` when it holds another run's rows."""
        try:
            (self.path / _KEYS).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UsageFault(f"can't write {self.path}: {error.strerror}") from error
        wanted = json.dumps(run | {"ending": self.ending}, sort_keys=True)
        record = self.path / _RUN
        if not record.exists():
            if any(self.path.glob("part-*")):
                raise UsageFault(f"{self.path} holds shards but no {_RUN}; name another folder")
            with replacing(record) as file:
                file.write(wanted.encode())
        elif record.read_text(encoding="utf-8") != wanted:
            raise UsageFault(
                f"{self.path} holds the rows of another profile, format or options; "
                "name another folder, or give those of its _run.json"
            )

    def write(self, keys: Sequence[bytes], rows: Sequence[Row]) -> None:
        """One shard, on disk when this returns; the same articles again replace it."""
        buffer = io.BytesIO()
        WRITERS[self.ending](rows, buffer)
        self._put(keys, [row.error.code if row.error else "" for row in rows], buffer.getvalue())

    def shards(self) -> Iterator[Shard]:
        """Every whole shard, by name."""
        for path in sorted((self.path / _KEYS).glob("*.keys")):
            shard = _parse(path.stem, path.read_text("ascii"), self._size(path.stem))
            if shard is not None:
                yield shard

    def rows(self) -> Iterator[Row]:
        """Every row of every whole shard (JSONL only)."""
        for shard in self.shards():
            yield from read_output(self._shard(shard.name))

    def tidy(self, again: Again) -> list[Shard]:
        """Take away torn shards and the rows that are to be tried again; what is left."""
        whole = list(self.shards())
        self._drop_torn({shard.name for shard in whole})
        return [left for shard in whole if (left := self._without(shard, again)) is not None]

    def _drop_torn(self, whole: set[str]) -> None:
        """A run that was killed may leave half a shard: its articles are computed again."""
        for path in [*self.path.glob("part-*"), *self.path.glob(".part-*.new")]:
            if path.name.removeprefix("part-").partition(".")[0] not in whole:
                path.unlink(missing_ok=True)
        for path in (self.path / _KEYS).iterdir():
            if path.suffix != ".keys" or path.stem not in whole:
                path.unlink(missing_ok=True)

    def _without(self, shard: Shard, again: Again) -> Shard | None:
        """The shard without the errors that are to be tried again; None when nothing is left."""
        kept = [at for at, code in enumerate(shard.errors) if not (code and again(code))]
        if len(kept) == len(shard.errors):
            return shard
        data = _chosen(self._shard(shard.name), kept) if kept else b""
        # Should this be interrupted here, nothing is lost: what is gone is computed again.
        self._shard(shard.name).unlink()
        self._keys(shard.name).unlink()
        if not kept:
            return None
        return self._put([shard.keys[at] for at in kept], [shard.errors[at] for at in kept], data)

    def _put(self, keys: Sequence[bytes], errors: Sequence[str], data: bytes) -> Shard:
        shard = Shard(shard_name(keys), tuple(keys), tuple(errors))
        lines = [f"{key.hex()} {error}\n" for key, error in zip(keys, errors, strict=True)]
        with replacing(self._keys(shard.name)) as file:
            file.write("".join([f"{len(data)}\n", *lines]).encode())
        with replacing(self._shard(shard.name)) as file:
            file.write(data)
        return shard

    def _shard(self, name: str) -> Path:
        return self.path / f"part-{name}{self.ending}"

    def _keys(self, name: str) -> Path:
        return self.path / _KEYS / f"{name}.keys"

    def _size(self, name: str) -> int:
        try:
            return self._shard(name).stat().st_size
        except FileNotFoundError:
            return -1


def _parse(name: str, text: str, size: int) -> Shard | None:
    """None when the keys and the shard do not belong together."""
    first, *lines = text.splitlines()
    if int(first) != size:
        return None
    pairs = [line.split(" ") for line in lines]
    return Shard(
        name, tuple(bytes.fromhex(key) for key, _ in pairs), tuple(error for _, error in pairs)
    )


def _chosen(path: Path, rows: Sequence[int]) -> bytes:
    """A shard's bytes with only these of its rows."""
    if path.suffix != ".parquet":
        lines = path.read_bytes().splitlines(keepends=True)
        return b"".join(lines[at] for at in rows)
    import pyarrow.parquet

    buffer = io.BytesIO()
    table = pyarrow.parquet.read_table(path).take(list(rows))
    pyarrow.parquet.write_table(table, buffer, compression="zstd")
    return buffer.getvalue()
