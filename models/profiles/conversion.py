"""From the hub's layout to CTranslate2's, with what its converter gets wrong set right.

CTranslate2 4.8 reads some settings under the names that transformers 4 gave them:

- T5 v1.1 (mT5, KoT5, MADLAD): transformers 5 always says ``tie_word_embeddings``; whether the
  outputs are scaled stands in ``scale_decoder_outputs``; mT5's never are. Unset, beams and
  penalties go astray.
- BART and mBART: ``normalize_before`` is gone from configs that never wrote it.
- M2M100: its languages' tokens are no "additional" ones any more, and were left out.
- Gemma 3: the rope bases moved into ``rope_parameters``; scaled ropes are for ``rope``.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from models.errors import CheckpointError
from models.generation.chat_template import CHAT_FILES
from models.generation.limits import SOURCE_CONFIG
from models.generation.tokenizing import TOKENIZER_FILES
from models.generation.transformers_loading import quiet_transformers, require_whole
from models.profiles.checkpoints import architecture_of
from models.profiles.rope import correct_rope, scale_rope


def convert(source: Path, target: Path, quantization: str | None) -> None:
    """Fill the folder ``target`` with the converted network and the tokenizer's files.

    ``CheckpointError`` when CTranslate2 doesn't run the architecture or a file is damaged.
    """
    converted = target / "converted"
    try:
        with quiet_transformers():
            _converter(source).convert(str(converted), quantization=quantization)
    except CheckpointError:
        raise
    except Exception as error:  # whatever a foreign checkpoint makes the loaders raise
        why = " ".join(str(error).split())[:300]
        raise CheckpointError(
            f"CTranslate2 can't convert the architecture {architecture_of(source)!r} ({why}); "
            'set engine = "transformers", or restore the checkpoint\'s files'
        ) from error
    for path in converted.iterdir():
        shutil.move(path, target / path.name)
    converted.rmdir()
    shutil.copyfile(source / "config.json", target / SOURCE_CONFIG)
    for name in (*TOKENIZER_FILES, *CHAT_FILES):
        if (source / name).is_file():
            shutil.copyfile(source / name, target / name)


def _converter(source: Path) -> Any:
    from ctranslate2.converters import TransformersConverter

    class Corrected(TransformersConverter):  # type: ignore[misc]
        def load_model(self, model_class: Any, model_name_or_path: str, **options: Any) -> Any:
            model, found = super().load_model(
                model_class, model_name_or_path, output_loading_info=True, **options
            )
            require_whole(source, model, found["missing_keys"])
            correct_config(model.config)
            self._config = model.config
            return model

        def load_tokenizer(self, tokenizer_class: Any, name: str, **options: Any) -> Any:
            return with_languages(super().load_tokenizer(tokenizer_class, name, **options))

        def _load(self) -> Any:
            spec = super()._load()
            scale_rope(spec, self._config)
            return spec

    return Corrected(str(source))


def with_languages(tokenizer: Any) -> Any:
    """A tokenizer whose language tokens, if it has any, the converter finds; others unchanged."""
    languages: dict[str, int] = getattr(tokenizer, "lang_token_to_id", None) or {}
    if not languages or "additional_special_tokens" in tokenizer.special_tokens_map:
        return tokenizer
    return _WithLanguages(tokenizer, sorted(languages, key=languages.__getitem__))


class _WithLanguages:
    """A tokenizer that names its languages' tokens as transformers 4 did."""

    def __init__(self, tokenizer: Any, languages: list[str]) -> None:
        self._tokenizer = tokenizer
        self.special_tokens_map = {
            **tokenizer.special_tokens_map,
            "additional_special_tokens": languages,
        }

    def __getattr__(self, name: str) -> Any:
        return getattr(self._tokenizer, name)


def correct_config(config: Any) -> None:
    """Give a transformers 5 config the names that CTranslate2's converter reads, in place."""
    if hasattr(config, "scale_decoder_outputs"):
        config.tie_word_embeddings = bool(config.scale_decoder_outputs)
    elif config.model_type == "mt5":
        config.tie_word_embeddings = False
    if config.model_type in ("bart", "mbart") and not hasattr(config, "normalize_before"):
        config.normalize_before = config.model_type == "mbart"
    correct_rope(config)
