"""Encoder-decoder checkpoints of the architectures Korean models have, fed as they must be."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from models.generation.factory import open_generator
from models.generation.feeding import Feeding
from models.generation.protocol import Generation, GenerationOptions, TextGenerator
from models.generation.tokenizing import PromptTokenizer, load_tokenizer
from models.profiles import Checkpoint, Licence, TaskProfile, checkpoint_folder

SENTENCES = [
    "정부는 내년까지 3만 개의 기업에 1조2000억 원을 지원한다고 밝혔다.",
    "The ministry will expand support for 30,000 firms.",
]
PROMPTS = [
    "정부는 내년까지 3만 개의",
    "지원한다",
    "기업에 1조2000억 원을 지원한다고 밝혔다. 정부는",
    "밝혔다. 원을",
]
SMALL = {
    "d_model": 32,
    "encoder_layers": 2,
    "decoder_layers": 2,
    "encoder_attention_heads": 2,
    "decoder_attention_heads": 2,
    "encoder_ffn_dim": 64,
    "decoder_ffn_dim": 64,
    "max_position_embeddings": 128,
    "init_std": 0.5,
}
GREEDY = GenerationOptions(max_output_tokens=12)
BEAM = GenerationOptions(max_output_tokens=12, beam_size=4, hypotheses=3)
PENALTY = GenerationOptions(max_output_tokens=12, repetition_penalty=1.4)


@dataclass(frozen=True)
class Model:
    """A tiny checkpoint in the hub's layout, the network itself and how it is fed."""

    folder: Path
    network: Any
    feeding: Feeding
    start: str


def fast_tokenizer(folder: Path, special: list[str]) -> int:
    from tokenizers import Tokenizer, decoders, models, normalizers, trainers

    tokenizer = Tokenizer(models.BPE(unk_token="<unk>"))
    tokenizer.normalizer = normalizers.Replace(" ", "▁")
    tokenizer.decoder = decoders.Replace("▁", " ")
    trainer = trainers.BpeTrainer(vocab_size=200, special_tokens=special, show_progress=False)
    tokenizer.train_from_iterator(SENTENCES, trainer)
    save_fast(folder, tokenizer)
    return int(tokenizer.get_vocab_size())


def save_fast(folder: Path, tokenizer: Any) -> None:
    from transformers import PreTrainedTokenizerFast

    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        bos_token="<s>" if tokenizer.token_to_id("<s>") is not None else None,
        eos_token="</s>",
        unk_token="<unk>",
        pad_token="<pad>",
    ).save_pretrained(folder)


def bart(folder: Path) -> Model:
    """KoBART: bos and eos by hand."""
    from transformers import BartConfig, BartForConditionalGeneration

    size = fast_tokenizer(folder, ["<s>", "</s>", "<unk>", "<pad>"])
    config = BartConfig(
        vocab_size=size,
        bos_token_id=0,
        eos_token_id=1,
        pad_token_id=3,
        decoder_start_token_id=1,
        forced_eos_token_id=None,
        **SMALL,
    )
    network = BartForConditionalGeneration(config)
    feeding = Feeding("encoder-decoder", before=("<s>",), after=("</s>",))
    return Model(folder, network, feeding, "</s>")


def t5(folder: Path) -> Model:
    """KoT5 and MADLAD: eos by hand, the prefix is part of the prompt."""
    from transformers import T5Config, T5ForConditionalGeneration

    config = T5Config(
        vocab_size=fast_tokenizer(folder, ["<pad>", "</s>", "<unk>"]),
        d_model=32,
        d_kv=16,
        num_heads=2,
        num_layers=2,
        d_ff=64,
        feed_forward_proj="gated-gelu",
        tie_word_embeddings=False,
        initializer_factor=2.0,
        decoder_start_token_id=0,
        pad_token_id=0,
        eos_token_id=1,
    )
    network = T5ForConditionalGeneration(config)
    return Model(folder, network, Feeding("encoder-decoder", after=("</s>",)), "<pad>")


