"""Figures found in Korean sentences, and how they are rendered."""

import pytest

from models.anchors.figure import Figure
from models.anchors.figures import find_figures


def _found(text: str) -> list[tuple[str, str]]:
    return [(anchor.text, anchor.en) for anchor in find_figures(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # counters stay Korean: English picks the noun
        ("약 3만 개의 지역 중소기업에", [("3만", "30,000")]),
        ("3만5000명을 뽑는다", [("3만5000", "35,000")]),
        ("36만 5,000호", [("36만 5,000", "365,000")]),
        ("30여 명이", [("30여", "some 30")]),
        # currencies, with scale words
        ("1조2,340억원을", [("1조2,340억원", "1.234 trillion won")]),
        ("147억 달러를", [("147억 달러", "$14.7 billion")]),
        ("10∼20달러", [("10∼20달러", "$10 to $20")]),
        ("1,350원대로", [("1,350원대", "the 1,350-won range")]),
        ("1조8천여억 원의", [("1조8천여억 원", "some 1.8 trillion won")]),
        ("천 원을", [("천 원", "1,000 won")]),
        ("20억∼30억 원", [("20억∼30억 원", "2 billion to 3 billion won")]),
        ("5000만 위안", [("5000만 위안", "50 million yuan")]),
        # shares
        ("36.5%로", [("36.5%", "36.5 percent")]),
        ("0.2%포인트 낮추고", [("0.2%포인트", "0.2 percentage point")]),
        ("2%p", [("2%p", "2 percentage points")]),
        ("3∼5%인", [("3∼5%", "3 to 5 percent")]),
        ("마이너스 3.2%", [("마이너스 3.2%", "-3.2 percent")]),
        ("3할만 돌린다", [("3할", "30 percent")]),
        ("2할6푼8리의 타율", [("2할6푼8리", "26.8 percent")]),
        # multiples and fractions
        ("두 배로 늘린다", [("두", "two")]),
        ("2.5배", [("2.5", "2.5")]),
        ("두 배 반", [("두 배 반", "two and a half times")]),
        ("절반도 안 된다", [("절반", "half")]),
        ("3분의 1을", [("3분의 1", "one-third")]),
        ("7천500분의 1로", [("7천500분의 1", "1/7,500")]),
        ("셋 중 둘이", [("셋 중 둘", "two in three")]),
        ("열에 아홉은", [("열에 아홉", "nine in 10")]),
        # durations
        ("향후 5년간", [("5년", "five years")]),
        ("3년 만에", [("3년", "three years")]),
        ("3년 반 만에", [("3년 반", "three and a half years")]),
        ("14개월", [("14개월", "14 months")]),
        ("사흘 안에", [("사흘", "three days")]),
        ("5일 이내", [("5일", "five days")]),
        ("2분 8초 431", [("2분", "two minutes"), ("8초 431", "8.431 seconds")]),
        ("주 4.5일제를", [("4.5", "4.5")]),
        ("1분46초08의", [("1분", "one minute"), ("46초08", "46.08 seconds")]),
        ("9초58로", [("9초58", "9.58 seconds")]),
        ("58초 6을", [("58초 6", "58.6 seconds")]),
        ("1초 25 차였다", [("1초 25", "1.25 seconds")]),
        ("4분 7초 315. 시즌 최고", [("4분", "four minutes"), ("7초 315", "7.315 seconds")]),
        ("30초 2위", [("30초", "30 seconds"), ("2", "2")]),
        ("10초20명", [("10초", "10 seconds"), ("20", "20")]),
        ("50초 3만 명", [("50초", "50 seconds"), ("3만", "30,000")]),
        ("30초 1,200원", [("30초", "30 seconds"), ("1,200원", "1,200 won")]),
        ("징역 10월을", [("10월", "10 months")]),
        ("징역 8월에 집행유예 2년", [("8월", "eight months"), ("2년", "two years")]),
        ("금고 1년6월", [("1년", "one year"), ("6월", "six months")]),
        ("2025년 6월, ’25년 6월, 3년 6월 2일", [("3년", "three years")]),
        # measures
        ("74~84㎡로", [("74~84㎡", "74 to 84 square meters")]),
        ("110㎞ 관로", [("110㎞", "110 kilometers")]),
        ("500㎾h로", [("500㎾h", "500 kilowatt-hours")]),
        ("3000t급", [("3000", "3,000")]),
        # native numerals, rough ones, ranges, ranks, scores
        ("세 곳이", [("세", "three")]),
        ("열두 동", [("열두", "12")]),
        ("서너 곳", [("서너", "three to four")]),
        ("두 번째", [("두 번째", "second")]),
        ("수십 개", [("수십", "dozens")]),
        ("수백억 원", [("수백억 원", "tens of billions of won")]),
        ("40~50곳", [("40~50", "40 to 50")]),
        ("2∼3만 명", [("2∼3만", "20,000 to 30,000")]),
        ("5천∼1만 명", [("5천∼1만", "5,000 to 10,000")]),
        ("7-3으로 이겼다", [("7-3", "7-3")]),
        ("5대 4로", [("5대 4", "5-4")]),
        ("5-0 대승", [("5-0", "5-0")]),
        ("2024회계연도", [("2024", "2024")]),
        ("25평", [("25평", "25 pyeong")]),
        ("나이는 쉰여섯이다", [("쉰여섯", "56")]),
    ],
)
def test_figures_are_found_and_rendered(text: str, found: list[tuple[str, str]]) -> None:
    assert _found(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "문의 02-123-4567, 1588-1234",
        "제247조 3항과 형법 250조에 따라",
        "G7 정상이 K-9 자주포와 5G를",
        "A4 용지와 PM2.5, 코로나19",
        "2차전지 업계와 2금융권",
        "kim2020@example.com, https://example.com/2024/5",
        "일부 삼성 하나은행 사실 이후 세미나를 열고",
        "젊은 세대와 백두대간, 천장과 조건, 만장일치",
        "한 번도 하나도 한국은",
        "따질 수조차 없다",
        "5·18 민주화운동과 12·3 비상계엄",
        "2025년 5월 13일 오후 9시 30분",
        "2인 1조로 움직인다",
        "종목 코드(005930)",
    ],
)
def test_what_only_looks_like_a_figure_is_left_alone(text: str) -> None:
    assert _found(text) == []


