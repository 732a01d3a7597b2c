"""What counts as the same figure or date, and what never does."""

from datetime import date

import pytest

from models.anchors.date_value import DateValue
from models.anchors.dates import find_dates
from models.anchors.english_dates import read_english_dates
from models.anchors.english_figures import read_english_figures
from models.anchors.figure import Figure
from models.anchors.figures import find_figures
from models.anchors.matching import date_matches, figure_matches, same_date, same_figure


def _figure(text: str) -> Figure:
    figure = find_figures(text)[0].value
    assert isinstance(figure, Figure)
    return figure


def _date(text: str, published_at: date | None = None) -> DateValue:
    value = find_dates(text, published_at)[0].value
    assert isinstance(value, DateValue)
    return value


@pytest.mark.parametrize(
    ("ko", "en"),
    [
        ("3만 개", "30,000"),
        ("3만 개", "30 thousand"),
        ("3만 개", "thirty thousand"),
        ("147억 달러", "$14.7 billion"),
        ("147억 달러", "14.7 billion dollars"),
        ("1조2000억 원", "1.2 trillion won"),
        ("절반", "half"),
        ("절반", "50 percent"),
        ("50%", "half"),
        ("두 배", "double"),
        ("두 배", "twice"),
        ("2배", "doubled"),
        ("세 배", "tripled"),
        ("3분의 1", "a third"),
        ("3분의 2", "two-thirds"),
        ("4분의 1", "a quarter"),
        ("열에 아홉", "nine in 10"),
        ("넷 중 하나", "a quarter"),
        ("0.5%포인트", "0.5 percentage point"),
        ("0.5%p", "half a percentage point"),
        ("수십 명", "dozens"),
        ("수만 명", "tens of thousands"),
        ("몇백 원", "a few hundred won"),
        ("10년", "a decade"),
        ("12개월", "one year"),
        ("보름", "two weeks"),
        ("30분", "half an hour"),
        ("반년", "six months"),
        ("2위", "runner-up"),
        ("제3차", "the third"),
        ("40~50곳", "40 to 50"),
        ("3할", "30 percent"),
        ("240㎞", "150 miles"),
        ("-0.5%", "0.5 percent"),
    ],
)
def test_the_same_in_other_words(ko: str, en: str) -> None:
    assert any(figure_matches(_figure(ko), found) for found in read_english_figures(en))


@pytest.mark.parametrize(
    ("ko", "en"),
    [
        ("147억 달러", "$147 billion"),
        ("147억 달러", "$1.47 billion"),
        ("147억 달러", "$14.7 million"),
        ("147억 달러", "14.7 billion won"),
        ("280만", "280 million"),
        ("280만", "2.9 million"),
        ("0.5%포인트", "0.5 percent"),
        ("0.5%", "0.5 percentage point"),
        ("30명", "30 percent"),
        ("3년", "three months"),
        ("2㎞", "two systems"),
        ("절반", "a third"),
        ("수십 명", "hundreds"),
        ("240㎞", "240 miles"),
        ("3배", "double"),
    ],
)
def test_what_is_not_the_same(ko: str, en: str) -> None:
    assert not any(figure_matches(_figure(ko), found) for found in read_english_figures(en))


@pytest.mark.parametrize(
    ("ko", "en"),
    [
        ("13일 밝혔다", "the 13th"),
        ("13일 밝혔다", "May 13"),
        ("13일 밝혔다", "13 May"),
        ("13일 밝혔다", "Wednesday"),
        ("지난해", "last year"),
        ("지난해", "2025"),
        ("지난달", "April"),
        ("3분기", "the third quarter"),
        ("1분기", "the first three quarters"),
        ("오후 9시 30분", "9:30 p.m."),
        ("7월 초", "early July"),
        ("1990년대", "the 1990s"),
    ],
)
def test_dates_that_agree(ko: str, en: str) -> None:
    value = _date(ko, date(2026, 5, 14))
    assert any(date_matches(value, found) for found in read_english_dates(en))


@pytest.mark.parametrize(
    ("ko", "en"),
    [
        ("13일 밝혔다", "the 14th"),
        ("13일 밝혔다", "June 13"),
        ("13일 밝혔다", "Monday"),
        ("지난해", "next year"),
        ("지난해", "2026"),
        ("5월 13일", "May 14"),
        ("2025년", "2026"),
        ("오후 9시 30분", "9:30 a.m."),
        ("3분기", "the second quarter"),
    ],
)
def test_dates_that_do_not(ko: str, en: str) -> None:
    value = _date(ko, date(2026, 5, 14))
    assert not any(date_matches(value, found) for found in read_english_dates(en))


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("3만5000명", "3만 5천 명", True),
        ("절반", "50%", True),
        ("3만 명", "3만 원", False),
        ("3만 명", "3천 명", False),
        ("두 배", "2배", True),
        ("2%", "2%p", False),
        ("수십 명", "수백 명", False),
        ("3∼5%", "3~5%", True),
    ],
)
def test_two_korean_figures(left: str, right: str, same: bool) -> None:
    assert same_figure(_figure(left), _figure(right)) is same


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("5월 13일", "13일 밝혔다", True),
        ("5월 13일", "14일 밝혔다", False),
        ("내년 8월", "8월", True),
        ("지난해", "작년", True),
        ("지난해", "내년", False),
        ("오후 3시", "15시", True),
    ],
)
def test_two_korean_dates(left: str, right: str, same: bool) -> None:
    assert same_date(_date(left), _date(right)) is same
