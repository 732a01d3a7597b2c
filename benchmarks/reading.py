"""How well reading finds the body: ``python -m benchmarks.reading PAGES.jsonl``.

Each line of PAGES.jsonl is ``{"id", "raw", "title", "date", "body": [sentence, …]}``. Prints a
table with each page's sentence precision and recall, whether title and date were found, and
the total; the last line is one JSON object. Exits 1 below the floors.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.documents import Article
from models.errors import InputError
from models.reading import Page, read_page

FLOOR_TOTAL = 0.98
FLOOR_PAGE = 0.9


@dataclass(frozen=True, slots=True)
class PageScore:
    """Sentences of one page: right, found and wanted; title and date right or not asked for."""

    id: str
    right: int
    found: int
    wanted: int
    title_right: bool
    date_right: bool
    lost: tuple[str, ...]
    extra: tuple[str, ...]

    @property
    def precision(self) -> float:
        """Share of the sentences found that belong to the body."""
        return self.right / self.found if self.found else float(self.wanted == 0)

    @property
    def recall(self) -> float:
        """Share of the body's sentences that were found."""
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def worst(self) -> float:
        """The lower of precision and recall."""
        return min(self.precision, self.recall)


@dataclass(frozen=True, slots=True)
class Scores:
    """All pages; precision and recall are over all sentences."""

    pages: tuple[PageScore, ...]

    @property
    def precision(self) -> float:
        """Over all sentences of all pages."""
        return sum(page.right for page in self.pages) / max(1, sum(p.found for p in self.pages))

    @property
    def recall(self) -> float:
        """Over all sentences of all pages."""
        return sum(page.right for page in self.pages) / max(1, sum(p.wanted for p in self.pages))

    @property
    def worst(self) -> float:
        """The lowest precision or recall of any page."""
        return min((page.worst for page in self.pages), default=0.0)

    @property
    def passed(self) -> bool:
        """Whether every floor holds."""
        return min(self.precision, self.recall) >= FLOOR_TOTAL and self.worst >= FLOOR_PAGE


def score_page(record: dict[str, Any]) -> PageScore:
    """Read ``record["raw"]`` and compare its sentences, spaces aside, with ``record["body"]``."""
    article = _read(record["raw"])
    found = Counter(map(_key, (s.text for s in article.sentences)))
    wanted = Counter(map(_key, record["body"]))
    right = found & wanted
    date = article.published_at.date().isoformat() if article.published_at else ""
    return PageScore(
        id=record["id"],
        right=right.total(),
        found=found.total(),
        wanted=wanted.total(),
        title_right=_key(article.title or "") == _key(record.get("title") or ""),
        date_right=date == (record.get("date") or ""),
        lost=tuple((wanted - right).elements()),
        extra=tuple((found - right).elements()),
    )


def _read(raw: str) -> Article:
    try:
        return read_page(Page(raw))
    except InputError as error:
        return Article(text="", sentences=(), warnings=(str(error),))


def _key(text: str) -> str:
    return " ".join(text.split())


def read_records(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a JSONL file."""
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def score_file(path: Path) -> Scores:
    """Score every page of ``path``."""
    return Scores(tuple(score_page(record) for record in read_records(path)))


def print_table(scores: Scores, show_errors: bool) -> None:
    """One row a page, then the total, then the JSON object."""
    print(
        f"{'page':<24}{'wanted':>7}{'found':>7}{'right':>7}"
        f"{'precision':>11}{'recall':>8}  title date"
    )
    for page in scores.pages:
        row = f"{page.id:<24}{page.wanted:>7}{page.found:>7}{page.right:>7}"
        marks = f"{'ok' if page.title_right else '-':<6}{'ok' if page.date_right else '-'}"
        print(f"{row}{page.precision:>11.3f}{page.recall:>8.3f}  {marks}")
        for text in page.lost if show_errors else ():
            print(f"    lost  {text}")
        for text in page.extra if show_errors else ():
            print(f"    extra {text}")
    print(json.dumps(_summary(scores)))


def _summary(scores: Scores) -> dict[str, float | int | bool]:
    return {
        "pages": len(scores.pages),
        "sentences": sum(page.wanted for page in scores.pages),
        "precision": round(scores.precision, 4),
        "recall": round(scores.recall, 4),
        "worst_page": round(scores.worst, 4),
        "titles_right": sum(page.title_right for page in scores.pages),
        "dates_right": sum(page.date_right for page in scores.pages),
        "passed": scores.passed,
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="benchmarks.reading", description=__doc__)
    parser.add_argument("pages", type=Path)
    parser.add_argument("--errors", action="store_true", help="print the sentences lost and added")
    options = parser.parse_args(arguments)
    scores = score_file(options.pages)
    print_table(scores, options.errors)
    return 0 if scores.passed else 1


if __name__ == "__main__":
    sys.exit(main())
