"""The embedded translator under other engines and number formats, and how fast one is.

Shared by the measurements of engines; knows nothing of tables.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from models.errors import GenerationError
from models.generation.protocol import Generation, GenerationOptions, TextGenerator
from models.profiles import TaskProfile, load_profile
from models.profiles.profile import Engine

_SENTENCE_CHARACTERS = range(30, 161)


@dataclass(frozen=True, slots=True)
class Variant:
    """An engine and the numbers it computes with."""

    engine: Engine
    compute_type: str

    @property
    def label(self) -> str:
        """As tables name it."""
        return f"{self.engine} {self.compute_type}"

    def task(self) -> TaskProfile:
        """The embedded profile's translator, run so."""
        translator = load_profile("embedded").translator
        return replace(translator, engine=self.engine, compute_type=self.compute_type)


@dataclass(frozen=True, slots=True)
class Timing:
    """What one call took, and the output tokens it made."""

    seconds: float
    tokens: int

    @property
    def tokens_per_second(self) -> float:
        """Output tokens a second."""
        return self.tokens / self.seconds


def read_prompts(articles: Path, count: int) -> list[str]:
    """``count`` translation prompts of a corpus' sentences (JSONL with a field body), in order.

    ``ValueError`` when the corpus has fewer sentences of middling length.
    """
    lines = articles.read_text(encoding="utf-8").splitlines()
    bodies = [sentence for line in lines for sentence in json.loads(line)["body"]]
    fitting = [text for text in dict.fromkeys(bodies) if len(text) in _SENTENCE_CHARACTERS]
    if len(fitting) < count:
        raise ValueError(f"{articles} has {len(fitting)} sentences, {count} are needed")
    task = load_profile("embedded").translator
    return [task.prompt(text) for text in fitting[:count]]


def timed(generator: TextGenerator, prompts: Sequence[str], options: GenerationOptions) -> Timing:
    """One call; ``GenerationError`` if any prompt failed, for a failure costs no time."""
    start = time.perf_counter()
    results = generator.generate(prompts, options)
    seconds = time.perf_counter() - start
    return Timing(seconds, sum(result.hypotheses[0].tokens for result in succeeded(results)))


def succeeded(results: Sequence[Generation | GenerationError]) -> list[Generation]:
    """All results; raises the first error among them."""
    generations: list[Generation] = []
    for result in results:
        if isinstance(result, GenerationError):
            raise result
        generations.append(result)
    return generations
