"""The record of a Korean figure. A leaf: it finds nothing, renders nothing, compares nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

FigureKind = Literal["amount", "rough", "fraction", "multiple", "order", "score"]
Sense = Literal["list", "age", "office"]


@dataclass(frozen=True, slots=True)
class Figure:
    """What a figure is worth.

    ``value`` is in units of ``unit`` (canonical, see units; None if it has none we know):
    3만5000명 is 35000 person. ``upper`` is the other end of a range or score. A fraction is
    ``value`` over ``denominator``. ``rough`` figures name only a magnitude (수십: 10).
    ``approx`` is the Korean word that bounds it (약, 여, 이상 …). A ``weak`` figure need not
    show in English ("1인당" is "per person"). ``range_of`` marks 대: "1,350-won range";
    ``plain`` a number written without separators that may be a year (2024회계연도).
    ``sense`` is what the 대 after it means: "10 major", "in their 20s", "the 22nd".
    """

    value: Decimal
    unit: str | None = None
    upper: Decimal | None = None
    denominator: Decimal | None = None
    kind: FigureKind = "amount"
    approx: str | None = None
    weak: bool = False
    range_of: bool = False
    rendered_unit: bool = False
    words: bool = False
    plain: bool = False
    sense: Sense | None = None

    @property
    def worth(self) -> Decimal:
        """The single number a comparison uses: a fraction's quotient, else ``value``."""
        return self.value / self.denominator if self.denominator else self.value

    @property
    def parts(self) -> tuple[Figure, ...]:
        """The two ends of a range or score as figures of their own; else itself."""
        if self.upper is None:
            return (self,)
        return (
            replace(self, upper=None),
            replace(self, value=self.upper, upper=None),
        )

    def marked(self, approx: str | None) -> Figure:
        """The same figure with the approximating word found beside it."""
        return replace(self, approx=approx) if approx else self
