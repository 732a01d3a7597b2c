"""A digest for a person: Korean, English, who says it, what it rests on, what is doubtful."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.text import Text

from models.documents import Bilingual, Digest, DigestArticle, Flag, Proposal

_SEVERITY_STYLES = {"error": "bold red", "warning": "yellow", "info": "dim"}


def render_digest(digest: Digest, console: Console) -> None:
    """Print ``digest``; nothing is printed that is not there."""
    for renderable in _article(digest.article):
        console.print(renderable)
    for number, proposal in enumerate(digest.proposals, start=1):
        console.print()
        for renderable in _proposal(number, proposal):
            console.print(renderable)
    if digest.warnings:
        console.print()
    for warning in digest.warnings:
        console.print(Text(f"warning: {warning}", style="yellow"))
    console.print()
    console.print(Text(_footer(digest), style="dim"))


def _article(article: DigestArticle) -> Iterator[RenderableType]:
    if article.title:
        yield Text(article.title.ko, style="bold")
        if article.title.en:
            yield Text(article.title.en, style="bold cyan")
    published = article.published_at.isoformat(" ", "minutes") if article.published_at else None
    line = " · ".join(part for part in (published, article.byline) if part)
    if line:
        yield Text(line, style="dim")


def _proposal(number: int, proposal: Proposal) -> Iterator[RenderableType]:
    lead = f"{number}. "
    label = "" if proposal.kind == "proposal" else "[key point] "
    yield Text.assemble(lead, (label, "dim"), (proposal.ko, "bold"))
    indent = len(lead)
    yield _indented(Text(proposal.en, style="cyan"), indent)
    if proposal.speaker:
        yield _labelled("speaker", Text(_both(proposal.speaker)), indent)
    for evidence in proposal.evidence:
        place = f" [{evidence.start}–{evidence.end}]"
        yield _labelled("evidence", Text.assemble(evidence.text, (place, "dim")), indent)
    if proposal.method == "extractive":
        yield _labelled("method", Text("extractive: shortened evidence, by rule"), indent)
    for flag in proposal.flags:
        yield _labelled("flag", _flag(flag), indent)


def _flag(flag: Flag) -> Text:
    return Text(f"{flag.severity} {flag.check}: {flag.detail}", _SEVERITY_STYLES[flag.severity])


def _labelled(label: str, content: Text, indent: int) -> RenderableType:
    return _indented(Text.assemble((f"{label}: ", "dim"), content), indent)


def _indented(content: Text, indent: int) -> RenderableType:
    return Padding.indent(content, indent)


def _both(pair: Bilingual) -> str:
    return f"{pair.ko} ({pair.en})" if pair.en else pair.ko


def _footer(digest: Digest) -> str:
    count = len(digest.proposals)
    kind = "proposal" if any(p.kind == "proposal" for p in digest.proposals) else "key point"
    seconds = digest.usage.total_ms / 1000
    return f"{count} {kind}{'' if count == 1 else 's'} · profile {digest.profile} · {seconds:.1f} s"
