"""Batches: bounded, complete, and targets where the answers are."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.batches import EOS, PAD, Encoded, batches, collate, group

LENGTHS = st.lists(st.integers(2, 40), min_size=1, max_size=60)


def made(lengths: list[int]) -> list[Encoded]:
    return [Encoded((*range(5, 4 + length), EOS), 1) for length in lengths]


@given(LENGTHS, st.integers(40, 200))
def test_groups_stay_within_the_bound_and_lose_nothing(lengths: list[int], bound: int) -> None:
    groups = list(group(made(lengths), bound))
    assert all(max(len(e.ids) for e in rows) * len(rows) <= bound for rows in groups)
    assert sorted(len(e.ids) for rows in groups for e in rows) == sorted(lengths)


@given(LENGTHS, st.integers(0, 3))
def test_the_same_seed_gives_the_same_batches(lengths: list[int], seed: int) -> None:
    first, second = (list(batches(made(lengths), 100, 8, seed)) for _ in range(2))
    assert first == second
    assert sum(map(len, first)) == len(lengths)


def test_seeds_differ() -> None:
    chance = random.Random(1)
    lengths = [chance.randint(2, 40) for _ in range(60)]
    assert list(batches(made(lengths), 80, 60, 0)) != list(batches(made(lengths), 80, 60, 1))


def test_an_example_longer_than_the_bound_is_a_batch_of_its_own() -> None:
    assert [len(rows) for rows in group(made([50, 3]), 20)] == [1, 1]


def test_targets_are_the_tokens_after_their_positions() -> None:
    batch = collate([Encoded((2, 10, 11, EOS), 2), Encoded((2, 20, 21, 22, 23, EOS), 3)])
    flat = batch.ids.reshape(-1)
    assert batch.targets.tolist() == [11, EOS, 22, 23, EOS]
    assert flat[batch.positions + 1].tolist() == batch.targets.tolist()
    assert batch.ids[0].tolist() == [2, 10, 11, EOS, PAD, PAD]


@pytest.mark.parametrize("prompt", [1, 3])
def test_prompts_are_not_targets(prompt: int) -> None:
    batch = collate([Encoded((2, 10, 11, 12, EOS), prompt)])
    assert len(batch.targets) == 5 - prompt
