from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.anchors import AnchorContext, Glossary, Roster, verify_anchors

KO = "중기부는 13일 약 3만 개 기업에 1조2000억 원을 지원한다고 밝혔다."


def checks(ko: str, en: str, context: AnchorContext | None = None) -> list[str]:
    return [flag.check for flag in verify_anchors(ko, en, context)]


@pytest.mark.parametrize("firms", ["30,000 firms", "30 thousand firms", "thirty thousand firms"])
@pytest.mark.parametrize("money", ["1.2 trillion won", "1,200 billion won"])
@pytest.mark.parametrize("body", ["Ministry of SMEs and Startups", "SMEs ministry"])
def test_every_correct_form_passes(firms: str, money: str, body: str) -> None:
    en = f"The {body} said on the 13th that it will give {money} to about {firms}."
    assert verify_anchors(KO, en) == ()


def test_a_wrong_figure_names_expected_and_found() -> None:
    en = "The SMEs ministry said on the 13th it will give 1.2 billion won to about 30,000 firms."
    (flag,) = verify_anchors(KO, en)
    assert (flag.check, flag.severity, flag.ko) == ("figure_missing", "error", "1조2000억 원")
    assert (flag.expected, flag.found) == ("1.2 trillion won", "1.2 billion won")


@pytest.mark.parametrize(
    ("ko", "en", "found"),
    [
        ("금리를 0.25%포인트 내렸다.", "It cut the rate by 0.25 percent.", ["figure_missing"]),
        ("기업을 지원한다.", "It will support 500 firms.", ["figure_invented"]),
        ("그는 13일 말했다.", "He said so on the 14th.", ["date_missing"]),
        ("그는 이를 강조했다.", "Kang stressed this.", ["name_invented"]),
        ("교육부는 말했다.", "The Ministry of Justice said so.", ["organization_invented"]),
        (
            "한빛산업연구소는 이를 제안했다.",
            "The Coastal Fisheries Society proposed this.",
            ["organization_invented"],
        ),
        ("한빛산업연구소는 이를 제안했다.", "The Hanbit Industrial Institute proposed this.", []),
    ],
)
def test_what_disagrees_is_named(ko: str, en: str, found: list[str]) -> None:
    assert [check for check in checks(ko, en) if check != "term_missing"] == found


def test_a_roster_says_who_he_is() -> None:
    roster = Roster.read("강민호 교수는 학생이 많다고 말했다.")
    assert checks("그는 이를 강조했다.", "Kang stressed this.", AnchorContext(roster=roster)) == []


def test_a_users_term_is_demanded_to_the_letter() -> None:
    context = AnchorContext(glossary=Glossary.from_entries([("새빛마을", "Saebit Village")]))
    (flag,) = verify_anchors("새빛마을을 고친다.", "A village will be repaired.", context)
    assert (flag.check, flag.severity, flag.expected) == ("term_missing", "error", "Saebit Village")
    assert checks("새빛마을을 고친다.", "Saebit Village will be repaired.", context) == []


def test_the_articles_date_resolves_months() -> None:
    context = AnchorContext(published_at=date(2025, 5, 20))
    assert checks("지난달 수출이 늘었다.", "Exports rose in April.", context) == []
    assert checks("지난달 수출이 늘었다.", "Exports rose in June.", context) != []


@settings(max_examples=60)
@given(st.text(max_size=60), st.text(max_size=80))
def test_any_pair_is_answered(ko: str, en: str) -> None:
    for flag in verify_anchors(ko, en):
        assert flag.severity in ("error", "warning", "info")
