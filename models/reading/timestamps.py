"""Dates with times as news pages write them → aware datetimes.

Korean pages name no zone; theirs is +09:00. A date without a time is midnight +09:00.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

KST = timezone(timedelta(hours=9))

_DATE = (
    r"(?<![\d.,])(?P<year>(?:19|20)\d{2}|\d{2})(?:\s?[.\-/]\s?|년\s?)(?P<month>\d{1,2})(?:\s?[.\-/]\s?|월\s?)"
    r"(?P<day>\d{1,2})(?:일|(?!\d))\.?"
)
_WEEKDAY = r"(?:\s?[(\[]?[월화수목금토일](?:요일)?[)\]]?(?=[\s,\d\[(]|$))?"
_TIME = (
    r"(?:[\s,T(\[|]{0,3}(?P<half>오전|오후|낮|밤|새벽|AM|PM|am|pm)?\s?(?P<hour>\d{1,2})"
    r"(?:\s?:\s?(?P<minute>\d{2})(?:\s?:\s?(?P<second>\d{2})(?:\.\d+)?)?|시(?:\s?(?P<minute_ko>\d{1,2})분)?)"
    r"(?:\s?(?P<half_after>AM|PM|am|pm))?\s?(?P<zone>Z|[+-]\d{2}:?\d{2})?)?"
)
STAMP = re.compile(_DATE + _WEEKDAY + _TIME)


@dataclass(frozen=True, slots=True)
class Timestamp:
    """A date found in a text, with its place and whether a time of day stood with it."""

    start: int
    end: int
    moment: datetime
    timed: bool


def find_timestamps(text: str) -> Iterator[Timestamp]:
    """Every valid date (with its time, if any) in ``text``, in order."""
    for match in STAMP.finditer(text):
        moment = _moment(match)
        if moment is None:
            continue
        timed = match["hour"] is not None
        if len(match["year"]) == 2 and not timed:
            continue  # "25.03.26" alone may be a size, a score or a version
        yield Timestamp(match.start(), match.end(), moment, timed)


def _moment(match: re.Match[str]) -> datetime | None:
    year = int(match["year"])
    year += 2000 if year < 100 else 0
    hour = int(match["hour"] or 0)
    hour = _in_24_hours(hour, match["half"] or match["half_after"] or "")
    minute = int(match["minute"] or match["minute_ko"] or 0)
    try:
        return datetime(
            year,
            int(match["month"]),
            int(match["day"]),
            hour,
            minute,
            int(match["second"] or 0),
            tzinfo=_zone(match["zone"]),
        )
    except ValueError:
        return None


def _in_24_hours(hour: int, half: str) -> int:
    half = half.lower()
    if hour == 12 and half in ("오전", "am", "밤", "새벽"):
        return 0
    if hour < 12 and (
        half in ("오후", "pm") or (half == "밤" and hour >= 6) or (half == "낮" and hour < 6)
    ):
        return hour + 12
    return hour


def _zone(text: str | None) -> timezone:
    if text is None:
        return KST
    if text == "Z":
        return UTC
    hours, minutes = int(text[1:3]), int(text[-2:])
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if text[0] == "-" else offset)
