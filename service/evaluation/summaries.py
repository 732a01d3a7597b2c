"""Scores of condensed passages and of whole digests, with the baselines a reader would try first.

Runs the product's own way. ROUGE is on Kiwi's morphemes, punctuation left out. Must not know of
files or floors.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from models.anchors import AnchorContext, Roster
from models.assembly import Pipeline
from models.checks import check_summary, is_good
from models.condense import condense
from models.digest import DigestOptions
from models.documents import Condensed, Digest
from models.errors import YojiError
from models.reading import Page, read_page
from models.reading.passages import choose_passages
from models.summarizer import SummaryRequest
from service.evaluation.measures import Advance, Counts, Measures, share
from service.evaluation.scores import mean_rouge, morphemes
from service.evaluation.sources import PassageRecord, passage_of

PASSAGES_A_CALL = 64
PAGES_A_CALL = 16


@dataclass(frozen=True, slots=True)
class ReferencePage:
    """A page as saved, its body sentence by sentence, and the proposals a person found in it."""

    raw: str
    body: tuple[str, ...]
    proposals: tuple[str, ...]


def read_reference_pages(path: Path) -> Iterator[ReferencePage]:
    """Yield the pages of a JSONL like ``articles_dev.jsonl`` that have proposals."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            record: dict[str, Any] = json.loads(line)
            proposals = tuple(proposal["ko"] for proposal in record["proposals"])
            if proposals:
                yield ReferencePage(record["raw"], tuple(record["body"]), proposals)


def evaluate_summaries(
    pipeline: Pipeline, records: Sequence[PassageRecord], advance: Advance = lambda _: None
) -> Measures:
    """Passage → proposal, asked for the kind and style of its reference.

    ``*_first_sentence`` are the baseline that repeats the passage's first sentence,
    ``*_condensed`` the fallback that condenses by rule.
    """
    written: list[str] = []
    counts = Counts()
    for start in range(0, len(records), PASSAGES_A_CALL):
        some = records[start : start + PASSAGES_A_CALL]
        requests = [_request(record) for record in some]
        for result in pipeline.summarizer.summarize(requests):
            counts["failed"] += isinstance(result, YojiError)
            if isinstance(result, Condensed):
                counts[result.method] += 1
            written.append(result.text if isinstance(result, Condensed) else "")
        advance(len(some))
    references = [record.proposal_ko for record in records]
    first = mean_rouge([record.ko[0] for record in records], references, morphemes)
    ruled = [condense(passage_of(record), record.style) for record in records]
    return {
        **mean_rouge(written, references, morphemes),
        "rouge_l_first_sentence": first["rouge_l"],
        "rouge_l_condensed": mean_rouge(ruled, references, morphemes)["rouge_l"],
        "abstractive_percent": share(counts["abstractive"], len(records)),
        "items": len(records),
        "failed": counts["failed"],
    }


def evaluate_digests(
    pipeline: Pipeline, pages: Sequence[ReferencePage], advance: Advance = lambda _: None
) -> Measures:
    """Pages → digests: each page's proposals together against its references together."""
    tally = _DigestTally()
    for start in range(0, len(pages), PAGES_A_CALL):
        some = pages[start : start + PAGES_A_CALL]
        digests = pipeline.digester.digest([Page(page.raw) for page in some], DigestOptions())
        for page, digest in zip(some, digests, strict=True):
            tally.add(page, digest)
        advance(len(some))
    return tally.measures()


@dataclass(slots=True)
class _DigestTally:
    """Texts to score and counts, page by page."""

    counts: Counts = field(default_factory=Counts)
    written: list[str] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    lead: list[str] = field(default_factory=list)
    extracted: list[str] = field(default_factory=list)

    def add(self, page: ReferencePage, digest: Digest | YojiError) -> None:
        self.counts["items"] += 1
        self.references.append(" ".join(page.proposals))
        self.lead.append(" ".join(page.body[: len(page.proposals)]))
        self.extracted.append(_extracted(page.raw))
        if isinstance(digest, YojiError):
            self.counts["failed"] += 1
            self.written.append("")
            return
        self.written.append(" ".join(proposal.ko for proposal in digest.proposals))
        self._count(digest)

    def _count(self, digest: Digest) -> None:
        text = digest.article.text
        published = digest.article.published_at
        context = AnchorContext(published.date() if published else None, roster=Roster.read(text))
        self.counts["characters"] += len(text)
        for proposal in digest.proposals:
            evidence = " ".join(part.text for part in proposal.evidence)
            exact = all(text[part.start : part.end] == part.text for part in proposal.evidence)
            holds = exact and is_good(check_summary(evidence, proposal.ko, context))
            self.counts["proposals"] += 1
            self.counts[proposal.method] += 1
            self.counts["supported"] += holds
            self.counts["good"] += holds and proposal.method == "abstractive"
            self.counts["flagged"] += not is_good(proposal.flags)
            self.counts["proposal_characters"] += len(proposal.ko)

    def measures(self) -> Measures:
        counts = self.counts
        total = counts["proposals"]
        lead = mean_rouge(self.lead, self.references, morphemes)
        extracted = mean_rouge(self.extracted, self.references, morphemes)
        return {
            **mean_rouge(self.written, self.references, morphemes),
            **{f"{name}_lead": value for name, value in lead.items()},
            **{f"{name}_condensed": value for name, value in extracted.items()},
            "abstractive_percent": share(counts["abstractive"], total),
            "abstractive_supported_percent": share(counts["good"], total),
            "unsupported_percent": share(total - counts["supported"], total),
            "flagged_percent": share(counts["flagged"], total),
            "compression_percent": share(counts["proposal_characters"], counts["characters"]),
            "proposals": total,
            "items": counts["items"],
            "failed": counts["failed"],
        }


def _extracted(raw: str) -> str:
    """What the rules alone make of a page: no network; empty where it can't be read."""
    try:
        article = read_page(Page(raw))
    except YojiError:
        return ""
    return " ".join(condense(passage) for passage in choose_passages(article))


def _request(record: PassageRecord) -> SummaryRequest:
    passage = passage_of(record)
    return SummaryRequest(passage, record.style, AnchorContext(roster=Roster.read(passage.text)))
