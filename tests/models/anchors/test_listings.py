"""What 대 after a number means, and what English may make of it."""

from decimal import Decimal

import pytest

from models.anchors import find_anchors, find_figures, switch_source, verify_anchors
from models.anchors.listings import sense_at

SENSES = [
    ("10대 미래 식품산업을", "list"),
    ("10대 과제를 발표했다", "list"),
    ("10대 과제 발표", "list"),
    ("20대 성수품을", "list"),
    ("10대 그룹의 투자", "list"),
    ("30대 그룹 가운데", "list"),
    ("10대 핵심 전략으로", "list"),
    ("5대 은행 직원", "list"),
    ("4대 궁과", "list"),
    ("500대 기업에", "list"),
    ("7대 법안을", "list"),
    ("20대 여성이", "age"),
    ("30대 직장인이", "age"),
    ("10대 딸을", "age"),
    ("40대 등산객이", "age"),
    ("60대 이용자가", "age"),
    ("22대 국회", "office"),
    ("20대 대통령 선거", "office"),
    ("10대를 투입했다", None),
    ("10대 중 6대", None),
    ("10대와 20대", None),
    ("9대 추가 도입", None),
    ("17대 추돌", None),
    ("2대 주주의", None),
    ("1대 과제", None),
    ("20대 신용대출", None),
    ("20대 대학 진학률이", None),
    ("50대 암 발생률", None),
    ("50대 협력업체 직원", None),  # nothing tells it from 10대 그룹 총수
    ("10대 그룹 총수", None),
    ("30대 대통령", None),
    ("10대", None),
]


@pytest.mark.parametrize(("text", "sense"), SENSES)
def test_the_words_after_it_tell(text: str, sense: str | None) -> None:
    number, _, _ = text.partition("대")
    assert sense_at(text, (0, len(number) + 1), Decimal(number)) == sense


@pytest.mark.parametrize(
    ("ko", "switched"),
    [
        ("정부는 10대 미래 식품산업을", "정부는 10 major 미래 식품산업을"),
        ("4대 보험", "four major 보험"),
        ("매출 500대 기업", "매출 top 500 기업"),
        ("제22대 총선", "22nd 총선"),
        ("20∼21대 국회의", "20th to 21st National Assembly의"),
        ("20∼60대 여성", "20s to 60s대 여성"),
        ("10대 청소년", "teens대 청소년"),
        ("버스 10대를", "버스 10대를"),
        ("하반기 10대 과제", "the second half 10 major 과제"),
        ("2차 5대 과제", "2차 five major 과제"),
        ("로봇 10대 기업에 공급", "로봇 10대 기업에 공급"),
        ("충전기 총 4대 은행에", "충전기 총 4대 은행에"),
    ],
)
def test_what_the_translator_is_given(ko: str, switched: str) -> None:
    assert switch_source(ko, find_anchors(ko)) == switched


@pytest.mark.parametrize(
    ("ko", "en"),
    [
        ("10대 과제를 발표했다.", "It announced 10 key tasks."),
        ("10대 과제를 발표했다.", "It announced the top ten tasks."),
        ("20대 여성이 다쳤다.", "A woman in her 20s was hurt."),
        ("20대 여성이 다쳤다.", "A woman in her twenties was hurt."),
        ("40대 남성에게 징역 10개월을", "It sentenced a man in his 40s to 10 months in prison."),
        ("20대 여성이 다쳤다.", "A twenty-something woman was hurt."),
        ("20대 여성이 다쳤다.", "A 20-something woman was hurt."),
        ("20∼60대 여성 30명", "30 women aged 20 to 60"),
        ("20∼60대 여성 30명", "30 women in their 20s to 60s"),
        ("10대 소년이 다쳤다.", "A teenage boy was hurt."),
        ("제22대 국회가 열렸다.", "The 22nd National Assembly convened."),
        ("버스 10대를 투입했다.", "It deployed 10 buses."),
        ("10대 과제를 10년간 추진한다.", "It will pursue 10 key tasks for 10 years."),
    ],
)
def test_the_right_sense_passes(ko: str, en: str) -> None:
    assert verify_anchors(ko, en) == ()


@pytest.mark.parametrize(
    ("ko", "en"),
    [
        ("10대 과제를 발표했다.", "It announced tasks for teens."),
        ("10대 과제를 발표했다.", "It announced a 10-year task."),
        ("20대 성수품을 푼다.", "It will release holiday goods for people in their 20s."),
        ("20대 여성이 다쳤다.", "A 20-year-old woman was hurt."),
        ("20대 여성이 다쳤다.", "20 women were hurt."),
        ("20대 청년 300명을 돕는다.", "It helps 20 and 300 young people."),
        ("제22대 국회가 열렸다.", "The National Assembly in its 22 years convened."),
    ],
)
def test_another_sense_is_a_missing_figure(ko: str, en: str) -> None:
    assert "figure_missing" in [flag.check for flag in verify_anchors(ko, en)]


@pytest.mark.parametrize(("text", "sense"), SENSES)
def test_the_number_is_found_in_any_sense(text: str, sense: str | None) -> None:
    anchor = find_figures(text)[0]
    assert anchor.text.removesuffix("대") == text.partition("대")[0]
    assert anchor.text.endswith("대") == (sense in ("list", "office"))
