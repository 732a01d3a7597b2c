"""Make the table of nouns the translator is told, from lists written by hand.

    python -m training.nouns LIST.tsv … --pairs PAIRS.tsv … --passages P.jsonl … --out nouns.tsv

A list has ``Korean<TAB>English|other English`` lines. Of one Korean noun in several lists, the
English most of them put first is first. Human translations then judge: a noun whose English
stands in too few of the sentences that have the Korean is a homonym or wrong and is left out,
and the forms that do stand there go first.
"""

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from models.anchors.nouns import MAX_WORDS, Nouns, bare
from models.anchors.terms import Term, forms_in_english
from service.evaluation.sources import Pair, is_held_out, read_pairs, read_passages
from training.examples import passage_pairs

ENOUGH = 2  # sentences that judge a noun
SUPPORT = 0.5  # share of them that must have its English
_KOREAN = re.compile(r"[0-9A-Za-z가-힣]+(?: [0-9A-Za-z가-힣]+)*")
_ENGLISH = re.compile(r"[0-9A-Za-zÀ-ž][0-9A-Za-zÀ-ž .,&'’/+-]*")

Rows = dict[str, tuple[str, ...]]


def read_list(path: Path) -> list[tuple[str, tuple[str, ...]]]:
    """A list's well-formed entries; homonyms of one syllable and sentences are no nouns."""
    rows = []
    for line in path.read_text(encoding="utf-8").splitlines():
        ko, _, en = line.partition("\t")
        ko = " ".join(ko.split())
        forms = tuple(form.strip() for form in en.split("|"))
        if fit(ko) and all(_ENGLISH.fullmatch(form) for form in forms):
            rows.append((ko, forms))
    return rows


def fit(ko: str) -> bool:
    """Whether a Korean noun can be found at all: two syllables or more, few words."""
    return (
        bool(_KOREAN.fullmatch(ko) and re.search("[가-힣]", ko))
        and len(bare(ko)) > 1
        and len(ko.split()) <= MAX_WORDS
    )


def merge(lists: Iterable[Sequence[tuple[str, tuple[str, ...]]]]) -> Rows:
    """One row a noun: its forms by how often, and how near the front, the lists have them."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    spelt: dict[str, str] = {}
    for rows in lists:
        for ko, forms in rows:
            spelt.setdefault(bare(ko), ko)
            for place, form in enumerate(forms):
                votes[bare(ko)][form] += 4 - min(place, 3)
    return {
        spelt[key]: tuple(form for form, _ in count.most_common(4)) for key, count in votes.items()
    }


@dataclass
class Verdict:
    """What translations say of one noun: sentences that have it, and its forms found there."""

    sentences: int = 0
    rendered: int = 0
    forms: Counter[str] = field(default_factory=Counter)

    @property
    def holds(self) -> bool:
        """Unjudged, or rendered often enough."""
        return self.sentences < ENOUGH or self.rendered >= SUPPORT * self.sentences


def judge(rows: Rows, pairs: Iterable[Pair]) -> Mapping[str, Verdict]:
    """Look every noun up in translated sentences."""
    nouns = Nouns.of(list(rows.items()))
    verdicts: dict[str, Verdict] = defaultdict(Verdict)
    for pair in pairs:
        for anchor in nouns.find(pair.ko):
            assert isinstance(anchor.value, Term)
            verdict = verdicts[anchor.value.ko]
            verdict.sentences += 1
            found = forms_in_english(anchor.value, pair.en)
            verdict.rendered += bool(found)
            verdict.forms.update(found[:1])
    return verdicts


def judged(rows: Rows, verdicts: Mapping[str, Verdict]) -> Rows:
    """The nouns that hold, their best confirmed forms first."""
    kept: Rows = {}
    for ko, forms in rows.items():
        verdict = verdicts.get(ko, Verdict())
        if verdict.holds:
            kept[ko] = tuple(sorted(forms, key=lambda form: -verdict.forms[form]))
    return kept


def write(rows: Rows, path: Path) -> None:
    """Sorted by the Korean, with a header."""
    lines = [f"{ko}\t{'|'.join(forms)}" for ko, forms in sorted(rows.items())]
    path.write_text("\n".join(["ko\ten", *lines]) + "\n", encoding="utf-8")


def sentence_pairs(pairs: Sequence[Path], passages: Sequence[Path]) -> list[Pair]:
    """Every translated sentence of the files, the held-out tenth apart."""
    found = [pair for path in pairs for pair in read_pairs(path)]
    for path in passages:
        for passage in read_passages(path):
            if not is_held_out(passage):
                found.extend(passage_pairs(passage))
    return found


def main() -> None:
    """Parse arguments, merge, judge, write, and say what was left out."""
    parser = argparse.ArgumentParser(prog="python -m training.nouns", description=__doc__)
    parser.add_argument("lists", type=Path, nargs="+")
    parser.add_argument("--pairs", type=Path, nargs="*", default=[])
    parser.add_argument("--passages", type=Path, nargs="*", default=[])
    parser.add_argument("--without", type=Path, help="nouns to leave out, one a line")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    rows = merge(read_list(path) for path in options.lists)
    left_out = options.without.read_text(encoding="utf-8").splitlines() if options.without else ()
    for ko in left_out:
        rows.pop(ko, None)
    verdicts = judge(rows, sentence_pairs(options.pairs, options.passages))
    kept = judged(rows, verdicts)
    write(kept, options.out)
    seen = sum(1 for ko in kept if ko in verdicts)
    dropped = sorted(set(rows) - set(kept), key=lambda ko: -verdicts[ko].sentences)
    print(f"{len(rows)} nouns, {len(kept)} kept, {seen} of them met in translations")
    for ko in dropped:
        verdict = verdicts[ko]
        print(f"left out: {ko} ({rows[ko][0]}): {verdict.rendered} of {verdict.sentences}")


if __name__ == "__main__":
    main()
