"""The real llama.cpp, held to transformers in float32: ``make llama-check``.

llama.cpp looks GELU up in a float16 table (ggml-cpu/vec.h, GGML_GELU_FP16), which a test here
proves. So the tiny random network is compared with transformers under the same table; the real
one, which is surer of its words, with transformers as it is.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from models.errors import CheckpointError
from models.generation.factory import open_generator
from models.generation.feeding import Feeding
from models.generation.llama import LlamaGenerator
from models.generation.llama_binding import LlamaModel, LlamaPlacement
from models.generation.llama_opening import open_llama
from models.generation.llama_schedule import Cell
from models.generation.llama_vocabulary import GgufTokenizer
from models.generation.protocol import Generation, GenerationOptions, TextGenerator
from models.generation.tokenizing import load_tokenizer
from models.generation.transformers import TransformersGenerator
from models.profiles import build_checkpoint, checkpoint_folder, load_profile
from models.profiles.gguf_weights import read_gemma3
from models.profiles.gguf_writing import write_gguf
from models.profiles.hub_layout import write_hub_folder
from service.settings import Settings

pytestmark = pytest.mark.heavy
pytest.importorskip("llama_cpp", reason="needs yoji[llama]")

CORPUS = Path(__file__).parents[2] / "fixtures" / "articles_dev.jsonl"
BOS = Feeding(before=("<bos>",))
PROMPTS = [
    "정부는 내년까지 3만 개의 기업에 1조2000억 원을 지원한다고 밝혔다.",
    "김 팀장은 규제를 풀어야 한다고 말했다.",
    "Korean: 중기부는 지원을 늘린다.",
    "3만",
    "",
    "규제를 풀어야 한다.\n제안:",
]
SENTENCES = [
    "정부는 내년까지 전기차 충전기 5만 대를 더 설치할 계획이라고 밝혔다.",
    "중소기업이 기술을 개발하려면 세금 혜택을 늘려야 한다.",
    "위원회는 지난해보다 12% 늘어난 3000억 원의 예산을 요청했다.",
    "비가 그친 뒤 기온이 5도가량 떨어질 것으로 보인다.",
    "연구원은 농촌 버스 노선의 절반이 하루 세 번도 다니지 않는다고 지적했다.",
    "시는 오래된 하수관 400km를 2030년까지 새것으로 바꾸기로 했다.",
    "도서관은 다음 주부터 오후 9시까지 문을 연다.",
    "그는 교사의 행정 업무를 줄여야 한다고 강조했다.",
    "지난달 수출은 반도체가 늘면서 600억 달러를 넘었다.",
    "전문가들은 어린이 보호구역의 속도 제한을 유지해야 한다고 말했다.",
]


@pytest.fixture(scope="module")
def deep_folder(tiny_deep: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny Gemma as a float32 GGUF beside its tokenizer."""
    folder = tmp_path_factory.mktemp("deep 깊은")
    write_gguf(tiny_deep, folder / "model.gguf", "float32")
    shutil.copyfile(tiny_deep / "tokenizer.json", folder / "tokenizer.json")
    return folder


def exact(place: Path, limit: int = 200) -> LlamaGenerator:
    return open_llama(place, BOS, max_source_tokens=limit, placement=LlamaPlacement(1, exact=True))


@pytest.fixture(scope="module")
def llama(deep_folder: Path) -> Iterator[LlamaGenerator]:
    generator = exact(deep_folder)
    yield generator
    generator.close()


@pytest.fixture(scope="module")
def reference(tiny_deep: Path) -> TransformersGenerator:
    """transformers with llama.cpp's GELU."""
    generator = TransformersGenerator(tiny_deep, BOS)
    _look_gelu_up(generator._network)
    return generator


def _look_gelu_up(network: Any) -> None:
    import torch

    class Table(torch.nn.Module):
        def forward(self, values: torch.Tensor) -> torch.Tensor:
            found = torch.nn.functional.gelu(values.half().float(), approximate="tanh")
            low, high = torch.zeros_like(values), values
            return torch.where(
                values <= -10, low, torch.where(values >= 10, high, found.half().float())
            )

    for layer in network.model.layers:
        layer.mlp.act_fn = Table()


def test_what_parts_the_two_is_the_table_of_gelu(
    deep_folder: Path, tiny_deep: Path, reference: TransformersGenerator
) -> None:
    """The mean difference of the logits, with exact GELU and with the table: measured 9 to 1."""
    import torch

    ids = [2, *range(260, 320)]
    model = LlamaModel(deep_folder / "model.gguf", 256, LlamaPlacement(1, exact=True))
    read = model.read([Cell(id_, at, 0, wanted=True) for at, id_ in enumerate(ids)])
    model.close()
    theirs = torch.tensor(np.stack(read))
    exact = TransformersGenerator(tiny_deep, BOS)._network

    def apart(network: Any) -> float:
        with torch.inference_mode():
            logits = network(torch.tensor([ids])).logits[0]
        return float((logits - theirs).abs().mean())

    assert 0 < apart(reference._network) < apart(exact) / 3
    assert apart(exact) < 0.01 * float(theirs.std())


def tokens(generator: TextGenerator, options: GenerationOptions) -> list[list[tuple[str, int]]]:
    results = generator.generate(PROMPTS, options)
    found = [result for result in results if isinstance(result, Generation)]
    assert len(found) == len(PROMPTS)
    return [[(one.text, one.tokens) for one in result.hypotheses] for result in found]


@pytest.mark.parametrize(
    "options",
    [
        GenerationOptions(16),
        GenerationOptions(16, repetition_penalty=1.5),
        GenerationOptions(16, no_repeat_ngram_size=2),
    ],
    ids=["greedy", "penalty", "ngrams"],
)
def test_greedy_equals_transformers(
    options: GenerationOptions, llama: LlamaGenerator, reference: TransformersGenerator
) -> None:
    assert tokens(llama, options) == tokens(reference, options)


