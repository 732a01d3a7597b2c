"""Which files of a hub repository a checkpoint needs: no duplicates for other frameworks.

Pure: knows names, sizes and hashes, nothing of the network.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from models.errors import CheckpointError

#: Weights by preference: safetensors before pickles. Of each kind one file, or an index and shards.
WEIGHTS = (
    re.compile(r"model\.safetensors(?:\.index\.json)?|model-\d+-of-\d+\.safetensors"),
    re.compile(r"pytorch_model\.bin(?:\.index\.json)?|pytorch_model-\d+-of-\d+\.bin"),
)
_CONFIGS = re.compile(r"config\.json|generation_config\.json")
_TOKENIZER = re.compile(
    r"tokenizer\.json|tokenizer_config\.json|special_tokens_map\.json|added_tokens\.json"
    r"|chat_template\.(?:jinja|json)|vocab\.(?:json|txt)|merges\.txt|[\w.-]+\.spm"
    r"|(?:spiece|sentencepiece\.bpe|tokenizer)\.model"
)
#: The terms go where the weights go.
_TERMS = re.compile(r"(?:licen[cs]e|notice|use_policy)(?:\.(?:txt|md|pdf))?", re.IGNORECASE)
_SHARD = re.compile(r"(.+)-\d{5}-of-(\d{5})\.gguf")


@dataclass(frozen=True, slots=True)
class HubFile:
    """A file of a repository: ``sha256`` if it is stored with LFS, else git's ``blob_sha1``."""

    name: str
    size: int
    sha256: str | None = None
    blob_sha1: str | None = None


def needed_files(id_: str, files: Sequence[HubFile], file: str | None = None) -> list[HubFile]:
    """Those a checkpoint needs: ``file`` (all its shards) or transformers' layout.

    ``CheckpointError`` when the repository lacks a part.
    """
    terms = [one for one in files if _TERMS.fullmatch(one.name)]
    if file is not None:
        return [*_gguf(id_, files, file), *terms]
    weights = _weights(files)
    configs = [one for one in files if _CONFIGS.fullmatch(one.name)]
    tokenizer = [one for one in files if _TOKENIZER.fullmatch(one.name)]
    lacking = [
        what
        for what, found in (
            ("config.json", any(one.name == "config.json" for one in configs)),
            ("weights (safetensors or pytorch_model.bin)", weights),
            ("tokenizer files", tokenizer),
        )
        if not found
    ]
    if lacking:
        raise CheckpointError(
            f"{id_} holds no {' and no '.join(lacking)}; name a repository laid out for "
            f"transformers, or one of its GGUF files with file = (it has {_some(files)})"
        )
    return [*configs, *tokenizer, *weights, *terms]


def _weights(files: Sequence[HubFile]) -> list[HubFile]:
    for pattern in WEIGHTS:
        found = [one for one in files if pattern.fullmatch(one.name)]
        if found:
            whole = [one for one in found if re.fullmatch(r"\w+\.(safetensors|bin)", one.name)]
            return whole[:1] or found
    return []


def _gguf(id_: str, files: Sequence[HubFile], file: str) -> list[HubFile]:
    shard = _SHARD.fullmatch(file)
    pattern = re.escape(file)
    if shard:
        pattern = rf"{re.escape(shard[1])}-\d{{5}}-of-{shard[2]}\.gguf"
    found = [one for one in files if re.fullmatch(pattern, one.name)]
    if not any(one.name == file for one in found):
        others = [one for one in files if one.name.endswith(".gguf")] or files
        raise CheckpointError(f"{id_} has no file {file!r}; it has {_some(others)}")
    return found


def _some(files: Iterable[HubFile]) -> str:
    names = [one.name for one in files]
    more = f" and {len(names) - 8} more" if len(names) > 8 else ""
    return (", ".join(names[:8]) + more) or "no files"
