"""The record of a Korean date or time. A leaf: it finds, renders and compares nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Part = Literal[
    "early", "mid", "late", "h1", "h2", "q1", "q2", "q3", "q4", "spring", "summer", "fall", "winter"
]
Direction = Literal["past", "coming"]
Relative = Literal[
    "year_before_last", "last_year", "this_year", "next_year", "year_after_next",
    "previous_year", "following_year", "that_year",
    "last_month", "this_month", "next_month", "previous_month", "that_month",
    "last_week", "this_week", "next_week",
    "yesterday", "today", "tomorrow", "that_day", "previous_day", "following_day",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class DateValue:
    """A date as far as the text gives it; fields it does not give are None.

    ``direction`` is "past" (지난 3월) or "coming" (오는 6월). ``weekday`` counts from Monday = 0.
    ``hour`` is 0-23 where 오전/오후 is known, else as written with ``meridiem`` False.
    ``resolved`` is the first and last day meant, where the article's date makes that plain.
    ``counts_days`` marks a bare "5일" that may also be five days. A ``weak`` date need not
    show in English (이날).
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    part: Part | None = None
    relative: Relative | None = None
    direction: Direction | None = None
    hour: int | None = None
    minute: int | None = None
    meridiem: bool = False
    decade: bool = False
    century: int | None = None
    resolved: tuple[date, date] | None = None
    counts_days: bool = False
    weak: bool = False
    adverbial: bool = False
