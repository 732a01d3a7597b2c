import pytest

from models.checks.length import check_condensed_length, check_length, korean_units

KO = "정부는 지역 중소기업 3만 개를 2030년까지 집중 지원하고 보증료율도 낮추겠다고 밝혔다."
EN = (
    "The government said it will intensively support 30,000 regional small firms by 2030 "
    "and lower guarantee fee rates as well."
)


def test_a_translation_of_usual_length_passes() -> None:
    assert check_length(KO, EN) == ()


@pytest.mark.parametrize(
    ("en", "severity", "word"),
    [
        ("The government will support firms.", "error", "short"),
        ("The government said it will give more support to firms.", "warning", "short"),
        (EN + " " + EN, "warning", "long"),
        (EN * 4, "error", "long"),
    ],
)
def test_what_is_dropped_or_added_is_flagged(en: str, severity: str, word: str) -> None:
    (flag,) = check_length(KO, en)
    assert (flag.check, flag.severity) == ("length_ratio", severity)
    assert word in flag.detail


@pytest.mark.parametrize(("ko", "en"), [("", "Anything."), ("...", "..."), (KO, "")])
def test_nothing_is_said_of_nothing(ko: str, en: str) -> None:
    assert check_length(ko, en) == ()


def test_units_weigh_syllables_and_the_rest() -> None:
    assert korean_units("정부는 3만 개") == pytest.approx(5 + 0.35)


@pytest.mark.parametrize(
    ("proposal", "good"),
    [("한다.", False), ("보증료율을 낮춰야 한다.", True), (KO * 2, False), (KO, True)],
)
def test_a_proposal_is_shorter_than_its_evidence(proposal: str, good: bool) -> None:
    assert (check_condensed_length(KO, proposal) == ()) is good
