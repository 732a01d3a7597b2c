"""How good the anchors' verifier is: false alarms, misses, coverage, as a table and one JSON.

    python -m benchmarks.anchors_report [--pairs PATH] [--figures PATH] [--show N]

(a) *false alarms*: human pairs with an error or a warning; (b) *misses*: pairs spoiled in a
known way (corruptions.py, which knows nothing of the verifier) without one; (c) *coverage*:
figures of hand-checked sentences that are found at all. Exit code 1 when a limit is broken.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.corruptions import CORRUPTIONS, Corruption, collect_pools
from models.anchors import AnchoredSource, find_figures
from models.checks import check_against, is_good, sources_of
from models.documents import Flag

ROOT = Path(__file__).resolve().parent.parent
PAIRS = ROOT.parent / "shared" / "data" / "corpus" / "policy.jsonl"
FIGURES = ROOT / "tests" / "fixtures" / "figures_300.jsonl"
SEED = 20250513
# Percent; the limits the project holds itself to.
MAX_FALSE_ALARMS = 1.0
MAX_MISSES = {"figure": 1.0, "date": 1.0, "name": 3.0}
MIN_COVERAGE = 99.0

Pair = tuple[str, str]


@dataclass(slots=True)
class Tally:
    """How many of how many; ``examples`` are a few of the hits."""

    hits: int = 0
    total: int = 0
    examples: list[str] = field(default_factory=list)

    @property
    def percent(self) -> float:
        """Hits per hundred."""
        return round(100 * self.hits / self.total, 2) if self.total else 0.0

    def count(self, hit: bool, example: str) -> None:
        """Add one case."""
        self.total += 1
        self.hits += hit
        if hit:
            self.examples.append(example)


def read_pairs(path: Path) -> list[Pair]:
    """Sentence pairs of a corpus: JSONL with lists or strings under ko and en, or ko TAB en."""
    pairs: list[Pair] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("{"):
            ko, en = line.split("\t")[:2]
            pairs.append((ko, en))
            continue
        record = json.loads(line)
        if isinstance(record["ko"], str):
            pairs.append((record["ko"], record["en"]))
        else:
            pairs += zip(record["ko"], record["en"], strict=True)
    return pairs


def judged_bad(source: AnchoredSource, en: str) -> tuple[Flag, ...]:
    """The errors and warnings of a translation."""
    return tuple(flag for flag in check_against(source, en) if not is_good((flag,)))


def measure_pairs(pairs: Sequence[Pair]) -> tuple[Tally, Counter[str], dict[Corruption, Tally]]:
    """Flagged human pairs, by which check, and spoiled pairs that pass, by corruption."""
    pools = collect_pools([en for _, en in pairs])
    alarms, checks = Tally(), Counter[str]()
    missed = {corruption: Tally() for corruption in CORRUPTIONS}
    chances = {c: random.Random(f"{SEED} {c.name}") for c in CORRUPTIONS}
    sources = sources_of([ko for ko, _ in pairs])
    for source, (ko, en) in zip(sources, pairs, strict=True):
        flags = judged_bad(source, en)
        checks.update({flag.check for flag in flags})
        alarms.count(bool(flags), f"{ko}\n    {en}\n    {_said(flags)}")
        for corruption, tally in missed.items():
            spoiled = corruption.spoil(en, chances[corruption], pools)
            if spoiled is not None and spoiled != en:
                passed = not judged_bad(source, spoiled)
                tally.count(passed, f"{ko}\n    {en}\n    {spoiled}")
    return alarms, checks, missed


def _said(flags: Sequence[Flag]) -> str:
    return "; ".join(f"{flag.check}: {flag.detail}" for flag in flags)


def coverage(path: Path) -> Tally:
    """Hand-marked figures, repeated ones as often as they stand (hits are those not found)."""
    tally = Tally()
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        found = Counter(anchor.text for anchor in find_figures(record["ko"]))
        for figure in record["figures"]:
            tally.count(not found[figure], f"{figure}: {record['ko']}")
            found[figure] -= 1
    return tally


@dataclass(frozen=True, slots=True)
class Report:
    """All that was measured."""

    alarms: Tally
    checks: Counter[str]
    missed: dict[Corruption, Tally]
    uncovered: Tally | None

    def family(self, family: str) -> Tally:
        """The misses of one family together."""
        tallies = [tally for kind, tally in self.missed.items() if kind.family == family]
        return Tally(sum(t.hits for t in tallies), sum(t.total for t in tallies))

    @property
    def ok(self) -> bool:
        """Whether every limit holds."""
        covered = self.uncovered is None or 100 - self.uncovered.percent >= MIN_COVERAGE
        within = all(self.family(name).percent <= most for name, most in MAX_MISSES.items())
        return covered and within and self.alarms.percent <= MAX_FALSE_ALARMS

    def rows(self) -> Iterator[tuple[str, Tally]]:
        """The lines of the table."""
        yield "false alarms on human pairs", self.alarms
        for kind, tally in self.missed.items():
            yield f"missed: {kind.name}", tally
        for family in MAX_MISSES:
            yield f"missed: all of kind {family}", self.family(family)
        if self.uncovered is not None:
            yield "figures not found", self.uncovered

    def summary(self) -> dict[str, object]:
        """The figures as one flat object, percentages."""
        found = None if self.uncovered is None else round(100 - self.uncovered.percent, 2)
        return {
            "pairs": self.alarms.total,
            "false_alarms_percent": self.alarms.percent,
            "missed_percent": {name: self.family(name).percent for name in MAX_MISSES},
            "missed_by_corruption_percent": {k.name: t.percent for k, t in self.missed.items()},
            "coverage_percent": found,
            "ok": self.ok,
        }


def measure(pairs: Sequence[Pair], figures: Path) -> Report:
    """Run all three measurements."""
    return Report(*measure_pairs(pairs), coverage(figures) if figures.exists() else None)


def print_report(report: Report, show: int) -> None:
    """The table, ``show`` examples of each row, the JSON as the last line."""
    for name, tally in report.rows():
        print(f"{name:<46}{tally.hits:>6} of {tally.total:<6}{tally.percent:>7.2f} %")
    print("\nfalse alarms by check")
    for check, count in report.checks.most_common():
        print(f"  {check:<44}{count:>6}")
    for name, tally in report.rows() if show else ():
        for example in random.Random(SEED).sample(tally.examples, min(show, len(tally.examples))):
            print(f"\n[{name}]\n    {example}")
    print(json.dumps(report.summary(), ensure_ascii=False))


def main() -> int:
    """Measure, print, tell whether the limits hold."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--pairs", type=Path, default=PAIRS, help="JSONL, or ko TAB en lines")
    parser.add_argument("--figures", type=Path, default=FIGURES, help="hand-checked figures")
    parser.add_argument("--show", type=int, default=0, help="examples to print of each row")
    options = parser.parse_args()
    report = measure(read_pairs(options.pairs), options.figures)
    print_report(report, options.show)
    return 0 if report.ok else 1


if __name__ == "__main__":
    sys.exit(main())
