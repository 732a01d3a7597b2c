"""A checkpoint's JSON files, each mistake in one line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from models.errors import CheckpointError


def read_json(path: Path) -> Any:
    """What a JSON file holds; ``CheckpointError`` names the file when it can't be read."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CheckpointError(f"{path}: not valid JSON ({error}); restore the file") from error


def read_object(path: Path) -> dict[str, Any]:
    """The object that a JSON file holds; ``CheckpointError`` when it is something else."""
    content = read_json(path)
    if not isinstance(content, dict):
        raise CheckpointError(f"{path}: holds no JSON object; restore the file")
    return content
