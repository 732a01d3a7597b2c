"""The pattern that finds the atoms of a Korean date: a year, a month, a day, 지난해, a time.

Atoms beside each other make one date ("내년 8월 15일 오후 3시"); putting them together is
dates'. ``rank`` orders them from year to minute.
"""

from __future__ import annotations

import re
from functools import cache

from models.anchors.date_value import Part, Relative

RELATIVES: dict[str, tuple[Relative, int, bool]] = {
    # Korean: (what it is, rank, weak)
    "재작년": ("year_before_last", 0, False),
    "지지난해": ("year_before_last", 0, False),
    "지난해": ("last_year", 0, False),
    "작년": ("last_year", 0, False),
    "올해": ("this_year", 0, True),
    "금년": ("this_year", 0, True),
    "올": ("this_year", 0, True),
    "내년": ("next_year", 0, False),
    "내후년": ("year_after_next", 0, False),
    "전년": ("previous_year", 0, True),
    "이듬해": ("following_year", 0, True),
    "그해": ("that_year", 0, True),
    "지난달": ("last_month", 2, False),
    "이달": ("this_month", 2, True),
    "이번 달": ("this_month", 2, True),
    "내달": ("next_month", 2, False),
    "다음 달": ("next_month", 2, False),
    "다음달": ("next_month", 2, False),
    "전월": ("previous_month", 2, True),
    "같은 달": ("that_month", 2, True),
    "지난주": ("last_week", 3, False),
    "지난 주": ("last_week", 3, False),
    "이번 주": ("this_week", 3, True),
    "이번주": ("this_week", 3, True),
    "다음 주": ("next_week", 3, False),
    "다음주": ("next_week", 3, False),
    "어제": ("yesterday", 4, True),
    "오늘": ("today", 4, True),
    "내일": ("tomorrow", 4, True),
    "이날": ("that_day", 4, True),
    "전날": ("previous_day", 4, True),
    "이튿날": ("following_day", 4, True),
    "다음 날": ("following_day", 4, True),
    "다음날": ("following_day", 4, True),
}
PARTS: dict[str, Part] = {
    "초": "early", "초순": "early", "상순": "early", "중순": "mid", "중반": "mid", "하순": "late",
    "말": "late", "후반": "late", "초반": "early", "상반기": "h1", "하반기": "h2",
    "봄": "spring", "여름": "summer", "가을": "fall", "겨울": "winter",
}  # fmt: skip
WEEKDAYS = "월화수목금토일"
MORNING = ("오전", "새벽", "아침")
AFTERNOON = ("오후", "저녁", "밤", "낮")
HOURS = (
    "한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉", "열", "열한", "열두",
)  # fmt: skip

# Courts count months as 월: 징역 10월, 1년6월. A year of four digits or ’25년 makes it a date.
_PENALTIES = ("징역", "금고", "구류", "노역", "유예", "정지")
_AFTER_PENALTY = "|".join(f"(?<={word}{gap})" for word in _PENALTIES for gap in (r"\s", ""))
_AFTER_YEARS = r"(?<=(?<![\d’'‘])\d년)|(?<=(?<![\d’'‘])\d년\s)"
MONTHS_OF_A_TERM = rf"(?:{_AFTER_PENALTY}|{_AFTER_YEARS})"

_DASH = r"\s?[~∼〜～–-]\s?"
_START = r"(?<![가-힣A-Za-z\d.,])"
_END = (
    r"(?![가-힣])|(?=에|은|는|이|가|을|를|의|도|만|까지|부터|로|쯤|께|과|와|보다|인|나|들어|여|"
    r"처럼|중|안)"
)
_NOT_SPAN = (
    r"(?!간|\s?(?:동안|전(?!국)|뒤(?!늦)|후|된|넘|이상|이하|만에|이내|안에|째|묵|차|산|생|짜리|"
    r"주기|이란|연속))"
)
# What shows that a bare "5일" is a day of the month, not five days.
_DAY_END = (
    r"(?=\s(?!동안|만에|이내|안에|안팎|이상|이하|미만|넘|가량|정도|전(?![가-힣])|전까지|뒤|후|연속|걸|내(?:에)?\s)"
    r"|[,.)’”\]]|$|부터|까지(?!\s(?:걸|늘|줄))|에(?!서)|자\s|께|밤|\(|[~∼]\d)"
)
_DAY_MAYBE = r"(?![가-힣\d])|(?=부터|까지|에|로|을|이|의|은|과|도|자|께)"


