"""Gemma 3 weights out of a GGUF: dequantised, renamed to transformers' names, rows chosen.

llama.cpp stores Gemma's norm weights with 1 added, keeps the q/k layout of transformers
(neox rope, no permutation) and ties the output projection to the embedding. A slow test holds
the result to what transformers itself reads from the same file.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from models.errors import CheckpointError

if TYPE_CHECKING:
    from gguf import GGUFReader

Float32 = npt.NDArray[np.float32]

BLOCK_NAMES = {
    "attn_norm": "input_layernorm",
    "attn_q": "self_attn.q_proj",
    "attn_k": "self_attn.k_proj",
    "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj",
    "attn_q_norm": "self_attn.q_norm",
    "attn_k_norm": "self_attn.k_norm",
    "post_attention_norm": "post_attention_layernorm",
    "ffn_norm": "pre_feedforward_layernorm",
    "ffn_gate": "mlp.gate_proj",
    "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj",
    "post_ffw_norm": "post_feedforward_layernorm",
}
EMBEDDING = "token_embd.weight"
#: Gemma 3 fixes these two outside of the GGUF: every sixth layer attends globally, and the
#: sliding layers rotate with base 10,000 (Gemma 3 technical report, section 2).
GLOBAL_EVERY = 6
LOCAL_ROPE_BASE = 10_000.0


def read_gemma3(
    path: Path, rows: npt.NDArray[np.integer[Any]] | None = None
) -> tuple[dict[str, Any], dict[str, Float32]]:
    """A GGUF → (transformers config, state dict by transformers' names, float32).

    ``rows`` are the token ids to keep, in their new order; None keeps the whole vocabulary.
    """
    from gguf import GGUFReader

    reader = GGUFReader(path)
    architecture = _field(reader, "general.architecture")
    if architecture != "gemma3":
        raise CheckpointError(
            f"{path}: a GGUF of architecture {architecture!r}; only gemma3 is built from GGUF, "
            "take the checkpoint in the hub's layout instead"
        )
    weights = {
        _transformers_name(tensor.name): _dequantised(tensor, rows) for tensor in reader.tensors
    }
    return _config(reader, len(weights["model.embed_tokens.weight"])), weights


def _field(reader: GGUFReader, name: str) -> Any:
    field = reader.fields.get(name)
    if field is None:
        raise CheckpointError(f"the GGUF lacks the field {name!r}; assemble it again")
    return field.contents()


def _transformers_name(name: str) -> str:
    if name == EMBEDDING:
        return "model.embed_tokens.weight"
    if name == "output_norm.weight":
        return "model.norm.weight"
    match = re.fullmatch(r"blk\.(\d+)\.(\w+)\.weight", name)
    if match is None or match[2] not in BLOCK_NAMES:
        raise CheckpointError(f"the GGUF holds an unknown tensor {name!r}; it is no Gemma 3")
    return f"model.layers.{match[1]}.{BLOCK_NAMES[match[2]]}.weight"


def _dequantised(tensor: Any, rows: npt.NDArray[np.integer[Any]] | None) -> Float32:
    from gguf.quants import dequantize

    data = tensor.data
    if tensor.name == EMBEDDING and rows is not None:
        if int(rows.max()) >= len(data):
            raise CheckpointError(
                f"kept tokens go up to {int(rows.max())}, the embedding has {len(data)} rows; "
                "make the kept tokens for this checkpoint"
            )
        data = data[rows]
    weights: Float32 = np.asarray(dequantize(data, tensor.tensor_type), dtype=np.float32)
    return weights - 1 if tensor.name.endswith("norm.weight") else weights


def _config(reader: GGUFReader, vocabulary: int) -> dict[str, Any]:
    def number(name: str) -> Any:
        return _field(reader, f"gemma3.{name}")

    layers = int(number("block_count"))
    head = int(number("attention.key_length"))
    types = [
        "full_attention" if (at + 1) % GLOBAL_EVERY == 0 else "sliding_attention"
        for at in range(layers)
    ]
    return {
        "vocab_size": vocabulary,
        "hidden_size": int(number("embedding_length")),
        "intermediate_size": int(number("feed_forward_length")),
        "num_hidden_layers": layers,
        "num_attention_heads": int(number("attention.head_count")),
        "num_key_value_heads": int(number("attention.head_count_kv")),
        "head_dim": head,
        "query_pre_attn_scalar": head,
        "rms_norm_eps": float(number("attention.layer_norm_rms_epsilon")),
        "sliding_window": int(number("attention.sliding_window")),
        "max_position_embeddings": int(number("context_length")),
        "layer_types": types,
        "rope_parameters": {
            "full_attention": {"rope_type": "default", "rope_theta": number("rope.freq_base")},
            "sliding_attention": {"rope_type": "default", "rope_theta": LOCAL_ROPE_BASE},
        },
        "pad_token_id": int(_field(reader, "tokenizer.ggml.padding_token_id")),
        "eos_token_id": int(_field(reader, "tokenizer.ggml.eos_token_id")),
        "bos_token_id": int(_field(reader, "tokenizer.ggml.bos_token_id")),
        "tie_word_embeddings": True,
    }
