"""Scores: ROUGE-L against values worked out by hand."""

import pytest

from training.scores import longest_common_subsequence, mean_rouge_l, rouge_l, translation_scores


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [("abcd", "abcd", 4), ("abcd", "acbd", 3), ("abc", "xyz", 0), ("", "abc", 0)],
)
def test_longest_common_subsequence(left: str, right: str, expected: int) -> None:
    assert longest_common_subsequence(left, right) == expected


def test_rouge_l_is_the_harmonic_mean_of_both_shares() -> None:
    assert rouge_l("abcd", "abxy") == pytest.approx(0.5)
    assert rouge_l("ab", "abcd") == pytest.approx(2 / 3)
    assert rouge_l("", "abc") == 0.0


def test_the_mean_is_over_pairs() -> None:
    assert mean_rouge_l(["a b", "c"], ["a b", "d"], str.split) == 0.5


def test_translation_scores_are_full_for_the_reference() -> None:
    sentence = ["The government will give thirty companies one trillion won."]
    assert translation_scores(sentence, sentence) == {"chrf2": 100.0, "bleu": 100.0}
