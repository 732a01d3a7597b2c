"""The pattern that finds the atoms of an English date, by named group.

What a match says is english_dates'; the name of its outermost group tells which kind it is.
"""

from __future__ import annotations

import re
from functools import cache

from models.anchors.date_rendering import WEEKDAYS
from models.anchors.date_value import Relative
from models.anchors.number_words import ONES, ORDINALS

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)(?![A-Za-z])"
)
# Alone, without a day, a bare abbreviation is a name (Jun-seo) or a word (Mar).
_FULL_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\.)(?![A-Za-z]|-(?!to|through)[a-z])"
)
_DAY = r"3[01]|[12]\d|0?[1-9]"
_TH = r"(?:st|nd|rd|th)"
_YEAR = r"(?:1[0-9]|20|21)\d\d"
_NOT_AMOUNT = r"(?<![\d.,:$])"
_NOT_COUNT = r"(?![\d%]|[.,]\d|\s?(?:percent|million|billion|trillion|won|people)\b)"
# Units that make a four-digit number an amount, not a year.
_COUNTED = "percent|won|people|hours|meters|tons|megawatts|households|kilometers"
_WORDS = "|".join((*ORDINALS[1:], "twentieth", "thirtieth"))
_NAMED_DAY = rf"twenty-(?:{_WORDS})|thirty-first|{_WORDS}"
_HOURS = "|".join(ONES[1:13])
_QUARTERS = "first|second|third|fourth|1st|2nd|3rd|4th"
_COUNTS = "two|three|four|five|six|seven|eight|nine|10|11|ten|eleven"

# Phrase → what it is; longer ones before those they contain.
RELATIVES: tuple[tuple[str, Relative], ...] = (
    (r"the year before last|two years ago", "year_before_last"),
    (r"the year after next|in two years|two years from now", "year_after_next"),
    (r"last year|a year ago|the past year", "last_year"),
    (
        r"(?:the )?(?:previous|prior|preceding) year|(?:a|one) year (?:earlier|before|ago|prior)|"
        r"the year (?:before|earlier)|year[- ]on[- ]year|year[- ]over[- ]year|annually",
        "previous_year",
    ),
    (r"this year|the current year", "this_year"),
    (r"next year|the coming year", "next_year"),
    (r"the (?:following|next) year|a year later", "following_year"),
    (r"(?:that|the same) year", "that_year"),
    (r"last month|a month ago|the past month", "last_month"),
    (r"this month", "this_month"),
    (r"next month|the coming month|a month from now", "next_month"),
    (
        r"(?:the )?previous month|(?:a|one) month (?:earlier|before|prior)|month[- ]on[- ]month|"
        r"the month before|month-over-month",
        "previous_month",
    ),
    (r"(?:that|the same) month", "that_month"),
    (
        r"last week|a week ago|the past week|(?:the )?previous week|"
        r"(?:a|the) week (?:before|earlier)",
        "last_week",
    ),
    (r"this week", "this_week"),
    (r"next week|the coming week", "next_week"),
    (r"yesterday", "yesterday"),
    (r"today|tonight", "today"),
    (r"tomorrow", "tomorrow"),
    (r"(?:that|the same|this) (?:very )?day|the day", "that_day"),
    (r"the (?:previous|preceding) day|(?:a|one|the) day (?:earlier|before|prior)", "previous_day"),
    (r"the (?:following|next) day|(?:a|one|the) day (?:later|after)", "following_day"),
)


@cache
def english_date_pattern() -> re.Pattern[str]:
    """Compiled on first use. Tried where a word or number begins: four times as fast so."""
    relatives = (rf"(?P<r{i}>(?i:\b(?:{phrase})\b))" for i, (phrase, _) in enumerate(RELATIVES))
    alternatives = (*_calendar(), *_periods(), *_times(), *_days_and_years(), *relatives)
    return re.compile(f"(?<![A-Za-z0-9])(?:{'|'.join(alternatives)})")