@cache
def date_pattern() -> re.Pattern[str]:
    """Compiled on first use."""
    relatives = "|".join(sorted((r for r in RELATIVES if r != "올"), key=len, reverse=True))
    part = (
        r"(?:\s?(?P<{}>초순|초반|초|상순|중순|중반|하순|후반|말)(?![가-힣])"
        r"|\s?(?P<{}>초|중순|하순|말)(?=에|부터|까지|의|이|로|께|쯤|경|보다|을))?"
    )
    direction = r"(?:(?<![가-힣])(?P<{}>지난|오는|다가오는)\s)?"
    hours = "|".join(sorted(HOURS, key=len, reverse=True))
    later = "|".join(sorted(HOURS[1:], key=len, reverse=True))
    alternatives = (
        # 2025.5.13, 2025-05-13, 2025/5/13
        r"(?P<full>(?<![\d.])(?P<full_year>(?:19|20)\d\d)\s?[.\-/]\s?(?P<full_month>1[0-2]|0?[1-9])"
        r"\s?[.\-/]\s?(?P<full_day>3[01]|[12]\d|0?[1-9])(?!\d))",
        r"(?P<year_month>(?<![\d.])(?P<ym_year>(?:19|20)\d\d)\.\s?(?P<ym_month>0[1-9]|1[0-2])(?![\d%.]))",
        r"(?P<short_full>[’‘'](?P<sf_year>\d\d)\.\s?(?P<sf_month>1[0-2]|0?[1-9])\.(?:\s?(?P<sf_day>3[01]|[12]\d|0?[1-9])\.?)?)",
        # measures and events known by their day: 9·7 공급대책, 12·3 비상계엄
        r"(?P<known>(?<![\d.])(?P<known_month>1[0-2]|[1-9])·(?P<known_day>3[01]|[12]\d|[1-9])"
        r"(?=\s?(?:[가-힣]{1,4}\s?)?(?:대책|조치|비상계엄|계엄|대선|총선|지방선거)))",
        r"(?P<dots>(?<![\d.])(?P<dots_month>1[0-2]|[1-9])\.\s?(?P<dots_day>3[01]|[12]\d|0?[1-9])(?:\.(?=[),~∼]|\s?[~∼(]|부터|까지|\s[가-힣])|(?=\([월화수목금토일]\))))",
        r"(?<![\d.,])(?P<decade>(?:1[0-9]|20)?\d0)(?:년대|(?=[~∼]\d0년대))"
        + part.format("decade_part", "decade_part2"),
        r"(?<![\d.,])(?P<century>1?\d|2[0-2])세기" + part.format("century_part", "century_part2"),
        r"(?<![\d.,])(?:(?<![가-힣])(?P<year_dir>지난|오는)\s)?(?:(?P<year>1[1-9]\d\d|2[01]\d\d)"
        rf"(?:\s?년(?!대)(?:도)?{_NOT_SPAN}|(?=학년도|년산|년생|년형)|(?={_DASH}(?:\d{{4}}|\d\d)\s?년)"
        r"|(?=·\d{4}\s?년))|[’'](?P<short_year>[0-3]\d|[7-9]\d)년(?!\s?(?:안|동안|만에|간)))"
        + part.format("year_part", "year_part2"),
        rf"{_START}(?:(?P<season_rel>올|지난해|작년|지난|내년|올해|이번)\s?)(?P<season>봄|여름|가을|겨울)(?:{_END}|(?=철))",
        rf"{_START}(?P<rel>{relatives})(?:{_END}|(?=[\d상하]))"
        + part.format("rel_part", "rel_part2"),
        rf"{_START}(?P<this>올)(?=\s(?:상|하)반기|\s?\d|\s(?:봄|여름|가을|겨울|연말|초|말))(?:\s?(?P<this_part>초|말)(?![가-힣]))?",
        r"(?P<half>상반기|하반기)",
        rf"(?<![\d.,])(?P<quarter>[1-4])(?:\s?분기|(?={_DASH}[1-4]\s?분기))",
        rf"{direction.format('month_dir')}(?<![\d.,])(?!{MONTHS_OF_A_TERM}\d{{1,2}}월(?!\s?\d{{1,2}}일))(?P<month>1[0-2]|0?[1-9])(?:\s?월(?!요일)(?!\s?간)|"
        rf"(?=(?:{_DASH}|·)(?:1[0-2]|[1-9])월))" + part.format("month_part", "month_part2"),
        rf"{direction.format('day_dir')}(?<![\d.,])(?P<day>3[01]|[12]\d|0?[1-9])"
        rf"(?:일{_NOT_SPAN}(?:(?P<sure>{_DAY_END})|(?P<maybe>{_DAY_MAYBE}))|(?P<day_low>(?:{_DASH}|·)(?=(?:3[01]|[12]?\d)일(?:{_DAY_END}|(?=이|은|의)))))",
        rf"(?:(?<![가-힣])(?P<wd_dir>지난|오는)\s)?(?:(?P<weekday>[{WEEKDAYS}])요일|(?<=[일\d.])\((?P<wd>[{WEEKDAYS}])\))",
        rf"(?P<meridiem>오전|오후|새벽|아침|낮|저녁|밤)\s?(?:(?P<hour>[01]?\d|2[0-4])|(?P<hour_word>{hours})\s?(?=시))"
        rf"(?:시(?!간)(?:\s?(?P<minute>[0-5]?\d)분|\s?(?P<half_hour>반)(?:(?![가-힣])|(?=에|부터|까지|쯤|께|이|은)))?|(?={_DASH}(?:[01]?\d|2[0-4])시))",
        rf"(?<![\d.,:])(?P<hour2>[01]?\d|2[0-4])(?:시(?:\s?(?P<minute2>[0-5]?\d)분|\s?(?P<half2>반)(?:(?![가-힣])|(?=에|부터|까지|쯤|께|이|은))|(?![가-힣])|(?=부터|까지|에|쯤|께|경|면|로|를|가(?![가-힣])|의|이|입|와|정각))|(?={_DASH}(?:[01]?\d|2[0-4])시(?!간)))",
        rf"{_START}(?P<hour3_word>한(?=\s)|{later})\s?시(?:\s?(?P<minute3>[0-5]?\d)분|\s?(?P<half3>반)(?:(?![가-힣])|(?=에|부터|까지|쯤|께|이|은))|(?![가-힣])|(?=부터|까지|에(?!서)|쯤|께|경|로|이|입|와|정각))",
        rf"{_START}(?P<point>정오|자정)",
    )
    return re.compile("|".join(alternatives))
