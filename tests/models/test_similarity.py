import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.similarity import alike, overlap


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("지원 한도를 3억 원으로 높여야 한다.", "지원 한도를 3억 원으로 높일 필요가 있다.", True),
        ("지원 한도를 3억 원으로 높여야 한다.", "지원 한도 3억 원으로 상향 필요", True),
        (
            "지원 한도를 3억 원으로 높여야 한다.",
            "항만 노동자의 안전 교육을 의무화해야 한다.",
            False,
        ),
        ("가", "가", True),
        ("가", "나", False),
    ],
)
def test_alike_tells_a_repetition_from_another_proposal(
    first: str, second: str, expected: bool
) -> None:
    assert alike(first, second) is expected


@given(st.text(), st.text())
def test_overlap_is_a_symmetric_share(first: str, second: str) -> None:
    assert 0.0 <= overlap(first, second) <= 1.0
    assert overlap(first, second) == overlap(second, first)
