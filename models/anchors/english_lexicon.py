"""English words that are worth a number, as data: half, twice, both, dozens, a decade."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple


class Meaning(NamedTuple):
    """What a word is worth; ``also`` are its other readings, ``weak`` that it is often idle."""

    value: Decimal
    unit: str | None = None
    also: tuple[Decimal, ...] = ()
    weak: bool = False


_STRONG: tuple[tuple[str, str | None, str], ...] = (
    # worth, unit, words
    ("0.5", None, "half halves halved halve halving"),
    ("2", None, "twice"),
    ("2", "times", "double doubled doubling twofold"),
    ("3", "times", "triple triples tripled tripling threefold thrice treble trebled"),
    ("4", "times", "quadruple quadrupled quadruples quadrupling fourfold"),
    ("5", "times", "quintuple quintupled"),
    ("10", "times", "tenfold"),
    ("100", "times", "hundredfold"),
    ("20", None, "twenties"),
    ("30", None, "thirties"),
    ("40", None, "forties"),
    ("50", None, "fifties"),
    ("60", None, "sixties"),
    ("70", None, "seventies"),
    ("80", None, "eighties"),
    ("90", None, "nineties"),
)
_WEAK: tuple[tuple[str, str | None, str], ...] = (
    ("0", None, "no none nothing nil never without"),
    ("0.5", None, "evenly equally"),
    ("1", None, "once single sole solo singles primary"),
    ("2", None, "both pair couple either dual secondary bilateral again runner biweekly biennial"),
    ("2", "times", "doubles"),
    ("3", None, "trio trilateral tertiary triathlon"),
    ("4", None, "quartet semifinal semifinals"),
    ("5", None, "quintet quintile pentathlon"),
    ("6", None, "sextet"),
    ("8", None, "quarterfinal quarterfinals"),
    ("10", None, "decile teens teen teenage teenager teenagers"),
    ("10", "year", "decade"),
    ("12", None, "dozen"),
    ("24", "hour", "clock"),  # around the clock
    ("100", "year", "century"),
    ("100", None, "percentile"),
    ("100", "percent", "wholly full fully whole entire entirely complete completely totally"),
)


def _lexicon() -> Iterator[tuple[str, Meaning]]:
    for rows, weak in ((_STRONG, False), (_WEAK, True)):
        for worth, unit, words in rows:
            for word in words.split():
                yield word, Meaning(Decimal(worth), unit, weak=weak)


LEXICON: dict[str, Meaning] = {
    **dict(_lexicon()),
    "quarter": Meaning(Decimal("0.25"), also=(Decimal(1),), weak=True),
    "fortnight": Meaning(Decimal(14), "day", (Decimal(15), Decimal(2)), weak=True),
    "neither": Meaning(Decimal(2), also=(Decimal(0),), weak=True),
}
DECADES = frozenset({
    "teens", "teen", "teenage", "teenager", "teenagers", "twenties", "thirties", "forties",
    "fifties", "sixties", "seventies", "eighties", "nineties",
})  # fmt: skip
DOUBLINGS = frozenset({"double", "doubles", "doubled", "doubling"})
# What makes of "double" another verb or a kind of thing.
AFTER_DOUBLE = frozenset({
    "back", "up", "down", "over", "check", "checks", "checked", "checking", "crop", "cropping",
    "deck", "decker", "track", "tracking", "jeopardy", "taxation", "standard", "standards", "bed",
    "room", "occupancy", "agent", "glazing", "helix",
})  # fmt: skip
ROMAN = {
    "II": 2, "III": 3, "IV": 4, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "XI": 11, "XII": 12,
    "XIV": 14, "XVI": 16, "XX": 20, "XXI": 21,
}  # fmt: skip
FEW = ("few", "several", "couple")
ROUGH = {
    "tens": Decimal(10), "dozens": Decimal(10), "scores": Decimal(10), "hundreds": Decimal(100),
    "thousands": Decimal(1000), "millions": Decimal(10**6), "billions": Decimal(10**9),
    "trillions": Decimal(10**12), "quadrillions": Decimal(10**15), "decades": Decimal(10),
    "centuries": Decimal(100),
}  # fmt: skip
# Spelled numbers that are often something else: "the second", "one", "the two sides".
WEAK_WORDS = ("second", "seconds", "first", "one", "two")
