"""Rows to CSV: a line per proposal, and one for an article that has none."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO, Final

from service.batch.rows import Row
from service.views import BilingualView, DigestView, EvidenceView, FlagView, ProposalView

ARTICLE_COLUMNS: Final = (
    "id",
    "digest_id",
    "error_code",
    "error_detail",
    "title_ko",
    "title_en",
    "published_at",
    "byline",
    "profile",
    "warnings",
)
PROPOSAL_COLUMNS: Final = (
    "number",
    "kind",
    "ko",
    "en",
    "speaker_ko",
    "speaker_en",
    "evidence",
    "evidence_places",
    "method",
    "flags",
)
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""

Cell = str | int | None


def write_csv(rows: Iterable[Row], file: BinaryIO) -> None:
    """UTF-8, a header, CRLF as RFC 4180 has it; no cell is a formula."""
    text = io.TextIOWrapper(file, "utf-8", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow(ARTICLE_COLUMNS + PROPOSAL_COLUMNS)
    for row in rows:
        writer.writerows([_guarded(cell) for cell in line] for line in _lines(row))
    text.detach()


def _lines(row: Row) -> Iterator[list[Cell]]:
    article = _article_cells(row)
    proposals = row.digest.proposals if row.digest else []
    for number, proposal in enumerate(proposals, start=1):
        yield [*article, *_proposal_cells(number, proposal)]
    if not proposals:
        yield [*article, *[None] * len(PROPOSAL_COLUMNS)]


def _article_cells(row: Row) -> list[Cell]:
    error = row.error
    cells: list[Cell] = [
        row.id,
        row.digest_id,
        error.code if error else None,
        error.detail if error else None,
    ]
    return cells + (_digest_cells(row.digest) if row.digest else [None] * 6)


def _digest_cells(digest: DigestView) -> list[Cell]:
    article = digest.article
    return [
        *_both(article.title),
        article.published_at.isoformat() if article.published_at else None,
        article.byline,
        digest.profile,
        "\n".join(digest.warnings),
    ]


def _proposal_cells(number: int, proposal: ProposalView) -> list[Cell]:
    return [
        number,
        proposal.kind,
        proposal.ko,
        proposal.en,
        *_both(proposal.speaker),
        "\n".join(evidence.text for evidence in proposal.evidence),
        _places(proposal.evidence),
        proposal.method,
        "\n".join(map(flag_line, proposal.flags)),
    ]


def flag_line(flag: FlagView) -> str:
    """A flag in one line: ``error missing_figure: 3만 is not in the English``."""
    return f"{flag.severity} {flag.check}: {flag.detail}"


def _places(evidence: Sequence[EvidenceView]) -> str:
    return " ".join(f"{piece.start}-{piece.end}" for piece in evidence)


def _both(pair: BilingualView | None) -> tuple[str | None, str | None]:
    return (pair.ko, pair.en) if pair else (None, None)


def _guarded(cell: Cell) -> Cell:
    """An apostrophe before what a spreadsheet would compute."""
    if isinstance(cell, str) and cell.startswith(FORMULA_STARTS):
        return f"'{cell}"
    return cell
