"""Which days a date means, given the day the article appeared.

Resolving never changes what is rendered; it lets "13일" be compared with "May 13".
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from models.anchors.date_value import DateValue

Span = tuple[date, date]
_YEARS = {
    "year_before_last": -2, "last_year": -1, "previous_year": -1, "this_year": 0, "next_year": 1,
    "year_after_next": 2,
}  # fmt: skip
_MONTHS = {"last_month": -1, "previous_month": -1, "this_month": 0, "next_month": 1}
_WEEKS = {"last_week": -7, "this_week": 0, "next_week": 7}
_DAYS = {"yesterday": -1, "today": 0, "that_day": 0, "tomorrow": 1}


def resolve(value: DateValue, published_at: date) -> Span | None:
    """First and last day ``value`` means in an article of ``published_at``; None if unclear."""
    try:
        return _resolve(value, published_at)
    except (ValueError, OverflowError):  # 31 November, year 10000
        return None


def _resolve(value: DateValue, today: date) -> Span | None:
    relative = value.relative or ""
    if relative in _DAYS and value.day is None:
        day = today + timedelta(days=_DAYS[relative])
        return day, day
    if relative in _WEEKS:
        return _week(value, today + timedelta(days=_WEEKS[relative]))
    return _calendar(value, relative, today)


def _calendar(value: DateValue, relative: str, today: date) -> Span | None:
    """Of what is counted in years, months and days of the month."""
    year = value.year if value.year is not None else _year(relative, today)
    if relative in _MONTHS:
        first = _shift(date(year if year else today.year, today.month, 1), _MONTHS[relative])
        return _within_month(value, first)
    if value.month is not None:
        return _month(value, today, year)
    if value.day is not None:
        return _nearest_day(value, today)
    return None if year is None else _within_year(value, year)


def _year(relative: str, today: date) -> int | None:
    return today.year + _YEARS[relative] if relative in _YEARS else None


def _shift(first: date, months: int) -> date:
    index = first.year * 12 + first.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def _week(value: DateValue, day: date) -> Span:
    monday = day - timedelta(days=day.weekday())
    if value.weekday is None:
        return monday, monday + timedelta(days=6)
    exact = monday + timedelta(days=value.weekday)
    return exact, exact


def _within_month(value: DateValue, first: date) -> Span:
    if value.day is not None:
        exact = first.replace(day=value.day)
        return exact, exact
    return first, first.replace(day=monthrange(first.year, first.month)[1])


def _month(value: DateValue, today: date, year: int | None) -> Span:
    assert value.month is not None
    if year is None:
        year = today.year
        if value.direction == "past" and value.month > today.month:
            year -= 1
        if value.direction == "coming" and value.month < today.month:
            year += 1
    return _within_month(value, date(year, value.month, 1))


def _nearest_day(value: DateValue, today: date) -> Span:
    """The day of that number closest to the article's, on the side the text names."""
    candidates = []
    for months in (-1, 0, 1):
        first = _shift(today.replace(day=1), months)
        if value.day is not None and value.day <= monthrange(first.year, first.month)[1]:
            candidates.append(first.replace(day=value.day))
    past, coming = value.direction == "past", value.direction == "coming"
    allowed = [d for d in candidates if not (past and d > today) and not (coming and d < today)]
    exact = min(allowed or candidates, key=lambda d: abs((d - today).days))
    return exact, exact


def _within_year(value: DateValue, year: int) -> Span:
    if value.decade:
        return date(year, 1, 1), date(year + 9, 12, 31)
    first, last = {"h1": (1, 6), "h2": (7, 12)}.get(value.part or "", (1, 12))
    if value.part and value.part[0] == "q":
        quarter = int(value.part[1])
        first, last = quarter * 3 - 2, quarter * 3
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])
