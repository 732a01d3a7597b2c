"""Renders a date in English without inventing what the Korean does not say."""

from __future__ import annotations

from models.anchors.date_value import DateValue
from models.anchors.number_words import numeric_ordinal

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_HALVES = {"h1": "the first half", "h2": "the second half"}
_QUARTERS = {
    "q1": "the first quarter", "q2": "the second quarter", "q3": "the third quarter",
    "q4": "the fourth quarter",
}  # fmt: skip
_SEASONS = ("spring", "summer", "fall", "winter")
_RELATIVES = {
    "previous_year": "the previous year", "following_year": "the following year",
    "that_year": "that year", "year_before_last": "the year before last",
    "year_after_next": "the year after next", "previous_month": "the previous month",
    "that_month": "the same month", "that_day": "that day", "previous_day": "the previous day",
    "following_day": "the following day",
}  # fmt: skip


def render_date(value: DateValue) -> str:
    """English of ``value``: "May 13, 2025", "the 13th", "late last year", "9:30 p.m."."""
    when = _day(value)
    if value.hour is None:
        return f"on {when}" if value.adverbial and value.day is not None else when
    dated = value.day is not None or value.weekday is not None
    return f"{_clock(value)} {'on ' if dated else ''}{when}".strip()


def _day(value: DateValue) -> str:
    weekday = WEEKDAYS[value.weekday] if value.weekday is not None else ""
    if value.day is None:
        month = _month(value)
        if weekday and value.direction and not month:
            return f"{'last' if value.direction == 'past' else 'next'} {weekday}"
        return f"{weekday} {month}".strip() if weekday else month
    if value.month is not None:
        day = f"{MONTHS[value.month - 1]} {value.day}"
        year = _year(value)
        day += f", {year}" if value.year else f" {year}" if year else ""
    else:
        day = f"the {numeric_ordinal(value.day)}"
        month = _month(value)
        day += f" of {month}" if month else ""
    return f"{weekday}, {day}" if weekday else day


def _month(value: DateValue) -> str:
    if value.month is None:
        return _period(value, _year(value))
    month = MONTHS[value.month - 1]
    year = _year(value)
    return _period(value, f"{month} {year}".strip())


def _period(value: DateValue, inner: str) -> str:
    part = value.part
    if part is None:
        return inner
    if part in _SEASONS:
        return _season(value, inner)
    if part in _HALVES or part in _QUARTERS:
        name = _HALVES.get(part) or _QUARTERS[part]
        return f"{name} of {inner}" if inner else name
    return _within(value, part, inner)


def _within(value: DateValue, part: str, inner: str) -> str:
    """Early, mid or late in what ``inner`` names."""
    if part == "mid":
        return f"mid-{inner.removeprefix('the ')}"
    if not inner.startswith("the "):
        return f"{part} {inner}".strip()
    if value.century is not None or value.decade:
        return f"the {part} {inner.removeprefix('the ')}"
    return f"{part} in {inner}"  # "late in the following year"


def _season(value: DateValue, inner: str) -> str:
    if value.relative == "this_year":
        return f"this {value.part}"
    if value.direction == "past":
        return f"last {value.part}"
    return f"{value.part} {inner}".strip()


def _year(value: DateValue) -> str:
    if value.decade:
        return f"the {value.year}s"
    if value.century is not None:
        return f"the {numeric_ordinal(value.century)} century"
    if value.year is not None:
        return str(value.year)
    if value.relative is None:
        return ""
    return _RELATIVES.get(value.relative) or value.relative.replace("_", " ")


def _clock(value: DateValue) -> str:
    hour, minute = value.hour or 0, value.minute or 0
    if not value.meridiem:
        return f"{hour}:{minute:02d}" if minute else f"{hour} o'clock"
    if minute == 0 and hour in (0, 12):
        return "noon" if hour == 12 else "midnight"
    digits = f"{(hour - 1) % 12 + 1}" + (f":{minute:02d}" if minute else "")
    return f"{digits} {'p.m.' if hour >= 12 else 'a.m.'}"
