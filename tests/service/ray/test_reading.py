"""Records to groups: what is done is passed by, equal records are told apart."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import RecordError
from models.reading import Page
from service.batch.records import Record
from service.ray.reading import Group, Read, read_groups, sorted_keys


def identify(page: Page) -> str:
    return hashlib.sha256(page.content.encode()).hexdigest()


def reader(records: list[Record]) -> Read:
    def read(unit: str) -> Iterator[Record]:
        return iter(records)

    return read


def groups(records: list[Record], done: list[bytes], size: int = 2) -> list[Group]:
    return list(read_groups("in", reader(records), identify, sorted_keys(done), size))


RECORDS = [
    Record("a", Page("가")),
    Record("a", Page("가")),
    Record(1, Page("나")),
    Record("b", RecordError("b is not an article")),
    Record("a", Page("다")),
]


def test_every_record_is_in_a_group_in_order() -> None:
    found = groups(RECORDS, [])
    assert [len(group.records) for group in found] == [2, 2, 1]
    assert [record for group in found for record in group.records] == RECORDS
    assert len({key for group in found for key in group.keys}) == len(RECORDS)


@given(
    letters=st.lists(st.sampled_from("가나다라"), max_size=12),
    count=st.integers(0, 12),
    size=st.integers(1, 5),
)
def test_going_on_reads_what_is_left(letters: list[str], count: int, size: int) -> None:
    records = [Record("same", Page(letter)) for letter in letters]
    keys = [key for group in groups(records, [], size) for key in group.keys]
    left = groups(records, keys[:count], size)
    assert [key for group in left for key in group.keys] == keys[count:]
    assert sum(group.reused for group in left) == min(count, len(keys))


def test_content_decides_not_the_place() -> None:
    keys = [key for group in groups(RECORDS, []) for key in group.keys]
    moved = [Record("new", Page("라")), *RECORDS[::-1]]
    (group,) = groups(moved, keys)
    assert [record.id for record in group.records] == ["new"]
    assert group.reused == len(RECORDS)


@pytest.mark.parametrize("key", [b"\0" * 16, b"a" * 15 + b"\0", b"\0" + b"a" * 15])
def test_keys_with_zeros_are_found(key: bytes) -> None:
    from service.ray.reading import is_done

    other = b"b" * 16
    assert is_done(key, sorted_keys([other, key]))
    assert not is_done(key, sorted_keys([other]))
    assert not is_done(key, sorted_keys([]))
