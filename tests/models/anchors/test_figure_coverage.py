"""Figures and dates that a person found in 300 sentences, and how many of them we find.

The sentences are a seeded sample of policy.jsonl (CC0); the labels were made by reading each.
Labelled is what states a quantity in digits or numerals from two up, with 절반 and fractions;
not 한/하나/첫 (an article in English), enumerators (첫째) and numbers inside names.
"""

import json
from pathlib import Path

import pytest

from models.anchors.dates import find_dates
from models.anchors.figures import find_figures
from models.documents import Anchor

FIXTURE = Path(__file__).parents[2] / "fixtures" / "figures_300.jsonl"
ROWS = [json.loads(line) for line in FIXTURE.read_text(encoding="utf-8").splitlines()]


def _missed(text: str, labels: list[str], anchors: tuple[Anchor, ...]) -> list[str]:
    missed, at = [], 0
    for label in labels:
        start = text.index(label, at)
        at = start + len(label)
        if not any(a.start <= start and at <= a.end for a in anchors):
            missed.append(f"{label} in {text}")
    return missed


def test_the_fixture_is_whole() -> None:
    assert len(ROWS) == 300
    assert sum(len(row["figures"]) for row in ROWS) == 533


@pytest.mark.parametrize(("kind", "find"), [("figures", find_figures), ("dates", find_dates)])
def test_at_least_99_percent_are_found(kind: str, find: type) -> None:
    missed = [m for row in ROWS for m in _missed(row["ko"], row[kind], find(row["ko"]))]
    assert len(missed) <= 0.01 * sum(len(row[kind]) for row in ROWS), missed


def test_nothing_else_is_taken_for_a_figure() -> None:
    extra = [
        f"{anchor.text} in {row['ko']}"
        for row in ROWS
        for anchor in find_figures(row["ko"])
        if not any(label in anchor.text or anchor.text in label for label in row["figures"])
    ]
    assert len(extra) <= 0.01 * sum(len(row["figures"]) for row in ROWS), extra
