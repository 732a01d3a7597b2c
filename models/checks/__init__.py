"""What is asserted of an output before anyone sees it: of a translation, and of a proposal."""

from models.checks.pairs import (
    best_hypothesis,
    check_against,
    check_pairs,
    check_translation,
    is_good,
    sources_of,
    weight,
)
from models.checks.summary import check_summary

__all__ = [
    "best_hypothesis",
    "check_against",
    "check_pairs",
    "check_summary",
    "check_translation",
    "is_good",
    "sources_of",
    "weight",
]
