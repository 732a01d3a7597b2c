"""Figures that English states more often than the Korean does.

"협력업체 3000곳" → "3,000 suppliers and 3,000 providers": each copy has a source, so none is
invented, yet something was said twice. Of 4,265 human pairs of policy.jsonl, one does this
("the 30th … (COP30)").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from models.anchors.english_figures import EnglishFigure, read_english_figures
from models.anchors.figure import Figure
from models.documents import Anchor

_SMALLEST = 10
"""Smaller numbers recur by chance: "two … two-day"."""


def repeated_figures(anchors: Sequence[Anchor], en: str) -> tuple[EnglishFigure, ...]:
    """The copies in ``en`` of a figure that ``anchors``, a Korean text's, hold just once."""
    stated = Counter(
        part.value
        for anchor in anchors
        if isinstance(anchor.value, Figure)
        for part in anchor.value.parts
    )
    seen: set[object] = set()
    copies: list[EnglishFigure] = []
    for found in read_english_figures(en):
        if found.value is None or found.value < _SMALLEST or stated[found.value] != 1:
            continue
        if found.value in seen:
            copies.append(found)
        seen.add(found.value)
    return tuple(copies)
