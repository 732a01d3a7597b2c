"""What a match of figure_patterns is worth: its number, its unit, and where it ends.

Each kind of match has its reader; where figures are looked for is figures'.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from models.anchors.figure import Figure
from models.anchors.korean_numbers import NATIVE_ONES, last_scale, read_mixed, read_native
from models.anchors.listings import sense_at
from models.anchors.units import Unit, korean_units

_RANGE_OF = re.compile(r"대(?![가-힣])|대(?=[를로의에가는까]|이하|이상)")
# A unit that goes on into a compound ("4.5일제", "3000t급", "10년물") keeps its Korean.
_COMPOUND = re.compile(r"(?:제|물|급|형|권|생|산|차|식)(?!도|로|외|한)")
_LIKE_A_YEAR = re.compile(r"(?:19|20)\d\d")
_DAYS = {
    "열하루": 11, "열이틀": 12, "열사흘": 13, "열나흘": 14, "이틀": 2, "사흘": 3, "나흘": 4,
    "닷새": 5, "엿새": 6, "여드레": 8, "아흐레": 9, "열흘": 10, "보름": 15,
}  # fmt: skip
_ROUGH = {"십": 10, "백": 100, "천": 1000, "만": 10**4, "억": 10**8, "조": 10**12}


class Found(NamedTuple):
    """A figure and the end of its stretch; the start is the match's."""

    figure: Figure
    end: int


def read_figure(match: re.Match[str]) -> Found | None:
    """The figure of a match of ``figure_pattern``; None if it is none after all."""
    return next(read(match) for group, read in _READERS if match[group])


def _numeric(match: re.Match[str]) -> Found:
    value, upper = read_mixed(match["num"]), None
    if match["upper"]:
        upper = read_mixed(match["upper"])
        value = _shared_scale(value, match["num"], match["upper"])
    if match["minus"]:
        value = -value
    unit = korean_units().get(match["num_unit"] or "")
    approx = "여" if match["num_yeo"] or "여" in match["num"] else None
    plain = unit is None and bool(_LIKE_A_YEAR.fullmatch(match["num"]))
    figure = Figure(value, upper=upper, approx=approx, plain=plain)
    number_end = match.end("num_yeo" if match["num_yeo"] else "upper" if upper else "num")
    if unit is not None and match["num_unit"] == "대":
        return _of_what(match, replace(figure, unit=unit.name), number_end)
    return _with_unit(match, figure, unit, number_end)


def _shared_scale(low: Decimal, low_text: str, high_text: str) -> Decimal:
    """2∼3만 is 20,000 to 30,000, but 5천∼1만 is 5,000 to 10,000."""
    scale = last_scale(high_text)
    if last_scale(low_text) == 1 and scale > 1 and low < read_mixed(high_text) / scale:
        return low * scale
    return low


def _with_unit(match: re.Match[str], figure: Figure, unit: Unit | None, number_end: int) -> Found:
    if unit is None:
        return Found(replace(figure, weak=figure.value == 1 and figure.upper is None), number_end)
    if unit.name == "tenth":
        tenths = replace(figure, value=figure.value * 10, unit="percent", rendered_unit=True)
        return Found(tenths, match.end())
    if match["num_half"] or match["native_half"]:
        return _and_a_half(match, figure, unit)
    weak = figure.value == 1 and figure.upper is None and unit.kind != "share"
    figure = replace(figure, unit=unit.name, weak=weak)
    if unit.kind == "multiple":
        figure = replace(figure, kind="multiple")
    if not unit.rendered or _COMPOUND.match(match.string, match.end()):
        return Found(figure, number_end)
    figure = replace(figure, rendered_unit=True)
    if unit.kind in ("money", "share") and _RANGE_OF.match(match.string, match.end()):
        return Found(replace(figure, range_of=True), match.end() + 1)
    return Found(figure, match.end())


def _of_what(match: re.Match[str], figure: Figure, number_end: int) -> Found:
    """10대 과제 and 22대 국회 are rendered with their 대, an age or a count without."""
    sense = sense_at(match.string, match.span(), figure.value)
    weak = figure.value == 1 and figure.upper is None
    figure = replace(figure, sense=sense, weak=weak)
    if figure.sense in ("list", "office"):
        return Found(replace(figure, rendered_unit=True), match.end())
    return Found(figure, number_end)


def _and_a_half(match: re.Match[str], figure: Figure, unit: Unit) -> Found:
    """3년 반, 두 배 반: the half is part of the figure, so its unit must be rendered."""
    value = figure.value + Decimal("0.5")
    return Found(replace(figure, value=value, unit=unit.name, rendered_unit=True), match.end())


