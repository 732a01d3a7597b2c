"""Titles at the end of words, in English."""

import pytest

from models.anchors.titles import Title, read_title


@pytest.mark.parametrize(
    ("word", "title"),
    [
        ("장관", Title("장관", "Minister")),
        ("제1차관", Title("제1차관", "First Vice Minister")),
        ("중소기업정책실장", Title("정책실장", "Policy Chief", "중소기업")),
        ("지역중소기업혁신팀장", Title("팀장", "Team Leader", "지역중소기업혁신")),
        ("부총리", Title("부총리", "Deputy Prime Minister")),
        ("공동대표", Title("공동대표", "Co-head")),
        ("부사장", Title("부사장", "Vice President")),
        ("감사", Title("감사", "Auditor")),
        ("국정감사", None),
        ("농민", None),
        ("정책", None),
        ("", None),
    ],
)
def test_the_longest_title_ends_the_word(word: str, title: Title | None) -> None:
    assert read_title(word) == title


def test_a_calling_counts_before_a_name_only() -> None:
    assert read_title("농민", before_name=True) == Title("농민", "Farmer")
