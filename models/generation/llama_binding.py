"""llama.cpp through llama-cpp-python's low-level API: a GGUF as a ``Binding`` and a vocabulary.

The only module that touches llama_cpp. One context with one memory for all sequences; ids in,
logits out. Its chatter is silenced, its last error kept for our own messages.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from models.errors import CheckpointError, GenerationError
from models.generation.devices import Device
from models.generation.llama_schedule import Cell
from models.generation.llama_search import Logits

_STEP_TOKENS = 512
_SEQUENCES = 32
_MOST_CELLS = 16_384
_MEMORY_BYTES = 512 * 1024 * 1024
"""What the sequences' past may take before ``cells`` falls to the least that is needed."""
_ERROR_LEVEL = 4
_F32 = 0
_said: list[str] = []


@dataclass(frozen=True, slots=True)
class LlamaPlacement:
    """Where a network runs; ``exact`` keeps what was read in float32 rather than float16."""

    threads: int = 1
    device: Device = Device()
    exact: bool = False


class LlamaModel:
    """An open GGUF: weights, vocabulary and one context."""

    def __init__(self, path: Path, cells: int, placement: LlamaPlacement) -> None:
        """``cells`` is the least memory, in tokens.

        ``CheckpointError`` when llama.cpp isn't installed or can't load it there.
        """
        self._api = load_api()
        self._path = path
        self._network = self._open(placement.device)
        self._vocabulary = self._api.llama_model_get_vocab(self._network)
        self.size = int(self._api.llama_vocab_n_tokens(self._vocabulary))
        self.positions = int(self._api.llama_model_n_ctx_train(self._network))
        self.sequences = _SEQUENCES
        self.step_tokens = _STEP_TOKENS
        self.cells = self._affordable(cells, 4 if placement.exact else 2)
        self._context = self._start(placement)
        self._batch = self._api.llama_batch_init(_STEP_TOKENS, 0, 1)

    def read(self, cells: Sequence[Cell]) -> list[Logits]:
        """Read tokens → the logits of those that are wanted, in order."""
        batch = self._batch
        batch.n_tokens = len(cells)
        for at, cell in enumerate(cells):
            batch.token[at] = cell.token
            batch.pos[at] = cell.position
            batch.n_seq_id[at] = 1
            batch.seq_id[at][0] = cell.sequence
            batch.logits[at] = cell.wanted
        status = self._api.llama_decode(self._context, batch)
        if status != 0:
            raise GenerationError(
                f"llama.cpp failed on a batch of {len(cells)} tokens (status {status}"
                f"{_last_words()}); try a smaller one"
            )
        return [self._logits(at) for at, cell in enumerate(cells) if cell.wanted]

    def fork(self, source: int, target: int) -> None:
        """Let ``target`` have read what ``source`` has."""
        self._api.llama_memory_seq_cp(self._memory, source, target, -1, -1)

    def forget(self, sequence: int) -> None:
        """Free what a sequence has read."""
        self._api.llama_memory_seq_rm(self._memory, sequence, -1, -1)

    def close(self) -> None:
        """Free it all."""
        self._api.llama_batch_free(self._batch)
        self._api.llama_free(self._context)
        self._api.llama_model_free(self._network)

    def name_of(self, id_: int) -> str:
        """A token as the vocabulary writes it."""
        return str(self._api.llama_vocab_get_text(self._vocabulary, id_).decode("utf-8", "replace"))

    def piece_of(self, id_: int) -> bytes:
        """A token as it is read; control tokens are empty."""
        size = 64
        while True:
            buffer = ctypes.create_string_buffer(size)
            length = self._api.llama_token_to_piece(self._vocabulary, id_, buffer, size, 0, False)
            if length >= 0:
                return buffer.raw[:length]
            size = -length

    def ids_of(self, text: str, *, controls: bool) -> list[int]:
        """A text's ids, nothing around them; with ``controls`` "<eos>" is the token, not text."""
        data = text.encode("utf-8", "replace")
        room = len(data) + 8
        ids = (ctypes.c_int32 * room)()
        count = self._api.llama_tokenize(
            self._vocabulary, data, len(data), ids, room, False, controls
        )
        return list(ids[:count])

    def is_control(self, id_: int) -> bool:
        """Whether a token is no text."""
        return bool(self._api.llama_vocab_is_control(self._vocabulary, id_))

    @property
    def ends(self) -> frozenset[int]:
        """The tokens that the file says end an output."""
        is_end = self._api.llama_vocab_is_eog
        return frozenset(at for at in range(self.size) if is_end(self._vocabulary, at))

    @property
    def chat_template(self) -> str | None:
        """The file's chat template."""
        found = self._api.llama_model_chat_template(self._network, None)
        return str(found.decode("utf-8")) if found else None

    @property
    def _memory(self) -> Any:
        return self._api.llama_get_memory(self._context)

    def _logits(self, at: int) -> Logits:
        pointer = self._api.llama_get_logits_ith(self._context, at)
        view: Logits = np.ctypeslib.as_array(pointer, shape=(self.size,))
        return view.copy()

    def _open(self, device: Device) -> Any:
        options = self._api.llama_model_default_params()
        options.n_gpu_layers = 0
        if device.kind == "cuda":
            if not self._api.llama_supports_gpu_offload():
                raise CheckpointError(
                    "llama-cpp-python was compiled without CUDA; install it again with "
                    "CMAKE_ARGS=-DGGML_CUDA=on"
                )
            options.n_gpu_layers, options.split_mode = 9999, 0
            options.main_gpu = device.index
        network = self._api.llama_model_load_from_file(str(self._path).encode(), options)
        if not network:
            raise CheckpointError(
                f"{self._path}: llama.cpp can't load it on {device.kind}{_last_words()}; "
                "restore the file, or take one of an architecture that llama.cpp runs"
            )
        return network

    def _start(self, placement: LlamaPlacement) -> Any:
        options = self._api.llama_context_default_params()
        options.n_ctx = self.cells
        options.n_batch = options.n_ubatch = _STEP_TOKENS
        options.n_seq_max = self.sequences
        options.n_threads = options.n_threads_batch = placement.threads
        options.kv_unified = True  # a fork shares its past instead of copying it
        if placement.exact:
            options.type_k = options.type_v = _F32
            options.flash_attn_type = 0
        context = self._api.llama_init_from_model(self._network, options)
        if not context:
            raise CheckpointError(
                f"{self._path}: no memory for {self.cells} tokens{_last_words()}; lower "
                "limits.max_source_tokens"
            )
        return context

    def _affordable(self, least: int, bytes_per_value: int) -> int:
        api, network = self._api, self._network
        head = api.llama_model_n_embd(network) // max(1, api.llama_model_n_head(network))
        values = 2 * api.llama_model_n_layer(network) * api.llama_model_n_head_kv(network) * head
        affordable = _MEMORY_BYTES // max(1, values * bytes_per_value)
        return max(least, min(_MOST_CELLS, int(affordable)))


@cache
def load_api() -> Any:
    """llama_cpp, its log silenced; ``CheckpointError`` when the extra isn't installed."""
    try:
        import llama_cpp
    except ImportError as error:
        raise CheckpointError(
            f"engine 'llama' needs llama-cpp-python ({error}); pip install 'yoji[llama]' "
            "(it compiles for some minutes)"
        ) from error
    llama_cpp.llama_log_set(_listener(llama_cpp), ctypes.c_void_p(0))
    llama_cpp.llama_backend_init()
    return llama_cpp


@cache
def _listener(api: Any) -> Any:
    """llama.cpp's log, errors kept and all else dropped; cached, so that it is never freed."""

    def listen(level: int, text: bytes, _: Any) -> None:
        if level >= _ERROR_LEVEL and text.strip():
            _said[:] = [text.decode("utf-8", "replace").strip()]

    return api.llama_log_callback(listen)


def _last_words() -> str:
    return f": {' '.join(_said[0].split())[:200]}" if _said else ""
