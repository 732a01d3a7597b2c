"""A brief in Markdown: a table of Korean and English per article (GitHub's dialect)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import quote

from service.batch.brief_pages import Counts, facts, plain, titles
from service.batch.rows import Row
from service.views import DigestView, ProposalView

# Letters with a meaning inside a line of CommonMark, of tables, of mathematics and of MDX. What
# only counts at the start of a line (1. - + =) is harmless: our lines never start with a text.
_ACTIVE: Final = re.compile(r"[\\`*_\[\]{}()#|~$^!]")
_LINK: Final = re.compile(r"(?i)(?:https?|ftp|mailto|xmpp):|www\.|@")
_ENTITIES: Final = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"}


def escape(text: str) -> str:
    """``text`` so that Markdown shows it as it is: no markup, no HTML, no links."""
    inert = _ACTIVE.sub(r"\\\g<0>", plain(text))
    inert = _LINK.sub(lambda match: f"{match[0][:-1]}\\{match[0][-1]}", inert)
    return inert.translate(_ENTITIES)


class MarkdownMarkup:
    """Pages of Markdown."""

    def head(self, title: str) -> str:
        """The title of the page."""
        return f"# {escape(title)}\n"

    def article(self, row: Row) -> str:
        """A heading, a table, and under it each proposal's evidence and flags."""
        return "\n" + "\n".join(_lines(row)) + "\n"

    def link(self, name: str, file: str, counts: Counts) -> str:
        """An item of a list."""
        # Quoted, no character of a file's name ends the link.
        return f"\n- [{escape(name)}](<{quote(file)}>): {escape(counts.sentence())}\n"

    def foot(self, counts: Counts) -> str:
        """The counts and the checkpoints."""
        checkpoints = "".join(f"- {escape(name)}\n" for name in sorted(counts.checkpoints))
        return f"\n---\n\n{escape(counts.sentence())}\n" + (checkpoints and f"\n{checkpoints}")


def _lines(row: Row) -> Iterator[str]:
    if row.digest is None:
        yield f"## Failed: {escape(str(row.id))}"
        if row.error:
            yield f"\n> ❌ **{escape(row.error.code)}** {escape(row.error.detail)}"
        return
    english, korean = titles(row.digest)
    yield f"## {escape(english or korean or str(row.id))}"
    if english and korean:
        yield f"\n**{escape(korean)}**"
    yield f"\n{escape(facts(row))}"
    yield from (f"\n> ⚠️ {escape(warning)}" for warning in row.digest.warnings)
    yield from _proposals(row.digest)


def _proposals(digest: DigestView) -> Iterator[str]:
    if not digest.proposals:
        yield "\nNo proposals."
        return
    yield "\n| | 한국어 | English |\n|---|---|---|"
    for number, proposal in enumerate(digest.proposals, start=1):
        speaker = proposal.speaker
        korean = f"**{escape(speaker.ko)}**<br>" if speaker else ""
        english = f"**{escape(speaker.en)}**<br>" if speaker and speaker.en else ""
        yield f"| {number} | {korean}{escape(proposal.ko)} | {english}{escape(proposal.en)} |"
    for number, proposal in enumerate(digest.proposals, start=1):
        yield from _grounds(number, proposal)


def _grounds(number: int, proposal: ProposalView) -> Iterator[str]:
    kind = f"{proposal.kind.replace('_', ' ')}, {proposal.method}"
    yield f"\n**{number}** ({kind}) rests on"
    for evidence in proposal.evidence:
        yield f"\n> “{escape(evidence.text)}” ({evidence.start}–{evidence.end})"
    for flag in proposal.flags:
        sign = {"error": "❌", "warning": "⚠️"}.get(flag.severity, "ℹ️")
        yield f"\n{sign} **{escape(flag.check)}** {escape(flag.detail)}"
