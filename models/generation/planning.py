"""Which prompts run together: batches of like length, bounded by tokens, order restored later.

CTranslate2 reads the prompts of a decoder-only batch together only up to the shortest one; what
the longer ones have beyond it is fed one token a step. So a batch of unlike lengths is slower
than its members alone, and the plan weighs that against what batching saves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

Batch = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CostModel:
    """What a batch costs, in milliseconds; only the ratios matter to a plan.

    Fitted to the trimmed 270M base, int8, one thread: 43, 84 and 176 tokens/s at batches of 1,
    5 and 64. ``output_tokens`` is how long an output is expected to be.
    """

    step_ms: float = 18.0
    sequence_step_ms: float = 5.5
    prefill_token_ms: float = 1.5
    output_tokens: int = 48


@dataclass(frozen=True, slots=True)
class BatchLimits:
    """Bounds of one batch. ``equal_lengths`` allows no prompt longer than another."""

    max_tokens: int = 8192
    max_sequences: int = 64
    equal_lengths: bool = False

    def for_beams(self, beam_size: int) -> BatchLimits:
        """The same bounds where each prompt is as many sequences as beams."""
        return replace(
            self,
            max_tokens=max(1, self.max_tokens // beam_size),
            max_sequences=max(1, self.max_sequences // beam_size),
        )


def plan_batches(
    lengths: Sequence[int],
    limits: BatchLimits = BatchLimits(),
    workers: int = 1,
    cost: CostModel = CostModel(),
) -> list[Batch]:
    """Prompt lengths in tokens → batches of indices, each index once, longest batches first.

    The cheapest split of the prompts sorted by length; with fewer batches than ``workers`` the
    largest are halved, so that no worker idles.
    """
    order = sorted(range(len(lengths)), key=lambda index: (lengths[index], index))
    bounds = _cheapest_split([lengths[index] for index in order], limits, cost)
    batches = [tuple(order[start:end]) for start, end in bounds]
    return _spread(batches, workers)[::-1]


def plan_padded(lengths: Sequence[int], limits: BatchLimits, workers: int = 1) -> list[Batch]:
    """The plan for networks that pad and mask: sorted by length, batches as full as allowed."""
    batches: list[list[int]] = []
    for index in sorted(range(len(lengths)), key=lambda index: (-lengths[index], index)):
        last = batches[-1] if batches else []
        if last and _has_room(lengths[last[0]], len(last), limits):
            last.append(index)
        else:
            batches.append([index])
    return _spread([tuple(batch) for batch in batches], workers)


def _has_room(longest: int, count: int, limits: BatchLimits) -> bool:
    return count < limits.max_sequences and longest * (count + 1) <= limits.max_tokens


def _cheapest_split(
    lengths: list[int], limits: BatchLimits, cost: CostModel
) -> list[tuple[int, int]]:
    """Ascending lengths → half-open ranges of the cheapest split (dynamic programming)."""
    sums = list(accumulate(lengths, initial=0))
    best = [0.0] + [float("inf")] * len(lengths)
    origin = [0] * (len(lengths) + 1)
    for end in range(1, len(lengths) + 1):
        for start in range(end - 1, max(-1, end - 1 - limits.max_sequences), -1):
            if start < end - 1 and not _fits(lengths[start], lengths[end - 1], end - start, limits):
                break
            total = sums[end] - sums[start]
            price = best[start] + _price(lengths[start], lengths[end - 1], end - start, total, cost)
            if price < best[end]:
                best[end], origin[end] = price, start
    ranges = []
    end = len(lengths)
    while end > 0:
        ranges.append((origin[end], end))
        end = origin[end]
    return ranges[::-1]


def _fits(shortest: int, longest: int, count: int, limits: BatchLimits) -> bool:
    if limits.equal_lengths and shortest != longest:
        return False
    return longest * count <= limits.max_tokens


def _price(shortest: int, longest: int, count: int, total: int, cost: CostModel) -> float:
    steps = longest - shortest + cost.output_tokens
    sequence_steps = total - count * shortest + count * cost.output_tokens
    prefill = cost.prefill_token_ms * count * shortest
    return prefill + cost.step_ms * steps + cost.sequence_step_ms * sequence_steps


def _spread(batches: list[Batch], workers: int) -> list[Batch]:
    """Halve the largest batches until there is one for each worker, or all are single."""
    while 0 < len(batches) < workers:
        at = max(range(len(batches)), key=lambda index: len(batches[index]))
        batch = batches[at]
        if len(batch) == 1:
            break
        middle = len(batch) // 2
        batches[at : at + 1] = [batch[:middle], batch[middle:]]
    return batches
