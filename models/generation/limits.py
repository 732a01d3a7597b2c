"""How long a prompt a network can really read, whatever its profile allows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from models.errors import CheckpointError
from models.generation.feeding import Feeding
from models.generation.files import read_object

#: A converted folder keeps the hub's config.json under this name.
SOURCE_CONFIG = "source_config.json"


def source_limit(
    folder: Path,
    feeding: Feeding,
    wanted: int,
    frame_tokens: int,
    *,
    output_tokens: int = 256,
    windowed: bool = False,
) -> int:
    """``wanted`` or fewer own tokens, so that frame, prompt and output stay within the positions.

    ``windowed``: the engine reads a prompt right only within the sliding window.
    ``CheckpointError`` when nothing is left for a prompt, or the output alone is too long.
    """
    bounds = _bounds(_config(folder), feeding, output_tokens, windowed)
    return fitting_limit(str(folder), wanted, frame_tokens, bounds)


def fitting_limit(where: str, wanted: int, frame_tokens: int, bounds: Sequence[int]) -> int:
    """``wanted`` or what the tightest of ``bounds`` leaves beside the frame."""
    limit = min([wanted, *(bound - frame_tokens for bound in bounds)])
    if limit < 1:
        raise CheckpointError(
            f"{where}: the network reads {max(0, min(bounds))} tokens beside its output and "
            f"{frame_tokens} stand around every prompt; lower limits.max_output_tokens, shorten "
            "feeding.chat.system or take another checkpoint"
        )
    return limit


def _bounds(
    config: dict[str, Any], feeding: Feeding, output_tokens: int, windowed: bool
) -> list[int]:
    positions = config.get("max_position_embeddings")
    bounds: list[int] = []
    if isinstance(positions, int):
        bounds.append(_position_bound(positions, feeding, output_tokens))
    window = config.get("sliding_window")
    if windowed and isinstance(window, int) and config.get("use_sliding_window") is not False:
        bounds.append(window)
    return bounds


def _position_bound(positions: int, feeding: Feeding, output_tokens: int) -> int:
    """What a prompt may take: a decoder's output follows it, an encoder-decoder's stands apart."""
    if feeding.architecture == "decoder":
        return positions - output_tokens
    begun = 1 + len(feeding.target_before)
    if output_tokens + begun > positions:
        raise CheckpointError(
            f"limits.max_output_tokens = {output_tokens}: the network writes at most "
            f"{positions - begun}; lower it"
        )
    return positions


def _config(folder: Path) -> dict[str, Any]:
    """The hub's config, of the text part where there are several; empty when it isn't there."""
    for name in (SOURCE_CONFIG, "config.json"):
        if (folder / name).is_file():
            config = read_object(folder / name)
            text: dict[str, Any] = config.get("text_config") or config
            return text
    return {}