@pytest.mark.parametrize(
    ("text", "weak"),
    [
        ("형사4단독은 징역 4년을", [True, False]),
        ("형사합의25부는", [True]),
        ("대법원 3부는 징역 3년을", [True, False]),
        ("제4형사부는", [True]),
        ("수사2부 검사", [True]),
        ("책 3부를 인쇄했다", [False]),
        ("복사본 5부는", [False]),
        ("코스닥150부터", [False]),
    ],
)
def test_the_number_of_a_division_may_be_left_out(text: str, weak: list[bool]) -> None:
    values = [anchor.value for anchor in find_figures(text)]
    assert [value.weak for value in values if isinstance(value, Figure)] == weak


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("약 3만 명", "약"),
        ("3만여 명", "여"),
        ("3만 명 이상", "이상"),
        ("3만 명 미만", "미만"),
        ("최대 3만 명", "최대"),
        ("3만 명 안팎", "안팎"),
        ("3만 명", None),
    ],
)
def test_the_bounding_word_is_recorded(text: str, word: str | None) -> None:
    figure = find_figures(text)[0].value
    assert isinstance(figure, Figure)
    assert figure.approx == word


@pytest.mark.parametrize(
    ("text", "unit"),
    [("3명", "person"), ("3원", "won"), ("3%", "percent"), ("3%p", "percentage_point"),
     ("3년", "year"), ("3㏊", "hectare"), ("3배", "times"), ("3위", "rank"), ("3", None)],
)  # fmt: skip
def test_units_are_canonical(text: str, unit: str | None) -> None:
    figure = find_figures(text)[0].value
    assert isinstance(figure, Figure)
    assert figure.unit == unit


def test_one_of_something_need_not_be_said_in_english() -> None:
    weak = [a.value for a in find_figures("1인당 1개, 1%와 1조 원")]
    assert [v.weak for v in weak if isinstance(v, Figure)] == [True, True, False, False]
