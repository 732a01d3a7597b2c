"""Briefs on disk: one page for the run, or one a day and a page that links them.

Must not know what is on a page; see brief_pages.py and the two notations.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final, Literal

from service.batch.brief_html import HtmlMarkup
from service.batch.brief_markdown import MarkdownMarkup
from service.batch.brief_pages import Counts, Markup, day_of, render_brief
from service.batch.durable import replacing, sync_folder
from service.batch.rows import Row

BriefBy = Literal["run", "day"]
TITLE: Final = "Yoji brief"


def write_briefs(out: Path, rows: Iterable[Row], by: BriefBy) -> None:
    """``out`` with everything, or with links to ``NAME-YYYY-MM-DD`` beside it."""
    markup: Markup = HtmlMarkup() if out.suffix.lower() == ".html" else MarkdownMarkup()
    if by == "day":
        _write_days(out, rows, markup)
        return
    with replacing(out) as file:
        file.writelines(piece.encode() for piece in render_brief(rows, markup, TITLE))


def _write_days(out: Path, rows: Iterable[Row], markup: Markup) -> None:
    """Days may be many and mixed: each page is opened for each of its articles only."""
    total = Counts()
    days: dict[str, Counts] = {}
    for row in rows:
        day = day_of(row)
        if day not in days:
            days[day] = Counts()
            _unfinished(out, day).write_text(markup.head(f"{TITLE} · {day}"), encoding="utf-8")
        for counts in (days[day], total):
            counts.add(row)
        with _unfinished(out, day).open("a", encoding="utf-8") as page:
            page.write(markup.article(row))
    for day, counts in days.items():
        _finish(out, day, markup.foot(counts))
    sync_folder(out.parent)
    with replacing(out) as file:
        file.write(markup.head(TITLE).encode())
        for day in sorted(days):
            file.write(markup.link(day, _page(out, day).name, days[day]).encode())
        file.write(markup.foot(total).encode())


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
