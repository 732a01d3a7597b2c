"""Read the training material, passages (JSONL) and pairs (TSV); fix the held-out tenth.

Knows the file formats only; what is made of a record is decided in `training.examples`.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path


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