def test_the_best_of_a_beam_equals_transformers(
    llama: LlamaGenerator, reference: TransformersGenerator
) -> None:
    options = GenerationOptions(4, beam_size=4, hypotheses=4)
    ours, theirs = tokens(llama, options), tokens(reference, options)
    assert [hypotheses[0] for hypotheses in ours] == [hypotheses[0] for hypotheses in theirs]


def test_a_batch_equals_singles(llama: LlamaGenerator) -> None:
    options = GenerationOptions(24)
    together = llama.generate(PROMPTS * 3, options)
    alone = [llama.generate([prompt], options)[0] for prompt in PROMPTS]
    texts = [result.text for result in together if isinstance(result, Generation)]
    assert texts == [result.text for result in alone if isinstance(result, Generation)] * 3


def test_without_a_tokenizer_beside_it_the_files_own_vocabulary_serves(
    deep_folder: Path, llama: LlamaGenerator, tmp_path: Path
) -> None:
    shutil.copyfile(deep_folder / "model.gguf", tmp_path / "own.gguf")
    own = exact(tmp_path / "own.gguf")
    assert own.count_tokens(PROMPTS) == llama.count_tokens(PROMPTS)
    (result,) = own.generate(PROMPTS[:1], GenerationOptions(8))
    assert isinstance(result, Generation)
    own.close()


@pytest.mark.parametrize(
    ("feeding", "damage", "expected"),
    [
        (Feeding(before=("<s>",)), False, "no token '<s>'"),
        (BOS, True, "llama.cpp can't load it"),
    ],
)
def test_what_cannot_be_opened_is_one_error(
    feeding: Feeding, damage: bool, expected: str, deep_folder: Path, tmp_path: Path
) -> None:
    path = tmp_path / "own.gguf"
    data = (deep_folder / "model.gguf").read_bytes()
    path.write_bytes(data[: len(data) // 2] if damage else data)
    with pytest.raises(CheckpointError, match=expected):
        open_llama(path, feeding, max_source_tokens=9, placement=LlamaPlacement())


def test_the_embedded_model_says_the_same_as_in_transformers(tmp_path: Path) -> None:
    """Twenty prompts, greedy, float32: token for token."""
    profile = load_profile("embedded-llama")
    cache = Settings().cache_dir
    task = replace(profile.translator, compute_type="float32")
    llama = open_generator(task, cache, device="cpu", threads=1)
    prompts = [profile.translator.prompt(text) for text in SENTENCES]
    prompts += [profile.summarizer.prompt(text) for text in SENTENCES]
    options = replace(task.options, max_output_tokens=32)
    ours = llama.generate(prompts, options)
    llama.close()
    built = checkpoint_folder(task, cache)
    config, weights = read_gemma3(built / "model.gguf")
    hub = write_hub_folder(tmp_path / "hub", config, weights, built / "tokenizer.json")
    theirs = TransformersGenerator(hub, task.feeding).generate(prompts, options)
    assert [_best(result) for result in ours] == [_best(result) for result in theirs]
    ids = load_tokenizer(built, task.feeding).tokens(prompts)
    assert [result.source_tokens for result in ours if isinstance(result, Generation)] == [
        len(own) for own in ids
    ]


@pytest.fixture(scope="module")
def exactly() -> list[str]:
    return _said_as("float32")


@pytest.mark.parametrize(
    ("compute_type", "likeness"),
    [("float16", 0.95), ("bfloat16", 0.95), ("int8", 0.9), ("int4", 0.7)],
)
def test_every_number_format_is_built_and_says_nearly_what_float32_says(
    compute_type: str, likeness: float, exactly: list[str]
) -> None:
    """Ten prompts; measured 1.00, 1.00, 0.96 and 0.86 (10, 10, 9 and 3 of them the same)."""
    pairs = zip(_said_as(compute_type), exactly, strict=True)
    ratios = [SequenceMatcher(None, mine, theirs).ratio() for mine, theirs in pairs]
    assert sum(ratios) / len(ratios) >= likeness


def _said_as(compute_type: str) -> list[str]:
    """The built embedded model's outputs, one thread: spinning ones starve on a busy machine."""
    profile = load_profile("embedded-llama")
    task = replace(profile.translator, compute_type=compute_type)
    generator = open_generator(task, Settings().cache_dir, device="cpu", threads=1)
    prompts = [profile.translator.prompt(text) for text in SENTENCES[:6]]
    prompts += [profile.summarizer.prompt(text) for text in SENTENCES[6:]]
    results = generator.generate(prompts, replace(task.options, max_output_tokens=24))
    generator.close()
    return [_best(result)[0] for result in results]


def test_llama_cpps_own_tokenizer_cuts_real_pages_as_ours_does() -> None:
    """What a llama.cpp server does with our GGUF: every line of the example corpus."""
    task = replace(load_profile("embedded-llama").translator, compute_type="float32")
    built = build_checkpoint(task, Settings().cache_dir)
    ours = load_tokenizer(built, task.feeding)
    model = LlamaModel(built / "model.gguf", 512, LlamaPlacement())
    theirs = GgufTokenizer(model)
    pages = [json.loads(line)["raw"] for line in CORPUS.read_text(encoding="utf-8").splitlines()]
    lines = [line for page in pages for line in page.split("\n") if line.strip()]
    assert len(lines) > 500
    assert theirs.tokens(lines) == ours.tokens(lines)
    model.close()


def _best(result: object) -> tuple[str, int]:
    assert isinstance(result, Generation)
    return result.hypotheses[0].text, result.hypotheses[0].tokens
