"""Encoder-decoder checkpoints of the architectures that Korean models have, small and random."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.generation.feeding import Feeding

SENTENCES = [
    "정부는 내년까지 3만 개의 기업에 1조2000억 원을 지원한다고 밝혔다.",
    "The ministry will expand support for 30,000 firms.",
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


def t5(folder: Path, *tokens: str) -> Model:
    """KoT5 and MADLAD: eos by hand, the prefix is part of the prompt; ``tokens`` are special."""
    from transformers import T5Config, T5ForConditionalGeneration

    return _t5(folder, T5Config, T5ForConditionalGeneration, *tokens)


def mt5(folder: Path) -> Model:
    """mT5: as T5 v1.1."""
    from transformers import MT5Config, MT5ForConditionalGeneration

    return _t5(folder, MT5Config, MT5ForConditionalGeneration)


def _t5(folder: Path, config_class: Any, network_class: Any, *tokens: str) -> Model:
    config = config_class(
        vocab_size=fast_tokenizer(folder, ["<pad>", "</s>", "<unk>", *tokens]),
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
    network = network_class(config)
    return Model(folder, network, Feeding("encoder-decoder", after=("</s>",)), "<pad>")


def nllb(folder: Path) -> Model:
    """NLLB-200: the source's language before, the target's forced as first token."""
    return _m2m100(folder, "kor_Hang", "eng_Latn")


def m2m100(folder: Path) -> Model:
    """M2M100: as NLLB, its languages written otherwise."""
    return _m2m100(folder, "__ko__", "__en__")


def _m2m100(folder: Path, source: str, target: str) -> Model:
    from transformers import M2M100Config, M2M100ForConditionalGeneration

    special = ["<s>", "<pad>", "</s>", "<unk>", source, target]
    config = M2M100Config(
        vocab_size=fast_tokenizer(folder, special),
        bos_token_id=0,
        pad_token_id=1,
        eos_token_id=2,
        decoder_start_token_id=2,
        **SMALL,
    )
    feeding = Feeding("encoder-decoder", (source,), ("</s>",), (target,))
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


def as_on_the_hub(path: Path) -> None:
    """T5's config as older transformers wrote it: whether outputs are scaled hides in the tie."""
    config = json.loads(path.read_text(encoding="utf-8"))
    if "scale_decoder_outputs" in config:
        config["tie_word_embeddings"] = config.pop("scale_decoder_outputs")
    path.write_text(json.dumps(config), encoding="utf-8")


BUILDERS = (bart, t5, mt5, m2m100, nllb, marian)