def _calendar() -> tuple[str, ...]:
    """Months with the days and years beside them."""
    return (
        r"(?P<iso>(?P<iso_y>(?:19|20)\d\d)[-./](?P<iso_m>1[0-2]|0?[1-9])[-./]"
        rf"(?P<iso_d>{_DAY})(?!\d))",
        rf"(?P<md>(?P<md_m>{_MONTH})\s(?:the\s)?(?P<md_d>{_DAY}){_TH}?(?![a-z]){_NOT_COUNT}"
        rf"(?:(?:,\s?|\s(?:of\s)?)(?P<md_y>{_YEAR})(?![\d,]))?)",
        rf"(?P<dm>(?<![\d.,$])(?P<dm_d>{_DAY}){_TH}?\s(?:of\s)?(?P<dm_m>{_MONTH})"
        rf"(?:,?\s(?P<dm_y>{_YEAR})(?![\d,]))?)",
        # the 21 of "between 21 and 28 January"
        rf"(?P<dl>(?<![\d.,$])(?P<dl_d>{_DAY}){_TH}?(?=\s?(?:and|to|-|–|or)\s?\d\d?{_TH}?"
        rf"\s(?:of\s)?(?P<dl_m>{_MONTH})))",
        rf"(?P<my>(?P<my_m>{_FULL_MONTH})(?:,?\s(?:of\s)?(?P<my_y>{_YEAR})(?![\d,]))?)",
    )


def _periods() -> tuple[str, ...]:
    """Decades, centuries, quarters, halves, and stretches from the start of the year."""
    return (
        r"(?P<decade>(?<![\d,.$])(?:(?P<dec_y>1\d\d0|20\d0)[’']?s\b|[’'‘](?P<dec_s>\d0)s\b))",
        rf"(?P<century>(?:(?P<cen_n>\d\d?){_TH}|(?i:(?P<cen_w>twenty-first|{_WORDS})))"
        r"[\s-]centur(?:y|ies))",
        r"(?P<quarter>(?i:(?:the\s)?(?:(?P<q_from>first|second|third)"
        r"(?:-?\s(?:and|to|or|through)\s(?:the\s)?))?"
        rf"(?P<q_n>{_QUARTERS})[\s-](?:fiscal[\s-])?quarters?)(?!-?final)"
        r"|(?:Q(?P<q_q>[1-4])|(?P<q_b>[1-4])Q)\b)",
        r"(?P<quarters>(?i:(?:the\s)?first\s(?P<qs_n>two|three|four)\squarters))",
        rf"(?P<months>(?i:(?:the\s)?first\s(?P<ms_n>{_COUNTS})\smonths))",
        r"(?P<days>(?i:(?:the\s)?first\s(?P<ds_n>\d\d?)\sdays))",
        r"(?P<half>(?i:(?:the\s)?(?P<h_n>first|second|latter|1st|2nd)[\s-](?:half|six months))"
        r"|(?P<h_h>[12])H\b|H(?P<h_b>[12])\b)",
    )


def _times() -> tuple[str, ...]:
    return (
        rf"(?P<time>{_NOT_AMOUNT}(?P<t_h>2[0-4]|[01]?\d)(?:[:.](?P<t_m>[0-5]\d))?"
        r"\s?(?P<t_x>[ap])\.?\s?m\b\.?)",
        rf"(?P<clock>{_NOT_AMOUNT}(?P<c_h>2[0-4]|[01]?\d):(?P<c_m>[0-5]\d)(?![\d:]))",
        rf"(?P<oclock>{_NOT_AMOUNT}(?P<o_h>1[0-2]|[1-9])\so[’']clock)",
        rf"(?P<past>(?i:\b(?P<sp_to>half past|quarter past|quarter to)\s(?P<pa_h>{_HOURS})\b))",
        rf"(?P<spoken>(?i:\b(?P<sp_h>{_HOURS})(?:[\s-](?P<sp_m>thirty|fifteen|forty-five)\b"
        r"|(?=\s(?:o[’']clock|in the (?:morning|afternoon|evening)|at night)))))",
        r"(?P<point>\b(?i:noon|midday|midnight)\b)",
    )


def _days_and_years() -> tuple[str, ...]:
    return (
        rf"(?P<weekday>\b(?P<w_n>{'|'.join(WEEKDAYS)})(?:s\b|\b))",
        rf"(?P<nth>\b(?P<n_n>3[01]|[12]\d|[1-9]){_TH}\b|\bthe\s(?P<n_w>{_NAMED_DAY})\b"
        r"(?=[,.;:)]|$|\s(?:of|at|and|in|to|that|by|through|or|for)\b))",
        r"(?P<year>(?<![\d.,$€£¥₩/:A-Za-z])(?:mid-|pre-|post-)?"
        rf"(?P<y_y>1[1-9]\d\d|20\d\d|21\d\d)(?![\d%]|[.,:]\d|\s?(?:{_COUNTED})\b))",
        r"(?P<short>[’'‘](?P<s_y>\d\d)\b)",
        r"(?P<part>(?i:\b(?P<p_n>early|beginning|start|middle|mid|late|end|year-end)\b))",
        r"(?P<season>(?i:\b(?P<s_n>spring|summer|fall|autumn|winter)\b))",
    )
