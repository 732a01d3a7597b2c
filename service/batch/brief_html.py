"""A brief in HTML: one file that fetches nothing and runs nothing."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Final
from urllib.parse import quote

from service.batch.csv_output import flag_line
from service.batch.rows import Row
from service.batch.tally import Counts
from service.views import BilingualView, DigestView, ProposalView

STYLE: Final = """\
body{font:16px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem}
article{border-top:1px solid #8886;padding:1rem 0}
h2{margin:0;font-size:1.2rem}.facts,.place,.by{color:#777;font-size:.85rem}
table{width:100%;border-collapse:collapse;margin-top:.7rem}
td{width:50%;vertical-align:top;padding:.35rem .7rem .35rem 0}
blockquote{margin:.2rem 0;padding-left:.7rem;border-left:3px solid #8886;font-size:.9rem}
.flag,.error{font-size:.85rem;color:#b00}.warning{color:#a60}.info{color:#777}
@media(prefers-color-scheme:dark){body{background:#161616;color:#ddd}}
"""


def head(title: str) -> str:
    """Everything before the first article."""
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{escape(title)}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n"
        f"<h1>{escape(title)}</h1>\n"
    )


def link(name: str, file: str, counts: Counts) -> str:
    """A line that leads to another page."""
    return f'<p><a href="{quote(file)}">{escape(name)}</a>: {counts.in_words()}</p>\n'


def foot(counts: Counts) -> str:
    """Everything after the last article."""
    return f'<footer class="facts">{counts.in_words()}</footer>\n</body>\n</html>\n'


def article(row: Row) -> str:
    """A heading, and a table with Korean and English side by side."""
    pieces = _error(row) if row.digest is None else _digest(row, row.digest)
    return "<article>\n" + "\n".join(pieces) + "\n</article>\n"


def _error(row: Row) -> Iterator[str]:
    yield f"<h2>{escape(str(row.id))}</h2>"
    if row.error:
        yield _line("error", f"{row.error.code}: {row.error.detail}")


def _digest(row: Row, digest: DigestView) -> Iterator[str]:
    title = digest.article.title or BilingualView(ko=str(row.id), en="")
    yield f'<h2 lang="ko">{escape(title.ko)}</h2>'
    if title.en:
        yield f"<p><strong>{escape(title.en)}</strong></p>"
    yield _line("facts", " · ".join(_facts(row, digest)))
    if digest.proposals:
        yield "<table>"
        for number, proposal in enumerate(digest.proposals, start=1):
            yield from _proposal(number, proposal)
        yield "</table>"
    for warning in digest.warnings:
        yield _line("flag warning", warning)


def _facts(row: Row, digest: DigestView) -> Iterator[str]:
    published = digest.article.published_at
    if published:
        yield published.isoformat(" ", "minutes")
    if digest.article.byline:
        yield digest.article.byline
    yield f"id {row.id}"


def _proposal(number: int, proposal: ProposalView) -> Iterator[str]:
    label = "" if proposal.kind == "proposal" else "[key point] "
    yield '<tr><td lang="ko">'
    yield f"<strong>{number}. {escape(proposal.ko)}</strong>"
    if proposal.speaker:
        yield _line("by", proposal.speaker.ko)
    for evidence in proposal.evidence:
        place = f'<span class="place">[{evidence.start}–{evidence.end}]</span>'
        yield f"<blockquote>{escape(evidence.text)} {place}</blockquote>"
    yield "</td><td>"
    yield f"<strong>{label}{escape(proposal.en)}</strong>"
    if proposal.speaker and proposal.speaker.en:
        yield _line("by", proposal.speaker.en)
    if proposal.method == "extractive":
        yield _line("by", "extractive: shortened evidence, by rule")
    for flag in proposal.flags:
        yield _line(f"flag {flag.severity}", flag_line(flag))
    yield "</td></tr>"


def _line(kind: str, text: str) -> str:
    return f'<p class="{kind}">{escape(text)}</p>'
