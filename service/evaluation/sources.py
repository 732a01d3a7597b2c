"""Read passages (JSONL) and pairs (TSV), and fix the tenth of the passages that is held out.

The material of training and of evaluation.
Knows the file formats only; what is made of a record is decided by who asks.
"""

import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Literal, TypeVar

from models.documents import Passage, Sentence

Item = TypeVar("Item")

# A passage without a speaker proposes something when its condensed form says what should be or
# will be done; else it reports facts, and what is condensed is a key point.
_DEONTIC = re.compile(
    r"(야 한다|야 할|필요|촉구|요구|제안|추진|도입|의무화|검토|권고|방침|계획|예정|목표|하자|말자"
    r"|확대|지원|폐지|신설|완화|강화|인상|인하|상향|금지|허용|마련|조성|육성|설치)"
)
_SENTENCE_END = re.compile(r"(다|자|라|까)[.?!]?[”’\"']?$")


@dataclass(frozen=True)
class Pair:
    """A Korean sentence and its English."""

    ko: str
    en: str


@dataclass(frozen=True)
class PassageRecord:
    """A passage with its English, sentence by sentence, and the proposal condensed from it."""

    ko: tuple[str, ...]
    en: tuple[str, ...]
    speaker_ko: str
    speaker_en: str
    proposal_ko: str
    proposal_en: str

    @property
    def kind(self) -> Literal["proposal", "key_point"]:
        """Whether the condensed form proposes something or reports it."""
        proposes = bool(self.speaker_ko) or bool(_DEONTIC.search(self.proposal_ko))
        return "proposal" if proposes else "key_point"

    @property
    def style(self) -> Literal["plain", "headline"]:
        """Whether the condensed form is a sentence or a headline."""
        return "plain" if _SENTENCE_END.search(self.proposal_ko) else "headline"


def read_pairs(path: Path) -> Iterator[Pair]:
    """Yield the pairs of a ``ko TAB en`` file; lines that are not two full fields are skipped."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            fields = line.rstrip("\n").split("\t")
            if len(fields) == 2 and fields[0].strip() and fields[1].strip():
                yield Pair(_unquoted(fields[0].strip()), _unquoted(fields[1].strip()))


def _unquoted(field: str) -> str:
    """Undo CSV quoting, which some files have: quotes around, and those inside doubled."""
    inner = field[1:-1].split('""')
    if field[:1] == field[-1:] == '"' and len(inner) > 1 and '"' not in "".join(inner):
        return '"'.join(inner)
    return field


def read_passages(path: Path) -> Iterator[PassageRecord]:
    """Yield the passages of a JSONL file in the format of ``policy.jsonl``."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            yield PassageRecord(
                tuple(record["ko"]),
                tuple(record["en"]),
                record["speaker_ko"],
                record["speaker_en"],
                record["proposal_ko"],
                record["proposal_en"],
            )


def is_held_out(passage: PassageRecord) -> bool:
    """Tell whether a passage is of the tenth never trained on, by its first sentence's hash."""
    return int.from_bytes(sha256(passage.ko[0].encode()).digest()) % 10 == 0


def sentences_and_proposal(passage: PassageRecord) -> Iterator[Pair]:
    """Yield every sentence of a passage with its English, then the proposal."""
    yield from map(Pair, passage.ko, passage.en)
    yield Pair(passage.proposal_ko, passage.proposal_en)


def sample(items: Sequence[Item], count: int) -> list[Item]:
    """Choose ``count`` items by a fixed seed, in their order; 0 means all."""
    if not count or count >= len(items):
        return list(items)
    # Not for secrets: a fixed choice.
    chosen = sorted(random.Random(0).sample(range(len(items)), count))  # noqa: S311
    return [items[at] for at in chosen]


def passage_of(record: PassageRecord) -> Passage:
    """The passage as the summarizer is given it: its sentences joined by spaces."""
    sentences: list[Sentence] = []
    start = 0
    for text in record.ko:
        sentences.append(Sentence(start, start + len(text), text))
        start += len(text) + 1
    return Passage(tuple(sentences), record.kind, record.speaker_ko or None)
