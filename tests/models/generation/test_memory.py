"""A GPU's memory runs out: the batch is halved until it fits, for CTranslate2 as for torch."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from models.errors import GenerationError
from models.generation.ctranslate2 import CTranslate2Generator
from models.generation.factory import open_generator
from models.generation.protocol import Generation, GenerationOptions
from models.profiles import load_profile

OPTIONS = GenerationOptions(max_output_tokens=4)
PROMPTS = ["정부는 내년까지", "규제를", "The government", "3만 개", "기업에"]


@pytest.fixture(scope="module")
def generator(tiny_profile_file: Path, tiny_cache: Path) -> Iterator[CTranslate2Generator]:
    task = load_profile(str(tiny_profile_file)).translator
    generator = open_generator(task, tiny_cache, device="cpu", threads=1)
    assert isinstance(generator, CTranslate2Generator)
    yield generator
    generator.close()


class Full:
    """A future of a batch that did not fit."""

    def result(self) -> Any:
        raise RuntimeError("CUDA failed with error out of memory")


def crowd(generator: CTranslate2Generator, monkeypatch: pytest.MonkeyPatch, room: int) -> list[int]:
    network: Any = generator._network
    start, sizes = network.start, []

    def crowded(prompts: list[list[str]], *rest: Any) -> list[Any]:
        sizes.append(len(prompts))
        return start(prompts, *rest) if len(prompts) <= room else [Full()] * len(prompts)

    monkeypatch.setattr(network, "start", crowded)
    monkeypatch.setattr(network, "plan", lambda lengths, _: [tuple(range(len(lengths)))])
    return sizes


def test_the_halves_of_a_batch_run_next(
    generator: CTranslate2Generator, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = generator.generate(PROMPTS, OPTIONS)
    sizes = crowd(generator, monkeypatch, room=1)
    answers = generator.generate(PROMPTS, OPTIONS)
    assert [a.text for a in answers if isinstance(a, Generation)] == [
        e.text for e in expected if isinstance(e, Generation)
    ]
    assert len(answers) == len(PROMPTS)
    assert sizes == [5, 2, 3, 1, 1, 1, 2, 1, 1]


def test_a_single_prompt_that_does_not_fit_is_its_own_error(
    generator: CTranslate2Generator, monkeypatch: pytest.MonkeyPatch
) -> None:
    crowd(generator, monkeypatch, room=0)
    answers = generator.generate(PROMPTS[:2], OPTIONS)
    assert all(isinstance(answer, GenerationError) for answer in answers)
    assert all("out of memory" in str(answer) for answer in answers)
