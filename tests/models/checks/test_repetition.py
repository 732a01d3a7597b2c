import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.checks.repetition import check_repetition


@pytest.mark.parametrize(
    ("text", "loop"),
    [
        ("The plan is good good good good good.", "good"),
        ("It will expand support and expand support and expand support and", "expand support and"),
        ("지원을 늘려야 한다 지원을 늘려야 한다 지원을 늘려야 한다", "지원을 늘려야 한다"),
        ("지원해야지원해야지원해야 한다", "지원해야"),
        ("하하하하하하 웃었다", "하"),
    ],
)
def test_a_loop_is_an_error_and_quoted(text: str, loop: str) -> None:
    (flag,) = check_repetition(text)
    assert (flag.check, flag.severity, flag.found) == ("repetition", "error", loop)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "It was a very, very, very long day.",
        "Debt that cannot be repaid cannot be repaid even with the passage of time.",
        "보고 또 보고 또 보았다.",
        "Prices rose 1 percent, 2 percent, 3 percent and 4 percent.",
        "100,000,000,000 won",
        "2025-05-05 ...... ------",
    ],
)
def test_style_is_no_loop(text: str) -> None:
    assert check_repetition(text) == ()


def test_a_clause_said_twice_is_a_warning_unless_the_source_says_it_twice() -> None:
    en = (
        "We must build a supply chain in each region of the country, he said, "
        "and build a supply chain in each region of the country."
    )
    (flag,) = check_repetition(en, "지역마다 공급망을 구축해야 한다고 그는 말했다.")
    assert (flag.severity, flag.found) == ("warning", "build a supply chain in each")
    twice = "지역마다 새 공급망을 구축해야 한다, 지역마다 새 공급망을 구축해야 한다고 말했다."
    assert check_repetition(en, twice) == ()


@given(st.text(max_size=200), st.text(max_size=80))
def test_any_text_is_answered(text: str, source: str) -> None:
    assert len(check_repetition(text, source)) <= 1


@given(st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=6), st.integers(5, 9))
def test_any_loop_is_found(words: list[str], times: int) -> None:
    assert check_repetition(" ".join(words * times))[0].severity == "error"
