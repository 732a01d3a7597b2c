"""Which English renders a term."""

import pytest

from models.anchors.glossary import Glossary, Term, term_in_english

SHIPPED = Glossary.shipped()


@pytest.mark.parametrize(
    ("ko", "en"),
    [
        ("중기부", "The Ministry of SMEs and Startups said"),
        ("중기부", "the MSS said"),
        ("중기부", "the SMEs ministry said"),
        ("중기부", "a ministry official said"),
        ("중기부", "the minister of SMEs and startups"),
        ("국토부", "the land ministry"),
        ("국토부", "the Land, Infrastructure and Transport Ministry"),
        ("고용노동부", "the Ministry of Employment and Labour"),
        ("공정위", "the Fair Trade Commission"),
        ("공정위", "the antitrust watchdog"),
        ("한은", "the central bank"),
        ("건강보험심사평가원", "the Health Insurance Review and Assessment Service"),
        ("부산시", "Busan"),
        ("부산시", "the city will pay"),
        ("전남", "South Jeolla Province"),
        ("전남", "North and South Jeolla provinces and South Jeolla"),
        ("신안군", "Shinan County"),
        ("한국", "Korean firms"),
        ("미국", "U.S. tariffs"),
        ("알바니아", "the Albanian government"),
        ("독일", "Germans"),
    ],
)
def test_the_names_people_use_are_accepted(ko: str, en: str) -> None:
    term = SHIPPED.get(ko)
    assert term is not None
    assert term_in_english(term, en)


@pytest.mark.parametrize(
    ("ko", "en"),
    [
        ("중기부", "The Ministry of Education said"),
        ("중기부", "the education ministry said"),
        ("공정위", "the Financial Services Commission"),
        ("부산시", "Incheon"),
        ("전남", "South Chungcheong Province"),
        ("미국", "China"),
        ("중기부", ""),
    ],
)
def test_other_names_are_not(ko: str, en: str) -> None:
    term = SHIPPED.get(ko)
    assert term is not None
    assert not term_in_english(term, en)


def test_a_users_term_wants_its_own_forms() -> None:
    term = Term("한빛재단", "Hanbit Foundation", ("HF",), "organization", strict=True)
    assert term_in_english(term, "The hanbit foundation said")
    assert term_in_english(term, "HF said")
    assert not term_in_english(term, "the foundation said")
