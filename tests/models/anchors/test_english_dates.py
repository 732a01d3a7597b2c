"""English dates and times, read generously."""

from typing import Any

import pytest

from models.anchors.english_dates import EnglishDate, read_english_dates


def _fields(found: EnglishDate) -> dict[str, Any]:
    names = [n for n in EnglishDate.__slots__ if n not in ("start", "end", "text")]
    values = {name: getattr(found, name) for name in names}
    return {name: got for name, got in values.items() if got is not None and got is not False}


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("May 13, 2025", {"month": 5, "day": 13, "year": 2025}),
        ("May 13", {"month": 5, "day": 13}),
        ("13 May", {"month": 5, "day": 13}),
        ("Sept. 5", {"month": 9, "day": 5}),
        ("the 13th of May", {"month": 5, "day": 13}),
        ("the 13th", {"day": 13}),
        ("March", {"month": 3}),
        ("March 2026", {"month": 3, "year": 2026}),
        ("in 2025", {"year": 2025}),
        ("last month", {"relative": "last_month"}),
        ("the year after next", {"relative": "year_after_next"}),
        ("a year earlier", {"relative": "previous_year"}),
        ("Q3", {"part": "q3"}),
        ("the third quarter", {"part": "q3"}),
        ("the first three quarters", {"part": "q3", "part_from": "q1"}),
        ("the first seven months", {"month": 7, "month_from": 1}),
        ("the first half", {"part": "h1"}),
        ("9:30 p.m.", {"hour": 21, "minute": 30, "meridiem": True}),
        ("noon", {"hour": 12, "minute": 0, "meridiem": True}),
        ("14:05", {"hour": 14, "minute": 5, "meridiem": True}),
        ("seven-thirty", {"hour": 7, "minute": 30}),
        ("half past three", {"hour": 3, "minute": 30}),
        ("the 1990s", {"year": 1990, "decade": True}),
        ("the 21st century", {"century": 21}),
        ("the fourteenth century", {"century": 14}),
        ("Monday", {"weekday": 0}),
        ("autumn", {"part": "fall"}),
    ],
)
def test_one_date(text: str, fields: dict[str, Any]) -> None:
    (found,) = read_english_dates(text)
    assert _fields(found) == fields


@pytest.mark.parametrize(
    "text", ["it may rise 5 percent", "2,025 people", "1500 won", "march on", "3-2 victory"]
)
def test_no_dates(text: str) -> None:
    assert read_english_dates(text) == ()


def test_late_and_last_year_are_two_atoms() -> None:
    assert [_fields(d) for d in read_english_dates("late last year")] == [
        {"part": "late"},
        {"relative": "last_year"},
    ]
