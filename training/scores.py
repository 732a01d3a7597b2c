"""Scores of outputs against references: chrF2 and BLEU (sacrebleu), ROUGE-L on morphemes."""

from collections.abc import Callable, Sequence
from statistics import mean
from typing import Any

Tokenize = Callable[[str], Sequence[str]]


def translation_scores(hypotheses: Sequence[str], references: Sequence[str]) -> dict[str, float]:
    """Corpus chrF2 and BLEU with sacrebleu's defaults, 0 to 100."""
    import sacrebleu

    refs = [list(references)]
    return {
        "chrf2": round(sacrebleu.corpus_chrf(list(hypotheses), refs).score, 2),
        "bleu": round(sacrebleu.corpus_bleu(list(hypotheses), refs).score, 2),
    }


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


def mean_rouge_l(hypotheses: Sequence[str], references: Sequence[str], tokenize: Tokenize) -> float:
    """Mean ROUGE-L over pairs, rounded to three places."""
    pairs = zip(hypotheses, references, strict=True)
    return round(mean(rouge_l(tokenize(ours), tokenize(theirs)) for ours, theirs in pairs), 3)


def kiwi_morphemes() -> Tokenize:
    """Return a tokenizer into morphemes with their tags, punctuation left out."""
    from kiwipiepy import Kiwi

    kiwi: Any = Kiwi()

    def morphemes(text: str) -> list[str]:
        return [f"{t.form}/{t.tag}" for t in kiwi.tokenize(text) if not t.tag.startswith("S")]

    return morphemes