def _term(match: re.Match[str]) -> Found:
    """징역 10월 are ten months."""
    return Found(Figure(Decimal(match["term"]), "month", rendered_unit=True), match.end())


def _slashed(match: re.Match[str]) -> Found | None:
    above, below = Decimal(match["above"]), Decimal(match["below"])
    if above >= below:  # 24/7, 9/11 is no fraction either but is read the same in English
        return None
    return Found(Figure(above, denominator=below, kind="fraction"), match.end())


def _batting(match: re.Match[str]) -> Found:
    """2할6푼8리 is 26.8 percent."""
    tenths = [match["tenths"], match["hundredths"], match["thousandths"] or "0"]
    value = Decimal(f"{tenths[0]}{tenths[1]}.{tenths[2]}")
    return Found(Figure(value, "percent", rendered_unit=True), match.end())


def _decimals(match: re.Match[str]) -> Found:
    """42초 08 and 46초08 are 42.08 and 46.08 seconds."""
    value = Decimal(f"{match['whole']}.{match['decimals']}")
    unit = korean_units()[match["split_unit"].strip()]
    return Found(Figure(value, unit.name, rendered_unit=True), match.end())


def _spelled(match: re.Match[str]) -> Found | None:
    """Native and Sino-Korean numerals with their unit: 두 배, 열다섯 명, 천 원."""
    if match["alone"]:
        return Found(Figure(read_native(match["alone"])[0], words=True), match.end())
    if match["native"]:
        value, upper = read_native(match["native"])
        name, end = match["native_unit"], match.end("native")
    else:
        value, upper = read_mixed(match["sino"]), None
        name, end = match["sino_unit"], match.end("sino_yeo" if match["sino_yeo"] else "sino")
    if value == 1 and upper is None and not match["native_half"]:
        return None  # "한 번", "일 년": English has an article for it
    if name == "번째":
        return Found(Figure(value, "ordinal", kind="order", words=True), match.end())
    persons = name == "분" and match["native"]  # 두 분 are two people, 2분 two minutes
    unit = korean_units().get("명" if persons else name)
    approx = "여" if match["sino_yeo"] else None
    return _with_unit(match, Figure(value, upper=upper, words=True, approx=approx), unit, end)


def _fraction(match: re.Match[str]) -> Found:
    figure = Figure(
        read_mixed(match["numer"]), denominator=read_mixed(match["den"]), kind="fraction"
    )
    return Found(figure, match.end())


def _rough(match: re.Match[str]) -> Found:
    value = Decimal(1)
    for char in match["rough"]:
        value *= _ROUGH.get(char, 1)
    unit = korean_units().get(match["rough_unit"] or "")
    figure = Figure(value, kind="rough", unit=unit.name if unit else None)
    if unit and unit.rendered:
        return Found(replace(figure, rendered_unit=True), match.end())
    return Found(figure, match.end("rough"))


def _score(match: re.Match[str]) -> Found:
    """3-2, 3대 2."""
    left, right = Decimal(match["left"]), Decimal(match["right"])
    return Found(Figure(left, upper=right, kind="score"), match.end())


def _days(match: re.Match[str]) -> Found:
    """사흘."""
    days = Figure(Decimal(_DAYS[match["days"]]), "day", rendered_unit=True)
    return Found(days, match.end())


def _half(match: re.Match[str]) -> Found:
    """절반, 반년, 반세기."""
    if match["half"] == "반세기":
        return Found(Figure(Decimal(50), "year", rendered_unit=True), match.end())
    unit = "year" if match["half"] == "반년" else None
    half = Figure(Decimal(1), unit, denominator=Decimal(2), kind="fraction")
    return Found(half, match.end())


def _ratio(match: re.Match[str]) -> Found:
    """열에 아홉, 셋 중 둘."""
    some, of = ("nine_of", "열") if match["nine"] else ("some", match["of"])
    whole = Decimal(100) if of == "백" else Decimal(NATIVE_ONES.get(of, 10))
    ratio = Figure(read_native(match[some])[0], denominator=whole, kind="fraction", words=True)
    return Found(ratio, match.end())


# The group that a kind of match always has, and who reads it; exactly one is there.
_READERS: tuple[tuple[str, Callable[[re.Match[str]], Found | None]], ...] = (
    ("num", _numeric),
    ("den", _fraction),
    ("native", _spelled),
    ("sino", _spelled),
    ("alone", _spelled),
    ("rough", _rough),
    ("half", _half),
    ("days", _days),
    ("nine", _ratio),
    ("of", _ratio),
    ("left", _score),
    ("above", _slashed),
    ("batting", _batting),
    ("whole", _decimals),
    ("term", _term),
)
