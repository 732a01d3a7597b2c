"""Score an adapter as it would run: merged, int8, greedy, no checks and no retries.

Prints one line per set and a JSON object last. Sets: ``pud`` (choose settings on it), and the
held-out tenth of the passages: sentences and proposals into English, with the anchors that the
reference uses switched in and without, and proposals condensed from passages. The product's own
scores, after checks and retries, are those of ``yoji evaluate``.
"""

import argparse
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from models.generation.factory import open_generator
from models.generation.protocol import Generation, GenerationOptions, TextGenerator
from models.profiles import load_profile
from service.evaluation.scores import mean_rouge, morphemes, translation_scores
from service.evaluation.sources import (
    Pair,
    PassageRecord,
    is_held_out,
    read_pairs,
    read_passages,
    sample,
)
from training.examples import TRANSLATION, passage_pairs, summary, summary_prompt

Source = Callable[[str], str]
"""Korean as it stands → the source the network is given."""


@dataclass(frozen=True)
class Asker:
    """A generator with its options; a prompt that fails counts as an empty answer."""

    generator: TextGenerator
    options: GenerationOptions

    def __call__(self, prompts: Sequence[str]) -> list[str]:
        """Prompts → the first line of each answer."""
        results = self.generator.generate(prompts, self.options)
        texts = [result.text if isinstance(result, Generation) else "" for result in results]
        return [(text.strip().splitlines() or [""])[0] for text in texts]


def switching(nouns: Path | None) -> Source:
    """Return what switches all anchors in, and the table's nouns, as the run time does."""
    from models.anchors import find_anchors
    from models.anchors.nouns import NO_NOUNS, Nouns

    told = Nouns.read(nouns) if nouns else NO_NOUNS
    return lambda ko: told.switch(ko, find_anchors(ko))


def score_translations(ask: Asker, pairs: Sequence[Pair], source: Source) -> dict[str, float]:
    """Translate and score."""
    answers = ask([TRANSLATION.format(text=source(pair.ko)) for pair in pairs])
    return translation_scores(answers, [pair.en for pair in pairs])


def score_summaries(ask: Asker, passages: Sequence[PassageRecord]) -> dict[str, float]:
    """Condense passages, asked for the kind and style of their references, and score."""
    answers = ask([summary(passage).prompt for passage in passages])
    references = [passage.proposal_ko for passage in passages]
    prompts = {summary_prompt(passage) for passage in passages}
    return {
        "rouge_l": mean_rouge(answers, references, morphemes)["rouge_l"],
        "rouge_l_first_sentence": mean_rouge([p.ko[0] for p in passages], references, morphemes)[
            "rouge_l"
        ],
        "prompts": len(prompts),
    }


def evaluate(
    ask: Asker, data: Path, count: int, switched: Source, also: Sequence[Path] = ()
) -> dict[str, dict[str, float]]:
    """Score every set; of the files ``also`` only what the product would do, anchored."""
    passages = [p for p in read_passages(data / "corpus/policy.jsonl") if is_held_out(p)]
    pairs = sample([pair for passage in passages for pair in passage_pairs(passage)], count)
    pud = sample(list(read_pairs(data / "benchmark/pud.tsv")), count)
    steps: dict[str, Callable[[], dict[str, float]]] = {
        "pud plain": lambda: score_translations(ask, pud, str),
        "pud anchored": lambda: score_translations(ask, pud, switched),
        "held-out plain": lambda: score_translations(ask, pairs, str),
        "held-out anchored": lambda: score_translations(ask, pairs, switched),
        "held-out summaries": lambda: score_summaries(ask, sample(passages, count)),
    }
    for path in also:
        pairs_of_file = sample(list(read_pairs(path)), count)
        steps[f"{path.stem} anchored"] = partial(score_translations, ask, pairs_of_file, switched)
    scores = {}
    for name, step in steps.items():
        begun = time.monotonic()
        scores[name] = step()
        print(f"{name}: {scores[name]} ({time.monotonic() - begun:.0f} s)", flush=True)
    return scores


def main() -> None:
    """Parse arguments, build, score."""
    parser = argparse.ArgumentParser(prog="python -m training.evaluate", description=__doc__)
    parser.add_argument("adapter", type=Path, help="folder of the adapter")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True, help="where the build is kept")
    parser.add_argument("--count", type=int, default=200, help="of each set; 0 for all")
    parser.add_argument("--also", type=Path, action="append", default=[], help="more ko TAB en")
    options = parser.parse_args()
    task = load_profile("embedded").translator
    task = replace(task, checkpoint=replace(task.checkpoint, adapters=(options.adapter,)))
    decoding = GenerationOptions(max_output_tokens=160, stop=("\n",))
    ask = Asker(open_generator(task, options.cache), decoding)
    scores = evaluate(ask, options.data, options.count, switching(task.nouns), options.also)
    print(json.dumps(scores, ensure_ascii=False))


if __name__ == "__main__":
    main()
