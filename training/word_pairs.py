"""Learn which Korean nouns an English word goes with, for checking names of organisations.

    python -m training.word_pairs CORPUS models/anchors/data/word_pairs.tsv

IBM model 1 (Brown et al., 1993) from English words to Korean noun stems (Kiwi), on sentence
pairs and proposals. Only what the corpus shows several times and clearly is kept; the rest
stays unknown, and an unknown word proves nothing.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from kiwipiepy import Kiwi

NOUN_TAGS = frozenset({"NNG", "NNP", "XR", "SL", "XSN"})
ITERATIONS = 8
MIN_COUNT = 4  # sentences an English word must occur in
MIN_PROBABILITY = 0.06
MIN_LIFT = 4.0  # how much likelier the stem must be beside the word than anywhere
COMMON = 0.04  # share of sentences beyond which a stem is no evidence
_WORD = re.compile(r"[A-Za-z]{2,}")
_EMPTY = "the a an of to in on at for from by with and or that is are was were be been its as"

Table = dict[str, dict[str, float]]


def read_pairs(corpus: Path) -> Iterator[tuple[str, str]]:
    """The aligned sentences and proposals of the corpus."""
    for line in corpus.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        yield from zip(record["ko"], record["en"], strict=True)
        if record["proposal_ko"]:
            yield record["proposal_ko"], record["proposal_en"]


def english_words(text: str) -> set[str]:
    """Lower-cased words without the emptiest."""
    return {word.lower() for word in _WORD.findall(text)} - set(_EMPTY.split())


def korean_stems(texts: Sequence[str]) -> list[set[str]]:
    """The noun stems of each text, two syllables or more."""
    kiwi = Kiwi()
    return [
        {t.form for t in tokens if t.tag in NOUN_TAGS and len(t.form) > 1}
        for tokens in kiwi.tokenize(texts)
    ]


def train(pairs: Sequence[tuple[set[str], set[str]]]) -> Table:
    """p(Korean stem | English word) after a few rounds of expectation maximisation."""
    table: Table = {}
    for _ in range(ITERATIONS):
        counts: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        for stems, words in pairs:
            sources = [*words, ""]
            for stem in stems:
                weights = [table[w].get(stem, 0.0) if table else 1.0 for w in sources]
                total = sum(weights) or 1.0
                for word, weight in zip(sources, weights, strict=True):
                    counts[word][stem] += weight / total
        table = {
            word: {stem: count / sum(found.values()) for stem, count in found.items()}
            for word, found in counts.items()
        }
    return table


def choose(pairs: Sequence[tuple[set[str], set[str]]], table: Table) -> dict[str, list[str]]:
    """The stems of each word that are frequent, likely and telling enough, likeliest first."""
    words = Counter(word for _, found in pairs for word in found)
    stems = Counter(stem for found, _ in pairs for stem in found)
    together = Counter((word, stem) for ks, es in pairs for word in es for stem in ks)
    chosen: dict[str, list[str]] = {}
    for word, count in words.items():
        if count < MIN_COUNT:
            continue
        ranked = sorted(table[word].items(), key=lambda item: (-item[1], item[0]))
        chosen[word] = [
            stem
            for stem, probability in ranked
            if probability >= MIN_PROBABILITY
            and stems[stem] < COMMON * len(pairs)
            and together[word, stem] >= 2
            and together[word, stem] * len(pairs) >= MIN_LIFT * count * stems[stem]
        ]
    return {word: found for word, found in sorted(chosen.items()) if found}


def main() -> None:
    """Read the corpus, write the table."""
    corpus, target = Path(sys.argv[1]), Path(sys.argv[2])
    texts = list(read_pairs(corpus))
    stems = korean_stems([ko for ko, _ in texts])
    pairs = list(zip(stems, (english_words(en) for _, en in texts), strict=True))
    rows = [f"{word}\t{' '.join(found)}" for word, found in choose(pairs, train(pairs)).items()]
    target.write_text("word\tstems\n" + "\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
