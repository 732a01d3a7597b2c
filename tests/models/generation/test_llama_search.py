"""Greedy and beam search on logits that a table gives: no network."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from models.generation.llama_search import Found, Logits, Search
from models.generation.protocol import GenerationOptions

END = 0
Table = Mapping[tuple[int, ...], Mapping[int, float]]


def row(likely: Mapping[int, float], size: int = 6) -> Logits:
    """Logits whose softmax gives the probabilities of ``likely``; what is left goes to the rest."""
    rest = (1 - sum(likely.values())) / (size - len(likely))
    values = [math.log(max(likely.get(token, rest), 1e-9)) for token in range(size)]
    return np.array(values, dtype=np.float32)


def searched(table: Table, options: GenerationOptions) -> list[Found]:
    """Run a search whose network has read exactly what its beams say."""
    search = Search(options, lambda tokens: tokens[-1] == END)
    beams: list[tuple[int, ...]] = [()]
    for _ in range(50):
        steps = search.advance([row(table.get(beam, {END: 0.9})) for beam in beams])
        if not steps:
            return search.best()
        beams = [(*beams[step.parent], step.token) for step in steps]
    raise AssertionError("the search doesn't end")


def tokens(found: Sequence[Found]) -> list[tuple[int, ...]]:
    return [one.tokens for one in found]


#: The likeliest first token leads into a fog of middling ones, the second to a sure thing.
GARDEN: Table = {
    (): {1: 0.5, 2: 0.4},
    (1,): {3: 0.3, 4: 0.3},
    (1, 3): {END: 0.5},
    (1, 4): {END: 0.5},
    (2,): {5: 0.95},
    (2, 5): {END: 0.95},
}


def test_greedy_takes_the_likeliest_each_time() -> None:
    (best,) = searched(GARDEN, GenerationOptions())
    assert best.tokens == (1, 3, END)
    assert best.finished
    assert best.score == pytest.approx(
        (math.log(0.5) + math.log(0.3) + math.log(0.5)) / 3, abs=1e-4
    )


def test_a_beam_finds_what_greedy_misses() -> None:
    found = searched(GARDEN, GenerationOptions(beam_size=2))
    assert tokens(found) == [(2, 5, END)]
    assert found[0].score == pytest.approx(math.log(0.4 * 0.95 * 0.95) / 3, abs=1e-4)


def test_an_n_best_list_is_sorted_and_has_no_doubles() -> None:
    found = searched(GARDEN, GenerationOptions(hypotheses=3, beam_size=3))
    assert len({one.tokens for one in found}) == 3
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


def test_what_is_cut_is_not_finished_and_comes_last() -> None:
    endless: Table = {(1,) * count: {1: 0.6, END: 0.3} for count in range(9)}
    (cut,) = searched(endless, GenerationOptions(max_output_tokens=3))
    assert (cut.tokens, cut.finished) == ((1, 1, 1), False)
    found = searched(endless, GenerationOptions(max_output_tokens=3, beam_size=4, hypotheses=4))
    assert found[0].finished
    assert [one.finished for one in found] == sorted((one.finished for one in found), reverse=True)
    assert all(len(one.tokens) <= 3 for one in found)


def test_no_output_at_all() -> None:
    (nothing,) = searched(GARDEN, GenerationOptions(max_output_tokens=0))
    assert (nothing.tokens, nothing.finished) == ((), False)


def test_a_longer_output_is_preferred_by_a_higher_length_penalty() -> None:
    table: Table = {(): {1: 0.55, END: 0.45}, (1,): {2: 0.7}, (1, 2): {END: 0.9}}
    short, long = (
        searched(table, GenerationOptions(beam_size=2, length_penalty=penalty))[0]
        for penalty in (0.0, 2.0)
    )
    assert short.tokens == (END,)
    assert long.tokens == (1, 2, END)


def test_repetition_is_penalised_in_the_output_alone() -> None:
    table: Table = {(): {1: 0.5, 2: 0.4}, (1,): {1: 0.5, 2: 0.4}, (1, 2): {END: 0.9}}
    (plain,) = searched({**table, (1, 1): {END: 0.9}}, GenerationOptions())
    assert plain.tokens == (1, 1, END)
    (penalised,) = searched(table, GenerationOptions(repetition_penalty=2.0))
    assert penalised.tokens == (1, 2, END)


def test_no_ngram_comes_twice() -> None:
    table: Table = {(1, 2) * count: {1: 0.8} for count in range(5)}
    table = {**table, **{(*(1, 2) * count, 1): {2: 0.8} for count in range(5)}}
    options = GenerationOptions(no_repeat_ngram_size=2, max_output_tokens=8)
    (found,) = searched(table, options)
    pairs = list(zip(found.tokens, found.tokens[1:], strict=False))
    assert len(pairs) == len(set(pairs))
    assert found.tokens[:3] == (1, 2, 1)
