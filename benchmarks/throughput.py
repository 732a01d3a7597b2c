"""How much of a batch is spent in the engine, and how near it comes to CTranslate2 alone.

``python -m benchmarks.throughput PAGES.jsonl [--pages 40] [--rounds 3]`` digests the pages as
``yoji batch`` does, on the embedded profile, and then gives the prompts of that very run,
already tokenized and sorted by length, to CTranslate2 directly: in turn, in one process, several
rounds. *busy* is the share of the run's time in which the inference thread has a batch in the
engine; *ratio* is generated tokens per second of the run over those of CTranslate2 alone, at
the best of ``--direct-batches`` sizes. Machines are noisy: both are ratios of one process. Loading
is not counted. The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from models.assembly import Pipeline, make_pipeline
from models.digest import DigestOptions, digest_id
from models.errors import GenerationError
from models.generation.batching import QueuedGenerator
from models.generation.ctranslate2 import CTranslate2Generator
from models.generation.factory import open_generator
from models.generation.protocol import Generation, GenerationOptions
from models.profiles import load_profile
from models.reading import Page
from service.batch.journal import Journal, keeps
from service.batch.records import Record
from service.batch.runner import Run
from service.batch.tally import Tally
from service.settings import Settings


class RecordingEngine:
    """CTranslate2's generator, timed, with all prompts it is given kept."""

    def __init__(self, engine: CTranslate2Generator) -> None:
        self.engine = engine
        self.record = Recorded()

    @property
    def max_source_tokens(self) -> int:
        """The engine's own."""
        return self.engine.max_source_tokens

    def generate(
        self, prompts: Sequence[str], options: GenerationOptions
    ) -> list[Generation | GenerationError]:
        """The engine's results; time and prompts are noted."""
        started = time.perf_counter()
        results = self.engine.generate(prompts, options)
        self.record.busy_s += time.perf_counter() - started
        self.record.batches.append(len(prompts))
        self.record.prompts[options] += prompts
        self.record.tokens += sum(
            result.hypotheses[0].tokens for result in results if isinstance(result, Generation)
        )
        return results

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """The engine's own."""
        return self.engine.count_tokens(texts)

    def close(self) -> None:
        """Free the network."""
        self.engine.close()


@dataclass
class Recorded:
    """What went through the engine in one run."""

    busy_s: float = 0.0
    tokens: int = 0
    batches: list[int] = field(default_factory=list)
    prompts: dict[GenerationOptions, list[str]] = field(default_factory=lambda: defaultdict(list))


class Silent:
    """A progress nobody watches."""

    def advance(self, tally: Tally) -> None:
        """Nothing."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", type=Path, help="JSONL with a field raw")
    parser.add_argument("--pages", dest="count", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--direct-batches", type=int, nargs="+", default=[16, 64])
    arguments = parser.parse_args()
    lines = arguments.pages.read_text(encoding="utf-8").splitlines()[: arguments.count]
    pages = [Page(json.loads(line)["raw"]) for line in lines]
    engine, pipeline = _open()
    pipeline.digester.digest(pages[:1])  # loads dictionaries; not counted
    rounds = [
        _round(engine, pipeline, pages, arguments.direct_batches, at)
        for at in range(1, arguments.rounds + 1)
    ]
    pipeline.close()
    print(json.dumps({"pages": len(pages), "rounds": len(rounds)} | _summary(rounds)))


def _open() -> tuple[RecordingEngine, Pipeline]:
    """The embedded profile, whose two tasks share one network, on a recording engine."""
    profile = load_profile("embedded")
    engine = open_generator(profile.summarizer, Settings().cache_dir)
    if not isinstance(engine, CTranslate2Generator):
        raise TypeError(f"embedded runs on {type(engine).__name__}; this measures CTranslate2")
    recording = RecordingEngine(engine)
    queued = QueuedGenerator(recording)
    return recording, make_pipeline(profile, queued, queued)


@dataclass(frozen=True)
class Round:
    """One run and one replay of its prompts."""

    pages: int
    busy: float
    run_s: float
    run_tokens_per_s: float
    direct_tokens_per_s: float

    @property
    def ratio(self) -> float:
        """Of the rates."""
        return self.run_tokens_per_s / self.direct_tokens_per_s


def _round(
    engine: RecordingEngine,
    pipeline: Pipeline,
    pages: Sequence[Page],
    sizes: Sequence[int],
    number: int,
) -> Round:
    engine.record = Recorded()
    run_s = _run(pipeline, pages)
    record = engine.record
    direct = {size: _direct(engine.engine, record, size) for size in sizes}
    result = Round(
        len(pages), record.busy_s / run_s, run_s, record.tokens / run_s, max(direct.values())
    )
    rates = ", ".join(f"{rate:.0f} in batches of {size}" for size, rate in direct.items())
    print(
        f"round {number}: {len(pages)} pages in {run_s:.1f} s, {sum(record.batches)} prompts in "
        f"{len(record.batches)} calls, busy {result.busy:.3f}, "
        f"{result.run_tokens_per_s:.0f} tokens/s; CTranslate2 alone {rates}; "
        f"ratio {result.ratio:.2f}"
    )
    return result


def _run(pipeline: Pipeline, pages: Sequence[Page]) -> float:
    """Seconds of the pages through the batch's run, the journal's syncs included."""
    options = DigestOptions()
    digest = partial(pipeline.digester.digest, options=options)
    fingerprint = pipeline.profile.fingerprint
    identify = partial(digest_id, options=options, fingerprint=fingerprint)
    with (
        tempfile.TemporaryDirectory() as folder,
        Journal(Path(folder) / "journal", keeps(False)) as journal,
    ):
        run = Run(digest, identify, journal, Silent())
        started = time.perf_counter()
        run.process(Record(at, page) for at, page in enumerate(pages))
        return time.perf_counter() - started


def _direct(engine: CTranslate2Generator, record: Recorded, size: int) -> float:
    """Tokens per second of CTranslate2 on the run's prompts, prepared beforehand."""
    network: Any = engine._opened()
    generator = network._network
    prepared = []
    for options, prompts in record.prompts.items():
        sources = [list(source.tokens) for source in engine._prompting.sources(prompts)]
        kept = [source for source in sources if len(source) <= engine.max_source_tokens]
        prepared.append((options, sorted(kept, key=len, reverse=True)))
    tokens = 0
    started = time.perf_counter()
    for options, sources in prepared:
        results = generator.generate_batch(
            sources,
            max_batch_size=size,
            include_prompt_in_result=False,
            max_length=options.max_output_tokens,
            end_token=engine._end_tokens(options.stop),
            beam_size=max(options.beam_size, options.hypotheses),
            num_hypotheses=options.hypotheses,
            length_penalty=options.length_penalty,
            repetition_penalty=options.repetition_penalty,
            no_repeat_ngram_size=options.no_repeat_ngram_size,
        )
        tokens += sum(len(result.sequences[0]) for result in results)
    return tokens / (time.perf_counter() - started)


def _summary(rounds: Sequence[Round]) -> dict[str, float]:
    figures = {"busy": [r.busy for r in rounds], "ratio": [r.ratio for r in rounds]}
    return {
        f"{name}_{kind}": round(of(values), 3)
        for name, values in figures.items()
        for kind, of in (("median", statistics.median), ("min", min), ("max", max))
    } | {"seconds_per_page": round(statistics.median(r.run_s / r.pages for r in rounds), 3)}


if __name__ == "__main__":
    main()
