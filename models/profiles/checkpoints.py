"""What a checkpoint folder must hold, as data, and a check that names all that is missing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from models.generation.tokenizing import TOKENIZER_FILES
from models.profiles.profile import Checkpoint, Engine

#: One of each group must be in a folder laid out as the hub lays it out.
HUB_LAYOUT: tuple[tuple[str, ...], ...] = (
    ("config.json",),
    (
        "model.safetensors",
        "model.safetensors.index.json",
        "pytorch_model.bin",
        "pytorch_model.bin.index.json",
    ),
    TOKENIZER_FILES,
)

#: What an engine's built folder holds before it is published.
BUILT_LAYOUT: Mapping[Engine, tuple[tuple[str, ...], ...]] = {
    "ctranslate2": (
        ("model.bin",),
        ("config.json",),
        ("vocabulary.json", "shared_vocabulary.json", "source_vocabulary.json"),
        TOKENIZER_FILES,
    ),
    "transformers": HUB_LAYOUT,
    "llama": (("model.gguf",), ("tokenizer.json",)),
}


def missing_files(folder: Path, layout: tuple[tuple[str, ...], ...]) -> list[str]:
    """Every group of ``layout`` of which ``folder`` holds no file, as a line to show."""
    absent = [group for group in layout if not any((folder / name).is_file() for name in group)]
    return [f"{folder} lacks {' or '.join(group)}" for group in absent]


def is_gguf(checkpoint: Checkpoint) -> bool:
    """Whether the checkpoint is one GGUF file, a user's own or the hub's, and no folder."""
    if checkpoint.source == "hub":
        return checkpoint.file is not None
    return checkpoint.source == "local" and Path(checkpoint.id).suffix.lower() == ".gguf"


def architecture_of(folder: Path) -> str:
    """The class named in a hub folder's config, or "" when none is."""
    try:
        names = json.loads((folder / "config.json").read_text(encoding="utf-8"))["architectures"]
    except (OSError, ValueError, KeyError, TypeError):
        return ""
    return str(names[0]) if names else ""
