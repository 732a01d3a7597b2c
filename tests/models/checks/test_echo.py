import pytest

from models.checks import check_summary

EVIDENCE = "그는 “2027년까지 거점 공장 25곳을 세우고 교육비를 전액 지원해야 한다”고 말했다."


@pytest.mark.parametrize(
    ("proposal", "checks"),
    [
        ("2027년까지 거점 공장 25곳을 세워야 한다.", set()),
        ("거점 공장 25곳을 권역에 25곳으로 세워야 한다.", {"figure_repeated"}),
        ("교육비를 전액 지원하고 교육비를 전액 지원해야 한다.", {"phrase_repeated"}),
    ],
)
def test_what_the_evidence_says_once_is_said_once(proposal: str, checks: set[str]) -> None:
    assert {flag.check for flag in check_summary(EVIDENCE, proposal)} == checks


def test_what_the_evidence_repeats_may_be_repeated() -> None:
    evidence = "공장 25곳과 학교 25곳을 세워야 한다."
    assert not check_summary(evidence, "공장 25곳, 학교 25곳을 세워야 한다.")
