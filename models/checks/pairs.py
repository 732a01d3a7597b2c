"""All checks of a Korean-English pair, and the choice among several translations of one source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from models.anchors import AnchorContext, AnchoredSource, Roster
from models.checks.language import check_language
from models.checks.length import check_length
from models.checks.negation import check_negation
from models.checks.repetition import check_repetition
from models.documents import Flag, Severity

_WEIGHTS: dict[Severity, int] = {"error": 10, "warning": 1, "info": 0}
_NEIGHBOURS = 5  # lines before and after: about a passage
_HOPELESS = frozenset({"empty_output", "source_copied"})


def check_translation(ko: str, en: str, context: AnchorContext | None = None) -> tuple[Flag, ...]:
    """The flags of ``en`` as a translation of ``ko``; empty if nothing is to be said.

    Names and severities are docs/checks.md's. An output that is no English at all is flagged
    as that only.
    """
    return check_against(AnchoredSource.read(ko, context), en)


def check_against(source: AnchoredSource, en: str) -> tuple[Flag, ...]:
    """``check_translation`` with the Korean read beforehand: for many translations of it."""
    language = check_language(source.ko, en)
    if any(flag.check in _HOPELESS for flag in language):
        return language
    return (
        *language,
        *check_repetition(en, source.ko),
        *check_length(source.ko, en),
        *source.verify(en),
        *check_negation(source.ko, en),
    )


def sources_of(
    texts: Sequence[str], context: AnchorContext | None = None
) -> Iterator[AnchoredSource]:
    """Each text with its anchors, knowing the people its neighbours introduce.

    Pairs kept in a file mostly follow a document, and English may name whom its own sentence
    calls 그. A roster in ``context`` replaces the neighbours'.
    """
    context = context or AnchorContext()
    people = [] if context.roster is not None else [Roster.read(text).people for text in texts]
    for index, text in enumerate(texts):
        near = people[max(0, index - _NEIGHBOURS) : index + _NEIGHBOURS + 1]
        roster = context.roster or Roster.of(person for found in near for person in found)
        yield AnchoredSource.read(text, replace(context, roster=roster))


def check_pairs(
    pairs: Sequence[tuple[str, str]], context: AnchorContext | None = None
) -> Iterator[tuple[Flag, ...]]:
    """The flags of each (ko, en) of a document, in order; see ``sources_of``."""
    sources = sources_of([ko for ko, _ in pairs], context)
    for source, (_, en) in zip(sources, pairs, strict=True):
        yield check_against(source, en)


def weight(flags: Sequence[Flag]) -> int:
    """How bad flags are together: 10 an error, 1 a warning, nothing for a hint."""
    return sum(_WEIGHTS[flag.severity] for flag in flags)


def is_good(flags: Sequence[Flag]) -> bool:
    """Whether nothing stands against the text: hints do not."""
    return weight(flags) == 0


def best_hypothesis(
    ko: str, hypotheses: Sequence[str], context: AnchorContext | None = None
) -> tuple[int, tuple[Flag, ...]]:
    """Index and flags of the first hypothesis without error or warning, else of the lightest.

    ``hypotheses`` come best first and must not be empty; of equally light ones the first wins.
    """
    if not hypotheses:
        raise ValueError("hypotheses is empty: give at least one")
    source = AnchoredSource.read(ko, context)
    best: tuple[int, tuple[Flag, ...]] | None = None
    for index, hypothesis in enumerate(hypotheses):
        flags = check_against(source, hypothesis)
        if best is None or weight(flags) < weight(best[1]):
            best = index, flags
        if is_good(flags):
            break
    assert best is not None
    return best
