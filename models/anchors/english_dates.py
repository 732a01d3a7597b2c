"""Reads the dates and times of an English text, generously, each atom with what it says.

"May 13, 2025", "13 May", "the 13th", "late last year", "Q3", "9:30 p.m.", "the 1990s".
Knows nothing of Korean.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from models.anchors.date_rendering import MONTHS, WEEKDAYS
from models.anchors.date_value import Part, Relative
from models.anchors.english_date_patterns import RELATIVES, english_date_pattern
from models.anchors.english_numbers import CARDINALS
from models.anchors.number_words import ORDINALS

_PARTS: dict[str, Part] = {
    "early": "early", "beginning": "early", "start": "early", "mid": "mid", "middle": "mid",
    "late": "late", "end": "late", "year-end": "late",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class EnglishDate:
    """A date of an English text as far as it goes. ``text == source[start:end]``.

    ``part_from``/``month_from`` are where a stretch starts that ends in ``part``/``month``
    ("the first three quarters", "the second and third quarters"). Other fields are
    DateValue's; ``meridiem`` is False where a.m. or p.m. is not said.
    """

    start: int
    end: int
    text: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    part: Part | None = None
    relative: Relative | None = None
    hour: int | None = None
    minute: int | None = None
    meridiem: bool = False
    decade: bool = False
    century: int | None = None
    part_from: Part | None = None
    month_from: int | None = None
    day_from: int | None = None


def read_english_dates(text: str) -> tuple[EnglishDate, ...]:
    """The dates of ``text`` in order, never overlapping."""
    found = []
    for match in english_date_pattern().finditer(text):
        kind = match.lastgroup or ""
        fields = _fields(kind, match)
        if fields is not None:
            found.append(EnglishDate(match.start(), match.end(), match.group(), **fields))
    return tuple(found)


def _fields(kind: str, match: re.Match[str]) -> dict[str, Any] | None:
    if kind[0] == "r" and kind[1:].isdigit():
        return {"relative": RELATIVES[int(kind[1:])][1]}
    return _READERS[kind](match)


def _number(text: str | None) -> int | None:
    return int(text) if text else None


def _month(name: str) -> int:
    return next(i for i, month in enumerate(MONTHS, 1) if month.startswith(name[:3]))


def _calendar(prefix: str) -> Callable[[re.Match[str]], dict[str, Any]]:
    """Reader of a month with the day and year it may carry."""

    def read(match: re.Match[str]) -> dict[str, Any]:
        group = match.groupdict()
        return {
            "month": _month(group[f"{prefix}_m"]),
            "day": _number(group.get(f"{prefix}_d")),
            "year": _number(group.get(f"{prefix}_y")),
        }

    return read


def _iso(match: re.Match[str]) -> dict[str, Any]:
    return {"year": int(match["iso_y"]), "month": int(match["iso_m"]), "day": int(match["iso_d"])}


def _decade(match: re.Match[str]) -> dict[str, Any]:
    return {"year": _number(match["dec_y"]) or 1900 + int(match["dec_s"]), "decade": True}


def _quarter(match: re.Match[str]) -> dict[str, Any]:
    name = (match["q_n"] or "").lower()
    number = _RANKS.get(name) or match["q_q"] or match["q_b"]
    start = _RANKS.get((match["q_from"] or "").lower())
    return {"part": f"q{number}", "part_from": f"q{start}" if start else None}


def _half(match: re.Match[str]) -> dict[str, Any]:
    number = match["h_h"] or match["h_b"] or _RANKS[match["h_n"].lower()]
    return {"part": f"h{number}"}


def _time(match: re.Match[str]) -> dict[str, Any]:
    hour = int(match["t_h"]) % 12 + (12 if match["t_x"] == "p" else 0)
    return {"hour": hour, "minute": int(match["t_m"] or 0), "meridiem": True}


def _clock(match: re.Match[str]) -> dict[str, Any]:
    hour = int(match["c_h"]) % 24
    return {"hour": hour, "minute": int(match["c_m"]), "meridiem": hour > 12 or hour == 0}


def _spoken(match: re.Match[str]) -> dict[str, Any]:
    """ "seven-thirty", "two in the morning"."""
    minutes = {"thirty": 30, "fifteen": 15, "forty-five": 45}
    hour = CARDINALS[match["sp_h"].lower()]
    return {"hour": hour, "minute": minutes.get((match["sp_m"] or "").lower(), 0)}


def _past(match: re.Match[str]) -> dict[str, Any]:
    """ "half past three", "a quarter to four"."""
    hour, word = CARDINALS[match["pa_h"].lower()], match["sp_to"].lower()
    if word == "quarter to":
        return {"hour": hour - 1, "minute": 45}
    return {"hour": hour, "minute": 30 if word == "half past" else 15}


def _point(match: re.Match[str]) -> dict[str, Any]:
    return {
        "hour": 0 if match["point"].lower() == "midnight" else 12,
        "minute": 0,
        "meridiem": True,
    }


def _nth(match: re.Match[str]) -> dict[str, Any] | None:
    if match["n_n"]:
        return {"day": int(match["n_n"])}
    return {"day": _word_ordinal(match["n_w"].lower())}


def _word_ordinal(word: str) -> int:
    tens, _, one = word.rpartition("-")
    if word in ("twentieth", "thirtieth"):
        return 20 if word[1] == "w" else 30
    return ORDINALS.index(one) + {"": 0, "twenty": 20, "thirty": 30}[tens]


ORDINAL_MONTHS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "10": 10, "eleven": 11, "11": 11,
}  # fmt: skip
_RANKS = {
    "first": 1, "1st": 1, "second": 2, "2nd": 2, "latter": 2, "third": 3, "3rd": 3, "fourth": 4,
    "4th": 4,
}  # fmt: skip
_READERS: dict[str, Callable[[re.Match[str]], dict[str, Any] | None]] = {
    "iso": _iso,
    "md": _calendar("md"),
    "dm": _calendar("dm"),
    "dl": _calendar("dl"),
    "my": _calendar("my"),
    "decade": _decade,
    "century": lambda m: {"century": int(m["cen_n"] or 0) or _word_ordinal(m["cen_w"].lower())},
    "quarter": _quarter,
    "quarters": lambda m: {
        "part": {"two": "q2", "three": "q3", "four": "q4"}[m["qs_n"].lower()],
        "part_from": "q1",
    },
    "months": lambda m: {"month": ORDINAL_MONTHS[m["ms_n"].lower()], "month_from": 1},
    "days": lambda m: {"day": int(m["ds_n"]), "day_from": 1},
    "half": _half,
    "time": _time,
    "clock": _clock,
    "oclock": lambda m: {"hour": int(m["o_h"]), "minute": 0},
    "spoken": _spoken,
    "past": _past,
    "point": _point,
    "weekday": lambda m: {"weekday": WEEKDAYS.index(m["w_n"])},
    "nth": _nth,
    "year": lambda m: {"year": int(m["y_y"])},
    "short": lambda m: {"year": 2000 + int(m["s_y"])},
    "part": lambda m: {"part": _PARTS[m["p_n"].lower()]},
    "season": lambda m: {"part": {"autumn": "fall"}.get(m["s_n"].lower(), m["s_n"].lower())},
}
