"""The quality suite: which sets there are, what is measured on each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from models.assembly import Pipeline
from service.evaluation.measures import Advance, Measures
from service.evaluation.sources import (
    is_held_out,
    read_pairs,
    read_passages,
    sample,
    sentences_and_proposal,
)
from service.evaluation.summaries import evaluate_digests, evaluate_summaries, read_reference_pages
from service.evaluation.translations import evaluate_translations
from service.faults import UsageFault

Item = TypeVar("Item")
Measure = Callable[[Pipeline, Advance], Measures]

SETS: Final = (
    "flores200_devtest",
    "pud",
    "wmt24pp_news",
    "held_out",
    "held_out_summaries",
    "articles_dev",
)


@dataclass(frozen=True, slots=True)
class EvaluationSet:
    """A set ready to be measured; ``size`` is what ``advance`` counts up to."""

    name: str
    size: int
    measure: Measure


def open_sets(data: Path, names: Sequence[str], count: int) -> list[EvaluationSet]:
    """The sets of a data folder, ``count`` items of each (0: all), chosen by a fixed seed.

    ``data`` has ``benchmark/NAME.tsv`` (ko TAB en), ``corpus/policy.jsonl`` and
    ``corpus/articles_dev.jsonl``. ``UsageFault`` for an unknown name, a missing or an empty file.
    """
    return [_open(data, name, count) for name in names]


def _open(data: Path, name: str, count: int) -> EvaluationSet:
    if name == "articles_dev":
        path = _file(data / "corpus" / "articles_dev.jsonl")
        pages = sample(_some(read_reference_pages(path), path), count)
        return EvaluationSet(name, len(pages), _measure(evaluate_digests, pages))
    if name in ("held_out", "held_out_summaries"):
        path = _file(data / "corpus" / "policy.jsonl")
        records = _some((r for r in read_passages(path) if is_held_out(r)), path)
        if name == "held_out_summaries":
            records = sample(records, count)
            return EvaluationSet(name, len(records), _measure(evaluate_summaries, records))
        held_out = [pair for record in records for pair in sentences_and_proposal(record)]
        pairs = sample(held_out, count)
        return EvaluationSet(name, len(pairs), _measure(evaluate_translations, pairs))
    if name not in SETS:
        raise UsageFault(f"unknown set {name!r}; use some of {', '.join(SETS)}")
    path = _file(data / "benchmark" / f"{name}.tsv")
    pairs = sample(_some(read_pairs(path), path), count)
    return EvaluationSet(name, len(pairs), _measure(evaluate_translations, pairs))


def _measure(
    evaluate: Callable[[Pipeline, Sequence[Item], Advance], Measures], items: Sequence[Item]
) -> Measure:
    return lambda pipeline, advance: evaluate(pipeline, items, advance)


def _file(path: Path) -> Path:
    if not path.is_file():
        raise UsageFault(f"{path} does not exist; name the data's folder with --data")
    return path


def _some(items: Iterator[Item], path: Path) -> list[Item]:
    try:
        found = list(items)
    except (ValueError, KeyError, TypeError) as error:
        raise UsageFault(f"{path}: a line is not as documented ({error!r})") from error
    if not found:
        raise UsageFault(f"{path} holds nothing to evaluate on; see docs/evaluation.md")
    return found
