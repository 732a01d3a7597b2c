"""People found in Korean text and rendered alike throughout an article."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.anchors.names import PersonName, Roster, find_people, possible_people


def _found(text: str, roster: Roster | None = None) -> list[tuple[str, str]]:
    return [(anchor.text, anchor.en) for anchor in find_people(text, roster)]


def _value(text: str) -> PersonName:
    (anchor,) = find_people(text)
    assert isinstance(anchor.value, PersonName)
    return anchor.value


@pytest.mark.parametrize(
    ("text", "name", "en"),
    [
        ("정종석 GIP 전략연구소 소장은 제안했다.", "정종석", "Jeong Jong-seok"),
        ("노용석 중기부 중소기업정책실장은 밝혔다.", "노용석", "Noh Yong-seok"),
        ("홍길동 제1차관은 말했다.", "홍길동", "Hong Gil-dong"),
        ("이재훈 의원이 발의했다.", "이재훈", "Lee Jae-hoon"),
        ("박지민(34) 씨는 웃었다.", "박지민", "Park Ji-min"),
        ("박지민씨는 웃었다.", "박지민", "Park Ji-min"),
        ("농민 박지민 씨", "박지민", "Park Ji-min"),
        ("한의사 원태림은 권했다.", "원태림", "Won Tae-rim"),
        ("전국지역아동센터연합회 봉하늘 정책국장은", "봉하늘", "Bong Ha-neul"),
        ("오세린(가운데) 서린시장이 서명했다.", "오세린", "Oh Se-rin"),
        ("남궁민수 대표는", "남궁민수", "Namgung Min-soo"),
        ("포항의 한 대학 이한별 교수팀은", "이한별", "Lee Han-byul"),
    ],
)
def test_full_names_in_company_are_found(text: str, name: str, en: str) -> None:
    assert _found(text) == [(name, en)]


@pytest.mark.parametrize(
    "text",
    [
        "지역 소장들이 모였다.",
        "전 장관은 물러났다.",
        "신임 원장이 취임했다.",
        "두 장관은 만났다.",
        "이 교수는 또 말했다.",
        "공정위 관계자는 설명했다.",
        "예산안을 심사한 위원장은",
        "사실을 밝힌 대표",
        "경남 통영의 교사",
        "이집트 카이로의 시장",
        "서해대 교수는",
        "10조 원장은 없다.",
        "불이 나 연구원 2명이 다쳤다.",
        "위법이 아니다. 그 위원장은 말했다.",
        "도널드 트럼프 대통령은",
        "",
    ],
)
def test_words_before_titles_are_not_names(text: str) -> None:
    assert _found(text) == []


def test_surname_and_title_are_the_person_introduced_before() -> None:
    text = "김상신 중소벤처기업연구원 지역중소기업혁신팀장이 발표했다. 이어 김 팀장은 덧붙였다."
    assert _found(text) == [("김상신", "Kim Sang-shin"), ("김 팀장", "Kim")]
    brief = find_people(text)[1].value
    assert isinstance(brief, PersonName)
    assert (brief.family, brief.given, brief.title_en, brief.brief) == (
        "김",
        "상신",
        "Team Leader",
        True,
    )


def test_the_title_decides_between_two_of_one_surname() -> None:
    roster = Roster.read("김상신 혁신팀장과 김하람 소장이 만났다.")
    (anchor,) = find_people("김 소장은 거절했다.", roster)
    assert isinstance(anchor.value, PersonName)
    assert anchor.value.given == "하람"


def test_a_determiner_is_a_surname_once_the_article_has_introduced_it() -> None:
    roster = Roster.read("이준설 호남새길대 행정학과 교수는 진단했다. 이하린 교수는 말했다.")
    assert roster.named("이하린")
    assert _found("이 교수는 반대했다.", Roster.of([roster.people[-1]])) == [("이 교수", "Lee")]


def test_a_bare_name_is_found_once_introduced() -> None:
    roster = Roster.read("정종석 소장은 말했다.")
    assert _found("정종석의 제안이다.", roster) == [("정종석", "Jeong Jong-seok")]
    assert _found("정종석의 제안이다.", Roster()) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("유승민(Yoo Seong-min) 의원은 말했다.", {}),
        ("유승민(劉承旼, Yoo Seong-min) 의원은 말했다.", {}),
        ("유승민 의원은 말했다.", {"유승민": "Yoo Seong-min"}),
    ],
)
def test_a_given_spelling_is_kept_throughout(text: str, names: dict[str, str]) -> None:
    roster = Roster.read(text, names)
    assert _found("유승민 의원과 유 의원", roster) == [
        ("유승민", "Yoo Seong-min"),
        ("유 의원", "Yoo"),
    ]


def test_the_surname_of_a_reversed_spelling_is_the_last_word() -> None:
    roster = Roster.read("", {"유승민": "Seong-min Yoo"})
    assert _found("유 의원은", roster) == [("유 의원", "Yoo")]


def test_somebody_unnamed_has_a_surname_only() -> None:
    value = _value("경찰은 최모(57)씨를 불렀다.")
    assert (value.ko, value.en, value.brief) == ("최모", "Choi", True)


def test_the_last_title_of_the_phrase_counts() -> None:
    assert _value("김상신 중소벤처기업연구원 혁신팀장이").title_ko == "팀장"


def test_possible_people_are_generous() -> None:
    families = {person.family for person in possible_people("이 교수와 강하늘이 왔다.")}
    assert families == {"이", "강"}
    assert not possible_people("그는 강조했다.")


@given(
    st.text(
        alphabet=st.sampled_from("김이박정종석소장은 씨의원교수(34)·,.A1가는다했말"), max_size=40
    )
)
def test_anchors_slice_back_and_never_overlap(text: str) -> None:
    end = 0
    for anchor in find_people(text):
        assert anchor.start >= end
        assert text[anchor.start : anchor.end] == anchor.text
        assert anchor.en[0].isupper()
        end = anchor.end


@given(st.text(max_size=60))
def test_no_text_raises(text: str) -> None:
    find_people(text, Roster.read(text))
    possible_people(text)
