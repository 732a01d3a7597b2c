"""Build a training set: a JSONL file of prompts and answers in the order they will be learnt.

Every source is shuffled by the seed and passed through as often as its share of the tokens asks;
sources alternate so that any prefix of the file has about the mixture of the whole. The held-out
tenth of the passages is never read.
"""

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from tokenizers import Tokenizer

from training.anchoring import plain, switching
from training.examples import (
    Example,
    Switch,
    pair_translation,
    passage_translations,
    summary,
)
from training.filters import FILTERS
from training.mixture import Mixture, Shares, Source, read_mixture
from training.sources import PassageRecord, is_held_out, read_pairs, read_passages

TOKENIZER = Path("models/profiles/embedded/tokenizer.json")


def training_passages(path: Path, holds_out: bool) -> list[PassageRecord]:
    """Read passages, without the held-out tenth where the source has one."""
    return [p for p in read_passages(path) if not (holds_out and is_held_out(p))]


def examples_of(source: Source, data: Path, switch: Switch) -> Iterator[Example]:
    """Yield the examples of a source once, in file order."""
    path = data / source.file
    if source.kind == "pairs":
        for pair in read_pairs(path):
            if all(FILTERS[name](pair) for name in source.filters):
                yield pair_translation(pair, switch)
        return
    for passage in training_passages(path, source.holds_out):
        if source.kind == "summaries":
            yield summary(passage)
        else:
            yield from passage_translations(passage, switch)


def endless(source: Source, data: Path, switch: Switch, seed: str) -> Iterator[Example]:
    """Pass through a source again and again, shuffled (and switched) anew each time."""
    order = random.Random(seed)
    while True:
        examples = list(examples_of(source, data, switch))
        if not examples:
            raise ValueError(f"{source.file}: no example passes its filters; loosen them")
        order.shuffle(examples)
        yield from examples


def interleave(mixture: Mixture, data: Path, tokenizer: Tokenizer) -> Iterator[tuple[str, Example]]:
    """Yield (source name, example) until the mixture's tokens are reached."""
    share = mixture.switch_share
    streams = {
        name: endless(
            source,
            data,
            switching(share, mixture.seed) if share else plain,
            f"{mixture.seed}-{name}",
        )
        for name, source in mixture.sources.items()
    }
    shares, given = Shares.of(mixture), defaultdict[str, int](int)
    while sum(given.values()) < mixture.tokens:
        name = shares.next(given)
        example = next(streams[name])
        length = len(tokenizer.encode(example.prompt + example.answer).ids) + 1
        if length <= mixture.max_example_tokens:
            given[name] += length
            yield name, example
        else:
            given[name] += 1


def main() -> None:
    """Parse arguments, build, write, and say what came of it."""
    parser = argparse.ArgumentParser(prog="python -m training.build_set", description=__doc__)
    parser.add_argument("mixture", type=Path, help="TOML file, see training/*.toml")
    parser.add_argument("--data", type=Path, required=True, help="folder the files are named from")
    parser.add_argument("--tokenizer", type=Path, default=TOKENIZER)
    parser.add_argument("--out", type=Path, required=True, help="JSONL file to write")
    options = parser.parse_args()
    tokenizer = Tokenizer.from_file(str(options.tokenizer))
    counts: dict[str, int] = defaultdict(int)
    with options.out.open("w", encoding="utf-8") as out:
        for name, example in interleave(read_mixture(options.mixture), options.data, tokenizer):
            counts[name] += 1
            record = {"source": name, **asdict(example)}
            out.write(json.dumps(record, ensure_ascii=False) + "\n")
    print(json.dumps(counts, ensure_ascii=False))


if __name__ == "__main__":
    main()
