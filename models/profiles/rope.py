"""Scaled rotary embeddings that CTranslate2's converter drops, put into what it converts.

- Gemma 3 from 4B (TranslateGemma): a linear factor on the layers that see everything.
- Llama 3.1 and later: the factor and the length that it was trained with.

Both proved by outputs equal to transformers' (tests/models/generation/test_chat.py). What stays
unknown to it is refused: the output would get worse with length, and nobody would be told.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from models.errors import CheckpointError

_LINEAR = 0  # ctranslate2.specs.attention_spec.RotaryScalingType.Linear
_GEMMA3 = ("gemma3", "gemma3_text")


def correct_rope(config: Any) -> None:
    """Give a Gemma 3 config the names that the converter reads; refuse what it can't convert."""
    if config.model_type not in _GEMMA3:
        return
    text = getattr(config, "text_config", config)
    for layers, name, known in (
        ("full_attention", "rope_theta", ("default", "linear")),
        ("sliding_attention", "rope_local_base_freq", ("default",)),
    ):
        rope = (text.rope_parameters or {}).get(layers) or {}
        scaling = rope.get("rope_type", "default")
        if scaling not in known:
            raise CheckpointError(
                f"CTranslate2 drops the {scaling!r} rope scaling of this checkpoint's {layers} "
                'layers, its output would get worse with length; set engine = "transformers"'
            )
        if "rope_theta" in rope:
            setattr(text, name, rope["rope_theta"])


def scale_rope(spec: Any, config: Any) -> None:
    """Write what the converter left out into its specification, in place."""
    text = getattr(config, "text_config", config)
    rope = getattr(text, "rope_parameters", None) or {}
    if config.model_type in _GEMMA3:
        _scale_gemma3(spec, text.layer_types, rope.get("full_attention") or {})
    elif rope.get("rope_type") == "llama3":
        for layer in spec.decoder.layer:
            _add(
                layer.self_attention,
                rotary_scaling_factor=np.float32(rope["factor"]),
                original_max_position_embeddings=np.int32(rope["original_max_position_embeddings"]),
            )


def _scale_gemma3(spec: Any, layer_types: list[str], rope: dict[str, Any]) -> None:
    if rope.get("rope_type") != "linear":
        return
    for layer, kind in zip(spec.decoder.layer, layer_types, strict=True):
        if kind == "full_attention":
            _add(
                layer.self_attention,
                rotary_scaling_type=np.int8(_LINEAR),
                rotary_scaling_factor=np.float32(rope["factor"]),
            )


def _add(spec: Any, **values: Any) -> None:
    """Attributes that the specification's class did not foresee (it refuses new ones)."""
    vars(spec).update(values)
