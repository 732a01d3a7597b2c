"""A Gemma 3 text model in the hub's layout, written as a GGUF that llama.cpp loads.

The way back from ``gguf_weights``: names, norms with 1 added, tokens with scores that make
llama.cpp's own tokenizer merge in the order of ours. Other architectures are left to
llama.cpp's converter: what isn't checked here would be wrong in silence.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from models.errors import CheckpointError
from models.profiles.checkpoints import architecture_of
from models.profiles.gguf_weights import (
    BLOCK_NAMES,
    EMBEDDING,
    GLOBAL_EVERY,
    LOCAL_ROPE_BASE,
)

#: Part of the cache key of built GGUFs: raise it when what is written here changes.
GGUF_VERSION = 1
_ARCHITECTURE = "gemma3"
#: Profile's compute type → (matrices, embedding, llama.cpp's number for the mixture).
_TYPES = {
    "float32": ("F32", "F32", 0),
    "float16": ("F16", "F16", 1),
    "bfloat16": ("BF16", "BF16", 32),
    "int8": ("Q8_0", "Q8_0", 7),
    # 4 bits cost the embedding, which is also the output layer, too much.
    "int4": ("Q4_0", "Q8_0", 2),
}
_NORMAL, _UNKNOWN, _CONTROL, _USER_DEFINED, _BYTE = 1, 2, 3, 4, 6
_SPECIAL_SCORE = -1000.0


def write_gguf(hub: Path, target: Path, compute_type: str) -> None:
    """Write ``target`` from the folder ``hub``; ``CheckpointError`` for what llama.cpp can't run.

    ``compute_type`` is float32, float16, bfloat16, int8 (Q8_0) or int4 (Q4_0).
    """
    from gguf import GGUFWriter

    if compute_type not in _TYPES:
        raise CheckpointError(
            f"a GGUF is written as {', '.join(_TYPES)}, not as {compute_type!r}; "
            "correct the profile's compute_type"
        )
    config = _checked_config(hub)
    writer = GGUFWriter(target, _ARCHITECTURE)
    try:
        _add_config(writer, config, _TYPES[compute_type][2])
        _add_tokenizer(writer, _read(hub / "tokenizer.json"), config)
        _add_weights(writer, hub, compute_type)
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_tensors_to_file()
    finally:
        writer.close()


def _read(path: Path) -> dict[str, Any]:
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CheckpointError(
            f"{path}: can't be read ({error}); a GGUF is written from a Gemma 3 with both "
            "config.json and tokenizer.json"
        ) from error
    return content


def _checked_config(hub: Path) -> dict[str, Any]:
    config = _read(hub / "config.json")
    name = architecture_of(hub)
    if name != "Gemma3ForCausalLM":
        raise CheckpointError(
            f"{hub}: a GGUF is written for Gemma3ForCausalLM, this is {name or 'unnamed'!r}; "
            "name a ready .gguf file, or convert it with llama.cpp's convert_hf_to_gguf.py"
        )
    for what, found, wanted in _fixed_by_llama_cpp(config):
        if found != wanted:
            raise CheckpointError(
                f"{hub}: {what} is {found!r}, llama.cpp runs Gemma 3 with {wanted!r} only; "
                "use another engine for this checkpoint"
            )
    return config


def _fixed_by_llama_cpp(config: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    layers = range(1, config["num_hidden_layers"] + 1)
    types = ["sliding_attention" if at % GLOBAL_EVERY else "full_attention" for at in layers]
    ropes = config["rope_parameters"]
    kinds = {rope.get("rope_type", "default") for rope in ropes.values()}
    return [
        ("layer_types", config["layer_types"], types),
        ("query_pre_attn_scalar", config["query_pre_attn_scalar"], config["head_dim"]),
        ("the kind of rope", kinds, {"default"}),
        ("the local rope_theta", ropes["sliding_attention"]["rope_theta"], LOCAL_ROPE_BASE),
    ]


def _add_config(writer: Any, config: dict[str, Any], file_type: int) -> None:
    writer.add_name("yoji")
    writer.add_file_type(file_type)
    writer.add_quantization_version(2)
    writer.add_context_length(config["max_position_embeddings"])
    writer.add_embedding_length(config["hidden_size"])
    writer.add_block_count(config["num_hidden_layers"])
    writer.add_feed_forward_length(config["intermediate_size"])
    writer.add_head_count(config["num_attention_heads"])
    writer.add_head_count_kv(config["num_key_value_heads"])
    writer.add_layer_norm_rms_eps(config["rms_norm_eps"])
    writer.add_key_length(config["head_dim"])
    writer.add_value_length(config["head_dim"])
    writer.add_rope_freq_base(config["rope_parameters"]["full_attention"]["rope_theta"])
    writer.add_sliding_window(config["sliding_window"])


def _add_tokenizer(writer: Any, tokenizer: dict[str, Any], config: dict[str, Any]) -> None:
    tokens, scores, types = token_table(tokenizer, config["vocab_size"])
    writer.add_tokenizer_model("llama")
    writer.add_tokenizer_pre("default")
    writer.add_token_list(tokens)
    writer.add_token_scores(scores)
    writer.add_token_types(types)
    writer.add_bos_token_id(config["bos_token_id"])
    writer.add_eos_token_id(config["eos_token_id"])
    writer.add_pad_token_id(config["pad_token_id"])
    writer.add_unk_token_id(tokenizer["model"]["vocab"].get(tokenizer["model"]["unk_token"], 3))
    writer.add_add_bos_token(True)
    writer.add_add_eos_token(False)
    writer.add_add_space_prefix(False)


def token_table(tokenizer: dict[str, Any], size: int) -> tuple[list[bytes], list[float], list[int]]:
    """A tokenizer.json's tokens, scores and types by id; rows without a token are padding.

    The score is the rank of the first merge that makes the token: llama.cpp merges the pair of
    the highest score first, which is the order of the merges.
    """
    model = tokenizer["model"]
    tokens = [f"<unused-row-{at}>".encode() for at in range(size)]
    scores = [_SPECIAL_SCORE] * size
    types = [_CONTROL] * size
    ranks: dict[str, int] = {}
    for rank, pair in enumerate(model["merges"]):
        ranks.setdefault("".join(pair if isinstance(pair, list) else pair.split(" ")), rank)
    for token, at in model["vocab"].items():
        byte = len(token) == 6 and token.startswith("<0x")
        tokens[at] = token.encode()
        scores[at] = 0.0 if byte else -float(ranks.get(token, len(ranks)))
        types[at] = _BYTE if byte else _NORMAL
    for added in tokenizer["added_tokens"]:
        at, special = added["id"], added["special"]
        types[at] = _CONTROL if special else _USER_DEFINED
        tokens[at] = added["content"].replace("▁", " ").encode() if not special else tokens[at]
        scores[at] = _SPECIAL_SCORE
        if special:
            tokens[at] = added["content"].encode()
    return tokens, scores, types


def _add_weights(writer: Any, hub: Path, compute_type: str) -> None:
    """Norms stay float32; matrices whose rows don't fill whole blocks stay float16."""
    from gguf import GGMLQuantizationType
    from gguf.quants import quantize
    from safetensors import safe_open

    matrices, embedding, _ = _TYPES[compute_type]
    for path in sorted(hub.glob("*.safetensors")):
        with safe_open(path, framework="numpy") as weights:
            for name in weights.keys():  # noqa: SIM118 - not a mapping
                values = np.asarray(weights.get_tensor(name), dtype=np.float32)
                own = _llama_name(name)
                wanted = _stored_as(own, values, embedding if own == EMBEDDING else matrices)
                kind = GGMLQuantizationType[wanted]
                if own.endswith("norm.weight"):
                    values = values + 1
                writer.add_tensor(own, quantize(values, kind), raw_dtype=kind)


def _stored_as(name: str, values: npt.NDArray[np.float32], wanted: str) -> str:
    if name.endswith("norm.weight"):
        return "F32"
    blocks = wanted.startswith("Q")
    return "F16" if blocks and values.shape[-1] % 32 else wanted


def _llama_name(name: str) -> str:
    whole = {
        "model.embed_tokens.weight": EMBEDDING,
        "model.norm.weight": "output_norm.weight",
        "lm_head.weight": "output.weight",
    }
    if name in whole:
        return whole[name]
    blocks = {theirs: ours for ours, theirs in BLOCK_NAMES.items()}
    parts = name.removesuffix(".weight").split(".", 3)
    if len(parts) != 4 or parts[:2] != ["model", "layers"] or parts[3] not in blocks:
        raise CheckpointError(f"the checkpoint holds an unknown tensor {name!r}; it is no Gemma 3")
    return f"blk.{parts[2]}.{blocks[parts[3]]}.weight"
