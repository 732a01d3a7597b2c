import pytest

from models.checks.negation import check_negation


@pytest.mark.parametrize(
    ("ko", "en", "checks"),
    [
        ("정부는 세금을 올리지 않는다.", "The government will raise taxes.", ["negation_lost"]),
        ("정부는 세금을 올리지 않는다.", "The government will not raise taxes.", []),
        ("정부는 세금을 올린다.", "The government won't raise taxes.", ["negation_gained"]),
        ("정부는 세금을 올린다.", "The government will raise taxes.", []),
        ("예산이 부족하다.", "The budget is not enough.", []),
        ("적지 않은 사람이 찬성했다.", "Quite a few people were in favor.", []),
        ("돈뿐 아니라 사람도 필요하다.", "Money as well as people is needed.", []),
        ("지금 고치지 않으면 안 된다.", "It must be fixed now.", []),
        ("규제가 없다.", "There is regulation.", ["negation_lost"]),
        ("규제가 없다.", "It is unregulated.", []),
        ("서둘러 설치해야 한다.", "It should be installed without delay.", []),
        ("대상은 1위다.", "The target is world No. 1.", []),
    ],
)
def test_only_a_negation_without_a_trace_is_a_hint(ko: str, en: str, checks: list[str]) -> None:
    flags = check_negation(ko, en)
    assert [flag.check for flag in flags] == checks
    assert all(flag.severity == "info" for flag in flags)
