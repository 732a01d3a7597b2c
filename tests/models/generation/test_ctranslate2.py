from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from models.errors import CheckpointError, GenerationError
from models.generation.ctranslate2 import CTranslate2Generator
from models.generation.ctranslate2_networks import Placement
from models.generation.factory import open_generator
from models.generation.feeding import Feeding
from models.generation.protocol import Generation, GenerationOptions, TextGenerator
from models.profiles import build_checkpoint, load_profile

FEEDING = Feeding(before=("<bos>",))
GREEDY = GenerationOptions(max_output_tokens=14)
BEAM = GenerationOptions(max_output_tokens=14, beam_size=4, hypotheses=3)
PROMPTS = [
    "정부는 내년까지 3만 개의 기업에",
    "Korean: 중기부는 지원을 늘린다.\nEnglish:",
    "규제를",
    "기사: 김 팀장은 규제를 풀어야 한다고 말했다.\n제안:",
    "The government said on the 13th",
    "한자 漢字와 이모지 🙂",
    "3만 개",
]


@pytest.fixture(scope="module")
def generator(tiny_profile_file: Path, tiny_cache: Path) -> Iterator[TextGenerator]:
    task = load_profile(str(tiny_profile_file)).translator
    generator = open_generator(task, tiny_cache, device="cpu", threads=2)
    yield generator
    generator.close()


@pytest.fixture(scope="module")
def reference(tiny_hub: Path) -> Any:
    from transformers import Gemma3ForCausalLM

    return Gemma3ForCausalLM.from_pretrained(tiny_hub).eval()


def texts(results: list[Generation | GenerationError]) -> list[list[str]]:
    assert all(isinstance(result, Generation) for result in results)
    return [[h.text for h in r.hypotheses] for r in results if isinstance(r, Generation)]


def by_transformers(reference: Any, hub: Path, prompt: str, **options: Any) -> list[str]:
    import torch
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(hub / "tokenizer.json"))
    ids = torch.tensor([[2, *tokenizer.encode(prompt, add_special_tokens=False).ids]])
    with torch.no_grad():
        outputs = reference.generate(
            ids,
            attention_mask=torch.ones_like(ids),
            do_sample=False,
            max_new_tokens=14,
            pad_token_id=0,
            **options,
        )
    new = outputs[:, ids.shape[1] :].tolist()
    return [tokenizer.decode(row, skip_special_tokens=True).strip() for row in new]


def test_the_tiny_network_says_different_things(generator: TextGenerator) -> None:
    said = [row[0] for row in texts(generator.generate(PROMPTS, GREEDY))]
    assert len(set(said)) >= 5
    assert max(len(set(text)) for text in said) > 4


@pytest.mark.parametrize("prompt", PROMPTS)
def test_greedy_equals_transformers(
    prompt: str, generator: TextGenerator, reference: Any, tiny_hub: Path
) -> None:
    ours = texts(generator.generate([prompt], GREEDY))[0]
    assert ours == by_transformers(reference, tiny_hub, prompt)


@pytest.mark.parametrize("prompt", PROMPTS)
def test_beams_equal_transformers(
    prompt: str, generator: TextGenerator, reference: Any, tiny_hub: Path
) -> None:
    ours = texts(generator.generate([prompt], BEAM))[0]
    theirs = by_transformers(reference, tiny_hub, prompt, num_beams=4, num_return_sequences=3)
    assert ours == theirs


@pytest.mark.parametrize(
    "options",
    [
        GREEDY,
        BEAM,
        replace(GREEDY, repetition_penalty=1.5),
        replace(GREEDY, no_repeat_ngram_size=2),
        replace(GREEDY, stop=("다", "\n")),
    ],
)
def test_a_batch_gives_what_single_calls_give(
    options: GenerationOptions, generator: TextGenerator
) -> None:
    batch = generator.generate(PROMPTS, options)
    singles = [generator.generate([prompt], options)[0] for prompt in PROMPTS]
    assert texts(batch) == texts(singles)
    assert [r.source_tokens for r in batch if isinstance(r, Generation)] == (
        generator.count_tokens(PROMPTS)
    )


def test_n_best_is_sorted_and_scored(generator: TextGenerator) -> None:
    result = generator.generate(PROMPTS[:1], BEAM)[0]
    assert isinstance(result, Generation)
    scores = [hypothesis.score for hypothesis in result.hypotheses]
    assert len(scores) == 3
    assert scores == sorted(scores, reverse=True)
    assert scores[0] < 0


def test_an_overlong_prompt_fails_alone_with_its_counts(generator: TextGenerator) -> None:
    long = "가 나 다 " * 40
    (count,) = generator.count_tokens([long])
    first, second, third = generator.generate(["규제를", long, "3만"], GREEDY)
    assert isinstance(first, Generation)
    assert isinstance(third, Generation)
    assert isinstance(second, GenerationError)
    assert str(second) == (
        f"the prompt has {count} tokens, the limit is 64; split it into shorter passages"
    )


def test_a_prompt_of_exactly_the_limit_is_taken(generator: TextGenerator) -> None:
    prompt = next(
        text for n in range(1, 99) if generator.count_tokens([text := "3만 개" * n])[0] == 64
    )
    assert isinstance(generator.generate([prompt], GREEDY)[0], Generation)


def test_a_cut_output_is_not_finished(generator: TextGenerator) -> None:
    result = generator.generate(PROMPTS[:1], replace(GREEDY, max_output_tokens=1))[0]
    assert isinstance(result, Generation)
    (only,) = result.hypotheses
    assert (only.tokens, only.finished) == (1, False)


def test_stop_strings_cut_and_finish(generator: TextGenerator) -> None:
    free = generator.generate(PROMPTS, GREEDY)
    for prompt, result in zip(PROMPTS, free, strict=True):
        assert isinstance(result, Generation)
        stop = result.text[len(result.text) // 2 :][:2]
        if not stop:
            continue
        stopped = generator.generate([prompt], replace(GREEDY, stop=(stop,)))[0]
        assert isinstance(stopped, Generation)
        assert stop not in stopped.text
        assert result.text.startswith(stopped.text)
        assert stopped.hypotheses[0].finished


def test_special_tokens_in_a_prompt_are_text(generator: TextGenerator) -> None:
    assert generator.count_tokens(["<eos>"])[0] > 1


def test_a_closed_generator_raises(tiny_profile_file: Path, tiny_cache: Path) -> None:
    task = load_profile(str(tiny_profile_file)).translator
    closed = open_generator(task, tiny_cache, device="cpu")
    closed.close()
    with pytest.raises(GenerationError, match="closed"):
        closed.generate(["가"], GREEDY)
    with pytest.raises(GenerationError, match="closed"):
        closed.count_tokens(["가"])


def test_no_prompts_no_results(generator: TextGenerator) -> None:
    assert generator.generate([], GREEDY) == []
    assert generator.count_tokens([]) == []


@pytest.mark.parametrize(
    ("feeding", "named"),
    [
        (Feeding(before=("<s>",)), "<s>"),
        (Feeding(before=("<bos>",), end=("<end_of_turn>",)), "<end_of_turn>"),
    ],
)
def test_a_token_the_tokenizer_lacks_is_named_at_load(
    feeding: Feeding, named: str, tiny_profile_file: Path, tiny_cache: Path
) -> None:
    folder = build_checkpoint(load_profile(str(tiny_profile_file)).translator, tiny_cache)
    with pytest.raises(CheckpointError, match=named):
        CTranslate2Generator(folder, feeding, placement=Placement(compute_type="float32"))
