"""English words that are worth a number, as data: half, twice, both, dozens, a decade."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple


class Meaning(NamedTuple):
    """What a word is worth; ``also`` are its other readings."""

    value: Decimal
    unit: str | None = None
    also: tuple[Decimal, ...] = ()
    weak: bool = False


def _times(value: int, words: str) -> dict[str, Meaning]:
    return {word: Meaning(Decimal(value), "times") for word in words.split()}


_HALF = Decimal("0.5")
LEXICON: dict[str, Meaning] = {
    **{w: Meaning(_HALF) for w in "half halves halved halve halving".split()},
    **_times(2, "double doubled doubling twofold"),
    **_times(3, "triple triples tripled tripling threefold thrice treble trebled"),
    **_times(4, "quadruple quadrupled quadruples quadrupling fourfold"),
    **_times(5, "quintuple quintupled"),
    **_times(10, "tenfold"),
    **_times(100, "hundredfold"),
    "doubles": Meaning(Decimal(2), "times", weak=True),
    "twice": Meaning(Decimal(2)),
    "quarter": Meaning(Decimal("0.25"), also=(Decimal(1),), weak=True),
    "decade": Meaning(Decimal(10), "year", weak=True),
    "century": Meaning(Decimal(100), "year", weak=True),
    "fortnight": Meaning(Decimal(14), "day", (Decimal(15), Decimal(2)), weak=True),
    "biweekly": Meaning(Decimal(2), weak=True),
    "biennial": Meaning(Decimal(2), weak=True),
    "dozen": Meaning(Decimal(12), weak=True),
    "both": Meaning(Decimal(2), weak=True),
    "pair": Meaning(Decimal(2), weak=True),
    "couple": Meaning(Decimal(2), weak=True),
    "either": Meaning(Decimal(2), weak=True),
    "neither": Meaning(Decimal(2), also=(Decimal(0),), weak=True),
    "dual": Meaning(Decimal(2), weak=True),
    "secondary": Meaning(Decimal(2), weak=True),
    "bilateral": Meaning(Decimal(2), weak=True),
    "clock": Meaning(Decimal(24), "hour", weak=True),
    "evenly": Meaning(_HALF, weak=True),
    "equally": Meaning(_HALF, weak=True),
    "runner": Meaning(Decimal(2), weak=True),
    "semifinal": Meaning(Decimal(4), weak=True),
    "semifinals": Meaning(Decimal(4), weak=True),
    "quarterfinal": Meaning(Decimal(8), weak=True),
    "quarterfinals": Meaning(Decimal(8), weak=True),
    "quintet": Meaning(Decimal(5), weak=True),
    "sextet": Meaning(Decimal(6), weak=True),
    "triathlon": Meaning(Decimal(3), weak=True),
    "pentathlon": Meaning(Decimal(5), weak=True),
    "quintile": Meaning(Decimal(5), weak=True),
    "decile": Meaning(Decimal(10), weak=True),
    "percentile": Meaning(Decimal(100), weak=True),
    "again": Meaning(Decimal(2), weak=True),
    "trio": Meaning(Decimal(3), weak=True),
    "trilateral": Meaning(Decimal(3), weak=True),
    "tertiary": Meaning(Decimal(3), weak=True),
    "quartet": Meaning(Decimal(4), weak=True),
    "teens": Meaning(Decimal(10), weak=True),
    "teen": Meaning(Decimal(10), weak=True),
    "teenage": Meaning(Decimal(10), weak=True),
    "teenager": Meaning(Decimal(10), weak=True),
    "teenagers": Meaning(Decimal(10), weak=True),
    **{
        word: Meaning(Decimal(10 * i), weak=False)
        for i, word in enumerate("twenties thirties forties fifties sixties seventies".split(), 2)
    },
    **{
        word: Meaning(Decimal(1), weak=True)
        for word in "once single sole solo singles primary".split()
    },
    **{
        word: Meaning(Decimal(0), weak=True) for word in "no none nothing nil never without".split()
    },
    **{
        word: Meaning(Decimal(100), "percent", weak=True)
        for word in "wholly full whole entire complete completely totally".split()
    },
    "fully": Meaning(Decimal(100), "percent", weak=True),
    "entirely": Meaning(Decimal(100), "percent", weak=True),
}
ROMAN = {"II": 2, "III": 3, "IV": 4, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "XI": 11, "XII": 12}
FEW = ("few", "several", "couple")
ROUGH = {
    "tens": Decimal(10), "dozens": Decimal(10), "scores": Decimal(10), "hundreds": Decimal(100),
    "thousands": Decimal(1000), "millions": Decimal(10**6), "billions": Decimal(10**9),
    "trillions": Decimal(10**12), "decades": Decimal(10), "centuries": Decimal(100),
}  # fmt: skip
WEAK_WORDS = {"second", "seconds", "first", "one", "two"}
