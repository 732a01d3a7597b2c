"""Decoder-only checkpoints of the architectures that chat models have, small and random."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SENTENCES = [
    "정부는 내년까지 3만 개의 기업에 1조2000억 원을 지원한다고 밝혔다.",
    "다음 기사를 한 문장으로 요약하세요.\n기사: 김 팀장은 규제를 풀어야 한다고 말했다.",
    "Translate into English. The ministry will expand support for 30,000 firms.",
]
GEMMA_TEMPLATE = (
    "{{ bos_token }}{% set first = '' %}{% set turns = messages %}"
    "{% if messages[0]['role'] == 'system' %}{% set first = messages[0]['content'] + '\n\n' %}"
    "{% set turns = messages[1:] %}{% endif %}{% for turn in turns %}"
    "<start_of_turn>{{ turn['role'] }}\n{{ first if loop.first else '' }}"
    "{{ turn['content'] | trim }}<end_of_turn>\n{% endfor %}"
    "{% if add_generation_prompt %}<start_of_turn>model\n{% endif %}"
)
LLAMA_TEMPLATE = (
    "{{ bos_token }}{% for turn in messages %}<|start_header_id|>{{ turn['role'] }}"
    "<|end_header_id|>\n\n{{ turn['content'] | trim }}<|eot_id|>{% endfor %}"
    "{% if add_generation_prompt %}<|start_header_id|>assistant<|end_header_id|>\n\n{% endif %}"
)
QWEN_TEMPLATE = (
    "{% for turn in messages %}<|im_start|>{{ turn['role'] }}\n{{ turn['content'] }}<|im_end|>\n"
    "{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n"
    "{% if enable_thinking is defined and enable_thinking is false %}"
    "<think>\n\n</think>\n\n{% endif %}{% endif %}"
)
MISTRAL_TEMPLATE = (
    "{{ bos_token }}{% for turn in messages %}{% if turn['role'] != 'user' %}"
    "{{ raise_exception('Only user and assistant roles are supported') }}{% endif %}"
    "[INST] {{ turn['content'] }} [/INST]{% endfor %}"
)
SIZE: dict[str, Any] = {
    "hidden_size": 32,
    "intermediate_size": 64,
    "num_hidden_layers": 2,
    "num_attention_heads": 2,
    "num_key_value_heads": 1,
    "head_dim": 16,
    "max_position_embeddings": 512,
    "initializer_range": 0.5,
    "tie_word_embeddings": False,
}


@dataclass(frozen=True)
class Shape:
    """An architecture: its classes, its control tokens (the first three are bos, ends)."""

    config: str
    network: str
    template: str
    specials: tuple[str, ...]
    byte_level: bool = True
    plain: tuple[str, ...] = ()
    options: Any = None


SHAPES = {
    "gemma3": Shape(
        "Gemma3TextConfig",
        "Gemma3ForCausalLM",
        GEMMA_TEMPLATE,
        ("<bos>", "<eos>", "<end_of_turn>", "<start_of_turn>", "<unk>"),
        byte_level=False,
        options={
            "query_pre_attn_scalar": 16,
            "sliding_window": 256,
            "layer_types": ["sliding_attention", "full_attention"],
            "rope_parameters": {
                "sliding_attention": {"rope_type": "default", "rope_theta": 10000.0},
                # As TranslateGemma and all from 4B on have it.
                "full_attention": {"rope_type": "linear", "rope_theta": 1e6, "factor": 8.0},
            },
        },
    ),
    "llama": Shape(
        "LlamaConfig",
        "LlamaForCausalLM",
        LLAMA_TEMPLATE,
        (
            "<|begin_of_text|>",
            "<|end_of_text|>",
            "<|eot_id|>",
            "<|start_header_id|>",
            "<|end_header_id|>",
        ),
        options={
            "rope_parameters": {
                "rope_type": "llama3",
                "rope_theta": 500000.0,
                "factor": 8.0,
                "low_freq_factor": 1.0,
                "high_freq_factor": 4.0,
                "original_max_position_embeddings": 64,
            }
        },
    ),
    "qwen3": Shape(
        "Qwen3Config",
        "Qwen3ForCausalLM",
        QWEN_TEMPLATE,
        ("<|endoftext|>", "<|endoftext|>", "<|im_end|>", "<|im_start|>"),
        plain=("<think>", "</think>"),
        options={"rope_parameters": {"rope_type": "default", "rope_theta": 1000000.0}},
    ),
    "mistral": Shape(
        "MistralConfig",
        "MistralForCausalLM",
        MISTRAL_TEMPLATE,
        ("<s>", "</s>", "</s>", "[INST]", "[/INST]", "<unk>"),
        byte_level=False,
        options={"sliding_window": None, "rope_parameters": {"rope_theta": 10000.0}},
    ),
}


def write_decoder(folder: Path, shape: Shape, *, template: str | None = "", **options: Any) -> Path:
    """A folder as on the hub; ``template`` None leaves it out, "" takes the shape's own."""
    import torch
    import transformers

    tokenizer = _tokenizer(shape)
    bos, eos, end = (tokenizer.token_to_id(token) for token in shape.specials[:3])
    torch.manual_seed(11)
    config = getattr(transformers, shape.config)(
        vocab_size=tokenizer.get_vocab_size(),
        bos_token_id=bos,
        eos_token_id=eos,
        pad_token_id=eos,
        **{**SIZE, **(shape.options or {}), **options},
    )
    network = getattr(transformers, shape.network)(config)
    _shake(network)
    network.generation_config.eos_token_id = sorted({eos, end})
    network.eval().save_pretrained(folder)
    fast = transformers.PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        bos_token=shape.specials[0],
        eos_token=shape.specials[2],
        pad_token=shape.specials[1],
        unk_token="<unk>" if "<unk>" in shape.specials else None,
    )
    fast.chat_template = shape.template if template == "" else template
    fast.save_pretrained(folder)
    return folder


