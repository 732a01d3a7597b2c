"""What is written as a GGUF is what was read: without llama.cpp, by our own reader."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import load_file

from models.errors import CheckpointError
from models.profiles.gguf_weights import read_gemma3
from models.profiles.gguf_writing import token_table, write_gguf


def written(hub: Path, target: Path, compute_type: str) -> tuple[dict[str, Any], dict[str, Any]]:
    write_gguf(hub, target / "model.gguf", compute_type)
    return read_gemma3(target / "model.gguf")


def config_of(hub: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((hub / "config.json").read_text(encoding="utf-8"))
    return content


@pytest.fixture(scope="session")
def tied_hub(tiny_deep: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As Google's: the output layer is the embedding (our reader knows no other)."""
    from safetensors.numpy import save_file

    hub = tmp_path_factory.mktemp("tied") / "hub"
    shutil.copytree(tiny_deep, hub)
    weights = load_file(hub / "model.safetensors")
    del weights["lm_head.weight"]
    save_file(weights, hub / "model.safetensors", metadata={"format": "pt"})
    return hub


def test_float32_comes_back_as_it_was(tied_hub: Path, tmp_path: Path) -> None:
    config, weights = written(tied_hub, tmp_path, "float32")
    source = load_file(tied_hub / "model.safetensors")
    assert set(weights) == set(source)
    for name, values in source.items():
        # Norms are stored with 1 added, which costs them their last bits.
        np.testing.assert_allclose(weights[name], values, atol=1e-6 if "norm" in name else 0)
    expected = config_of(tied_hub)
    for key in config.keys() - {"tie_word_embeddings", "rms_norm_eps", "rope_parameters"}:
        assert config[key] == expected[key], key


@pytest.mark.parametrize(
    ("compute_type", "worst"),
    [("float16", 1e-3), ("bfloat16", 1e-2), ("int8", 2e-2), ("int4", 0.3)],
)
def test_quantised_weights_are_near(
    compute_type: str, worst: float, tied_hub: Path, tmp_path: Path
) -> None:
    _, weights = written(tied_hub, tmp_path, compute_type)
    for name, values in load_file(tied_hub / "model.safetensors").items():
        error = np.abs(weights[name] - values).max() / np.abs(values).max()
        assert error < (1e-6 if "norm" in name else worst), name
    sizes = [(tmp_path / "model.gguf").stat().st_size]
    write_gguf(tied_hub, tmp_path / "full.gguf", "float32")
    assert sizes[0] < (tmp_path / "full.gguf").stat().st_size


def test_tokens_keep_their_ids_kinds_and_the_order_of_merges(tied_hub: Path) -> None:
    tokenizer = json.loads((tied_hub / "tokenizer.json").read_text(encoding="utf-8"))
    size = config_of(tied_hub)["vocab_size"]
    tokens, scores, types = token_table(tokenizer, size + 2)
    vocabulary = tokenizer["model"]["vocab"]
    assert tokens[vocabulary["<bos>"]] == b"<bos>"
    assert types[vocabulary["<bos>"]] == 3
    assert types[vocabulary["<0x41>"]] in (3, 6)  # the test tokenizer calls its bytes special
    assert tokens[-1] == f"<unused-row-{size + 1}>".encode()
    made = ["".join(pair) for pair in tokenizer["model"]["merges"]]
    ranked = [scores[vocabulary[token]] for token in dict.fromkeys(made)]
    assert ranked == sorted(ranked, reverse=True)
    assert len(set(ranked)) == len(ranked)


def test_spaces_of_tokens_that_are_added_are_spaces() -> None:
    tokenizer = {
        "model": {"vocab": {"<bos>": 0, "▁▁": 1, "▁a": 2, "<0x0A>": 3}, "merges": ["▁ a"]},
        "added_tokens": [
            {"id": 0, "content": "<bos>", "special": True},
            {"id": 1, "content": "▁▁", "special": False},
        ],
    }
    tokens, scores, types = token_table(tokenizer, 4)
    assert tokens == [b"<bos>", b"  ", "▁a".encode(), b"<0x0A>"]
    assert types == [3, 4, 1, 6]
    assert scores == [-1000.0, -1000.0, 0.0, 0.0]


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("architectures", ["LlamaForCausalLM"], "this is 'LlamaForCausalLM'; name a ready .gguf"),
        ("layer_types", ["full_attention"] * 6, "layer_types is .*use another engine"),
        ("query_pre_attn_scalar", 7, "query_pre_attn_scalar is 7"),
    ],
)
def test_what_llama_cpp_would_run_wrongly_is_refused(
    key: str, value: Any, expected: str, tied_hub: Path, tmp_path: Path
) -> None:
    hub = tmp_path / "hub"
    shutil.copytree(tied_hub, hub)
    (hub / "config.json").write_text(json.dumps(config_of(hub) | {key: value}), encoding="utf-8")
    with pytest.raises(CheckpointError, match=expected):
        write_gguf(hub, tmp_path / "model.gguf", "float32")


def test_an_unknown_type_names_those_there_are(tied_hub: Path, tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match="float32, float16, bfloat16, int8, int4, not as 'q"):
        write_gguf(tied_hub, tmp_path / "model.gguf", "q5")


def test_a_folder_without_a_tokenizer_is_named(tied_hub: Path, tmp_path: Path) -> None:
    hub = tmp_path / "hub"
    shutil.copytree(tied_hub, hub)
    (hub / "tokenizer.json").unlink()
    with pytest.raises(CheckpointError, match=r"tokenizer.json: can't be read"):
        write_gguf(hub, tmp_path / "model.gguf", "float32")
