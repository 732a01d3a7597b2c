"""A brief in Markdown: what comes from articles is text, never markup."""

from __future__ import annotations

import re
from collections.abc import Iterator

from service.batch.csv_output import flag_line
from service.batch.rows import Row
from service.batch.tally import Counts
from service.faults import one_line
from service.views import DigestView, ProposalView

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~&$])")
_BEGINS_BLOCK = re.compile(r"^([-+=]|\d+(?=[.)]))")
_LINK = re.compile(r"(://|\bwww\.|@)", re.IGNORECASE)


def escape(text: object) -> str:
    """``text`` in one line, as Markdown that shows exactly it."""
    line = _MARKUP.sub(r"\\\1", one_line(text))
    line = _LINK.sub(lambda match: f"{match[0][:-1]}\\{match[0][-1]}", line)
    return _BEGINS_BLOCK.sub(lambda match: _spared(match[0]), line)


def head(title: str) -> str:
    """The title."""
    return f"# {escape(title)}\n\n"


def link(name: str, file: str, counts: Counts) -> str:
    """A line that leads to another page."""
    # In angle brackets a name may have spaces and parentheses.
    target = file.replace("\\", "\\\\").replace("<", "\\<").replace(">", "\\>")
    return f"- [{escape(name)}](<{target}>): {counts.in_words()}\n"


def foot(counts: Counts) -> str:
    """What the page holds."""
    return f"\n---\n\n{counts.in_words()}\n"


def article(row: Row) -> str:
    """A heading, and a table with Korean and English side by side."""
    return "\n".join(_error(row) if row.digest is None else _digest(row, row.digest)) + "\n\n"


def _error(row: Row) -> Iterator[str]:
    yield f"## {escape(row.id)}"
    yield ""
    if row.error:
        yield f"**Error {escape(row.error.code)}**: {escape(row.error.detail)}"


def _digest(row: Row, digest: DigestView) -> Iterator[str]:
    title = digest.article.title
    yield f"## {escape(title.ko) if title else escape(row.id)}"
    yield ""
    if title and title.en:
        yield f"**{escape(title.en)}**"
        yield ""
    yield " · ".join(_facts(row, digest))
    yield ""
    if digest.proposals:
        yield "| | 한국어 | English |"
        yield "|---|---|---|"
    for number, proposal in enumerate(digest.proposals, start=1):
        yield from _proposal(number, proposal)
    for warning in digest.warnings:
        yield ""
        yield f"Warning: {escape(warning)}"


def _facts(row: Row, digest: DigestView) -> Iterator[str]:
    published = digest.article.published_at
    if published:
        yield published.isoformat(" ", "minutes")
    if digest.article.byline:
        yield escape(digest.article.byline)
    yield f"id {escape(row.id)}"


def _proposal(number: int, proposal: ProposalView) -> Iterator[str]:
    label = f"{number}" if proposal.kind == "proposal" else f"{number}, key point"
    yield f"| **{label}** | {escape(proposal.ko)} | {escape(proposal.en)} |"
    if proposal.speaker:
        yield f"| speaker | {escape(proposal.speaker.ko)} | {escape(proposal.speaker.en)} |"
    for evidence in proposal.evidence:
        place = f"characters {evidence.start} to {evidence.end}"
        yield f"| evidence | {escape(evidence.text)} | {place} |"
    if proposal.method == "extractive":
        yield "| method | | extractive: shortened evidence, by rule |"
    for flag in proposal.flags:
        yield f"| flag | | {escape(flag_line(flag))} |"


def _spared(beginning: str) -> str:
    return f"{beginning}\\" if beginning.isdigit() else f"\\{beginning}"
