"""Opens a GGUF as a generator: file, vocabulary and network put together."""

from __future__ import annotations

from pathlib import Path

from models.generation.feeding import Feeding
from models.generation.limits import fitting_limit
from models.generation.llama import LlamaGenerator, end_ids, find_gguf
from models.generation.llama_binding import LlamaModel, LlamaPlacement
from models.generation.llama_vocabulary import open_vocabulary

_BEAMS = 4
"""How many outputs of a prompt find room beside it at least: an n-best list."""


def open_llama(
    place: Path,
    feeding: Feeding,
    *,
    max_source_tokens: int,
    max_output_tokens: int = 256,
    placement: LlamaPlacement,
    tokenizer: Path | None = None,
) -> LlamaGenerator:
    """``place`` is a GGUF or a folder with one; ``CheckpointError`` when it can't be opened."""
    files = find_gguf(place, tokenizer)
    cells = max_source_tokens + _BEAMS * max_output_tokens
    model = LlamaModel(files.gguf, cells, placement)
    try:
        folder = files.tokenizer_folder
        vocabulary = open_vocabulary(model, folder or place, feeding, own=folder is None)
        return LlamaGenerator(
            model,
            vocabulary,
            end_ids(model, vocabulary, feeding),
            max_source_tokens=fitting_limit(
                str(files.gguf),
                max_source_tokens,
                vocabulary.prompting.frame_tokens,
                [min(model.positions, model.cells) - max_output_tokens],
            ),
            close=model.close,
        )
    except BaseException:
        model.close()
        raise
