import pytest

from models.checks import check_summary

EVIDENCE = (
    "김상신 중소벤처기업연구원 팀장은 13일 “정부가 지역 중소기업 3만 개를 2030년까지 집중 "
    "육성하고 예산 1조2000억 원을 투입해야 한다”고 제안했다."
)


@pytest.mark.parametrize(
    "proposal",
    [
        "정부가 2030년까지 지역 중소기업 3만 개를 집중 육성해야 한다.",
        "정부가 지역 중소기업 30,000개를 육성해야 한다.",
        "김 팀장은 예산 1조 2000억 원 투입을 제안했다.",
    ],
)
def test_what_the_evidence_says_in_any_form_passes(proposal: str) -> None:
    assert check_summary(EVIDENCE, proposal) == ()


@pytest.mark.parametrize(
    ("proposal", "check"),
    [
        ("", "empty_output"),
        ("정부가 지역 중소기업 30만 개를 육성해야 한다.", "figure_invented"),
        ("정부가 2035년까지 중소기업을 육성해야 한다.", "date_invented"),
        ("정종석 소장은 중소기업 육성을 제안했다.", "name_invented"),
        ("교육부가 중소기업을 육성해야 한다.", "organization_invented"),
        ("The government should foster small firms.", "not_korean"),
        ("정부가 “중소기업을 육성해야 한다.", "quotes_unbalanced"),
        ("육성해야 한다 육성해야 한다 육성해야 한다", "repetition"),
        ("한다.", "length_ratio"),
    ],
)
def test_each_fault_is_named(proposal: str, check: str) -> None:
    assert check in [flag.check for flag in check_summary(EVIDENCE, proposal)]
