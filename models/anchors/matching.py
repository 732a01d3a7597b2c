"""Whether two figures or two dates mean the same: Korean against English, Korean against Korean.

Generous about form (half is 50 percent, 30 thousand is 30,000), never about worth: a changed
digit, ×10, million for billion, percent for percentage points or a shifted day do not match.
"""

from __future__ import annotations

from decimal import Decimal

from models.anchors.date_value import DateValue
from models.anchors.english_dates import EnglishDate
from models.anchors.english_figures import EnglishFigure
from models.anchors.figure import Figure
from models.anchors.units import unit_named

# Units that must agree where both sides name one. Counters are left alone: English picks nouns.
_CHECKED = ("money", "share", "time", "measure", "multiple")
_MONTHS_A_YEAR = 12
_SAME_TIME: dict[tuple[str, str], tuple[int, ...]] = {
    # (Korean, English): one English unit is this many Korean ones
    ("month", "year"): (12,),
    ("day", "week"): (7,),
    ("day", "month"): (30,),
    ("week", "month"): (4,),
    ("hour", "day"): (24,),
    ("minute", "hour"): (60,),
    ("second", "minute"): (60,),
    ("kilogram", "ton"): (1000,),
    ("gram", "kilogram"): (1000,),
    ("meter", "kilometer"): (1000,),
    ("millimeter", "centimeter"): (10,),
}
_YEAR_RELATIVES = {
    "last_year": {"last_year", "previous_year"},
    "previous_year": {"previous_year", "last_year", "that_year"},
    "this_year": {"this_year"},
    "following_year": {"following_year", "next_year"},
    "next_year": {"next_year", "following_year"},
}


# How many of the Korean unit one of the English is; English readers get rounded conversions.
_IMPERIAL: dict[tuple[str, str], Decimal] = {
    ("kilometer", "mile"): Decimal("1.609"),
    ("meter", "foot"): Decimal("0.3048"),
    ("centimeter", "inch"): Decimal("2.54"),
    ("millimeter", "inch"): Decimal("25.4"),
    ("hectare", "acre"): Decimal("0.4047"),
    ("square_meter", "acre"): Decimal("4047"),
    ("square_meter", "pyeong"): Decimal("3.3058"),
    ("pyeong", "square_meter"): Decimal("0.3025"),
}
_CONVERSION_TOLERANCE = Decimal("0.03")
_OPPOSITES: tuple[tuple[set[str], set[str]], ...] = (
    ({"last_year", "year_before_last", "previous_year"}, {"next_year", "year_after_next"}),
    ({"last_month", "previous_month"}, {"next_month"}),
    ({"last_week"}, {"next_week"}),
    ({"yesterday", "previous_day"}, {"tomorrow", "following_day"}),
)


def opposite_relatives(relative: str) -> set[str]:
    """What can't be said of it in English: of next_year, last_year and its like."""
    for past, coming in _OPPOSITES:
        if relative in past:
            return coming
        if relative in coming:
            return past
    return set()


def figure_matches(figure: Figure, found: EnglishFigure) -> bool:
    """Whether ``found`` says what ``figure`` says; of a range, either end does (see parts)."""
    return any(_one_matches(part, found) for part in figure.parts)


def _one_matches(figure: Figure, found: EnglishFigure) -> bool:
    if figure.kind == "rough" or found.rough:
        return _same_magnitude(figure, found)
    if _in_other_sense(figure, found):
        return False
    worths = _worths(figure)
    readings = (found.value, *found.also)
    if not units_agree(figure.unit, found.unit):
        return _converted(figure, found)
    if _lacks_unit(figure, found):
        return False
    return any(abs(reading) in worths for reading in readings)


def _in_other_sense(figure: Figure, found: EnglishFigure) -> bool:
    """10대 과제 are no teens and last no 10 years, a 20대 is neither 20 nor one of 20."""
    if figure.sense is None:
        return False
    if figure.sense == "age":
        return not found.decade
    unit = unit_named(found.unit) if found.unit else None
    return found.decade or (unit is not None and unit.kind in ("time", "measure"))


def _lacks_unit(figure: Figure, found: EnglishFigure) -> bool:
    """ "two systems" is no match for 2㎞: without a unit, words and ordinals count other things."""
    unit = unit_named(figure.unit) if figure.unit else None
    if unit is None or found.unit is not None or unit.kind not in ("money", "share", "measure"):
        return False
    return (found.spelled or found.ordinal) and found.value >= 1 and found.scale == 1


def _worths(figure: Figure) -> set[Decimal]:
    """The numbers a figure may be written as in English, signs aside."""
    worth = abs(figure.worth)
    worths = {worth}
    if figure.kind == "fraction":
        worths.add(worth * 100)
    if figure.unit == "percent":
        worths.add(worth / 100)
    if figure.unit == "year" and figure.kind == "fraction":
        worths.add(worth * _MONTHS_A_YEAR)
    return worths


