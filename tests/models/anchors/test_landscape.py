"""Landscapes whose names are shaped like people's."""

import pytest

from models.anchors import AnchorContext, find_people
from models.anchors.landscape import landscape
from models.attribution import plan_speaker


@pytest.mark.parametrize(
    "text",
    [
        "서해안 어민 대표는 보상을 요구했다.",
        "동해안 산불 피해 주민 대표가 말했다.",
        "남해안 관광벨트 조성 사업단장은",
        "서해안 위원장은",
        "황해안 어촌계 대표는",
        "임진강 어촌계 대표는",
        "안양천 상인회 회장은",
        "경춘선 노조 위원장은",
        "장성호 수변길 추진위원장은",
        "구도심 상인회장은",
    ],
)
def test_they_are_no_people(text: str) -> None:
    assert find_people(text) == ()


@pytest.mark.parametrize(
    "text", ["장성호 의원은 말했다.", "장성호(54) 씨는 말했다.", "장성호 씨는 말했다."]
)
def test_a_lake_with_a_title_right_after_it_is_a_person(text: str) -> None:
    assert [anchor.text for anchor in find_people(text)] == ["장성호"]


def test_no_speaker_is_called_after_a_coast() -> None:
    speaker = plan_speaker("서해안 어민협의회 회장", AnchorContext()).en
    assert speaker is not None
    assert "West Coast" in speaker


@pytest.mark.parametrize("word", ["정종석", "김대교", "서지수", "남보라", "이한강"])
def test_people_are_no_landscape(word: str) -> None:
    assert landscape(word) is None
