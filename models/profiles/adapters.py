"""LoRA adapters, in peft's layout, added onto a base's weights: W += scale · B · A.

The layout: a folder with ``adapter_config.json`` (``r``, ``lora_alpha``, optionally
``use_rslora``) and ``adapter_model.safetensors`` with ``<module>.lora_A.weight`` (r × in) and
``<module>.lora_B.weight`` (out × r); peft's prefix ``base_model.model.`` may stand before the
module. (LoRA: Hu et al., arXiv 2106.09685.)
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from models.errors import CheckpointError

Float32 = npt.NDArray[np.float32]

_A, _B = ".lora_A.weight", ".lora_B.weight"
_PEFT_PREFIX = "base_model.model."


def merge_adapter(weights: dict[str, Float32], folder: Path) -> int:
    """Add the adapter in ``folder`` onto ``weights`` in place → how many modules it changed.

    ``CheckpointError`` if a module, a partner or a shape does not fit the base.
    """
    scale = _scale(folder / "adapter_config.json")
    tensors = _tensors(folder / "adapter_model.safetensors")
    modules = sorted(name.removesuffix(_A) for name in tensors if name.endswith(_A))
    unpaired = set(tensors) - {module + part for module in modules for part in (_A, _B)}
    if unpaired or not modules:
        raise _misfit(folder, f"tensors without a partner: {sorted(unpaired)[:3]}")
    for module in modules:
        _add(weights, module, tensors, scale, folder)
    return len(modules)


def _scale(path: Path) -> float:
    try:
        config: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        rank, alpha = int(config["r"]), float(config["lora_alpha"])
    except (OSError, ValueError, KeyError) as error:
        raise CheckpointError(
            f"{path}: no adapter config with r and lora_alpha ({error!r}); restore the file"
        ) from error
    return alpha / (math.sqrt(rank) if config.get("use_rslora") else rank)


def _tensors(path: Path) -> dict[str, Float32]:
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    try:
        loaded = load_file(path)
    except (OSError, SafetensorError) as error:
        raise CheckpointError(
            f"{path}: the adapter can't be read ({error}); restore the file"
        ) from error
    return {name.removeprefix(_PEFT_PREFIX): t.float().numpy() for name, t in loaded.items()}


def _add(
    weights: dict[str, Float32],
    module: str,
    tensors: dict[str, Float32],
    scale: float,
    folder: Path,
) -> None:
    name = f"{module}.weight"
    if name not in weights:
        raise _misfit(folder, f"the base has no {name}")
    if module + _B not in tensors:
        raise _misfit(folder, f"{module}{_B} is missing")
    down, up = tensors[module + _A], tensors[module + _B]
    if (up.shape[0], down.shape[1]) != weights[name].shape or up.shape[1] != down.shape[0]:
        shapes = f"B {up.shape} · A {down.shape} onto {weights[name].shape}"
        raise _misfit(folder, f"{module}: {shapes}")
    weights[name] = weights[name] + np.float32(scale) * (up @ down)


def _misfit(folder: Path, why: str) -> CheckpointError:
    return CheckpointError(
        f"{folder}: the adapter does not fit the base: {why}; use the base it was trained on"
    )
