"""Greedy and beam search over logits, one prompt at a time: numbers in, tokens out.

Knows no network and no text. A beam of one is greedy search. As in CTranslate2 a search ends
once as many hypotheses as the beam is wide have ended; scores are normalised by length.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.generation.protocol import GenerationOptions

Logits = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Found:
    """A hypothesis: its tokens with the one that ended it, if ``finished``."""

    tokens: tuple[int, ...]
    score: float
    finished: bool


@dataclass(frozen=True, slots=True)
class Step:
    """What is to be read next: ``token`` after everything that beam ``parent`` has read."""

    parent: int
    token: int


@dataclass(frozen=True, slots=True)
class _Beam:
    tokens: tuple[int, ...]
    total: float


class Search:
    """The search of one prompt. ``ends(tokens)`` says whether an output ends with its last."""

    def __init__(self, options: GenerationOptions, ends: Callable[[tuple[int, ...]], bool]) -> None:
        self._options = options
        self._ends = ends
        self._beams = [_Beam((), 0.0)]
        self._found: list[Found] = []

    @staticmethod
    def width_of(options: GenerationOptions) -> int:
        """How many beams a search with these options may have at a time."""
        return max(options.beam_size, options.hypotheses)

    def advance(self, rows: Sequence[Logits]) -> list[Step]:
        """The logits after each beam → the beams to go on with; none: the search is over."""
        if self._options.max_output_tokens < 1:
            self._found = [Found((), 0.0, finished=False)]
            return []
        width = self.width_of(self._options)
        steps: list[Step] = []
        beams: list[_Beam] = []
        for rank, (parent, token, total) in enumerate(self._candidates(rows, 2 * width)):
            tokens = (*self._beams[parent].tokens, token)
            if self._ends(tokens):
                if rank < width:
                    self._found.append(self._scored(tokens, total, finished=True))
            elif len(beams) < width:
                steps.append(Step(parent, token))
                beams.append(_Beam(tokens, total))
        self._beams = beams
        if len(self._found) >= width or not beams:
            return []
        if len(beams[0].tokens) >= self._options.max_output_tokens:
            self._found += [self._scored(beam.tokens, beam.total, finished=False) for beam in beams]
            return []
        return steps

    def best(self) -> list[Found]:
        """The hypotheses, best first; those that ended before those that were cut."""
        ranked = sorted(self._found, key=lambda found: (not found.finished, -found.score))
        return ranked[: self._options.hypotheses]

    def _candidates(self, rows: Sequence[Logits], count: int) -> list[tuple[int, int, float]]:
        """The ``count`` likeliest continuations of all beams: parent, token, total."""
        totals = np.stack(
            [
                beam.total + _log_softmax(self._penalised(row, beam.tokens))
                for beam, row in zip(self._beams, rows, strict=True)
            ]
        )
        flat = totals.ravel()
        if self.width_of(self._options) == 1:
            best = np.array([int(flat.argmax())])
        else:
            count = min(count, flat.size)
            best = np.argpartition(flat, -count)[-count:]
            best = best[np.argsort(-flat[best], kind="stable")]
        size = totals.shape[1]
        return [(int(at) // size, int(at) % size, float(flat[at])) for at in best]

    def _penalised(self, row: Logits, tokens: tuple[int, ...]) -> Logits:
        options = self._options
        if not tokens or (options.repetition_penalty == 1 and options.no_repeat_ngram_size < 1):
            return row
        changed = row.copy()
        if options.repetition_penalty != 1:
            seen = np.array(sorted(set(tokens)))
            values = changed[seen]
            penalty = np.float32(options.repetition_penalty)
            changed[seen] = np.where(values > 0, values / penalty, values * penalty)
        banned = _completing(tokens, options.no_repeat_ngram_size)
        changed[banned] = -np.inf
        return changed

    def _scored(self, tokens: tuple[int, ...], total: float, *, finished: bool) -> Found:
        score = total / len(tokens) ** self._options.length_penalty
        return Found(tokens, score, finished)


def _completing(tokens: tuple[int, ...], size: int) -> list[int]:
    """The tokens that would repeat a run of ``size`` tokens."""
    if size < 1 or len(tokens) < size:
        return []
    head = tokens[len(tokens) - size + 1 :]
    starts = range(len(tokens) - size + 1)
    return [tokens[at + size - 1] for at in starts if tokens[at : at + size - 1] == head]


def _log_softmax(row: Logits) -> npt.NDArray[np.float64]:
    highest = float(row.max())
    log_sum = highest + float(np.log(np.exp(row - highest).sum(dtype=np.float64)))
    return np.asarray(row, dtype=np.float64) - log_sum
