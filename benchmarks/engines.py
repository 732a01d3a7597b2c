"""Which engine is how fast on the embedded model: one sentence, a digest, 16 and 64 sequences.

``python -m benchmarks.engines ARTICLES.jsonl [--minutes M] [--write PAGE.md]`` opens every engine
that is installed, then runs them in turn, round after round, until the minutes are used. The
machine is noisy, so the result is each one's speed as a ratio to the default's of the same round,
with its spread. The last line is JSON. Checkpoints that are missing are built first, outside the
minutes. ``--write`` puts the table between the marks of a page.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.variants import Timing, Variant, read_prompts, timed
from models.generation.ctranslate2 import CTranslate2Generator
from models.generation.ctranslate2_networks import Placement
from models.generation.devices import usable_cpus
from models.generation.factory import open_generator
from models.generation.protocol import GenerationOptions, TextGenerator
from models.profiles import build_checkpoint
from service.settings import Settings

SIZES = (1, 5, 16, 64)
_CORPUS_SIZE = 96
_SINGLES = 3
"""A round asks for this many sentences one by one: one alone is over too soon to be measured."""

_MARKED = re.compile(
    r"(.*<!-- engines-report: begin[^\n]*-->\n).*?(<!-- engines-report: end -->.*)", re.DOTALL
)

Opener = Callable[[], TextGenerator]
Speeds = dict[tuple[str, int], list[float]]


@dataclass
class Measurement:
    """Tokens a second by engine and size, one figure a round; the first engine is the default."""

    labels: list[str]
    speeds: Speeds = field(default_factory=dict)
    skipped: dict[str, str] = field(default_factory=dict)

    def add(self, label: str, size: int, timing: Timing) -> None:
        """One round's figure."""
        self.speeds.setdefault((label, size), []).append(timing.tokens_per_second)

    def ratios(self, label: str, size: int) -> list[float]:
        """How many times as fast as the default, round by round."""
        own, default = self.speeds[label, size], self.speeds[self.labels[0], size]
        return [mine / theirs for mine, theirs in zip(own, default, strict=True)]


def openers(cache: Path, threads: int) -> dict[str, Opener]:
    """Every engine and number format to compare, the default first."""
    default = Variant("ctranslate2", "int8")
    placements = {
        f"ctranslate2 int8, {threads} workers × 1 thread": Placement("cpu", 0, "int8", threads, 1),
        f"ctranslate2 int8, 1 worker × {threads} threads": Placement("cpu", 0, "int8", 1, threads),
        f"ctranslate2 float32, {threads} workers × 1 thread": Placement(
            "cpu", 0, "float32", threads, 1
        ),
    }
    found: dict[str, Opener] = {
        label: _placed(default, cache, placement) for label, placement in placements.items()
    }
    others = {
        "transformers float32": Variant("transformers", "float32"),
        "llama Q8_0": Variant("llama", "int8"),
        "llama Q4_0": Variant("llama", "int4"),
        "llama F16": Variant("llama", "float16"),
    }
    return found | {label: _opener(variant, cache, threads) for label, variant in others.items()}


def _placed(variant: Variant, cache: Path, placement: Placement) -> Opener:
    """CTranslate2 on one built checkpoint; it converts to other numbers as it loads."""
    task = variant.task()

    def start() -> TextGenerator:
        return CTranslate2Generator(
            build_checkpoint(task, cache, print),
            task.feeding,
            max_source_tokens=task.max_source_tokens,
            placement=placement,
        )

    return start


def _opener(variant: Variant, cache: Path, threads: int) -> Opener:
    def start() -> TextGenerator:
        return open_generator(variant.task(), cache, device="cpu", threads=threads, progress=print)

    return start


def why_missing(label: str) -> str | None:
    """Why an engine can't be compared here; None when it can."""
    if label.startswith("llama") and importlib.util.find_spec("llama_cpp") is None:
        return "llama-cpp-python is not installed (pip install 'yoji[llama]')"
    return None


def measure(
    generators: Mapping[str, TextGenerator],
    prompts: Sequence[str],
    options: GenerationOptions,
    seconds: float,
    sizes: Sequence[int] = SIZES,
) -> Measurement:
    """Whole rounds, every size of every engine in turn, while another fits into ``seconds``."""
    found = Measurement(list(generators))
    for generator in generators.values():
        timed(generator, prompts[:2], options)  # memory is taken on first use; not counted
    began = time.perf_counter()
    while True:
        start = time.perf_counter()
        for size in sizes:
            for label, generator in generators.items():
                found.add(label, size, _one(generator, prompts, size, options))
        now = time.perf_counter()
        if now - began + (now - start) > seconds:
            return found


def _one(
    generator: TextGenerator, prompts: Sequence[str], size: int, options: GenerationOptions
) -> Timing:
    if size > 1:
        return timed(generator, prompts[:size], options)
    singles = [timed(generator, [prompt], options) for prompt in prompts[:_SINGLES]]
    return Timing(sum(one.seconds for one in singles), sum(one.tokens for one in singles))


