"""Names in English: found, and compared with the Korean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.anchors.english_names import (
    english_name_in_korean,
    find_english_names,
    find_person,
    person_in_english,
)
from models.anchors.names import Roster, find_people
from models.anchors.person import PersonName, brief_person, person_named


def _names(en: str) -> list[tuple[str, str]]:
    return [(name.text, name.kind) for name in find_english_names(en)]


@pytest.mark.parametrize(
    "en",
    [
        "Jeong Jong-seok said",
        "Chung Jong Suk said",
        "Jung Jongseok said",
        "JEONG Jong-seok",
        "said Jong-seok Jeong,",
        "Jeong, Jong-seok",
        "Director Jeong said",
        "Jeong said",
    ],
)
def test_a_person_is_recognised_in_every_spelling(en: str) -> None:
    assert person_in_english(person_named("정종석"), en)


@pytest.mark.parametrize(
    "en", ["Kim Jong-seok said", "Jeong Min-ji said", "he said", "", "Jeongseon County"]
)
def test_somebody_else_is_not(en: str) -> None:
    assert not person_in_english(person_named("정종석"), en)


@pytest.mark.parametrize(
    "en", ["Kim said", "Director Kim", "Kim's idea", "Kim Sang-shin", "He said"]
)
def test_of_surname_and_title_the_surname_is_enough(en: str) -> None:
    assert person_in_english(brief_person("김 팀장", "김"), en)
    assert not person_in_english(brief_person("김 팀장", "김"), "Park said")


def test_a_name_that_reads_two_ways_is_recognised_in_both() -> None:
    assert person_in_english(person_named("선우진"), "Sunwoo Jin said")
    assert person_in_english(person_named("선우진"), "Sun Woo-jin said")


def test_a_spelling_of_ones_own_is_recognised() -> None:
    person = PersonName("이에리사", "이", "에리사", "Elisa Lee")
    assert find_person(person, "said Elisa Lee") == (5, 14)
    assert find_person(person, "said Kim") is None


@pytest.mark.parametrize(
    ("en", "expected"),
    [
        ("“Yes,” said Kang Min-ji, director", [("Kang Min-ji", "person")]),
        ("Chung Jong Suk said", [("Chung Jong Suk", "person")]),
        ("it must, stressed Kang.", [("Kang", "person")]),
        ("Kang stressed that", [("Kang", "person")]),
        ("Park said that", [("Park", "person")]),
        ("Director Kang agreed", [("Kang", "person")]),
        ("Rep. Song proposed", [("Song", "person")]),
        ("Kang's proposal", [("Kang", "person")]),
        (
            "The Ministry of SMEs and Startups and KOTRA",
            [("Ministry of SMEs and Startups", "organization"), ("KOTRA", "organization")],
        ),
        ("So said the report. You said so. May added", []),
        ("The park's gate, Park's Tower", []),
        ("Hong Kong-linked notes", []),
        ("Hong Kong's index", []),
        ("a two-step plan in Wolgok-dong", []),
    ],
)
def test_names_are_found(en: str, expected: list[tuple[str, str]]) -> None:
    assert _names(en) == expected


@pytest.mark.parametrize(
    ("ko", "en", "invented"),
    [
        ("그는 강조했다.", "stressed Kang.", ["Kang"]),
        ("강 소장은 강조했다.", "stressed Kang.", []),
        ("강하늘 소장은 강조했다.", "stressed Kang Ha-neul.", []),
        ("강하늘 소장은 강조했다.", "stressed Kang Min-ji.", ["Kang Min-ji"]),
        ("이 교수는 말했다.", "Lee said", []),
        ("중기부는 밝혔다.", "The Ministry of SMEs and Startups said", []),
        ("중기부는 밝혔다.", "The Ministry of Education said", ["Ministry of Education"]),
        ("해경은 밝혔다.", "The Korea Coast Guard said", []),
        ("LH는 밝혔다.", "The Korea Land and Housing Corporation said", []),
    ],
)
def test_what_the_korean_lacks_was_invented(ko: str, en: str, invented: list[str]) -> None:
    found = [n.text for n in find_english_names(en) if not english_name_in_korean(n, ko)]
    assert found == invented


def test_the_articles_people_may_stand_for_pronouns() -> None:
    roster = Roster.read("신유진 대표가 나섰다.")
    (name,) = find_english_names("Shin said")
    assert english_name_in_korean(name, "그는 말했다.", roster)
    assert not english_name_in_korean(name, "그는 말했다.", Roster())


@given(st.text(alphabet=st.sampled_from("KangMiLeJhodsawy -.,'’PrfS"), max_size=40))
def test_names_slice_back_and_never_overlap(en: str) -> None:
    end = 0
    for name in find_english_names(en):
        assert name.start >= end
        assert en[name.start : name.end] == name.text
        end = name.end


@given(
    st.sampled_from("김이박최정강조윤장임한오서신권황안송류전홍"),
    st.sampled_from(["하늘", "민지", "종석"]),
)
def test_a_rendered_name_is_recognised_and_known_in_the_korean(
    family: str, given_name: str
) -> None:
    person = person_named(family + given_name)
    assert person_in_english(person, f"said {person.en}, an expert")
    (name,) = find_english_names(f"said {person.en}, an expert")
    assert english_name_in_korean(name, f"{person.ko} 대표는 말했다.")


def test_an_introduced_person_is_found_in_the_english() -> None:
    (anchor,) = find_people("정종석 GIP 전략연구소 소장은 말했다.")
    assert isinstance(anchor.value, PersonName)
    assert person_in_english(anchor.value, "Jeong Jong-seok, director of the GIP institute, said")
