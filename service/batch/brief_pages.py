"""What a brief says, apart from how it is marked up.

Text of an article goes through ``plain`` first: one line, without the control and direction
characters that could make it look like something else. Must not know of files.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta, timezone
from typing import Final, Protocol

from service.batch.rows import Row
from service.faults import one_line
from service.views import DigestView

KOREA: Final = timezone(timedelta(hours=9))
UNDATED: Final = "undated"
_HIDDEN: Final = dict.fromkeys(
    [
        *range(0x20),
        *range(0x7F, 0xA0),
        *range(0x200E, 0x2010),  # direction marks
        *range(0x202A, 0x202F),  # direction embeddings and overrides
        *range(0x2066, 0x206A),  # direction isolates
        0xFEFF,
    ]
)


class Markup(Protocol):
    """A page in one notation; every method gives a piece that ends its own lines."""

    def head(self, title: str) -> str:
        """What stands before the first article."""
        ...

    def article(self, row: Row) -> str:
        """One article with its proposals, or its error."""
        ...

    def link(self, name: str, file: str, counts: Counts) -> str:
        """A line that leads to another page and says what it holds."""
        ...

    def foot(self, counts: Counts) -> str:
        """What stands after the last article."""
        ...


@dataclass(slots=True)
class Counts:
    """What a page holds; ``checkpoints`` are those behind its digests."""

    articles: int = 0
    failed: int = 0
    proposals: int = 0
    flags: Counter[str] = field(default_factory=Counter)
    checkpoints: set[str] = field(default_factory=set)

    def add(self, row: Row) -> None:
        """Count one row."""
        self.articles += 1
        if row.digest is None:
            self.failed += 1
            return
        self.proposals += len(row.digest.proposals)
        self.flags.update(
            flag.severity for proposal in row.digest.proposals for flag in proposal.flags
        )
        for model in (row.digest.models.summarizer, row.digest.models.translator):
            self.checkpoints.add(f"{model.id} @ {model.revision}")

    def sentence(self) -> str:
        """``40 articles, 163 proposals, 12 flags (2 error, 10 warning), 1 failed.``"""
        kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(self.flags.items()))
        flags = _counted(self.flags.total(), "flag") + (f" ({kinds})" if kinds else "")
        articles, proposals = (
            _counted(self.articles, "article"),
            _counted(self.proposals, "proposal"),
        )
        return f"{articles}, {proposals}, {flags}, {self.failed} failed."


def render_brief(rows: Iterable[Row], markup: Markup, title: str) -> Iterator[str]:
    """A whole page, piece by piece: memory holds one article at a time."""
    counts = Counts()
    yield markup.head(title)
    for row in rows:
        counts.add(row)
        yield markup.article(row)
    yield markup.foot(counts)


def day_of(row: Row) -> str:
    """The day an article appeared on in Korea, ``YYYY-MM-DD``; ``undated`` if it names none."""
    published = row.digest.article.published_at if row.digest else None
    return published.astimezone(KOREA).date().isoformat() if published else UNDATED


def titles(digest: DigestView) -> tuple[str, str]:
    """The English and the Korean title; both may be empty."""
    title = digest.article.title
    return (plain(title.en), plain(title.ko)) if title else ("", "")


def facts(row: Row) -> str:
    """Day, byline and id on one line."""
    byline = row.digest.article.byline if row.digest else None
    dated = day_of(row)
    parts = ("" if dated == UNDATED else dated, plain(byline or ""), plain(str(row.id)))
    return " · ".join(part for part in parts if part)


def plain(text: str) -> str:
    """``text`` on one line, without characters that can't be seen but act."""
    return one_line(text).translate(_HIDDEN)


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
