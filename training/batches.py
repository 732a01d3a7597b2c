"""Make batches of examples: bounded by padded tokens, like lengths together, order by seed.

A batch is a pure function of the training set, the settings and its number, which is what makes
a run resumable.
"""

import json
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor

PAD, EOS = 0, 1


@dataclass(frozen=True)
class Encoded:
    """Token ids of prompt, answer and end; the first ``prompt`` of them are the prompt's."""

    ids: tuple[int, ...]
    prompt: int


@dataclass(frozen=True)
class Batch:
    """``ids`` (rows × length, padded at the end) and where answers are predicted.

    ``positions`` index the flattened ids; the token after each is the one in ``targets``.
    """

    ids: Tensor
    positions: Tensor
    targets: Tensor


def encode(tokenizer: Tokenizer, prompt: str, answer: str) -> Encoded:
    """Encode prompt and answer apart, as generation will see them (the prompt ends in ':')."""
    head = tokenizer.encode(prompt).ids
    tail = tokenizer.encode(answer, add_special_tokens=False).ids
    return Encoded((*head, *tail, EOS), len(head))


def read_encoded(path: Path, tokenizer: Tokenizer) -> Iterator[Encoded]:
    """Encode a training set written by `training.build_set`."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            yield encode(tokenizer, record["prompt"], record["answer"])


def group(examples: Iterable[Encoded], max_tokens: int) -> Iterator[list[Encoded]]:
    """Split examples sorted by length into groups whose padded size stays within the bound."""
    current: list[Encoded] = []
    for example in sorted(examples, key=lambda example: len(example.ids)):
        if current and len(example.ids) * (len(current) + 1) > max_tokens:
            yield current
            current = []
        current.append(example)
    if current:
        yield current


def collate(examples: list[Encoded]) -> Batch:
    """Pad at the end: a causal model's real tokens never look there, so no mask is needed."""
    length = max(len(example.ids) for example in examples)
    ids = torch.full((len(examples), length), PAD)
    positions, targets = [], []
    for row, example in enumerate(examples):
        ids[row, : len(example.ids)] = torch.tensor(example.ids)
        ends = range(example.prompt, len(example.ids))
        positions += [row * length + at - 1 for at in ends]
        targets += [example.ids[at] for at in ends]
    return Batch(ids, torch.tensor(positions), torch.tensor(targets))


def batches(
    examples: Iterable[Encoded], max_tokens: int, window: int, seed: int
) -> Iterator[list[Encoded]]:
    """Yield groups: sorted by length within windows of the set, groups of a window shuffled."""
    stream, order = iter(examples), random.Random(seed)
    while chunk := list(islice(stream, window)):
        groups = list(group(chunk, max_tokens))
        order.shuffle(groups)
        yield from groups
