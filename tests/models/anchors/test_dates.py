"""Dates and times found in Korean sentences: rendered, and resolved against the article's date."""

from datetime import date

import pytest

from models.anchors.date_value import DateValue
from models.anchors.dates import find_dates

PUBLISHED = date(2026, 5, 14)


def _found(text: str) -> list[tuple[str, str]]:
    return [(anchor.text, anchor.en) for anchor in find_dates(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2025년 5월 13일부터", [("2025년 5월 13일", "May 13, 2025")]),
        ("13일 밝혔다", [("13일", "on the 13th")]),
        ("13일부터", [("13일", "the 13th")]),
        ("이달 13일에", [("이달 13일", "the 13th of this month")]),
        ("지난달까지", [("지난달", "last month")]),
        ("지난해 말", [("지난해 말", "late last year")]),
        ("올해 상반기", [("올해 상반기", "the first half of this year")]),
        ("3분기에", [("3분기", "the third quarter")]),
        ("내년", [("내년", "next year")]),
        ("내년 8월까지", [("내년 8월", "August next year")]),
        ("오후 9시 30분께", [("오후 9시 30분", "9:30 p.m.")]),
        ("새벽 두 시에", [("새벽 두 시", "2 a.m.")]),
        ("낮 12시부터 1시까지", [("낮 12시", "noon"), ("1시", "1 o'clock")]),
        ("7월 초", [("7월 초", "early July")]),
        ("1990년대", [("1990년대", "the 1990s")]),
        ("오는 6월", [("오는 6월", "June")]),
        ("결과가 나오는 10월까지", [("10월", "October")]),
        ("지난 8일 열린", [("지난 8일", "on the 8th")]),
        ("다음 달", [("다음 달", "next month")]),
        ("내년 봄", [("내년 봄", "spring next year")]),
        ("2025~2027년", [("2025", "2025"), ("2027년", "2027")]),
        ("13~15일", [("13", "the 13th"), ("15일", "the 15th")]),
        ("3∼4월", [("3", "March"), ("4월", "April")]),
        ("2028학년도", [("2028", "2028")]),
        ("13일(월)까지", [("13일(월)", "Monday, the 13th")]),
        ("’25. 10. 1.부터", [("’25. 10. 1.", "October 1, 2025")]),
        ("발표(5.14.)", [("5.14.", "May 14")]),
        ("21세기", [("21세기", "the 21st century")]),
    ],
)
def test_dates_are_found_and_rendered(text: str, found: list[tuple[str, str]]) -> None:
    assert _found(text) == found


@pytest.mark.parametrize(
    "text",
    ["향후 5년간", "14개월", "3일간", "5일 이내", "30일 안에", "하루 8시간", "3년 만에", "10일 뒤에",
     "20일로 늘린다", "2000년 전", "1개월", "한시적으로"],
)  # fmt: skip
def test_durations_are_no_dates(text: str) -> None:
    assert _found(text) == []


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("13일 밝혔다", date(2026, 5, 13), date(2026, 5, 13)),
        ("지난 28일", date(2026, 4, 28), date(2026, 4, 28)),
        ("오는 3일", date(2026, 6, 3), date(2026, 6, 3)),
        ("지난달", date(2026, 4, 1), date(2026, 4, 30)),
        ("지난달 28일", date(2026, 4, 28), date(2026, 4, 28)),
        ("다음 달", date(2026, 6, 1), date(2026, 6, 30)),
        ("지난해", date(2025, 1, 1), date(2025, 12, 31)),
        ("올해 상반기", date(2026, 1, 1), date(2026, 6, 30)),
        ("작년 4분기", date(2025, 10, 1), date(2025, 12, 31)),
        ("내년 8월", date(2027, 8, 1), date(2027, 8, 31)),
        ("지난 11월", date(2025, 11, 1), date(2025, 11, 30)),
        ("오는 3월", date(2027, 3, 1), date(2027, 3, 31)),
        ("어제", date(2026, 5, 13), date(2026, 5, 13)),
        ("다음 주 월요일", date(2026, 5, 18), date(2026, 5, 18)),
        ("1990년대", date(1990, 1, 1), date(1999, 12, 31)),
    ],
)
def test_dates_are_resolved_by_the_articles(text: str, first: date, last: date) -> None:
    value = find_dates(text, PUBLISHED)[0].value
    assert isinstance(value, DateValue)
    assert value.resolved == (first, last)


def test_a_day_that_does_not_exist_stays_unresolved() -> None:
    value = find_dates("2026년 2월 31일까지", PUBLISHED)[0].value
    assert isinstance(value, DateValue)
    assert value.resolved is None


def test_rendering_never_adds_what_was_only_resolved() -> None:
    with_date = find_dates("13일 지난달", PUBLISHED)
    assert [a.en for a in with_date] == [a.en for a in find_dates("13일 지난달")]
