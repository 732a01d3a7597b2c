"""Renders a figure in English: what stands in its place in a code-switched source.

What it writes, ``read_english_figures`` reads back to the same number.
"""

from __future__ import annotations

from decimal import Decimal

from models.anchors.figure import Figure
from models.anchors.number_words import fraction, ordinal, spell
from models.anchors.units import Unit, unit_named

_ROUGH_ONES = {1: "dozens", 2: "hundreds", 3: "thousands"}
_RANKED = 30
"""So many and more are not each of them major: they are the first of a ranking."""
_HALVED = ("time", "multiple")
_ROUGH_SCALES = {4: "tens of thousands", 5: "hundreds of thousands"}


def render(figure: Figure) -> str:
    """English of ``figure``: number, and the unit where it is rendered with it."""
    unit = unit_named(figure.unit) if figure.unit else None
    if figure.sense:
        return _in_sense(figure)
    if figure.kind in ("fraction", "rough"):
        return _fraction(figure) if figure.kind == "fraction" else _rough(figure, unit)
    if figure.kind == "order" and figure.words:
        return ordinal(int(figure.value))
    if (
        figure.rendered_unit
        and figure.value % 1 == Decimal("0.5")
        and unit
        and unit.kind in _HALVED
    ):
        return _and_a_half(figure, unit)
    if figure.kind == "score" and figure.upper is not None:
        return f"{figure.value}-{figure.upper}"
    return _amount(figure, unit)


def _in_sense(figure: Figure) -> str:
    """10대 과제 → "10 major", 500대 기업 → "top 500", 20대 여성 → "20s", 22대 국회 → "22nd"."""
    if figure.sense == "office":
        return " to ".join(ordinal(int(end.value)) for end in figure.parts)
    if figure.sense == "age":
        ends = figure.parts
        return " to ".join("teens" if end.value == 10 else f"{end.value:f}s" for end in ends)
    if figure.value >= _RANKED:
        return f"top {_numbers(figure, words=False)}"
    return f"{_numbers(figure, words=True)} major"


def _and_a_half(figure: Figure, unit: Unit) -> str:
    """ "three and a half years", "two and a half times"."""
    whole = figure.value - Decimal("0.5")
    noun = unit.many or {"times": "times", "person": "people"}.get(unit.name, "")
    return f"{spell(whole, words=True)} and a half {noun}".strip()


def _fraction(figure: Figure) -> str:
    if figure.denominator is None:
        return spell(figure.value)
    if figure.words:
        return f"{spell(figure.value, words=True)} in {spell(figure.denominator, words=True)}"
    if figure.unit:
        return f"half a {figure.unit}"
    return fraction(figure.value, figure.denominator)


def _amount(figure: Figure, unit: Unit | None) -> str:
    if figure.plain and figure.upper is None:
        return f"{figure.value:f}"
    some = "some " if figure.approx == "여" else ""
    if unit is None or not figure.rendered_unit:
        return some + _numbers(figure, _wants_words(figure, unit))
    if unit.symbol and not figure.range_of:
        return some + _with_symbol(figure, unit)
    if figure.range_of:
        return f"the {_numbers(figure, False).replace(' ', '-')}-{unit.one} range"
    last = figure.value if figure.upper is None else figure.upper
    words = _wants_words(figure, unit)
    return f"{some}{_numbers(figure, words)} {unit.one if 0 < abs(last) <= 1 else unit.many}"


def _wants_words(figure: Figure, unit: Unit | None) -> bool:
    """Newspapers spell out small counts and durations, not shares, money or measures."""
    if unit is None or unit.name in ("age", "degree", "rank", "ordinal"):
        return figure.words
    return unit.kind == "time" or figure.words or unit.name in ("person", "place", "case")


def _numbers(figure: Figure, words: bool) -> str:
    if figure.upper is None:
        return spell(figure.value, words)
    return f"{spell(figure.value, words)} to {spell(figure.upper, words)}"


def _with_symbol(figure: Figure, unit: Unit) -> str:
    low = f"{'-' if figure.value < 0 else ''}{unit.symbol}{spell(abs(figure.value))}"
    return low if figure.upper is None else f"{low} to {unit.symbol}{spell(figure.upper)}"


def _rough(figure: Figure, unit: Unit | None) -> str:
    magnitude = rough_words(figure.value)
    return f"{magnitude} of {unit.many}" if unit and figure.rendered_unit else magnitude


def rough_words(value: Decimal) -> str:
    """수십 → "dozens", 수만 → "tens of thousands", 수십억 → "billions" (10 억 is a billion)."""
    exponent = value.adjusted()
    if exponent in _ROUGH_ONES:
        return _ROUGH_ONES[exponent]
    if exponent in _ROUGH_SCALES:
        return _ROUGH_SCALES[exponent]
    name = ("millions", "billions", "trillions", "quadrillions")[min(3, exponent // 3 - 2)]
    return ("", "tens of ", "hundreds of ")[exponent % 3] + name
