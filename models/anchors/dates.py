"""Finds the dates and times of a Korean text and puts their atoms together.

"내년 8월 15일 오후 3시" is one date, "2025∼2027년" two. Each is resolved against the article's
date where that is known; rendering is date_rendering's.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import lru_cache

from models.anchors.date_patterns import (
    AFTERNOON,
    HOURS,
    MORNING,
    PARTS,
    RELATIVES,
    WEEKDAYS,
    date_pattern,
)  # fmt: skip
from models.anchors.date_rendering import render_date
from models.anchors.date_resolution import resolve
from models.anchors.date_value import DateValue, Part
from models.documents import Anchor

_Atom = tuple[int, int, int, DateValue]  # start, end, rank, value
_GAP = re.compile(r"\s?")
# A day standing alone before a verb or noun is an adverb: "13일 밝혔다" is "on the 13th".
_ADVERB = re.compile(
    r"\s(?!오전|오후|밤|새벽|저녁|아침|낮|정오|자정|현재|기준|자정|이후|이전|전|하루|까지|부터|안|동안)"
)


def find_dates(text: str, published_at: date | None = None) -> tuple[Anchor, ...]:
    """The dates of ``text`` in order, never overlapping; ``value`` is a ``DateValue``."""
    anchors = []
    for start, end, found in _dates(text):
        value = found
        if published_at:
            value = replace(found, resolved=resolve(found, published_at))
        stretch = text[start:end]
        anchors.append(Anchor(start, end, stretch, "date", render_date(value), value))
    return tuple(anchors)


def date_spans(text: str) -> list[tuple[int, int]]:
    """Where the dates are: what figures leave alone."""
    return [(start, end) for start, end, _ in _dates(text)]


@lru_cache(maxsize=512)
def _dates(text: str) -> tuple[tuple[int, int, DateValue], ...]:
    merged: list[_Atom] = []
    for atom in (_atom(match) for match in date_pattern().finditer(text)):
        if merged and _joins(merged[-1], atom, text):
            merged[-1] = _join(merged[-1], atom)
        else:
            merged.append(atom)
    return tuple(
        (s, e, _adverbial(value, text, e))
        for s, e, _, value in merged
        if not (value.counts_days and value.month is None and value.relative is None)
    )


def _adverbial(value: DateValue, text: str, end: int) -> DateValue:
    alone = value.day is not None and value.hour is None and _ADVERB.match(text, end)
    return replace(value, adverbial=True) if alone else value


def _joins(left: _Atom, right: _Atom, text: str) -> bool:
    gap = text[left[1] : right[0]]
    return left[2] < right[2] and len(gap) <= 1 and not gap.strip()


def _join(left: _Atom, right: _Atom) -> _Atom:
    given = {
        name: got
        for name in DateValue.__slots__
        if (got := getattr(right[3], name)) is not None and got is not False
    }
    weak = left[3].weak and right[3].weak
    return left[0], right[1], right[2], replace(left[3], **{**given, "weak": weak})


def _atom(match: re.Match[str]) -> _Atom:
    rank, value, end = _value(match)
    return match.start(), end if end is not None else match.end(), rank, value


def _value(match: re.Match[str]) -> tuple[int, DateValue, int | None]:
    group = match.groupdict()
    if group["full"]:
        year, month, day = (int(group[f"full_{p}"]) for p in ("year", "month", "day"))
        return 4, DateValue(year=year, month=month, day=day), None
    if group["year_month"]:
        return (
            2,
            DateValue(year=int(group["ym_year"] or 0), month=int(group["ym_month"] or 0)),
            None,
        )
    for prefix in ("sf", "dots"):
        if group[f"{prefix}_month"]:
            return 4, _dotted(group, prefix), None
    for read in (_years, _relatives, _months, _days, _times):
        found = read(group)
        if found:
            end = match.start("day_low") if group["day_low"] else None
            return found[0], found[1], end
    raise AssertionError(match.group())


def _dotted(group: dict[str, str | None], prefix: str) -> DateValue:
    """’25. 10. 1. and 5.14. of press releases."""
    year, day = group.get(f"{prefix}_year"), group[f"{prefix}_day"]
    return DateValue(
        year=2000 + int(year) if year else None,
        month=int(group[f"{prefix}_month"] or 0),
        day=int(day) if day else None,
    )


def _part(group: dict[str, str | None], name: str) -> Part | None:
    return PARTS.get(group.get(f"{name}_part") or group.get(f"{name}_part2") or "")


def _years(group: dict[str, str | None]) -> tuple[int, DateValue] | None:
    if decade := group["decade"]:
        year = int(decade) if len(decade) == 4 else 1900 + int(decade)
        return 1, DateValue(year=year, decade=True, part=_part(group, "decade"))
    if group["century"]:
        return 1, DateValue(century=int(group["century"]), part=_part(group, "century"))
    if group["year"] or group["short_year"]:
        short = int(group["short_year"] or 0)
        year = int(group["year"] or (1900 if short >= 70 else 2000) + short)
        part = _part(group, "year")
        return (1 if part else 0), DateValue(year=year, part=part)
    return None


def _relatives(group: dict[str, str | None]) -> tuple[int, DateValue] | None:
    if name := group["rel"] or group["this"]:
        relative, rank, weak = RELATIVES[name]
        part = _part(group, "rel") or _part(group, "this")
        weak = weak and part is None
        return rank + (1 if part else 0), DateValue(relative=relative, part=part, weak=weak)
    if season := group["season"]:
        when = {
            "지난": "last_year",
            "지난해": "last_year",
            "작년": "last_year",
            "내년": "next_year",
        }
        if group["season_rel"] in ("올", "올해", "이번"):
            return 1, DateValue(part=PARTS[season], relative="this_year")
        direction = "past" if group["season_rel"] == "지난" else None
        relative = when.get(group["season_rel"] or "") if direction is None else None
        return 1, DateValue(part=PARTS[season], relative=relative, direction=direction)  # type: ignore[arg-type]
    return None


def _months(group: dict[str, str | None]) -> tuple[int, DateValue] | None:
    if group["half"]:
        return 1, DateValue(part=PARTS[group["half"]])
    if group["quarter"]:
        return 1, DateValue(part=f"q{group['quarter']}")  # type: ignore[arg-type]
    if group["month"]:
        part = _part(group, "month")
        value = DateValue(month=int(group["month"]), part=part)
        return (3 if part else 2), replace(value, direction=_direction(group["month_dir"]))
    return None


def _direction(word: str | None) -> str | None:
    return None if word is None else "past" if word == "지난" else "coming"


def _days(group: dict[str, str | None]) -> tuple[int, DateValue] | None:
    if group["day"]:
        direction = _direction(group["day_dir"])
        unsure = not (group["sure"] is not None or group["day_low"] or direction)
        return 4, DateValue(day=int(group["day"]), direction=direction, counts_days=unsure)  # type: ignore[arg-type]
    if day := group["weekday"] or group["wd"]:
        return 5, DateValue(weekday=WEEKDAYS.index(day), direction=_direction(group["wd_dir"]))  # type: ignore[arg-type]
    return None


def _times(group: dict[str, str | None]) -> tuple[int, DateValue] | None:
    if group["point"]:
        return 6, DateValue(hour=12 if group["point"] == "정오" else 0, minute=0, meridiem=True)
    word = group["hour_word"] or group["hour3_word"]
    written = group["hour"] or group["hour2"] or (HOURS.index(word) + 1 if word else None)
    if written is None:
        return None
    half = group["half_hour"] or group["half2"] or group["half3"]
    minute = 30 if half else int(group["minute"] or group["minute2"] or group["minute3"] or 0)
    hour, meridiem = _clock(int(written), group["meridiem"])
    return 6, DateValue(hour=hour, minute=minute, meridiem=meridiem)


def _clock(hour: int, meridiem: str | None) -> tuple[int, bool]:
    if hour > 12 or hour == 0:
        return hour % 24, True
    if meridiem in MORNING:
        return hour % 12, True
    if meridiem in AFTERNOON:
        late_night = meridiem == "밤" and hour in (12, 1, 2, 3)
        early_noon = meridiem == "낮" and hour == 11
        return (hour % 12 if late_night else hour if early_noon else hour % 12 + 12), True
    return hour, False
