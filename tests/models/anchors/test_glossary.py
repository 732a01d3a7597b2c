"""Terms found in Korean text: longest match, whole words, names of the day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.anchors.glossary import Glossary, Term
from models.errors import GlossaryError

SHIPPED = Glossary.shipped()


def _found(text: str, on: date | None = None) -> list[tuple[str, str]]:
    return [(anchor.text, anchor.en) for anchor in SHIPPED.find(text, on)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("중기부는 13일", [("중기부", "Ministry of SMEs and Startups")]),
        ("‘중기부’와", [("중기부", "Ministry of SMEs and Startups")]),
        ("중기부장관은", [("중기부", "Ministry of SMEs and Startups")]),
        ("중소벤처기업부와", [("중소벤처기업부", "Ministry of SMEs and Startups")]),
        ("부산시에서", [("부산시", "Busan")]),
        ("서울에서", [("서울", "Seoul")]),
        ("수원시는", [("수원시", "Suwon City")]),
        ("강원 철원군은", [("강원", "Gangwon Province"), ("철원군", "Cheorwon County")]),
        ("서울 중구에서", [("서울", "Seoul"), ("중구", "Jung District")]),
        ("경기 화성에서", [("경기", "Gyeonggi Province"), ("화성", "Hwaseong")]),
        ("미국산 소고기", [("미국", "United States")]),
        ("정부·산림청", [("산림청", "Korea Forest Service")]),
        ("전라남도는", [("전라남도", "South Jeolla Province")]),
    ],
)
def test_terms_are_found_with_their_particles_outside(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert _found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "부산물을 모아",
        "대구탕을 먹고",
        "수원지에서",
        "경기가 침체됐다",
        "화성에 탐사선이",
        "중구난방",
        "공주가 되었다",
        "북한산 등산로",
        "두 대만 있어도",
        "국방부대를",
        "신서울은",
    ],
)
def test_never_inside_another_word_nor_where_it_is_one(text: str) -> None:
    assert _found(text) == []


def test_a_foreign_ministry_is_not_ours() -> None:
    assert _found("미국 국방부는") == [("미국", "United States")]


@pytest.mark.parametrize(
    ("on", "en"),
    [
        (date(2025, 9, 30), "Ministry of Trade, Industry and Energy"),
        (date(2025, 10, 1), "Ministry of Trade, Industry and Resources"),
        (None, "Ministry of Trade, Industry and Resources"),
    ],
)
def test_a_short_form_is_the_body_of_the_day(on: date | None, en: str) -> None:
    assert _found("산업부는", on) == [("산업부", en)]


def test_the_user_wins_and_longer_terms_win() -> None:
    user = Glossary.from_entries(
        [("중기부", "SME Ministry"), ("중기부 상생위원회", "Win-Win Panel")]
    )
    merged = SHIPPED.merged(user)
    found = [(a.text, a.en) for a in merged.find("중기부 상생위원회와 중기부는 산림청에")]
    assert found == [
        ("중기부 상생위원회", "Win-Win Panel"),
        ("중기부", "SME Ministry"),
        ("산림청", "Korea Forest Service"),
    ]
    assert len(merged) == len(SHIPPED) + 1
    assert SHIPPED.get("중기부") != merged.get("중기부")


@pytest.mark.parametrize("entry", [("", "x"), ("가", " "), ("\n", "y")])
def test_an_empty_entry_names_its_number(entry: tuple[str, str]) -> None:
    with pytest.raises(GlossaryError, match=r"entry 2: (ko|en) is empty"):
        Glossary.from_entries([("한빛", "Hanbit"), entry])


def test_a_one_letter_term_and_a_latin_one_are_found() -> None:
    glossary = Glossary.of_terms([Term("갑", "Party A"), Term("K-팝", "K-pop")])
    assert [a.en for a in glossary.find("갑은 K-팝을")] == ["Party A", "K-pop"]


@given(st.text(alphabet=st.sampled_from("중기부산서울시도는에의 경남전‘’·1A한국은행"), max_size=40))
def test_anchors_slice_back_and_never_overlap(text: str) -> None:
    end = 0
    for anchor in SHIPPED.find(text):
        assert anchor.start >= end
        assert text[anchor.start : anchor.end] == anchor.text
        end = anchor.end


@given(st.text(max_size=60))
def test_no_text_raises(text: str) -> None:
    SHIPPED.find(text, date(2026, 1, 1))
