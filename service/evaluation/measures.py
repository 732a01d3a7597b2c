"""What an evaluation gives: named numbers; and how counts become shares."""

from __future__ import annotations

from collections import Counter

Measures = dict[str, float]
"""Name → value: scores 0 to 100 or 0 to 1 as the field has them, shares in per cent, counts."""

Counts = Counter[str]


def share(part: float, whole: float) -> float:
    """Per cent, to two places; 0 of nothing."""
    return round(100 * part / whole, 2) if whole else 0.0
