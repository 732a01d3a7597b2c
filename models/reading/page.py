"""What goes into reading: the page and the limits it must keep to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PageFormat = Literal["auto", "text", "html"]


@dataclass(frozen=True, slots=True)
class Page:
    """A news page as it was pasted or fetched: plain text or HTML, clutter and all.

    ``format="auto"`` tells the two apart by the tags in ``content``.
    """

    content: str
    format: PageFormat = "auto"


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """Bounds on what is read.

    ``max_characters`` bounds the page as given (code points, tags included).
    ``min_hangul_share`` is the least share of Hangul among the letters of the visible text:
    Korean news with much Latin in it stays above 0.5, a foreign page with a Korean menu
    below 0.1.
    """

    max_characters: int = 200_000
    min_hangul_share: float = 0.2
