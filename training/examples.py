"""Turn records into examples: the prompt a task is asked with, and what it should answer.

The prompts here are the contract with `models/profiles/embedded.toml`: the adapter answers only
to these. The answer starts with a space and ends with the end-of-sequence token, which
`training.batches` adds.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from models.condense import condense
from service.evaluation.sources import Pair, PassageRecord, passage_of

TRANSLATION = "Korean: {text}\nEnglish:"
PROPOSAL = "기사: {text}\n초안: {draft}\n제안:"
HEADLINE_PROPOSAL = "기사: {text}\n초안: {draft}\n제안(제목체):"
KEY_POINT = "기사: {text}\n초안: {draft}\n요점:"
HEADLINE_KEY_POINT = "기사: {text}\n초안: {draft}\n요점(제목체):"

Switch = Callable[[str, str], tuple[str, str]]
"""A pair → the pair with anchors switched into its source (see `training.anchoring`)."""


@dataclass(frozen=True)
class Example:
    """One prompt with its answer, and the task it teaches (for the log)."""

    task: str
    prompt: str
    answer: str


def translation(pair: Pair, switch: Switch) -> Example:
    """Make a translation example; ``switch`` may put anchors into the source."""
    source, target = switch(pair.ko, pair.en)
    return Example("translate", TRANSLATION.format(text=source), f" {target}")


def passage_pairs(passage: PassageRecord) -> Iterator[Pair]:
    """Yield the passage's sentences, its proposal and its speaker, each with its English."""
    for ko, en in zip(passage.ko, passage.en, strict=True):
        yield Pair(ko, en)
    yield Pair(passage.proposal_ko, passage.proposal_en)
    if passage.speaker_ko and passage.speaker_en:
        yield Pair(passage.speaker_ko, passage.speaker_en)


def summary_prompt(passage: PassageRecord) -> str:
    """Choose the prompt that asks for what this passage's reference is: kind and style."""
    if passage.style == "plain":
        return PROPOSAL if passage.kind == "proposal" else KEY_POINT
    return HEADLINE_PROPOSAL if passage.kind == "proposal" else HEADLINE_KEY_POINT


def summary(passage: PassageRecord) -> Example:
    """Make a condensation example: the passage as it is, and what the rules make of it."""
    draft = condense(passage_of(passage), passage.style)
    prompt = summary_prompt(passage).format(text=" ".join(passage.ko), draft=draft)
    return Example("summarize", prompt, f" {passage.proposal_ko}")
