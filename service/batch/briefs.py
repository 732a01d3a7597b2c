"""Rows to pages for reading: one for the run, or one a day with a page that links them.

Must not know what a page looks like; see brief_markdown.py and brief_html.py.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final, Literal, Protocol

from service.batch import brief_html, brief_markdown
from service.batch.durable import replacing, sync_folder
from service.batch.rows import Row
from service.batch.tally import Counts

BriefBy = Literal["run", "day"]
UNDATED: Final = "undated"
TITLE: Final = "Yoji brief"


class PageStyle(Protocol):
    """How a page is written, piece by piece; every piece ends its own line."""

    def head(self, title: str) -> str:
        """What comes first."""
        ...

    def article(self, row: Row) -> str:
        """One article with all its proposals, or why it has none."""
        ...

    def link(self, name: str, file: str, counts: Counts) -> str:
        """A line of the page that links the others."""
        ...

    def foot(self, counts: Counts) -> str:
        """What comes last."""
        ...


def write_briefs(out: Path, rows: Iterable[Row], by: BriefBy) -> None:
    """``out`` with everything, or with links to ``NAME-YYYY-MM-DD`` beside it."""
    style: PageStyle = brief_html if out.suffix.lower() == ".html" else brief_markdown
    if by == "day":
        _write_days(out, rows, style)
        return
    counts = Counts()
    with replacing(out) as file:
        file.write(style.head(TITLE).encode())
        for row in counts.over(rows):
            file.write(style.article(row).encode())
        file.write(style.foot(counts).encode())


def _write_days(out: Path, rows: Iterable[Row], style: PageStyle) -> None:
    total = Counts()
    days: dict[str, Counts] = {}
    for row in total.over(rows):
        day = day_of(row)
        if day not in days:
            days[day] = Counts()
            _unfinished(out, day).write_text(style.head(f"{TITLE}, {day}"), "utf-8")
        days[day].add(row)
        with _unfinished(out, day).open("a", encoding="utf-8") as page:
            page.write(style.article(row))
    for day, counts in days.items():
        _finish(out, day, style.foot(counts))
    sync_folder(out.parent)
    with replacing(out) as file:
        file.write(style.head(TITLE).encode())
        for day in sorted(days):
            file.write(style.link(day, _page(out, day).name, days[day]).encode())
        file.write(style.foot(total).encode())


def day_of(row: Row) -> str:
    """The day an article was published, where it was published."""
    published = row.digest.article.published_at if row.digest else None
    return published.date().isoformat() if published else UNDATED


def _page(out: Path, day: str) -> Path:
    return out.with_name(f"{out.stem}-{day}{out.suffix}")


def _unfinished(out: Path, day: str) -> Path:
    return out.with_name(f".{_page(out, day).name}.new")


def _finish(out: Path, day: str, foot: str) -> None:
    unfinished = _unfinished(out, day)
    with unfinished.open("a", encoding="utf-8") as page:
        page.write(foot)
        page.flush()
        os.fsync(page.fileno())
    unfinished.replace(_page(out, day))
