"""The reference engine: equal to CTranslate2 on the same checkpoint, and careful with memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from models.errors import CheckpointError, GenerationError
from models.generation.factory import open_generator
from models.generation.protocol import Generation, GenerationOptions, TextGenerator
from models.generation.transformers import TransformersGenerator
from models.profiles import TaskProfile, build_checkpoint, is_built, load_profile, verify_checkpoint

GREEDY = GenerationOptions(max_output_tokens=10)
PROMPTS = ["정부는 내년까지 3만 개의 기업에", "규제를", "The government said on the 13th", "3만 개"]


@pytest.fixture(scope="module")
def task(tiny_profile_file: Path) -> TaskProfile:
    return replace(load_profile(str(tiny_profile_file)).translator, engine="transformers")


@pytest.fixture(scope="module")
def generator(task: TaskProfile, tiny_cache: Path) -> Iterator[TextGenerator]:
    generator = open_generator(task, tiny_cache, device="cpu")
    yield generator
    generator.close()


@pytest.fixture(scope="module")
def converted(task: TaskProfile, tiny_cache: Path) -> Iterator[TextGenerator]:
    generator = open_generator(replace(task, engine="ctranslate2"), tiny_cache, device="cpu")
    yield generator
    generator.close()


def texts(results: list[Any]) -> list[list[str]]:
    assert all(isinstance(result, Generation) for result in results)
    return [[hypothesis.text for hypothesis in result.hypotheses] for result in results]


@pytest.mark.parametrize(
    "options",
    [
        GREEDY,
        replace(GREEDY, beam_size=3, hypotheses=2),
        replace(GREEDY, repetition_penalty=1.5),
        replace(GREEDY, no_repeat_ngram_size=2),
        replace(GREEDY, stop=("내", "\n")),
        replace(GREEDY, max_output_tokens=1),
    ],
)
def test_both_engines_say_the_same(
    options: GenerationOptions, generator: TextGenerator, converted: TextGenerator
) -> None:
    ours, theirs = generator.generate(PROMPTS, options), converted.generate(PROMPTS, options)
    assert texts(ours) == texts(theirs)
    for one, other in zip(ours, theirs, strict=True):
        assert isinstance(one, Generation)
        assert isinstance(other, Generation)
        assert one.source_tokens == other.source_tokens
        for mine, his in zip(one.hypotheses, other.hypotheses, strict=True):
            assert (mine.tokens, mine.finished) == (his.tokens, his.finished)


def test_scores_agree(generator: TextGenerator, converted: TextGenerator) -> None:
    for options in (GREEDY, replace(GREEDY, beam_size=3)):
        for one, other in zip(
            generator.generate(PROMPTS, options), converted.generate(PROMPTS, options), strict=True
        ):
            assert isinstance(one, Generation)
            assert isinstance(other, Generation)
            assert one.hypotheses[0].score == pytest.approx(other.hypotheses[0].score, abs=1e-3)


def test_a_batch_gives_what_single_calls_give(generator: TextGenerator) -> None:
    singles = [generator.generate([prompt], GREEDY)[0] for prompt in PROMPTS]
    assert texts(generator.generate(PROMPTS, GREEDY)) == texts(singles)


def test_an_overlong_prompt_fails_alone(generator: TextGenerator) -> None:
    long, short = generator.generate(["가 나 다 " * 40, "3만"], GREEDY)
    assert isinstance(long, GenerationError)
    assert "the limit is 64" in str(long)
    assert isinstance(short, Generation)


def test_a_users_own_folder_is_opened_where_it_is(
    task: TaskProfile, tiny_hub: Path, tmp_path: Path
) -> None:
    assert build_checkpoint(task, tmp_path) == tiny_hub
    assert is_built(task, tmp_path)
    assert verify_checkpoint(task, tmp_path) == []
    assert list(tmp_path.iterdir()) == []


def test_out_of_memory_halves_the_batch_and_goes_on(
    task: TaskProfile, tiny_hub: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import torch

    generator = TransformersGenerator(tiny_hub, task.feeding, max_source_tokens=64)
    whole = generator.generate(PROMPTS, GREEDY)
    generate, sizes = generator._network.generate, []

    def crowded(ids: Any, **options: Any) -> Any:
        sizes.append(len(ids))
        if len(ids) > 1:
            raise torch.OutOfMemoryError("CUDA out of memory")
        return generate(ids, **options)

    monkeypatch.setattr(generator._network, "generate", crowded)
    assert texts(generator.generate(PROMPTS, GREEDY)) == texts(whole)
    assert sizes == [4, 2, 1, 1, 2, 1, 1]


def test_out_of_memory_on_one_prompt_is_its_error(
    task: TaskProfile, tiny_hub: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import torch

    def full(*_: Any, **__: Any) -> Any:
        raise torch.OutOfMemoryError("CUDA out of memory")

    generator = TransformersGenerator(tiny_hub, task.feeding, max_source_tokens=64)
    monkeypatch.setattr(generator._network, "generate", full)
    (result,) = generator.generate(["3만"], GREEDY)
    assert isinstance(result, GenerationError)
    assert "out of memory" in str(result)


def test_a_closed_generator_raises(task: TaskProfile, tiny_hub: Path) -> None:
    generator = TransformersGenerator(tiny_hub, task.feeding)
    generator.close()
    with pytest.raises(GenerationError, match="closed"):
        generator.generate(["가"], GREEDY)


def test_the_wrong_architecture_is_named_at_load(task: TaskProfile, tiny_hub: Path) -> None:
    feeding = replace(task.feeding, architecture="encoder-decoder")
    with pytest.raises(CheckpointError, match=r"feeding\.architecture"):
        TransformersGenerator(tiny_hub, feeding)
