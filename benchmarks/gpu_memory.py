"""What an engine makes of a GPU whose memory runs out, seen from outside.

The GPU is filled up to a few megabytes, fewer each time. Where one prompt alone still fits, a
large batch must be answered whole: the engine has to take it in parts. Where nothing fits, it must
say so in the prompts' places, and work again once the memory is free.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Protocol

from models.errors import GenerationError
from models.generation.protocol import GenerationOptions, TextGenerator

LEVELS_MB = (1024, 512, 256, 128, 64, 32, 16, 8)
"""How much of the GPU is left free."""


class Memory(Protocol):
    """A GPU's memory, to be taken away."""

    def leaving(self, megabytes: int) -> AbstractContextManager[None]:
        """All but so much is taken, while the context lasts."""
        ...


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether it held, and what was seen."""

    passed: bool
    detail: str


class TorchMemory:
    """The first GPU's, taken with torch, which must have been built for CUDA."""

    @contextmanager
    def leaving(self, megabytes: int) -> Iterator[None]:
        """All but so much is taken, while the context lasts."""
        import torch

        torch.cuda.empty_cache()
        free, _ = torch.cuda.mem_get_info(0)
        size = max(0, free - megabytes * 1024 * 1024)
        ballast = torch.empty(size, dtype=torch.uint8, device="cuda:0")
        try:
            yield
        finally:
            del ballast
            torch.cuda.empty_cache()


def check_memory(
    generator: TextGenerator,
    prompts: Sequence[str],
    options: GenerationOptions,
    memory: Memory,
) -> Verdict:
    """Less and less memory until not even one prompt fits; then all of it again."""
    lowest = LEVELS_MB[0]
    for level in LEVELS_MB:
        with memory.leaving(level):
            failures = _failures(generator, prompts, options)
            alone = bool(_failures(generator, prompts[:1], options)) if failures else False
        if failures and not alone:
            return Verdict(False, f"{failures[0]} ({level} MB free, a single prompt fits)")
        if failures:
            return _recovered(generator, prompts, options, f"nothing fits into {level} MB")
        lowest = level
    return _recovered(generator, prompts, options, f"answered whole with {lowest} MB free")


def _recovered(
    generator: TextGenerator, prompts: Sequence[str], options: GenerationOptions, seen: str
) -> Verdict:
    failures = _failures(generator, prompts, options)
    if failures:
        return Verdict(False, f"{seen}; fails even when memory is free again: {failures[0]}")
    return Verdict(True, f"{seen}; works again when memory is free")


def _failures(
    generator: TextGenerator, prompts: Sequence[str], options: GenerationOptions
) -> list[GenerationError]:
    results = generator.generate(prompts, options)
    return [result for result in results if isinstance(result, GenerationError)]
