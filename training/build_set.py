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

from service.evaluation.sources import Pair, PassageRecord, is_held_out, read_pairs, read_passages
from training.examples import Example, Switch, passage_pairs, summary, translation
from training.filters import FILTERS
from training.mixture import Mixture, Shares, Source, read_mixture

TOKENIZER = Path("models/profiles/embedded/tokenizer.json")


def training_passages(path: Path, holds_out: bool) -> list[PassageRecord]:
    """Read passages, without the held-out tenth where the source has one."""
    return [p for p in read_passages(path) if not (holds_out and is_held_out(p))]


def located(file: str, data: Path) -> Path:
    """Find a source among the data, or from the working directory (the project's own)."""
    return data / file if (data / file).exists() else Path(file)


def records_of(source: Source, data: Path) -> list[Pair] | list[PassageRecord]:
    """Read what a source's examples are made of, in file order."""
    path = located(source.file, data)
    if source.kind == "pairs":
        tests = [FILTERS[name] for name in source.filters]
        return [pair for pair in read_pairs(path) if all(test(pair) for test in tests)]
    passages = training_passages(path, source.holds_out)
    if source.kind == "summaries":
        return passages
    return [pair for passage in passages for pair in passage_pairs(passage)]


def switching(mixture: Mixture, name: str) -> Switch:
    """Return the mixture's way of anchoring pairs; without one, `models.anchors` isn't needed."""
    if not mixture.switch_share:
        return lambda ko, en: (ko, en)
    from training import anchoring

    seed = f"{mixture.seed}-{name}"
    return anchoring.switching(mixture.switch_share, mixture.swap_share, seed, mixture.nouns)


def endless(source: Source, data: Path, switch: Switch, seed: str) -> Iterator[Example]:
    """Pass through a source again and again, shuffled (and switched) anew each time."""
    order = random.Random(seed)
    records: list[Pair | PassageRecord] = [*records_of(source, data)]
    if not records:
        raise ValueError(f"{source.file}: no example passes its filters; loosen them")
    while True:
        order.shuffle(records)
        for record in records:
            yield translation(record, switch) if isinstance(record, Pair) else summary(record)


def interleave(mixture: Mixture, data: Path, tokenizer: Tokenizer) -> Iterator[tuple[str, Example]]:
    """Yield (source name, example) until the mixture's tokens are reached."""
    streams = {
        name: endless(source, data, switching(mixture, name), f"{mixture.seed}-{name}")
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
