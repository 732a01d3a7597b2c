"""Scores of translations: against references, and of what may not be wrong, whatever the score.

Runs the product's own way: anchors, n-best, checks, flags. Must not know of files or floors.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from models.anchors import AnchoredSource, find_figures
from models.anchors.agreement import Disagreement, compare_numbers
from models.anchors.english_figure import EnglishFigure
from models.anchors.english_figures import read_english_figures
from models.anchors.english_names import find_english_names
from models.anchors.figure import Figure
from models.anchors.matching import figure_matches
from models.assembly import Pipeline
from models.checks import check_against, is_good
from models.documents import Translation
from models.errors import YojiError
from service.evaluation.measures import Advance, Counts, Measures, share
from service.evaluation.scores import translation_scores
from service.evaluation.sources import Pair

CHUNK = 64
"""Texts a call: full batches, and a progress line every few seconds."""


def evaluate_translations(
    pipeline: Pipeline, pairs: Sequence[Pair], advance: Advance = lambda _: None
) -> Measures:
    """Every measure of one set, see docs/evaluation.md; a failed item counts as empty English."""
    counts = _TranslationCounts()
    outputs: list[str] = []
    for start in range(0, len(pairs), CHUNK):
        some = pairs[start : start + CHUNK]
        results = pipeline.translate([pair.ko for pair in some])
        for pair, result in zip(some, results, strict=True):
            outputs.append(counts.add(pair, result))
        advance(len(some))
    scores = translation_scores(outputs, [pair.en for pair in pairs])
    return {**scores, **counts.measures()}


@dataclass(slots=True)
class _TranslationCounts:
    """What is counted over a set; the names are the measures'."""

    counts: Counts = field(default_factory=Counts)

    def add(self, pair: Pair, result: Translation | YojiError) -> str:
        """Count one item → its English."""
        self.counts["items"] += 1
        if isinstance(result, YojiError):
            self.counts["failed"] += 1
            return ""
        flagged = not is_good(result.flags)
        self.counts["flagged"] += flagged
        told = compare_numbers(pair.ko, result.text)
        references = read_english_figures(pair.en)
        self._add_figures(pair.ko, result, told, references)
        self._add_anchors(pair, result.text)
        if not flagged:
            self._add_invented(pair, result.text, told, references)
        return result.text

    def _add_figures(
        self,
        ko: str,
        result: Translation,
        told: Disagreement,
        references: Sequence[EnglishFigure],
    ) -> None:
        """Amounts: by our checks, and those of the reference that are a figure of the Korean."""
        silent = is_good(result.flags)
        missing = sum(anchor.kind == "figure" for anchor in told.missing)
        figures = [a.value for a in find_figures(ko) if isinstance(a.value, Figure)]
        self.counts["figures"] += sum(not figure.weak for figure in figures)
        self.counts["figures_wrong"] += missing
        self.counts["figures_wrong_unflagged"] += missing if silent else 0
        found = read_english_figures(result.text)
        for wanted in references:
            if wanted.weak or not any(figure_matches(figure, wanted) for figure in figures):
                continue
            self.counts["reference_figures"] += 1
            if not any(_same_value(wanted, other) for other in found):
                self.counts["reference_figures_wrong"] += 1
                self.counts["reference_figures_wrong_unflagged"] += silent

    def _add_anchors(self, pair: Pair, en: str) -> None:
        """Dates, people and terms of the Korean, and the flags that miss them."""
        source = AnchoredSource.read(pair.ko)
        for anchor in source.anchors:
            if anchor.kind != "figure":
                self.counts[f"{_family(anchor.kind)}s"] += 1
        for flag in check_against(source, en):
            family, _, what = flag.check.partition("_")
            if what == "missing" and family != "figure":
                self.counts[f"{family}s_wrong"] += 1

    def _add_invented(
        self, pair: Pair, en: str, told: Disagreement, references: Sequence[EnglishFigure]
    ) -> None:
        """Figures and names of unflagged English that neither the Korean nor the reference has."""
        for found in told.invented:
            if isinstance(found, EnglishFigure):
                known = any(_same_value(found, other) for other in references)
                self.counts["figures_invented_unflagged"] += not known
        theirs = pair.en.casefold()
        for name in find_english_names(en):
            self.counts["names_not_in_reference_unflagged"] += name.text.casefold() not in theirs

    def measures(self) -> Measures:
        """Counts and the shares they make, in per cent."""
        counts = self.counts
        shares = {
            "flagged_percent": share(counts["flagged"], counts["items"]),
            "figures_wrong_percent": share(counts["figures_wrong"], counts["figures"]),
            "reference_figures_wrong_percent": share(
                counts["reference_figures_wrong"], counts["reference_figures"]
            ),
            "dates_wrong_percent": share(counts["dates_wrong"], counts["dates"]),
            "names_wrong_percent": share(counts["names_wrong"], counts["names"]),
            "terms_wrong_percent": share(counts["terms_wrong"], counts["terms"]),
        }
        plain = (
            "items",
            "failed",
            "figures",
            "figures_wrong_unflagged",
            "reference_figures_wrong_unflagged",
            "figures_invented_unflagged",
            "names_not_in_reference_unflagged",
        )
        return {**shares, **{name: counts[name] for name in plain}}


def _family(kind: str) -> str:
    """The name a kind of anchor has in the names of checks."""
    return {"person": "name", "date": "date"}.get(kind, "term")


def _same_value(one: EnglishFigure, other: EnglishFigure) -> bool:
    return not {one.value, *one.also}.isdisjoint({other.value, *other.also})
