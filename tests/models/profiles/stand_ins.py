"""Tiny random checkpoints in the place of the real ones, laid out as the hub lays them out.

Each has the architecture, the tokenizer's kind and the control tokens that the profile relies on.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

from tests.models.generation import tiny_encoder_decoders as small
from tests.models.generation.tiny_decoders import SHAPES, SIZE, Shape, write_decoder

#: As the real ones have, so that whole passages and prompts go in.
POSITIONS = {"max_position_embeddings": 1026}
CHAT = Shape(
    "HunYuanDenseV1Config",
    "HunYuanDenseV1ForCausalLM",
    "{{ bos_token }}{% for turn in messages %}<|user|>{{ turn['content'] }}{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>{% endif %}",
    ("<|bos|>", "<|eos|>", "<|eos|>", "<|user|>", "<|assistant|>"),
)
TRANSLATE_GEMMA = (
    "{{ bos_token }}{% for turn in messages %}{% for part in turn['content'] %}"
    "<start_of_turn>user\nTranslate {{ part['source_lang_code'] }} to "
    "{{ part['target_lang_code'] }}: {{ part['text'] | trim }}<end_of_turn>\n"
    "{% endfor %}{% endfor %}{% if add_generation_prompt %}<start_of_turn>model\n{% endif %}"
)


def kobart(folder: Path) -> None:
    with mock.patch.dict(small.SMALL, POSITIONS):
        _save(folder, small.bart(folder).network)


def opus(folder: Path) -> None:
    with mock.patch.dict(small.SMALL, POSITIONS):
        _save(folder, small.marian(folder).network, pickled=True)


def t5(folder: Path, *tokens: str) -> None:
    _save(folder, small.t5(folder, *tokens).network)
    small.as_on_the_hub(folder / "config.json")


def madlad(folder: Path) -> None:
    t5(folder, "<2en>")


def nllb(folder: Path) -> None:
    with mock.patch.dict(small.SMALL, POSITIONS):
        _save(folder, small.nllb(folder).network, pickled=True)


def m2m100(folder: Path) -> None:
    """SentencePiece and vocab.json, no tokenizer.json; the languages' tokens are in neither."""
    from sentencepiece import SentencePieceProcessor, SentencePieceTrainer
    from transformers import M2M100Config, M2M100ForConditionalGeneration, M2M100Tokenizer

    prefix = folder / "spm"
    SentencePieceTrainer.train(
        sentence_iterator=iter(small.SENTENCES * 3),
        model_prefix=str(prefix),
        vocab_size=90,
        hard_vocab_limit=False,
        minloglevel=2,
    )
    shutil.move(f"{prefix}.model", folder / "sentencepiece.bpe.model")
    Path(f"{prefix}.vocab").unlink()
    model = SentencePieceProcessor(model_file=str(folder / "sentencepiece.bpe.model"))
    pieces = [model.id_to_piece(id_) for id_ in range(model.get_piece_size())]
    own = [piece for piece in pieces if piece not in ("<s>", "</s>", "<unk>")]
    vocabulary = {piece: id_ for id_, piece in enumerate(["<s>", "<pad>", "</s>", "<unk>", *own])}
    (folder / "vocab.json").write_text(json.dumps(vocabulary), encoding="utf-8")
    tokenizer = M2M100Tokenizer(
        str(folder / "vocab.json"), str(folder / "sentencepiece.bpe.model"), src_lang="ko"
    )
    tokenizer.save_pretrained(folder)
    config = M2M100Config(
        vocab_size=len(tokenizer) + len(tokenizer.lang_token_to_id) + tokenizer.num_madeup_words,
        bos_token_id=0,
        pad_token_id=1,
        eos_token_id=2,
        decoder_start_token_id=2,
        **{**small.SMALL, **POSITIONS},
    )
    _save(folder, M2M100ForConditionalGeneration(config), pickled=True)


def qwen(folder: Path) -> None:
    write_decoder(folder, SHAPES["qwen3"], max_position_embeddings=4096)


def seed_x(folder: Path) -> None:
    shape = SHAPES["mistral"]
    tagged = Shape(
        shape.config,
        shape.network,
        shape.template,
        (*shape.specials, "<en>"),
        byte_level=False,
        options=shape.options,
    )
    write_decoder(folder, tagged, template=None, max_position_embeddings=4096)


def hunyuan(folder: Path) -> None:
    write_decoder(folder, CHAT, max_position_embeddings=4096)


def translate_gemma(folder: Path) -> None:
    """A text model's tokenizer and template with the network that also looks at pictures."""
    import torch
    from transformers import Gemma3Config, Gemma3ForConditionalGeneration

    shape = SHAPES["gemma3"]
    write_decoder(folder, shape, template=TRANSLATE_GEMMA)
    text = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    for name in ("model.safetensors", "config.json", "generation_config.json"):
        (folder / name).unlink()
    vision = {
        "hidden_size": 32,
        "intermediate_size": 64,
        "num_hidden_layers": 1,
        "num_attention_heads": 2,
        "image_size": 28,
        "patch_size": 14,
    }
    torch.manual_seed(3)
    config = Gemma3Config(
        text_config={**SIZE, **text, "max_position_embeddings": 4096},
        vision_config=vision,
        mm_tokens_per_image=4,
        image_token_index=5,
        boi_token_index=6,
        eoi_token_index=7,
        eos_token_id=text["eos_token_id"],
        pad_token_id=text["pad_token_id"],
        bos_token_id=text["bos_token_id"],
    )
    Gemma3ForConditionalGeneration(config).eval().save_pretrained(folder)


#: What stands in for each repository that a shipped or an example profile names.
STAND_INS: dict[str, Callable[[Path], None]] = {
    "ainize/kobart-news": kobart,
    "gogamza/kobart-summarization": kobart,
    "psyche/KoT5-summarization": t5,
    "Helsinki-NLP/opus-mt-ko-en": opus,
    "facebook/nllb-200-distilled-600M": nllb,
    "facebook/m2m100_418M": m2m100,
    "google/madlad400-3b-mt": madlad,
    "Qwen/Qwen3-4B-Instruct-2507": qwen,
    "ByteDance-Seed/Seed-X-PPO-7B": seed_x,
    "tencent/Hy-MT2-1.8B": hunyuan,
    "google/translategemma-4b-it": translate_gemma,
}


def _save(folder: Path, network: Any, pickled: bool = False) -> None:
    """The weights as safetensors, or as the pickle that the older repositories have."""
    import torch

    network.eval().save_pretrained(folder)
    if pickled:
        (folder / "model.safetensors").unlink()
        torch.save(network.state_dict(), folder / "pytorch_model.bin")
