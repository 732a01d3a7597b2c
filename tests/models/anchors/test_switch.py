import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.anchors import find_anchors, switch_source, with_placeholders
from models.documents import Anchor

SENTENCE = "중기부는 13일 약 3만 개의 지역 중소·벤처기업에 1조2000억 원을 지원한다고 밝혔다."


def test_english_stands_in_place_and_particles_stay() -> None:
    assert switch_source(SENTENCE, find_anchors(SENTENCE)) == (
        "Ministry of SMEs and Startups는 on the 13th 약 30,000 개의 "
        "regional SMEs and startups에 "
        "1.2 trillion won을 지원한다고 밝혔다."
    )


def test_words_do_not_run_together() -> None:
    anchor = Anchor(2, 4, "중국", "place", "China", None)
    assert switch_source("美, 중국A사", [Anchor(3, 5, "중국", "place", "China", None)]) == (
        "美, China A사"
    )
    assert switch_source("對중중국은", [anchor]) == "對중 China은"


def test_placeholders_go_in_and_come_back() -> None:
    text, restore = with_placeholders(SENTENCE, find_anchors(SENTENCE))
    assert text == "X1는 X2 약 X3 개의 X4에 X5을 지원한다고 밝혔다."
    output = "The X1 said on X2 it will give X5 to about X3 X4."
    assert restore(output) == (
        "The Ministry of SMEs and Startups said on the 13th it will give 1.2 trillion won to "
        "about 30,000 regional SMEs and startups."
    )


@pytest.mark.parametrize(
    "output",
    ["X1 and X2 and X3", "X1 X2 X3 X4 X5 X5", "X1 X2 X3 X4 X6", "X1 X2 X3 X4 X5 X55", ""],
)
def test_a_lost_doubled_or_strange_placeholder_gives_nothing(output: str) -> None:
    _, restore = with_placeholders(SENTENCE, find_anchors(SENTENCE))
    assert restore(output) is None


def test_a_letter_the_text_uses_is_avoided() -> None:
    text, restore = with_placeholders("X1 모델 3만 대", find_anchors("X1 모델 3만 대"))
    assert text.startswith("X1 모델 Q1")
    assert restore("Q1 units of the X1") == "30,000 units of the X1"


@given(st.text(alphabet="중기부는3만억조원 1,.명13일월%서울X1Q", max_size=40))
def test_placeholders_restore_exactly(text: str) -> None:
    anchors = find_anchors(text)
    held, restore = with_placeholders(text, anchors)
    assert restore(held) == switch_source(text, anchors)
