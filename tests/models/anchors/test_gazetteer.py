"""The shipped tables: whole, consistent, dated."""

from datetime import date

from models.anchors.gazetteer import (
    loose_mentions,
    municipality_names,
    province_names,
    shipped_surfaces,
)
from models.anchors.glossary import Glossary
from models.anchors.romanization import is_hangul


def test_every_row_has_both_languages() -> None:
    for surface in shipped_surfaces():
        assert surface.ko == surface.ko.strip() != ""
        assert surface.term.en == surface.term.en.strip() != ""
        assert not is_hangul(surface.term.en[0])


def test_renamed_bodies_follow_each_other_without_a_gap() -> None:
    terms = {surface.term.ko: surface.term for surface in shipped_surfaces()}
    old, new = terms["산업통상자원부"], terms["산업통상부"]
    assert old.until == new.since == date(2025, 10, 1)
    assert old.in_force(date(2025, 9, 30))
    assert not old.in_force(date(2025, 10, 1))


def test_doubtful_names_are_marked() -> None:
    doubtful = {surface.term.ko for surface in shipped_surfaces() if surface.term.doubtful}
    assert "재정경제부" in doubtful
    assert "중소벤처기업부" not in doubtful


def test_cities_of_several_districts_are_there() -> None:
    assert {"수원시", "수원", "분당구", "철원군"} <= municipality_names()
    assert "서울" in province_names()
    assert "해경" in loose_mentions()["해양경찰청"]


def test_settled_words_of_policy_are_terms_wherever_they_stand_as_words() -> None:
    found = {
        a.text: a.en
        for a in Glossary.shipped().find("지역 중소벤처기업과 중소·벤처기업을 육성한다.")
    }
    assert found == {
        "지역 중소벤처기업": "regional SMEs and startups",
        "중소·벤처기업": "SMEs and startups",
    }
    assert not Glossary.shipped().find("김상신 중소벤처기업연구원 팀장이 말했다.")
