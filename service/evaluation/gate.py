"""Floors: what a profile has reached before and must not lose.

``floors.json`` holds, for each profile and sample size, the worst value that passes. They are
raised by a run that did better, and lowered only when that is asked for. Must not know how a
measure is taken.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from service.evaluation.measures import Measures
from service.faults import UsageFault

SHIPPED_FLOORS: Final = Path(__file__).with_name("floors.json")


@dataclass(frozen=True, slots=True)
class Gated:
    """A measure with a floor: which way is better, and how far below a run its floor is set.

    The margin is for other CPUs: int8 sums in another order can change a word here and there.
    """

    higher_is_better: bool
    margin: float

    def floor_for(self, value: float) -> float:
        """The floor a run of ``value`` sets."""
        return round(value - self.margin if self.higher_is_better else value + self.margin, 3)

    def better(self, one: float, other: float) -> float:
        """The harder floor of two."""
        return max(one, other) if self.higher_is_better else min(one, other)

    def holds(self, value: float, floor: float) -> bool:
        """Whether ``value`` passes."""
        return value >= floor if self.higher_is_better else value <= floor


GATED: Final[Mapping[str, Gated]] = {
    "chrf2": Gated(True, 0.5),
    "bleu": Gated(True, 0.5),
    "rouge_l": Gated(True, 0.01),
    "figures_wrong_percent": Gated(False, 0.5),
    "figures_wrong_unflagged": Gated(False, 0),
    "figures_invented_unflagged": Gated(False, 0),
    "abstractive_supported_percent": Gated(True, 3.0),
    "unsupported_percent": Gated(False, 1.0),
    "failed": Gated(False, 0),
}

TARGETS: Final[Mapping[tuple[str, str], float]] = {
    ("flores200_devtest", "chrf2"): 45.0,
    ("flores200_devtest", "bleu"): 13.0,
    ("flores200_devtest", "figures_wrong_percent"): 1.0,
    ("held_out", "chrf2"): 60.0,
    ("held_out", "figures_wrong_percent"): 1.0,
    ("held_out_summaries", "rouge_l"): 0.58,
    ("articles_dev", "abstractive_supported_percent"): 90.0,
}
"""What the embedded profile is meant to reach; shown beside what it reached."""

Scores = Mapping[str, Measures]
"""Set → measure → value."""


@dataclass(frozen=True, slots=True)
class Breach:
    """A measure on the wrong side of its floor."""

    set: str
    measure: str
    value: float
    floor: float

    def __str__(self) -> str:
        """One line, for a log."""
        return f"{self.set}.{self.measure} is {self.value}, its floor {self.floor}"


@dataclass(slots=True)
class Floors:
    """The floors of one file, by ``PROFILE sample=N``, set and measure."""

    path: Path
    content: dict[str, dict[str, dict[str, float]]]

    @classmethod
    def read(cls, path: Path) -> Floors:
        """The floors of a file; none if it doesn't exist; ``UsageFault`` if it is damaged."""
        if not path.exists():
            return cls(path, {})
        try:
            content: Any = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise UsageFault(f"{path}: can't be read as floors ({error}); restore it") from error
        return cls(path, content)

    def breaches(self, key: str, scores: Scores) -> Iterator[Breach]:
        """Everything below its floor; ``UsageFault`` if there is nothing to compare with."""
        if key not in self.content:
            known = ", ".join(self.content) or "none"
            raise UsageFault(
                f"{self.path} has no floors for {key} (it has: {known}); run with the same "
                "profile and --sample, or set floors with --raise-floors"
            )
        for name, floors in self.content[key].items():
            for measure, floor in floors.items():
                value = scores.get(name, {}).get(measure)
                if value is not None and not GATED[measure].holds(value, floor):
                    yield Breach(name, measure, value, floor)

    def update(self, key: str, scores: Scores, *, lower: bool = False) -> list[str]:
        """Take a run as the new floors where it did better, or everywhere → what changed."""
        changed = []
        for name, measures in scores.items():
            floors = self.content.setdefault(key, {}).setdefault(name, {})
            for measure, gated in GATED.items():
                if measure not in measures:
                    continue
                new, old = gated.floor_for(measures[measure]), floors.get(measure)
                if old is not None and not lower:
                    new = gated.better(old, new)
                if new != old:
                    floors[measure] = new
                    changed.append(f"{name}.{measure}: {old} → {new}")
        return changed

    def write(self) -> None:
        """Write the file, sorted, so that a change is one line of a diff."""
        text = json.dumps(self.content, indent=2, sort_keys=True)
        self.path.write_text(text + "\n", encoding="utf-8")
