"""Opens a GGUF as a generator: file, vocabulary and network put together."""

from __future__ import annotations

from pathlib import Path

from models.generation.feeding import Feeding
from models.generation.llama import LlamaGenerator, end_ids, find_gguf
from models.generation.llama_binding import LlamaModel, LlamaPlacement
from models.generation.llama_vocabulary import open_vocabulary

_ROOM_FOR_OUTPUT = 1024


def open_llama(
    place: Path,
    feeding: Feeding,
    *,
    max_source_tokens: int,
    placement: LlamaPlacement,
    tokenizer: Path | None = None,
) -> LlamaGenerator:
    """``place`` is a GGUF or a folder with one; ``CheckpointError`` when it can't be opened."""
    files = find_gguf(place, tokenizer)
    model = LlamaModel(files.gguf, max_source_tokens + _ROOM_FOR_OUTPUT, placement)
    try:
        folder = files.tokenizer_folder
        vocabulary = open_vocabulary(model, folder or place, feeding, own=folder is None)
        return LlamaGenerator(
            model,
            vocabulary,
            end_ids(model, vocabulary, feeding),
            max_source_tokens=max_source_tokens,
            close=model.close,
        )
    except BaseException:
        model.close()
        raise
