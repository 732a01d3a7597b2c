"""Turns one match of date_patterns into what it says: a year, a month, a day, 지난해, a time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple, cast

from models.anchors.date_patterns import AFTERNOON, HOURS, MORNING, PARTS, RELATIVES, WEEKDAYS
from models.anchors.date_value import DateValue, Direction, Part, Relative

Groups = Mapping[str, str | None]
_SEASONS: dict[str, tuple[Relative | None, Direction | None]] = {
    "올": ("this_year", None),
    "올해": ("this_year", None),
    "이번": ("this_year", None),
    "지난": (None, "past"),
    "지난해": ("last_year", None),
    "작년": ("last_year", None),
    "내년": ("next_year", None),
}


class Atom(NamedTuple):
    """A piece of a date in the text; ``rank`` orders pieces from year (0) to time (6)."""

    start: int
    end: int
    rank: int
    value: DateValue


def read_atom(match: re.Match[str]) -> Atom:
    """What a match of ``date_pattern`` says; the dash of "13∼15일" is left outside."""
    groups = match.groupdict()
    end = match.start("day_low") if groups["day_low"] else match.end()
    for read in (_numeric, _years, _relatives, _seasons, _months, _days, _times):
        found = read(groups)
        if found:
            return Atom(match.start(), end, *found)
    raise AssertionError(match.group())


def _numeric(groups: Groups) -> tuple[int, DateValue] | None:
    """2025.5.13, 2025.05, ’25. 10. 1. and the 5.14. of press releases."""
    for prefix, century in (("full", 0), ("ym", 0), ("sf", 2000), ("dots", 0), ("known", 0)):
        if month := groups[f"{prefix}_month"]:
            year, day = groups.get(f"{prefix}_year"), groups.get(f"{prefix}_day")
            value = DateValue(
                year=century + int(year) if year else None,
                month=int(month),
                day=int(day) if day else None,
            )
            return (4 if day else 2), value
    return None


def _part(groups: Groups, name: str) -> Part | None:
    return PARTS.get(groups.get(f"{name}_part") or groups.get(f"{name}_part2") or "")


def _years(groups: Groups) -> tuple[int, DateValue] | None:
    if decade := groups["decade"]:
        year = int(decade) if len(decade) == 4 else 1900 + int(decade)
        return 1, DateValue(year=year, decade=True, part=_part(groups, "decade"))
    if century := groups["century"]:
        return 1, DateValue(century=int(century), part=_part(groups, "century"))
    if groups["year"] or groups["short_year"]:
        short = int(groups["short_year"] or 0)
        year = int(groups["year"] or (1900 if short >= 70 else 2000) + short)
        part = _part(groups, "year")
        return (1 if part else 0), DateValue(year=year, part=part)
    return None


def _relatives(groups: Groups) -> tuple[int, DateValue] | None:
    name = groups["rel"] or groups["this"]
    if name is None:
        return None
    relative, rank, weak = RELATIVES[name]
    part = _part(groups, "rel") or _part(groups, "this")
    value = DateValue(relative=relative, part=part, weak=weak and part is None)
    return rank + (1 if part else 0), value


def _seasons(groups: Groups) -> tuple[int, DateValue] | None:
    if not groups["season"]:
        return None
    relative, direction = _SEASONS[groups["season_rel"] or ""]
    return 1, DateValue(part=PARTS[groups["season"]], relative=relative, direction=direction)


def _months(groups: Groups) -> tuple[int, DateValue] | None:
    if half := groups["half"]:
        return 1, DateValue(part=PARTS[half])
    if quarter := groups["quarter"]:
        return 1, DateValue(part=cast(Part, f"q{quarter}"))
    if month := groups["month"]:
        part, direction = _part(groups, "month"), _direction(groups["month_dir"])
        return (3 if part else 2), DateValue(month=int(month), part=part, direction=direction)
    return None


def _direction(word: str | None) -> Direction | None:
    return None if word is None else "past" if word == "지난" else "coming"


def _days(groups: Groups) -> tuple[int, DateValue] | None:
    if day := groups["day"]:
        direction = _direction(groups["day_dir"])
        unsure = not (groups["sure"] is not None or groups["day_low"] or direction)
        return 4, DateValue(day=int(day), direction=direction, counts_days=unsure)
    if weekday := groups["weekday"] or groups["wd"]:
        direction = _direction(groups["wd_dir"])
        return 5, DateValue(weekday=WEEKDAYS.index(weekday), direction=direction)
    return None


def _times(groups: Groups) -> tuple[int, DateValue] | None:
    if point := groups["point"]:
        return 6, DateValue(hour=12 if point == "정오" else 0, minute=0, meridiem=True)
    word = groups["hour_word"] or groups["hour3_word"]
    written = groups["hour"] or groups["hour2"] or (HOURS.index(word) + 1 if word else None)
    if written is None:
        return None
    half = groups["half_hour"] or groups["half2"] or groups["half3"]
    minute = groups["minute"] or groups["minute2"] or groups["minute3"] or 0
    hour, meridiem = _clock(int(written), groups["meridiem"])
    return 6, DateValue(hour=hour, minute=30 if half else int(minute), meridiem=meridiem)


def _clock(hour: int, meridiem: str | None) -> tuple[int, bool]:
    """Hour of 24 and whether that is certain: 밤 1시 is 1, 오후 3시 is 15, a bare 3시 is 3."""
    if hour > 12 or hour == 0:
        return hour % 24, True
    if meridiem in MORNING:
        return hour % 12, True
    if meridiem not in AFTERNOON:
        return hour, False
    after_midnight = meridiem == "밤" and hour in (12, 1, 2, 3)
    before_noon = meridiem == "낮" and hour == 11
    return (hour % 12 if after_midnight or before_noon else hour % 12 + 12), True