def m2m100(folder: Path) -> Model:
    """M2M100 and NLLB: the source's language before, the target's forced as first token."""
    from transformers import M2M100Config, M2M100ForConditionalGeneration

    special = ["<s>", "<pad>", "</s>", "<unk>", "kor_Hang", "eng_Latn"]
    config = M2M100Config(
        vocab_size=fast_tokenizer(folder, special),
        bos_token_id=0,
        pad_token_id=1,
        eos_token_id=2,
        decoder_start_token_id=2,
        **SMALL,
    )
    feeding = Feeding("encoder-decoder", ("kor_Hang",), ("</s>",), ("eng_Latn",))
    return Model(folder, M2M100ForConditionalGeneration(config), feeding, "</s>")


def marian(folder: Path) -> Model:
    """opus-mt: two SentencePiece models and a vocabulary of their pieces."""
    from sentencepiece import SentencePieceProcessor, SentencePieceTrainer
    from transformers import MarianConfig, MarianMTModel

    pieces: set[str] = set()
    for side in ("source", "target"):
        SentencePieceTrainer.train(
            sentence_iterator=iter(SENTENCES * 3),
            model_prefix=str(folder / side),
            vocab_size=90,
            hard_vocab_limit=False,
            minloglevel=2,
        )
        shutil.move(folder / f"{side}.model", folder / f"{side}.spm")
        model = SentencePieceProcessor(model_file=str(folder / f"{side}.spm"))
        pieces |= {model.id_to_piece(id_) for id_ in range(model.get_piece_size())}
    own = sorted(pieces - {"<s>", "</s>", "<unk>"})
    vocabulary = {piece: id_ for id_, piece in enumerate(["</s>", "<unk>", *own, "<pad>"])}
    (folder / "vocab.json").write_text(json.dumps(vocabulary), encoding="utf-8")
    marker = {"tokenizer_class": "MarianTokenizer", "source_lang": "ko", "target_lang": "en"}
    (folder / "tokenizer_config.json").write_text(json.dumps(marker), encoding="utf-8")
    padding = vocabulary["<pad>"]
    config = MarianConfig(
        vocab_size=len(vocabulary),
        decoder_vocab_size=len(vocabulary),
        eos_token_id=0,
        bos_token_id=0,
        pad_token_id=padding,
        decoder_start_token_id=padding,
        forced_eos_token_id=None,
        **SMALL,
    )
    feeding = Feeding("encoder-decoder", after=("</s>",))
    return Model(folder, MarianMTModel(config), feeding, "<pad>")


@pytest.fixture(scope="module", params=[bart, t5, m2m100, marian], ids=lambda made: made.__name__)
def model(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Model:
    import torch

    torch.manual_seed(0)
    made: Model = request.param(tmp_path_factory.mktemp("hub"))
    made.network.eval().save_pretrained(made.folder)
    as_on_the_hub(made.folder / "config.json")
    return made


def as_on_the_hub(path: Path) -> None:
    """T5's config as older transformers wrote it: whether outputs are scaled hides in the tie."""
    config = json.loads(path.read_text(encoding="utf-8"))
    if "scale_decoder_outputs" in config:
        config["tie_word_embeddings"] = config.pop("scale_decoder_outputs")
    path.write_text(json.dumps(config), encoding="utf-8")


@pytest.fixture(scope="module")
def task(model: Model) -> TaskProfile:
    return TaskProfile(
        task="translator",
        engine="ctranslate2",
        checkpoint=Checkpoint(
            "local", str(model.folder), "local", Licence("none", "https://example.org", True)
        ),
        prompts={"translation": "{text}"},
        feeding=model.feeding,
        compute_type="float32",
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
        assert not any(token in text for token in ("<s>", "</s>", "<pad>", "eng_Latn", "▁"))
