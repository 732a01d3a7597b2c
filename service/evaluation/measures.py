"""What an evaluation gives: named numbers; and how counts become shares."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

Measures = dict[str, float]
"""Name → value: scores 0 to 100 or 0 to 1 as the field has them, shares in per cent, counts."""

Counts = Counter[str]

Advance = Callable[[int], None]
"""Told how many items are done since it was told last."""


def share(part: float, whole: float) -> float:
    """Per cent, to two places; 0 of nothing."""
    return round(100 * part / whole, 2) if whole else 0.0
