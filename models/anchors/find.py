"""All anchors of a Korean text: what the finders of this room see, made disjoint.

Decides only who wins where two finders claim the same characters.
"""

from __future__ import annotations

from collections.abc import Iterable

from models.anchors.context import AnchorContext
from models.anchors.dates import find_dates
from models.anchors.figures import find_figures
from models.anchors.names import find_people
from models.anchors.provisions import find_provisions
from models.documents import Anchor, AnchorKind

# Of two anchors of the same length the first of this list wins: what a glossary says was meant
# by somebody, 13일 is likelier a day than thirteen days, and a person is read off a title.
_PRECEDENCE: dict[AnchorKind, int] = {
    "term": 0,
    "organization": 0,
    "date": 1,
    "person": 2,
    "place": 3,
    "figure": 4,
}


def find_anchors(text: str, context: AnchorContext | None = None) -> tuple[Anchor, ...]:
    """The anchors of ``text`` in order, never overlapping: longest match, then precedence.

    ``text[a.start:a.end] == a.text`` holds for each; particles stay outside.
    """
    context = context or AnchorContext()
    return keep_longest(
        (
            *context.terms.find(text, on=context.published_at),
            *find_dates(text, context.published_at),
            *find_people(text, context.roster),
            *find_figures(text),
            *find_provisions(text),
        )
    )


def keep_longest(anchors: Iterable[Anchor]) -> tuple[Anchor, ...]:
    """Drop every anchor that overlaps a longer one (or, equally long, a preferred one)."""
    kept: list[Anchor] = []
    for anchor in sorted(anchors, key=_rank):
        if all(anchor.end <= other.start or other.end <= anchor.start for other in kept):
            kept.append(anchor)
    return tuple(sorted(kept, key=lambda anchor: anchor.start))


def _rank(anchor: Anchor) -> tuple[int, int, int]:
    return anchor.start - anchor.end, _PRECEDENCE[anchor.kind], anchor.start
