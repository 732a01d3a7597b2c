"""The record of an English figure. A leaf: it reads and compares nothing."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class EnglishFigure:
    """A number of an English text. ``text == source[start:end]``.

    ``value`` is in ``unit`` (canonical, None if none stands beside it); ``also`` are other
    values it may be read as ("third" is 3 or 1/3). ``rough`` ones name a magnitude
    ("dozens": 10). ``spelled`` ones are words ("three", "half"), ``weak`` ones words that are
    often no figure ("one", "first"). ``scale`` is what "million" multiplied by. ``decade`` ones
    are ages or years by tens ("the 30s", "teens").
    """

    start: int
    end: int
    text: str
    value: Decimal
    unit: str | None = None
    also: tuple[Decimal, ...] = ()
    rough: bool = False
    ordinal: bool = False
    weak: bool = False
    spelled: bool = False
    scale: int = 1
    decade: bool = False
