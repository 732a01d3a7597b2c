"""Over-long texts in pieces that a network can read: nothing is cut off, nothing is lost.

Works on text and on a count of tokens; must not know engines, prompts or what a piece is for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

Fits = Callable[[str], bool]

# Where a Korean or English sentence can be parted with least harm, best first.
_BREAKS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<=[;:])\s+|(?<=…)\s*",  # headlines: “A해야”…B
        r"(?<=,)\s+",
        r"(?<=[가-힣][고며면서])(?<![다라자냐]고)\s+"  # 다고 says who spoke: no clause ends there
        r"|(?<=는데)\s+|(?<=지만)\s+|(?<=므로)\s+|(?<=니까)\s+",
        r"\s+",
    )
)


def chunk_sentences(sentences: Sequence[str], fits: Fits) -> list[tuple[str, ...]]:
    """Runs of sentences that fit, in order; a run begins with the last sentence of the one before.

    Every sentence is in a run; one that doesn't fit alone is there in pieces, see
    ``split_sentence``. The overlap is left out where it leaves no room.
    """
    pieces = [piece for sentence in sentences for piece in split_sentence(sentence, fits)]
    runs: list[tuple[str, ...]] = []
    run: tuple[str, ...] = ()
    for piece in pieces:
        if not run or fits(" ".join((*run, piece))):
            run = (*run, piece)
            continue
        runs.append(run)
        overlap = (run[-1], piece)
        run = overlap if fits(" ".join(overlap)) else (piece,)
    return [*runs, run] if run else runs


def split_sentence(sentence: str, fits: Fits) -> list[str]:
    """A sentence in pieces that fit, halved at clauses, else at spaces, else anywhere.

    A single character that doesn't fit stays as it is: whoever reads it must refuse it.
    """
    if len(sentence) < 2 or fits(sentence):
        return [sentence]
    at = _break(sentence)
    halves = (sentence[:at].rstrip(), sentence[at:].lstrip())
    return [piece for half in halves if half for piece in split_sentence(half, fits)]


def halve_at_clause(sentence: str) -> tuple[str, ...]:
    """A sentence parted where a clause ends; whole where none does near enough its middle."""
    at = _best(sentence, _BREAKS[:-1])
    return (sentence,) if at is None else (sentence[:at].rstrip(), sentence[at:].lstrip())


def _break(sentence: str) -> int:
    """The best place to part it, however bad."""
    at = _best(sentence, _BREAKS)
    return len(sentence) // 2 if at is None else at


def _best(sentence: str, kinds: Sequence[re.Pattern[str]]) -> int | None:
    """The place nearest the middle, of the best kind that leaves each side a quarter."""
    middle, quarter = len(sentence) // 2, len(sentence) // 4
    for pattern in kinds:
        places = [match.end() for match in pattern.finditer(sentence)]
        inner = [place for place in places if quarter <= place <= len(sentence) - quarter]
        if inner:
            return min(inner, key=lambda place: abs(place - middle))
    return None
