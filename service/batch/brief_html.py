"""A brief in HTML: one file that needs nothing else, made to be read and printed.

All text is escaped, and a content policy forbids scripts and requests besides.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape as escape_html
from typing import Final
from urllib.parse import quote

from service.batch.brief_pages import Counts, facts, plain, titles
from service.batch.rows import Row
from service.views import DigestView, FlagView, ProposalView

_HEAD: Final = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; --line: #8886; --soft: #8882; --error: #c33; --warning: #a70; }}
body {{ font: 16px/1.5 system-ui, "Noto Sans KR", "Malgun Gothic", sans-serif;
  max-width: 72rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }}
article {{ border-top: 1px solid var(--line); padding: 1rem 0; }}
h2 {{ margin: 0; font-size: 1.25rem; }}
p {{ margin: .25rem 0; }}
.facts, .grounds, footer {{ font-size: .875rem; opacity: .85; }}
.proposal {{ margin: 1rem 0; break-inside: avoid; }}
.pair {{ display: grid; grid-template-columns: 1fr 1fr; gap: 1.5rem; }}
.speaker {{ font-weight: 600; }}
blockquote {{ margin: .25rem 0; padding-left: .75rem; border-left: 3px solid var(--line); }}
ul.flags {{ list-style: none; margin: .25rem 0; padding: 0; }}
.flags li {{ padding: .1rem .5rem; background: var(--soft); border-left: 3px solid var(--line); }}
.flags .error {{ border-color: var(--error); }} .flags .warning {{ border-color: var(--warning); }}
@media (max-width: 40rem) {{ .pair {{ grid-template-columns: 1fr; gap: .25rem; }} }}
@media print {{ body {{ max-width: none; padding: 0; font-size: 11pt; color: #000; }} }}
</style>
</head>
<body>
<h1>{title}</h1>
"""


def escape(text: str) -> str:
    """``text`` so that HTML shows it as it is, in an element or a quoted attribute."""
    return escape_html(plain(text), quote=True)


class HtmlMarkup:
    """Pages of HTML."""

    def head(self, title: str) -> str:
        """Everything up to the title on the page."""
        return _HEAD.format(title=escape(title))

    def article(self, row: Row) -> str:
        """An ``article`` element."""
        return "\n".join(("<article>", *_lines(row), "</article>", ""))

    def link(self, name: str, file: str, counts: Counts) -> str:
        """A paragraph with the link."""
        return f'<p><a href="{quote(file)}">{escape(name)}</a>: {escape(counts.sentence())}</p>\n'

    def foot(self, counts: Counts) -> str:
        """The counts, the checkpoints and the end."""
        lines = [counts.sentence(), *sorted(counts.checkpoints)]
        body = "\n".join(f"<p>{escape(line)}</p>" for line in lines)
        return f"<footer>\n{body}\n</footer>\n</body>\n</html>\n"


def _lines(row: Row) -> Iterator[str]:
    if row.digest is None:
        yield f"<h2>Failed: {escape(str(row.id))}</h2>"
        if row.error:
            yield from _flags([("error", row.error.code, row.error.detail)])
        return
    english, korean = titles(row.digest)
    yield f"<h2{_lang(bool(english))}>{escape(english or korean or str(row.id))}</h2>"
    if english and korean:
        yield f'<p lang="ko">{escape(korean)}</p>'
    yield f'<p class="facts" lang="ko">{escape(facts(row))}</p>'
    yield from _flags([("warning", "reading", warning) for warning in row.digest.warnings])
    yield from _proposals(row.digest)


def _lang(english: bool) -> str:
    return "" if english else ' lang="ko"'


def _proposals(digest: DigestView) -> Iterator[str]:
    if not digest.proposals:
        yield "<p>No proposals.</p>"
    for proposal in digest.proposals:
        yield '<section class="proposal">'
        yield '<div class="pair">'
        yield f'<div lang="ko">{_said(proposal, "ko")}</div>'
        yield f'<div lang="en">{_said(proposal, "en")}</div>'
        yield "</div>"
        yield from _grounds(proposal)
        yield "</section>"


def _said(proposal: ProposalView, language: str) -> str:
    speaker = getattr(proposal.speaker, language, "")
    named = f'<p class="speaker">{escape(speaker)}</p>' if speaker else ""
    return f"{named}<p>{escape(getattr(proposal, language))}</p>"


def _grounds(proposal: ProposalView) -> Iterator[str]:
    kind = f"{proposal.kind.replace('_', ' ')}, {proposal.method}, rests on"
    yield f'<div class="grounds"><p>{escape(kind)}</p>'
    for evidence in proposal.evidence:
        place = f"{evidence.start}–{evidence.end}"
        yield f'<blockquote lang="ko">{escape(evidence.text)} <small>{place}</small></blockquote>'
    yield "</div>"
    yield from _flags([_parts(flag) for flag in proposal.flags])


def _parts(flag: FlagView) -> tuple[str, str, str]:
    return flag.severity, flag.check, flag.detail


def _flags(flags: list[tuple[str, str, str]]) -> Iterator[str]:
    if flags:
        yield '<ul class="flags">'
        for severity, check, detail in flags:
            name, kind = escape(check), escape(severity)
            yield f'<li class="{kind}"><b>{kind}: {name}</b> {escape(detail)}</li>'
        yield "</ul>"
