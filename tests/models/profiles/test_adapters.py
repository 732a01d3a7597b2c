from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from models.errors import CheckpointError
from models.profiles.adapters import merge_adapter

MODULE = "model.layers.0.self_attn.q_proj"
RANDOM = np.random.default_rng(0)
BASE = RANDOM.standard_normal((6, 4)).astype(np.float32)
DOWN = RANDOM.standard_normal((2, 4)).astype(np.float32)
UP = RANDOM.standard_normal((6, 2)).astype(np.float32)


def write(folder: Path, tensors: dict[str, Any], **config: Any) -> Path:
    from safetensors.numpy import save_file

    folder.mkdir(parents=True, exist_ok=True)
    (folder / "adapter_config.json").write_text(json.dumps(config), encoding="utf-8")
    save_file(tensors, folder / "adapter_model.safetensors")
    return folder


def pair(prefix: str = "") -> dict[str, Any]:
    return {
        f"{prefix}{MODULE}.lora_A.weight": DOWN,
        f"{prefix}{MODULE}.lora_B.weight": UP,
    }


@pytest.mark.parametrize(
    ("config", "scale"),
    [
        ({"r": 2, "lora_alpha": 2}, 1.0),
        ({"r": 2, "lora_alpha": 8}, 4.0),
        ({"r": 4, "lora_alpha": 8, "use_rslora": True}, 4.0),
    ],
)
@pytest.mark.parametrize("prefix", ["", "base_model.model."])
def test_an_adapter_is_added_by_its_scale(
    prefix: str, config: dict[str, Any], scale: float, tmp_path: Path
) -> None:
    weights = {f"{MODULE}.weight": BASE.copy()}
    assert merge_adapter(weights, write(tmp_path, pair(prefix), **config)) == 1
    expected = BASE + scale * UP @ DOWN
    np.testing.assert_allclose(weights[f"{MODULE}.weight"], expected, rtol=1e-5, atol=1e-6)


def test_bfloat16_adapters_are_read(tmp_path: Path) -> None:
    import torch
    from safetensors.torch import save_file

    folder = write(tmp_path, pair(), r=2, lora_alpha=2)
    halves = {name: torch.tensor(array).bfloat16() for name, array in pair().items()}
    save_file(halves, folder / "adapter_model.safetensors")
    weights = {f"{MODULE}.weight": BASE.copy()}
    merge_adapter(weights, folder)
    np.testing.assert_allclose(weights[f"{MODULE}.weight"], BASE + UP @ DOWN, atol=0.1)


@pytest.mark.parametrize(
    ("tensors", "config", "expected"),
    [
        (pair("other."), {"r": 2, "lora_alpha": 2}, "the base has no other.model"),
        (
            {f"{MODULE}.lora_A.weight": DOWN},
            {"r": 2, "lora_alpha": 2},
            "lora_B.weight is missing",
        ),
        (
            {f"{MODULE}.lora_B.weight": UP},
            {"r": 2, "lora_alpha": 2},
            "tensors without a partner",
        ),
        (
            pair() | {f"{MODULE}.lora_A.weight": DOWN[:, :3].copy()},
            {"r": 2, "lora_alpha": 2},
            r"onto \(6, 4\)",
        ),
        (pair(), {"r": 2}, "lora_alpha"),
    ],
)
def test_an_adapter_that_does_not_fit_says_why(
    tensors: dict[str, Any], config: dict[str, Any], expected: str, tmp_path: Path
) -> None:
    folder = write(tmp_path, tensors, **config)
    with pytest.raises(CheckpointError, match=expected):
        merge_adapter({f"{MODULE}.weight": BASE.copy()}, folder)


def test_missing_and_damaged_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match=r"adapter_config\.json"):
        merge_adapter({}, tmp_path)
    folder = write(tmp_path, pair(), r=2, lora_alpha=2)
    (folder / "adapter_model.safetensors").write_bytes(b"\0" * 9)
    with pytest.raises(CheckpointError, match=r"adapter_model\.safetensors"):
        merge_adapter({f"{MODULE}.weight": BASE.copy()}, folder)
