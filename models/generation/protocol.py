"""The seam between tasks and engines: the ``TextGenerator`` protocol and its records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from models.errors import GenerationError


@dataclass(frozen=True, slots=True)
class GenerationOptions:
    """How to decode. ``hypotheses`` > 1 asks for an n-best list (needs ``beam_size`` >= it).

    ``stop`` are strings at which the output is cut (decoder-only base models run on).
    """

    max_output_tokens: int = 256
    beam_size: int = 1
    hypotheses: int = 1
    length_penalty: float = 1.0
    repetition_penalty: float = 1.0
    no_repeat_ngram_size: int = 0
    stop: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One output. ``score`` is the length-normalised log-probability (0 where unknown).

    ``finished`` is False when the output was cut at ``max_output_tokens``.
    """

    text: str
    tokens: int
    score: float = 0.0
    finished: bool = True


@dataclass(frozen=True, slots=True)
class Generation:
    """The n-best list for one prompt, best first; never empty.

    ``queue_ms`` is how long the prompt waited, ``truncated`` whether the engine had to cut it.
    """

    hypotheses: tuple[Hypothesis, ...]
    source_tokens: int
    queue_ms: float = 0.0
    truncated: bool = False

    @property
    def text(self) -> str:
        """The best hypothesis."""
        return self.hypotheses[0].text


class TextGenerator(Protocol):
    """Turns prompts into text. Safe to call from several threads.

    A batch of N gives what N single calls give, in order, up to float noise: engines sort by
    length inside and restore the order. An item that fails is a ``GenerationError`` in its
    place; the call itself raises only when nothing could be done.
    """

    @property
    def max_source_tokens(self) -> int:
        """The longest prompt, in tokens, that leaves room for an output."""
        ...

    def generate(
        self, prompts: Sequence[str], options: GenerationOptions
    ) -> list[Generation | GenerationError]:
        """N prompts → N results in order."""
        ...

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """The engine's own token counts, special tokens not counted."""
        ...

    def close(self) -> None:
        """Free the model; later calls raise ``GenerationError``."""
        ...
