"""Chunks and pieces: all that went in is there, and everything fits that can."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.generation.chunking import chunk_sentences, halve_at_clause, split_sentence

WORDS = st.text(alphabet="정부규제지원하고며 ,;.a1", min_size=1, max_size=60)


def unspaced(text: str) -> str:
    return "".join(text.split())


@given(WORDS, st.integers(1, 30))
def test_pieces_hold_the_whole_sentence_and_fit(sentence: str, limit: int) -> None:
    pieces = split_sentence(sentence, lambda text: len(text) <= limit)
    assert unspaced("".join(pieces)) == unspaced(sentence)
    assert all(len(piece) <= limit for piece in pieces)


def test_a_sentence_is_parted_at_its_clauses() -> None:
    sentence = "정부는 규제를 풀고 기업을 지원하며, 시장은 스스로 자라게 해야 한다고 밝혔다."
    pieces = split_sentence(sentence, lambda text: len(text) <= 30)
    assert pieces == [
        "정부는 규제를 풀고 기업을 지원하며,",
        "시장은 스스로 자라게 해야 한다고 밝혔다.",
    ]


@pytest.mark.parametrize(
    ("sentence", "halves"),
    [
        ("인구는 3만 명으로 줄었고 학교는 네 곳만 남았다.", 2),
        ("정부는 지역 기업을 더 지원해야 한다고 말했다.", 1),
        ("“거점 공장부터 깔아야”… 제조 전환 좌담회", 2),
        ("비가 온다.", 1),
    ],
)
def test_a_sentence_is_halved_only_where_a_clause_ends(sentence: str, halves: int) -> None:
    parts = halve_at_clause(sentence)
    assert len(parts) == halves
    assert " ".join(parts) == sentence


def test_a_sentence_that_fits_is_left_alone() -> None:
    assert split_sentence("짧다, 짧아.", lambda _: True) == ["짧다, 짧아."]


@given(st.lists(st.integers(1, 9), max_size=12), st.integers(11, 30))
def test_runs_hold_every_sentence_and_overlap_by_one(sizes: list[int], limit: int) -> None:
    sentences = [f"{at:02d}" + "가" * size for at, size in enumerate(sizes)]
    runs = chunk_sentences(sentences, lambda text: len(text) <= limit)
    assert list(dict.fromkeys(sentence for run in runs for sentence in run)) == sentences
    assert all(len(" ".join(run)) <= limit for run in runs)
    for earlier, later in pairwise(runs):
        overlaps = later[0] == earlier[-1]
        joint = len(f"{earlier[-1]} {later[1] if overlaps else later[0]}")
        assert overlaps == (joint <= limit)


def test_nothing_is_one_run_of_nothing() -> None:
    assert chunk_sentences([], lambda _: True) == []
