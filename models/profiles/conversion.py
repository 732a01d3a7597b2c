"""From the hub's layout to CTranslate2's, with what its converter gets wrong set right.

CTranslate2 4.8 reads some settings under the names that transformers 4 gave them:

- T5 v1.1 (mT5, KoT5, MADLAD): transformers 5 always says ``tie_word_embeddings``; whether the
  outputs are scaled stands in ``scale_decoder_outputs``. Unset, beams and penalties go astray.
- BART and mBART: ``normalize_before`` is gone from configs that never wrote it.
- Gemma 3: the rope bases moved into ``rope_parameters``; a scaled rope (4B and larger) is not
  converted at all, so it is refused here.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from models.errors import CheckpointError
from models.generation.chat_template import CHAT_FILES
from models.generation.tokenizing import TOKENIZER_FILES
from models.profiles.checkpoints import architecture_of


def convert(source: Path, target: Path, quantization: str | None) -> None:
    """Fill the folder ``target`` with the converted network and the tokenizer's files.

    ``CheckpointError`` when CTranslate2 doesn't run the architecture or a file is damaged.
    """
    converted = target / "converted"
    try:
        with _quiet_transformers():
            _converter(source).convert(str(converted), quantization=quantization)
    except CheckpointError:
        raise
    except Exception as error:  # whatever a foreign checkpoint makes the loaders raise
        why = " ".join(str(error).split())[:300]
        raise CheckpointError(
            f"CTranslate2 can't convert the architecture {architecture_of(source)!r} ({why}); "
            "choose a checkpoint of one it knows, or restore this one's files"
        ) from error
    for path in converted.iterdir():
        shutil.move(path, target / path.name)
    converted.rmdir()
    for name in (*TOKENIZER_FILES, *CHAT_FILES):
        if (source / name).is_file():
            shutil.copyfile(source / name, target / name)


def _converter(source: Path) -> Any:
    from ctranslate2.converters import TransformersConverter

    class Corrected(TransformersConverter):  # type: ignore[misc]
        def load_model(self, model_class: Any, model_name_or_path: str, **options: Any) -> Any:
            model = super().load_model(model_class, model_name_or_path, **options)
            correct_config(model.config)
            return model

    return Corrected(str(source))


def correct_config(config: Any) -> None:
    """Give a transformers 5 config the names that CTranslate2's converter reads, in place."""
    if hasattr(config, "scale_decoder_outputs"):
        config.tie_word_embeddings = bool(config.scale_decoder_outputs)
    if config.model_type in ("bart", "mbart") and not hasattr(config, "normalize_before"):
        config.normalize_before = config.model_type == "mbart"
    if config.model_type in ("gemma3", "gemma3_text"):
        _correct_rope(getattr(config, "text_config", config))


def _correct_rope(config: Any) -> None:
    for layers, name in (
        ("full_attention", "rope_theta"),
        ("sliding_attention", "rope_local_base_freq"),
    ):
        rope = (config.rope_parameters or {}).get(layers) or {}
        if rope.get("rope_type", "default") != "default":
            raise CheckpointError(
                f"CTranslate2 drops the {rope['rope_type']!r} rope scaling of this Gemma 3, its "
                "output would get worse with length; run it with another engine"
            )
        if "rope_theta" in rope:
            setattr(config, name, rope["rope_theta"])


@contextmanager
def _quiet_transformers() -> Iterator[None]:
    """No progress bars: a build tells its steps through ``progress``."""
    from transformers.utils import logging

    shown = logging.is_progress_bar_enabled()
    logging.disable_progress_bar()
    try:
        yield
    finally:
        if shown:
            logging.enable_progress_bar()
