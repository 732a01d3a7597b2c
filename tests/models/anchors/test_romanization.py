"""Names in Latin letters: the customary rendering, and every spelling their bearers use."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.anchors.romanization import (
    given_pattern,
    is_hangul,
    romanize_name,
    romanize_syllable,
    split_name,
    split_names,
    surname_pattern,
    surnames,
)

SYLLABLES = st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3)


@pytest.mark.parametrize(
    ("family", "given_name", "expected"),
    [
        ("정", "종석", "Jeong Jong-seok"),
        ("김", "상신", "Kim Sang-shin"),
        ("노", "용석", "Noh Yong-seok"),
        ("이", "하늘", "Lee Ha-neul"),
        ("박", "현우", "Park Hyun-woo"),
        ("남궁", "민", "Namgung Min"),
        ("황보", "은희", "Hwangbo Eun-hee"),
        ("뷁", "하", "Bwek Ha"),
        ("최", "", "Choi"),
    ],
)
def test_a_name_is_spelt_as_custom_has_it(family: str, given_name: str, expected: str) -> None:
    assert romanize_name(family, given_name) == expected


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("정종석", ("정", "종석")),
        ("허준", ("허", "준")),
        ("남궁민", ("남궁", "민")),
        ("제갈공명", ("제갈", "공명")),
        ("서문석", ("서", "문석")),
        ("서문석훈", ("서문", "석훈")),
        ("뷁하나", None),
        ("김", None),
        ("Kim", None),
        ("", None),
    ],
)
def test_a_full_name_splits_after_its_surname(name: str, parts: tuple[str, str] | None) -> None:
    assert split_name(name) == parts


def test_a_name_that_reads_two_ways_has_both_readings() -> None:
    assert split_names("선우진") == [("선우", "진"), ("선", "우진")]


@pytest.mark.parametrize(
    ("family", "given_name", "spelling"),
    [
        ("정", "종석", "Chung Jong Suk"),
        ("정", "종석", "Jung Jongseok"),
        ("이", "영희", "Yi Young-hee"),
        ("이", "영희", "RHEE Yeong-hui"),
        ("조", "경태", "CHO Kyoung-tae"),
        ("유", "재중", "YOO Jae Jung"),
        ("권", "성동", "KWEON Seong Dong"),
        ("최", "원식", "Choe Won-sik"),
        ("우", "원식", "Woo Won-shik"),
        ("김", "태환", "KIM Tae-whan"),
    ],
)
def test_spellings_of_bearers_are_accepted(family: str, given_name: str, spelling: str) -> None:
    pattern = f"{surname_pattern(family)} {given_pattern(given_name)}"
    assert re.fullmatch(pattern, spelling, re.IGNORECASE)


@pytest.mark.parametrize(
    ("family", "given_name", "spelling"),
    [
        ("정", "종석", "Kim Jong-seok"),
        ("정", "종석", "Jeong Min-ji"),
        ("강", "민지", "Jang Min-ji"),
    ],
)
def test_other_names_are_not(family: str, given_name: str, spelling: str) -> None:
    pattern = f"{surname_pattern(family)} {given_pattern(given_name)}"
    assert not re.fullmatch(pattern, spelling, re.IGNORECASE)


@given(SYLLABLES)
def test_every_syllable_is_spelt_in_letters_and_its_own_spelling_matches(syllable: str) -> None:
    spelling = romanize_syllable(syllable)
    assert re.fullmatch("[a-z]+", spelling)
    assert re.fullmatch(given_pattern(syllable), spelling)


@given(st.text(max_size=6))
def test_any_text_splits_or_does_not(text: str) -> None:
    parts = split_name(text)
    assert parts is None or (parts[0] in surnames() and "".join(parts) == text and is_hangul(text))


def test_no_surname_is_listed_twice_with_one_spelling() -> None:
    for surname in surnames().values():
        assert surname.en
        assert len(set(surname.spellings)) == len(surname.spellings), surname.ko
