from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.generation.planning import BatchLimits, plan_batches

LENGTHS = st.lists(st.integers(0, 400), max_size=60)


@given(LENGTHS, st.integers(1, 4), st.booleans())
def test_every_prompt_is_in_exactly_one_batch(
    lengths: list[int], workers: int, equal: bool
) -> None:
    batches = plan_batches(lengths, BatchLimits(equal_lengths=equal), workers)
    assert sorted(index for batch in batches for index in batch) == list(range(len(lengths)))


@given(LENGTHS, st.integers(100, 2000), st.integers(1, 9))
def test_batches_respect_their_limits(lengths: list[int], tokens: int, sequences: int) -> None:
    limits = BatchLimits(max_tokens=tokens, max_sequences=sequences)
    for batch in plan_batches(lengths, limits):
        assert len(batch) <= sequences
        longest = max(lengths[index] for index in batch)
        assert len(batch) == 1 or longest * len(batch) <= tokens


@pytest.mark.parametrize(("beams", "sizes"), [(1, [40]), (4, [16, 16, 8]), (100, [1] * 40)])
def test_beams_count_as_sequences(beams: int, sizes: list[int]) -> None:
    batches = plan_batches([30] * 40, BatchLimits().for_beams(beams))
    assert sorted(map(len, batches), reverse=True) == sizes


@given(LENGTHS)
def test_equal_lengths_means_equal(lengths: list[int]) -> None:
    for batch in plan_batches(lengths, BatchLimits(equal_lengths=True)):
        assert len({lengths[index] for index in batch}) == 1


@pytest.mark.parametrize(
    ("lengths", "workers", "expected"),
    [
        ([30] * 6, 1, [6]),
        ([30] * 6, 2, [3, 3]),
        ([30], 4, [1]),
        ([10, 10, 400, 400], 1, [2, 2]),
        ([], 2, []),
    ],
)
def test_like_lengths_go_together_and_no_worker_idles(
    lengths: list[int], workers: int, expected: list[int]
) -> None:
    batches = plan_batches(lengths, workers=workers)
    assert [len(batch) for batch in batches] == expected
