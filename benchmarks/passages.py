"""How well passages, speakers and the rule condenser do on the development articles.

    python -m benchmarks.passages ARTICLES.jsonl [POLICY.jsonl]

Sentences are the reference's own body lines, so that reading is not measured here. The last
line is one JSON object.

ARTICLES: {"id", "kind", "body": [...], "proposals": [{"ko", "speaker_ko", "evidence": [...]}]}.
POLICY: {"id", "ko": [...], "speaker_ko", "proposal_ko"}, short passages with one proposal each.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from models.condense import condense
from models.documents import Article, Passage, Sentence
from models.reading.designations import person_name
from models.reading.morphemes import analyse
from models.reading.passages import choose_passages


def article_of(body: Sequence[str]) -> Article:
    """An article whose sentences are exactly the lines of ``body``."""
    sentences: list[Sentence] = []
    position = 0
    for paragraph, line in enumerate(body):
        sentences.append(Sentence(position, position + len(line), line, paragraph))
        position += len(line) + 1
    return Article("\n".join(body), tuple(sentences))


@dataclass
class Ratio:
    """A count of hits in a total."""

    hits: float = 0.0
    total: float = 0.0

    def add(self, hit: float, total: float = 1.0) -> None:
        """Count ``hit`` of ``total``."""
        self.hits += hit
        self.total += total

    @property
    def value(self) -> float:
        """The share, 0 where nothing was counted."""
        return self.hits / self.total if self.total else 0.0


@dataclass
class Scores:
    """Everything measured; each a ``Ratio``."""

    parts: dict[str, Ratio] = field(default_factory=dict)

    def add(self, name: str, hit: float, total: float = 1.0) -> None:
        """Count into the measure ``name``."""
        self.parts.setdefault(name, Ratio()).add(hit, total)

    def table(self) -> dict[str, float]:
        """Name to share, rounded to three digits."""
        return {name: round(ratio.value, 3) for name, ratio in self.parts.items()}


def head_name(speaker: str) -> str:
    """What a speaker is recognised by: the personal name, else the body without its marks."""
    return person_name(speaker) or re.sub(r"[\s‘’'()]|\([^)]*\)", "", speaker)


def same_head(found: str | None, wanted: str) -> bool:
    """Whether two designations name the same speaker."""
    if not found or not wanted:
        return not found and not wanted
    name = person_name(wanted)
    if name is not None:
        return name in found
    left, right = head_name(found), head_name(wanted)
    return left in right or right in left


def morphemes(text: str) -> list[str]:
    """The morphemes of ``text`` without punctuation."""
    return [t.form for t in analyse(text).tokens if t.tag not in {"SF", "SP", "SS", "SSO", "SSC"}]


def rouge_l(found: str, wanted: str) -> float:
    """ROUGE-L F1 over Kiwi morphemes."""
    left, right = morphemes(found), morphemes(wanted)
    row = [0] * (len(right) + 1)
    for item in left:
        before = 0
        for j, other in enumerate(right, 1):
            row[j], before = (before + 1 if item == other else max(row[j], row[j - 1])), row[j]
    common = row[-1]
    return 2 * common / (len(left) + len(right)) if common else 0.0


def evaluate_article(record: dict[str, Any], scores: Scores) -> None:
    """Score one development article."""
    article = article_of(record["body"])
    index = {s.start: i for i, s in enumerate(article.sentences)}
    passages = choose_passages(article)
    found = [{index[s.start] for s in p.sentences} for p in passages]
    wanted = record["proposals"]
    policy = record["kind"] == "policy"
    scores.add("kind", (passages[0].kind == "proposal") == policy)
    if not policy:
        _evaluate_points(found, wanted, scores)
        return
    union = set().union(*found)
    gold = {i for p in wanted for i in p["evidence"]}
    scores.add("evidence_precision", len(union & gold), len(union))
    scores.add("evidence_recall", len(union & gold), len(gold))
    scores.add("passages_per_reference", len(found), len(wanted))
    for passage in found:
        scores.add("passage_precision", any(passage & set(p["evidence"]) for p in wanted))
    for proposal in wanted:
        _evaluate_proposal(proposal, passages, found, scores)


def _evaluate_points(
    found: Sequence[set[int]], wanted: Sequence[dict[str, Any]], scores: Scores
) -> None:
    for proposal in wanted:
        scores.add("point_recall", any(set(proposal["evidence"]) & f for f in found))


def _evaluate_proposal(
    proposal: dict[str, Any],
    passages: Sequence[Passage],
    found: Sequence[set[int]],
    scores: Scores,
) -> None:
    """Coverage, speaker and condensed text of one reference proposal."""
    main = _main_sentence(proposal)
    hits = [i for i, f in enumerate(found) if main in f]
    scores.add("coverage", bool(hits))
    if not hits:
        return
    passage = passages[hits[0]]
    scores.add("speaker_exact", (passage.speaker or "") == proposal["speaker_ko"])
    scores.add("speaker_head", same_head(passage.speaker, proposal["speaker_ko"]))
    scores.add("condense_rouge_l", rouge_l(condense(passage), proposal["ko"]))
    scores.add("headline_rouge_l", rouge_l(condense(passage, "headline"), proposal["ko"]))


def _main_sentence(proposal: dict[str, Any]) -> int:
    """The evidence sentence that shares most with the proposal (``text`` is its wording)."""
    body: Sequence[str] = proposal["body"]
    words = analyse(proposal["ko"]).nouns()
    evidence: Sequence[int] = proposal["evidence"]
    return max(evidence, key=lambda i: len(words & analyse(body[i]).nouns()))


def evaluate_policy(record: dict[str, Any], scores: Scores) -> None:
    """Score one short passage with one proposal."""
    passages = choose_passages(article_of(record["ko"]))
    words = analyse(record["proposal_ko"]).nouns()
    best = max(passages, key=lambda p: len(words & analyse(p.text).nouns()))
    scores.add("policy_condense_rouge_l", rouge_l(condense(best), record["proposal_ko"]))
    wanted = record["speaker_ko"]
    if wanted:
        scores.add("policy_speaker_exact", best.speaker == wanted)
        scores.add("policy_speaker_head", same_head(best.speaker, wanted))
        scores.add("policy_speaker_found", any(same_head(p.speaker, wanted) for p in passages))


def read_lines(path: Path) -> Iterable[dict[str, Any]]:
    """The records of a JSON Lines file."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def main(arguments: Sequence[str]) -> int:
    """Print a table and one JSON line."""
    if not 1 <= len(arguments) <= 2:
        print(__doc__)
        return 2
    scores = Scores()
    for record in read_lines(Path(arguments[0])):
        for proposal in record["proposals"]:
            proposal["body"] = record["body"]
        evaluate_article(record, scores)
    for record in read_lines(Path(arguments[1])) if len(arguments) > 1 else ():
        evaluate_policy(record, scores)
    table = scores.table()
    precision, recall = table["evidence_precision"], table["evidence_recall"]
    table["evidence_f1"] = round(2 * precision * recall / (precision + recall), 3)
    for name, value in table.items():
        print(f"{name:28}{value:8.3f}")
    print(json.dumps(table))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
