"""Scores of outputs against references: chrF2 and BLEU (sacrebleu), ROUGE on morphemes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise
from statistics import mean
from typing import Any

from models.reading.sentences import KIWI_LOCK, kiwi
from service.faults import UsageFault

Tokenize = Callable[[str], Sequence[str]]


def _sacrebleu() -> Any:
    try:
        import sacrebleu
    except ImportError as error:
        raise UsageFault("scores need sacrebleu: pip install 'yoji[evaluate]'") from error
    return sacrebleu


def translation_scores(hypotheses: Sequence[str], references: Sequence[str]) -> dict[str, float]:
    """Corpus chrF2 and BLEU with sacrebleu's defaults, 0 to 100."""
    metrics = _metrics()
    return {
        name: round(metric.corpus_score(list(hypotheses), [list(references)]).score, 2)
        for name, metric in metrics.items()
    }


def signatures() -> dict[str, str]:
    """The sacrebleu signature of each score."""
    metrics = _metrics()
    for metric in metrics.values():
        metric.corpus_score(["a"], [["a"]])  # the signature tells the references used last
    return {name: str(metric.get_signature()) for name, metric in metrics.items()}


def _metrics() -> dict[str, Any]:
    metrics = _sacrebleu().metrics
    return {"chrf2": metrics.CHRF(), "bleu": metrics.BLEU()}


def longest_common_subsequence(left: Sequence[str], right: Sequence[str]) -> int:
    """Return its length."""
    row = [0] * (len(right) + 1)
    for token in left:
        before = 0
        for at, other in enumerate(right, start=1):
            before, row[at] = row[at], before + 1 if token == other else max(row[at], row[at - 1])
    return row[-1]


def rouge_l(hypothesis: Sequence[str], reference: Sequence[str]) -> float:
    """ROUGE-L F1 (Lin, 2004) of two token sequences, 0 to 1."""
    common = longest_common_subsequence(hypothesis, reference)
    if not common:
        return 0.0
    precision, recall = common / len(hypothesis), common / len(reference)
    return 2 * precision * recall / (precision + recall)


def rouge_n(hypothesis: Sequence[str], reference: Sequence[str], size: int) -> float:
    """ROUGE-N F1 (Lin, 2004) of two token sequences for N 1 or 2, 0 to 1."""
    ours, theirs = _grams(hypothesis, size), _grams(reference, size)
    common = sum((ours & theirs).values())
    if not common:
        return 0.0
    precision, recall = common / ours.total(), common / theirs.total()
    return 2 * precision * recall / (precision + recall)


def _grams(tokens: Sequence[str], size: int) -> Counter[Any]:
    return Counter(tokens) if size == 1 else Counter(pairwise(tokens))


def mean_rouge(
    hypotheses: Sequence[str], references: Sequence[str], tokenize: Tokenize
) -> dict[str, float]:
    """Mean ROUGE-1, -2 and -L over pairs, rounded to three places."""
    pairs = [(tokenize(h), tokenize(r)) for h, r in zip(hypotheses, references, strict=True)]
    return {
        "rouge_1": round(mean(rouge_n(h, r, 1) for h, r in pairs), 3),
        "rouge_2": round(mean(rouge_n(h, r, 2) for h, r in pairs), 3),
        "rouge_l": round(mean(rouge_l(h, r) for h, r in pairs), 3),
    }


def mean_rouge_l(hypotheses: Sequence[str], references: Sequence[str], tokenize: Tokenize) -> float:
    """Mean ROUGE-L over pairs, rounded to three places."""
    pairs = zip(hypotheses, references, strict=True)
    return round(mean(rouge_l(tokenize(ours), tokenize(theirs)) for ours, theirs in pairs), 3)


@cache
def morphemes(text: str) -> tuple[str, ...]:
    """A text's morphemes with their tags (Kiwi), punctuation left out."""
    with KIWI_LOCK:
        tokens = kiwi().tokenize(text)
    return tuple(f"{t.form}/{t.tag}" for t in tokens if not t.tag.startswith("S"))
