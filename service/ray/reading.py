"""Inputs to groups of records that are not done yet, each group the work of one shard.

Runs in Ray's read tasks, one per input, as a stream. Must not know of Ray or of the digester.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from service.batch.index import Index
from service.batch.records import Record
from service.batch.runner import Identify, key_of
from service.ray.shards import KEY_BYTES

Read = Callable[[str], Iterator[Record]]
"""An input → its records."""
Done = NDArray[np.bytes_]
"""The keys of finished rows, sorted: 16 bytes each, shared by all readers of a machine."""


@dataclass(frozen=True, slots=True)
class Group:
    """The records of one shard with their keys, and how many done ones were passed by."""

    keys: tuple[bytes, ...] = ()
    records: tuple[Record, ...] = ()
    reused: int = 0


def sorted_keys(keys: Sequence[bytes]) -> Done:
    """Keys as ``read_groups`` wants them."""
    return np.sort(np.array(keys, dtype=f"S{KEY_BYTES}"))


def read_groups(
    unit: str, read: Read, identify: Identify, done: Done, size: int
) -> Iterator[Group]:
    """The unfinished records of one input in groups of ``size``, in its order.

    The key of a record is made of its input, its id and its content under the profile and the
    options, and counts equal records: every one of them has its own row.
    """
    group: list[tuple[bytes, Record]] = []
    reused = 0
    for key, record in _keyed(unit, read, identify):
        if is_done(key, done):
            reused += 1
            continue
        group.append((key, record))
        if len(group) == size:
            yield _group(group, reused)
            group, reused = [], 0
    if group or reused:
        yield _group(group, reused)


def _keyed(unit: str, read: Read, identify: Identify) -> Iterator[tuple[bytes, Record]]:
    seen = Index()  # on disk, since an input may be long
    try:
        for record in read(unit):
            base = json.dumps([unit, record.id, key_of(record, identify)]).encode()
            count = 0
            while (key := _hash(base, count)).hex() in seen:
                count += 1
            seen.add(key.hex(), 0)
            yield key, record
    finally:
        seen.close()


def _hash(base: bytes, count: int) -> bytes:
    return hashlib.sha256(base + str(count).encode()).digest()[:KEY_BYTES]


def is_done(key: bytes, done: Done) -> bool:
    """Whether ``key`` is among the sorted ones."""
    at = int(np.searchsorted(done, np.bytes_(key)))
    # NumPy takes zeros off the end of both alike, so equal keys stay equal.
    return at < len(done) and done[at] == np.bytes_(key).rstrip(b"\0")


def _group(group: Sequence[tuple[bytes, Record]], reused: int) -> Group:
    return Group(tuple(key for key, _ in group), tuple(record for _, record in group), reused)