def _shake(network: Any) -> None:
    """Norms drawn at random: else a random network repeats its last token."""
    import torch

    with torch.no_grad():
        for name, parameter in network.named_parameters():
            if "norm" in name:
                parameter.normal_(0, 1.5)


def _tokenizer(shape: Shape) -> Any:
    from tokenizers import AddedToken, Tokenizer, models, trainers

    prepare: Callable[[Any], list[str]] = _byte_level if shape.byte_level else _byte_fallback
    tokenizer = Tokenizer(models.BPE(byte_fallback=not shape.byte_level, unk_token=None))
    bytes_ = prepare(tokenizer)
    specials = list(dict.fromkeys(shape.specials))
    trainer = trainers.BpeTrainer(
        vocab_size=len(bytes_) + 160,
        special_tokens=[*specials, *(bytes_ if not shape.byte_level else [])],
        initial_alphabet=bytes_ if shape.byte_level else [],
        show_progress=False,
    )
    tokenizer.train_from_iterator(SENTENCES, trainer)
    if not shape.byte_level:
        tokenizer = _bytes_unnamed(tokenizer)
    tokenizer.add_special_tokens(specials)
    tokenizer.add_tokens([AddedToken(token, special=False) for token in shape.plain])
    return tokenizer


def _bytes_unnamed(tokenizer: Any) -> Any:
    """Byte tokens as real vocabularies have them: there, but no added tokens."""
    content = json.loads(tokenizer.to_str())
    content["added_tokens"] = [
        token for token in content["added_tokens"] if not token["content"].startswith("<0x")
    ]
    return type(tokenizer).from_str(json.dumps(content))


def _byte_level(tokenizer: Any) -> list[str]:
    from tokenizers import decoders, pre_tokenizers

    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    return list(pre_tokenizers.ByteLevel.alphabet())


def _byte_fallback(tokenizer: Any) -> list[str]:
    from tokenizers import decoders, normalizers

    tokenizer.normalizer = normalizers.Replace(" ", "▁")
    tokenizer.decoder = decoders.Sequence(
        [decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse()]
    )
    return [f"<0x{byte:02X}>" for byte in range(256)]
