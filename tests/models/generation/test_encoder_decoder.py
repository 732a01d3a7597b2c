"""Encoder-decoder checkpoints of the architectures Korean models have, fed as they must be."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from models.errors import CheckpointError, GenerationError
from models.generation.factory import open_generator
from models.generation.protocol import Generation, GenerationOptions, TextGenerator
from models.generation.tokenizing import PromptTokenizer, load_tokenizer
from models.profiles import Checkpoint, Licence, TaskProfile, checkpoint_folder
from tests.models.generation.tiny_encoder_decoders import BUILDERS, Model, as_on_the_hub, bart, t5

PROMPTS = [
    "정부는 내년까지 3만 개의",
    "지원한다",
    "기업에 1조2000억 원을 지원한다고 밝혔다. 정부는",
    "밝혔다. 원을",
]
GREEDY = GenerationOptions(max_output_tokens=12)
BEAM = GenerationOptions(max_output_tokens=12, beam_size=4, hypotheses=3)
PENALTY = GenerationOptions(max_output_tokens=12, repetition_penalty=1.4)


@pytest.fixture(scope="module", params=BUILDERS, ids=lambda made: made.__name__)
def model(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Model:
    import torch

    torch.manual_seed(0)
    made: Model = request.param(tmp_path_factory.mktemp("hub"))
    made.network.eval().save_pretrained(made.folder)
    as_on_the_hub(made.folder / "config.json")
    return made


@pytest.fixture(scope="module")
def task(model: Model) -> TaskProfile:
    return task_of(model)


def task_of(model: Model) -> TaskProfile:
    return TaskProfile(
        task="translator",
        engine="ctranslate2",
        checkpoint=Checkpoint(
            "local", str(model.folder), "local", Licence("none", "https://example.org", True)
        ),
        prompts={"translation": "{text}"},
        feeding=model.feeding,
        compute_type="float32",
        options=GenerationOptions(max_output_tokens=64),
    )


@pytest.fixture(scope="module")
def generator(task: TaskProfile, tiny_cache: Path) -> Iterator[TextGenerator]:
    generator = open_generator(task, tiny_cache, device="cpu", threads=2)
    yield generator
    generator.close()


def texts(results: list[Any]) -> list[list[str]]:
    assert all(isinstance(result, Generation) for result in results)
    return [[hypothesis.text for hypothesis in result.hypotheses] for result in results]


def by_transformers(
    model: Model, tokenizer: PromptTokenizer, prompt: str, **options: Any
) -> list[str]:
    """What transformers' own generate makes of the same tokens."""
    import torch

    vocabulary = ids_by_token(model.folder)
    names = {id_: token for token, id_ in vocabulary.items()}
    feeding = model.feeding
    source = [*feeding.before, *tokenizer.tokens([prompt])[0], *feeding.after]
    first = [model.start, *feeding.target_before]
    ids = torch.tensor([[vocabulary.get(token, vocabulary["<unk>"]) for token in source]])
    with torch.no_grad():
        outputs = model.network.generate(
            ids,
            attention_mask=torch.ones_like(ids),
            decoder_input_ids=torch.tensor([[vocabulary[token] for token in first]]),
            max_new_tokens=12,
            do_sample=False,
            **options,
        )
    new = outputs[:, len(first) :].tolist()
    kept = [[names[id_] for id_ in row if names[id_] not in ("<pad>", "</s>")] for row in new]
    return [tokenizer.text(tokens) for tokens in kept]


def ids_by_token(folder: Path) -> dict[str, int]:
    if (folder / "vocab.json").is_file():
        loaded: dict[str, int] = json.loads((folder / "vocab.json").read_text(encoding="utf-8"))
        return loaded
    from tokenizers import Tokenizer

    return dict(Tokenizer.from_file(str(folder / "tokenizer.json")).get_vocab())


@pytest.mark.parametrize(
    ("options", "theirs"),
    [
        (GREEDY, {}),
        (BEAM, {"num_beams": 4, "num_return_sequences": 3}),
        (PENALTY, {"repetition_penalty": 1.4}),
    ],
    ids=["greedy", "beam", "penalty"],
)
@pytest.mark.filterwarnings("ignore:Recommended. pip install sacremoses")
def test_outputs_equal_transformers(
    options: GenerationOptions,
    theirs: dict[str, Any],
    model: Model,
    task: TaskProfile,
    generator: TextGenerator,
    tiny_cache: Path,
) -> None:
    tokenizer = load_tokenizer(checkpoint_folder(task, tiny_cache), model.feeding)
    ours = texts(generator.generate(PROMPTS, options))
    assert ours == [by_transformers(model, tokenizer, prompt, **theirs) for prompt in PROMPTS]
    assert len({row[0] for row in ours}) >= 2


@pytest.mark.parametrize(
    "options", [GREEDY, BEAM, PENALTY, GenerationOptions(12, no_repeat_ngram_size=2)]
)
def test_a_batch_gives_what_single_calls_give(
    options: GenerationOptions, generator: TextGenerator
) -> None:
    singles = [generator.generate([prompt], options)[0] for prompt in PROMPTS]
    assert texts(generator.generate(PROMPTS, options)) == texts(singles)


def test_nothing_special_shows_in_the_text(generator: TextGenerator) -> None:
    for (text,) in texts(generator.generate(PROMPTS, GREEDY)):
        assert text == text.strip()
        assert not any(
            token in text for token in ("<s>", "</s>", "<pad>", "eng_Latn", "__en__", "▁")
        )


def test_kobarts_positions_are_never_exceeded(tmp_path: Path, tiny_cache: Path) -> None:
    made = bart(tmp_path)
    made.network.save_pretrained(tmp_path)
    positions = made.network.config.max_position_embeddings
    task = task_of(made)
    generator = open_generator(replace(task, max_source_tokens=5000), tiny_cache, device="cpu")
    assert generator.max_source_tokens == positions - 2, "bos and eos by hand"
    fitting = "가 " * (positions // 2 - 1)
    longer = "가 " * positions
    first, second = generator.generate([fitting, longer], GREEDY)
    assert isinstance(first, Generation)
    assert first.source_tokens <= positions - 2
    assert isinstance(second, GenerationError)
    generator.close()


def test_an_architecture_that_ctranslate2_does_not_run_is_named(
    tmp_path: Path, tiny_cache: Path
) -> None:
    from transformers import LongT5Config, LongT5ForConditionalGeneration

    made = t5(tmp_path)
    config = LongT5Config(**{**made.network.config.to_dict(), "model_type": "longt5"})
    LongT5ForConditionalGeneration(config).save_pretrained(tmp_path)
    with pytest.raises(CheckpointError, match=r"LongT5ForConditionalGeneration.*transformers"):
        open_generator(task_of(made), tiny_cache, device="cpu")