def table(found: Measurement, sizes: Sequence[int] = SIZES) -> Iterable[str]:
    """One line an engine: how many times as fast as the default, median (lowest–highest)."""
    wide = max(map(len, found.labels)) + 2
    yield "sequences at once".ljust(wide) + "".join(f"{size:>20}" for size in sizes)
    for label in found.labels:
        cells = (_cell(found.ratios(label, size)) for size in sizes)
        yield label.ljust(wide) + "".join(f"{cell:>20}" for cell in cells)
    default = (f"{statistics.median(found.speeds[found.labels[0], size]):.0f}" for size in sizes)
    yield "default, tokens/s".ljust(wide) + "".join(f"{speed:>20}" for speed in default)
    for label, why in found.skipped.items():
        yield f"{label}: not compared, {why}"


def markdown(found: Measurement, threads: int, sizes: Sequence[int] = SIZES) -> list[str]:
    """The table as a page shows it, and under which conditions it came about."""
    rounds = len(found.speeds[found.labels[0], sizes[0]])
    heads = {1: "1 sentence", 5: "5 (one digest)"}
    lines = [
        f"| sequences at once | {' | '.join(heads.get(size, str(size)) for size in sizes)} |",
        "|---" * (len(sizes) + 1) + "|",
    ]
    for label in found.labels:
        name = f"{label} (the default)" if label == found.labels[0] else label
        cells = (_cell(found.ratios(label, size)) for size in sizes)
        lines.append(f"| {name} | {' | '.join(cells)} |")
    speeds = (f"{statistics.median(found.speeds[found.labels[0], size]):.0f}" for size in sizes)
    lines.append(f"| the default, output tokens/s | {' | '.join(speeds)} |")
    skipped = (f"{label}: {why}." for label, why in found.skipped.items())
    return [*lines, "", f"Threads: {threads}; rounds: {rounds}.", *skipped]


def write_between_marks(page: Path, lines: Sequence[str]) -> None:
    """Replace what stands between a page's marks; ``ValueError`` when it hasn't both."""
    text = page.read_text(encoding="utf-8")
    parts = _MARKED.fullmatch(text)
    if parts is None:
        raise ValueError(f"{page} lacks the marks <!-- engines-report: begin … --> and end")
    page.write_text(parts[1] + "\n".join(lines) + "\n" + parts[2], encoding="utf-8")


def _cell(ratios: Sequence[float]) -> str:
    return f"{statistics.median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f})"


def record(found: Measurement, threads: int, sizes: Sequence[int] = SIZES) -> dict[str, object]:
    """The measurement as one JSON object."""
    return {
        "default": found.labels[0],
        "threads": threads,
        "rounds": len(found.speeds[found.labels[0], sizes[0]]),
        "ratios": {
            label: {
                str(size): {
                    "median": round(statistics.median(ratios), 2),
                    "min": round(min(ratios), 2),
                    "max": round(max(ratios), 2),
                }
                for size in sizes
                for ratios in [found.ratios(label, size)]
            }
            for label in found.labels
        },
        "skipped": found.skipped,
    }


def open_all(wanted: Mapping[str, Opener]) -> tuple[dict[str, TextGenerator], dict[str, str]]:
    """The engines that are installed, opened, and why the others aren't."""
    skipped = {label: why for label in wanted if (why := why_missing(label)) is not None}
    return {label: start() for label, start in wanted.items() if label not in skipped}, skipped


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=Path, help="JSONL with a field body")
    parser.add_argument("--minutes", type=float, default=4.0, help="how long to measure")
    parser.add_argument("--tokens", type=int, default=16, help="the longest output")
    parser.add_argument("--threads", type=int, default=usable_cpus())
    parser.add_argument("--write", type=Path, help="a page with the marks, to put the table in")
    parser.add_argument("--only", default="", help="engines whose name begins so, and the default")
    chosen = parser.parse_args(arguments)
    every = openers(Settings().cache_dir, chosen.threads)
    default = next(iter(every))
    wanted = {
        label: start
        for label, start in every.items()
        if label == default or label.startswith(chosen.only)
    }
    prompts = read_prompts(chosen.articles, _CORPUS_SIZE)
    generators, skipped = open_all(wanted)
    options = GenerationOptions(max_output_tokens=chosen.tokens, stop=("\n",))
    found = measure(generators, prompts, options, chosen.minutes * 60)
    found.skipped = skipped
    for line in table(found):
        print(line)
    if chosen.write:
        write_between_marks(chosen.write, markdown(found, chosen.threads))
    print(json.dumps(record(found, chosen.threads), ensure_ascii=False))
    for generator in generators.values():
        generator.close()


if __name__ == "__main__":
    main(sys.argv[1:])
