import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.checks import best_hypothesis, check_pairs, check_translation, is_good, weight

KO = "정부는 지역 중소기업 3만 개를 지원한다고 밝혔다."
GOOD = "The government said it will support 30,000 regional small firms."
WRONG = "The government said it will support 300,000 regional small firms."
WORSE = "The 정부 said it will support 300,000 regional small firms."


def test_a_good_pair_has_no_flag() -> None:
    assert check_translation(KO, GOOD) == ()


@pytest.mark.parametrize("en", ["", KO])
def test_no_english_at_all_is_one_flag(en: str) -> None:
    assert len(check_translation(KO, en)) == 1


@pytest.mark.parametrize(
    ("hypotheses", "index"),
    [([GOOD, WRONG], 0), ([WRONG, GOOD], 1), ([WORSE, WRONG], 1), ([WRONG, WRONG], 0)],
)
def test_the_first_good_hypothesis_is_taken_else_the_lightest(
    hypotheses: list[str], index: int
) -> None:
    chosen, flags = best_hypothesis(KO, hypotheses)
    assert chosen == index
    assert flags == check_translation(KO, hypotheses[index])


def test_no_hypothesis_is_an_error() -> None:
    with pytest.raises(ValueError, match="empty"):
        best_hypothesis(KO, [])


def test_hints_weigh_nothing() -> None:
    flags = check_translation("세금을 올린다.", "They will not raise taxes.")
    assert [flag.severity for flag in flags] == ["info"]
    assert weight(flags) == 0
    assert is_good(flags)


def test_neighbours_introduce_people() -> None:
    first = ("강민호 교수는 학생이 많다고 말했다.", "Professor Kang Min-ho said many students.")
    second = ("그는 이를 거듭 강조했다.", "Kang stressed this again.")
    assert list(check_pairs([first, second]))[1] == ()
    assert [flag.check for flag in next(check_pairs([second]))] == ["name_invented"]


@settings(max_examples=40)
@given(st.text(max_size=60), st.text(max_size=80))
def test_any_pair_is_answered(ko: str, en: str) -> None:
    assert weight(check_translation(ko, en)) >= 0
