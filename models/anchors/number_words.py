"""How English writes numbers: words for the small, scales for the large.

Knows nothing of Korean. ``spell`` is exact: what it writes, ``read_english_figures`` reads.
"""

from __future__ import annotations

from decimal import Decimal

ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)  # fmt: skip
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
ORDINALS = (
    "zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth",
    "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth",
    "sixteenth", "seventeenth", "eighteenth", "nineteenth",
)  # fmt: skip
SCALES = {
    "trillion": Decimal(10**12),
    "billion": Decimal(10**9),
    "million": Decimal(10**6),
}
# Above this many decimals ("1.23456 trillion") plain digits are easier to read and to copy.
_MAX_DECIMALS = 4


def spell(value: Decimal, words: bool = False) -> str:
    """``value`` in English: "three" (if ``words``), "30,000", "1.2 trillion". Exact."""
    if value < 0:
        return "-" + spell(-value)
    if words and value < 10 and value == value.to_integral_value():
        return ONES[int(value)]
    for name, scale in SCALES.items():
        if value >= scale:
            scaled = (value / scale).normalize()
            if _decimals(scaled) <= _MAX_DECIMALS:
                return f"{scaled:,f} {name}"
    return f"{value:,f}"


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def ordinal(value: int) -> str:
    """1 → "first", 20 → "20th": words below ten, as newspapers write them."""
    return ORDINALS[value] if value < 10 else numeric_ordinal(value)


def numeric_ordinal(value: int) -> str:
    """13 → "13th", 22 → "22nd"."""
    ending = "th" if value % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(value % 10)
    return f"{value}{ending or 'th'}"


def fraction(numerator: Decimal, denominator: Decimal) -> str:
    """ "one-third", "half", "1/7,500"."""
    if numerator == 1 and denominator == 2:
        return "half"
    if not (2 < denominator <= 10 and numerator < denominator) or numerator % 1 or denominator % 1:
        return f"{numerator:,f}/{denominator:,f}"
    name = "quarter" if denominator == 4 else ORDINALS[int(denominator)]
    return f"{ONES[int(numerator)]}-{name}{'' if numerator == 1 else 's'}"
