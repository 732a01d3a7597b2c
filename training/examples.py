"""Turn records into examples: the prompt a task is asked with, and what it should answer.

The prompts here are the contract with `models/profiles/embedded.toml`: the adapter answers only
to these. The answer starts with a space and ends with the end-of-sequence token, which
`training.batches` adds.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from training.sources import Pair, PassageRecord

TRANSLATION = "Korean: {text}\nEnglish:"
PROPOSAL = "기사: {text}\n제안:"
HEADLINE_PROPOSAL = "기사: {text}\n제안(제목체):"
KEY_POINT = "기사: {text}\n요점:"
HEADLINE_KEY_POINT = "기사: {text}\n요점(제목체):"

# A passage without a speaker proposes something when its condensed form says what should be or
# will be done; else it reports facts, and what is condensed is a key point.
_DEONTIC = re.compile(
    r"(야 한다|야 할|필요|촉구|요구|제안|추진|도입|의무화|검토|권고|방침|계획|예정|목표|하자|말자"
    r"|확대|지원|폐지|신설|완화|강화|인상|인하|상향|금지|허용|마련|조성|육성|설치)"
)
_SENTENCE_END = re.compile(r"(다|자|라|까)[.?!]?[”’\"']?$")

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
    is_proposal = bool(passage.speaker_ko) or bool(_DEONTIC.search(passage.proposal_ko))
    if _SENTENCE_END.search(passage.proposal_ko):
        return PROPOSAL if is_proposal else KEY_POINT
    return HEADLINE_PROPOSAL if is_proposal else HEADLINE_KEY_POINT


def summary(passage: PassageRecord) -> Example:
    """Make a condensation example: the passage's sentences as they are, joined by spaces."""
    prompt = summary_prompt(passage).format(text=" ".join(passage.ko))
    return Example("summarize", prompt, f" {passage.proposal_ko}")
