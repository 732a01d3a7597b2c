"""Scores agree with values worked out by hand."""

import pytest

from service.evaluation.scores import (
    longest_common_subsequence,
    mean_rouge,
    morphemes,
    rouge_l,
    rouge_n,
    translation_scores,
)


@pytest.mark.parametrize(
    ("left", "right", "length"),
    [("", "abc", 0), ("abc", "abc", 3), ("axbxc", "abc", 3), ("abc", "cba", 1), ("aab", "ab", 2)],
)
def test_longest_common_subsequence(left: str, right: str, length: int) -> None:
    assert longest_common_subsequence(left, right) == length


def test_rouge_is_the_harmonic_mean_of_precision_and_recall() -> None:
    ours, theirs = ["a", "b", "c", "d"], ["a", "c", "e"]
    assert rouge_l(ours, theirs) == pytest.approx(2 * (2 / 4) * (2 / 3) / (2 / 4 + 2 / 3))
    assert rouge_n(ours, theirs, 1) == pytest.approx(rouge_l(ours, theirs))
    assert rouge_n(["a", "b", "c"], ["b", "c", "a"], 2) == pytest.approx(0.5)
    assert rouge_n(["a", "a", "a"], ["a"], 1) == pytest.approx(2 * (1 / 3) / (1 / 3 + 1))
    assert rouge_l([], theirs) == rouge_n(ours, [], 2) == 0.0


def test_rouge_of_equal_korean_is_one_and_punctuation_does_not_count() -> None:
    scores = mean_rouge(["학교를 지어야 한다."], ["학교를 지어야 한다"], morphemes)
    assert scores == {"rouge_1": 1.0, "rouge_2": 1.0, "rouge_l": 1.0}


def test_translation_scores_are_sacrebleus() -> None:
    same = translation_scores(["The cat sat on the mat."], ["The cat sat on the mat."])
    assert same == {"chrf2": 100.0, "bleu": 100.0}
    other = translation_scores(["Dogs ran."], ["The cat sat on the mat."])
    assert 0 <= other["bleu"] < 10
    assert other["chrf2"] < 30
