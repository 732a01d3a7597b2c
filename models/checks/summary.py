"""What is asserted of a condensed proposal against the evidence it was condensed from.

The evidence is the measure: a figure, date, name or body it doesn't have was invented. Both
are Korean; English is pairs.py's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from models.anchors import AnchorContext, find_anchors, find_dates, find_figures
from models.anchors.date_value import DateValue
from models.anchors.figure import Figure
from models.anchors.matching import same_date, same_figure
from models.anchors.person import PersonName
from models.anchors.terms import Term
from models.checks.echo import check_echo
from models.checks.language import hangul_share
from models.checks.length import check_condensed_length
from models.checks.repetition import check_repetition
from models.documents import Flag, Severity

_MOSTLY_KOREAN = 0.5
_QUOTES = (("“", "”"), ("‘", "’"), ("「", "」"), ("『", "』"), ("(", ")"))


def check_summary(
    evidence: str, proposal: str, context: AnchorContext | None = None
) -> tuple[Flag, ...]:
    """The flags of ``proposal`` as a condensation of ``evidence``; empty if all is well."""
    if not proposal.strip():
        return (Flag("empty_output", "error", "the proposal is empty"),)
    return (
        *_language(proposal),
        *check_repetition(proposal, evidence),
        *check_echo(evidence, proposal),
        *check_condensed_length(evidence, proposal),
        *_unbalanced(proposal),
        *_invented(evidence, proposal, context or AnchorContext()),
    )


def _language(proposal: str) -> Iterator[Flag]:
    share = hangul_share(proposal)
    if share < _MOSTLY_KOREAN:
        detail = f"only {share:.0%} of the letters are Hangul"
        yield Flag("not_korean", "error", detail, ko=proposal.strip())


def _unbalanced(proposal: str) -> Iterator[Flag]:
    for left, right in _QUOTES:
        if proposal.count(left) != proposal.count(right) and left != "‘":
            yield Flag("quotes_unbalanced", "warning", f"{left} and {right} don't pair up")
    if proposal.count('"') % 2:
        yield Flag("quotes_unbalanced", "warning", 'an odd number of "')


def _invented(evidence: str, proposal: str, context: AnchorContext) -> Iterator[Flag]:
    told = (
        *find_anchors(evidence, context),
        *find_figures(evidence),
        *find_dates(evidence, context.published_at),
    )
    for anchor in find_anchors(proposal, context):
        if anchor.text in evidence or any(_same(anchor.value, other.value) for other in told):
            continue
        check, severity = _CHECKS[anchor.kind]
        detail = f"{anchor.text} is nowhere in the evidence"
        yield Flag(check, severity, detail, ko=anchor.text, found=anchor.text)


_CHECKS: dict[str, tuple[str, Severity]] = {
    "figure": ("figure_invented", "error"),
    "date": ("date_invented", "error"),
    "person": ("name_invented", "error"),
    "organization": ("organization_invented", "error"),
    "place": ("place_invented", "error"),
    "term": ("term_invented", "warning"),
}


def _same(ours: object, theirs: object) -> bool:
    return any(
        isinstance(ours, kind) and isinstance(theirs, kind) and same(ours, theirs)
        for kind, same in _COMPARERS
    )


def _same_person(ours: PersonName, theirs: PersonName) -> bool:
    given = not ours.given or not theirs.given or ours.given == theirs.given
    return ours.family == theirs.family and given


def _same_term(ours: Term, theirs: Term) -> bool:
    return ours.en == theirs.en


_COMPARERS: tuple[tuple[type, Callable[..., bool]], ...] = (
    (Figure, same_figure),
    (DateValue, same_date),
    (PersonName, _same_person),
    (Term, _same_term),
)