def _same_magnitude(figure: Figure, found: EnglishFigure) -> bool:
    if figure.kind == "rough" and found.rough:
        return figure.value == found.value
    return figure.kind == "rough" and figure.value == 10 and found.value in (10, 12)


def units_agree(left: str | None, right: str | None) -> bool:
    """Whether two canonical units can mean the same; an unknown one agrees with all."""
    if left is None or right is None or left == right:
        return True
    one, other = unit_named(left), unit_named(right)
    if one is None or other is None:
        return True
    if one.kind in _CHECKED and other.kind in _CHECKED:
        return False
    return not {one.kind, other.kind} & {"money", "share"}


def _converted(figure: Figure, found: EnglishFigure) -> bool:
    """12개월 is "one year", 1500㎏ "1.5 tons"."""
    units = (figure.unit or "", found.unit or "")
    if units in _IMPERIAL:
        converted = found.value * _IMPERIAL[units]
        return abs(converted - figure.worth) <= _CONVERSION_TOLERANCE * abs(figure.worth)
    factors = _SAME_TIME.get((figure.unit or "", found.unit or ""), ())
    if any(found.value * factor == figure.worth for factor in factors):
        return True
    back = _SAME_TIME.get((found.unit or "", figure.unit or ""), ())
    if any(figure.worth * factor == found.value for factor in back):
        return True
    if figure.unit == "day" and figure.value == 15 and found.unit == "week":  # 보름
        return found.value == 2
    halves = figure.kind == "fraction" and found.unit == "percent"
    return halves and found.value == figure.worth * 100


def same_figure(left: Figure, right: Figure) -> bool:
    """Whether two Korean figures mean the same: a summary's and its evidence's."""
    if left.kind == "rough" or right.kind == "rough":
        return left.kind == right.kind and left.value == right.value
    if not units_agree(left.unit, right.unit):
        return False
    return bool(_worths(left) & _worths(right)) and (
        left.upper is None or right.upper is None or left.upper == right.upper
    )


def date_matches(value: DateValue, found: EnglishDate) -> bool:
    """Whether ``found`` agrees with ``value`` in at least one thing and contradicts it in none."""
    shared = [
        _agrees(value, found, name)
        for name in ("year", "month", "day", "weekday", "part", "relative", "hour", "century")
    ]
    known = [agreement for agreement in shared if agreement is not None]
    return bool(known) and all(known)


def _agrees(value: DateValue, found: EnglishDate, name: str) -> bool | None:
    """True or False where both say something about ``name``, else None."""
    theirs = getattr(found, name)
    if theirs is None:
        return None
    if name == "hour":
        return _same_time(value, found)
    ours = getattr(value, name)
    if name == "relative":
        return _same_relative(value, theirs)
    if ours is not None and ours in (getattr(found, f"{name}_from", None),):
        return True
    if ours is None:
        return _resolved_agrees(value, name, theirs)
    return bool(ours == theirs)


def _same_time(value: DateValue, found: EnglishDate) -> bool | None:
    if value.hour is None or found.hour is None:
        return None
    if (value.minute or 0) != (found.minute or 0):
        return False
    exact = value.meridiem and found.meridiem
    return value.hour == found.hour if exact else value.hour % 12 == found.hour % 12


def _same_relative(value: DateValue, theirs: str) -> bool | None:
    if value.relative is not None:
        return theirs in _YEAR_RELATIVES.get(value.relative, {value.relative})
    return None


def _resolved_agrees(value: DateValue, name: str, theirs: int) -> bool | None:
    """What the article's date adds: 13일 is in May, 지난해 is 2024."""
    if value.resolved is None:
        return None
    first, last = value.resolved
    if name == "year":
        return first.year <= theirs <= last.year
    if name == "month":
        return first.month <= theirs <= last.month if first.year == last.year else None
    if name == "weekday" and first == last:
        return first.weekday() == theirs
    if name == "day" and first == last:
        return first.day == theirs
    return None


def same_date(left: DateValue, right: DateValue) -> bool:
    """Whether two Korean dates agree in all that both say, and in at least one thing."""
    agreed = False
    for name in ("year", "month", "day", "weekday", "part", "hour", "minute", "century"):
        ours, theirs = getattr(left, name), getattr(right, name)
        if ours is not None and theirs is not None:
            if ours != theirs:
                return False
            agreed = True
    if left.relative and right.relative:
        same = right.relative in _YEAR_RELATIVES.get(left.relative, {left.relative})
        return same or (agreed and left.relative == right.relative)
    return agreed or (left.resolved is not None and left.resolved == right.resolved)
