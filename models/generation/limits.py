"""How long a prompt a network can really read, whatever its profile allows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from models.errors import CheckpointError
from models.generation.feeding import Feeding

#: A converted folder keeps the hub's config.json under this name.
SOURCE_CONFIG = "source_config.json"
_OUTPUT_ROOM = 256


def source_limit(
    folder: Path, feeding: Feeding, wanted: int, frame_tokens: int, *, windowed: bool = False
) -> int:
    """``wanted`` or fewer own tokens, so that frame and prompt stay within the positions.

    A decoder keeps room for an output. ``windowed``: the engine reads a prompt right only within
    the sliding window. ``CheckpointError`` when the frame alone is too long.
    """
    bounds = _bounds(_config(folder), feeding, windowed)
    limit = min([wanted, *(bound - frame_tokens for bound in bounds)])
    if limit < 1:
        raise CheckpointError(
            f"{folder}: the network reads {min(bounds)} tokens and {frame_tokens} stand around "
            "every prompt; shorten feeding.chat.system or take another checkpoint"
        )
    return limit


def _bounds(config: dict[str, Any], feeding: Feeding, windowed: bool) -> list[int]:
    positions = config.get("max_position_embeddings")
    bounds: list[int] = []
    if isinstance(positions, int):
        decoder = feeding.architecture == "decoder"
        bounds.append(positions - min(_OUTPUT_ROOM, positions // 4) if decoder else positions)
    window = config.get("sliding_window")
    if windowed and isinstance(window, int) and config.get("use_sliding_window") is not False:
        bounds.append(window)
    return bounds


def _config(folder: Path) -> dict[str, Any]:
    """The hub's config, of the text part where there are several; empty when it isn't there."""
    for name in (SOURCE_CONFIG, "config.json"):
        if (folder / name).is_file():
            config: dict[str, Any] = json.loads((folder / name).read_text(encoding="utf-8"))
            text: dict[str, Any] = config.get("text_config") or config
            return text
    return {}
