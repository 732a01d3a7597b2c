"""Decoder-only networks on CTranslate2: int8 on a CPU, float16 on a GPU.

Penalties against repetition look at the output alone, so a summary may repeat its source. (In a
batch of unlike lengths CTranslate2 would count the tails of the longer prompts as output, hence
``equal_lengths`` below.)
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from models.errors import CheckpointError, GenerationError
from models.generation.feeding import Feeding
from models.generation.planning import Batch, BatchLimits, plan_batches
from models.generation.protocol import Generation, GenerationOptions, Hypothesis
from models.generation.tokenizing import PromptTokenizer

if TYPE_CHECKING:
    import ctranslate2


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a network runs: ``workers`` batches at a time, ``threads_per_worker`` for each."""

    device: str = "cpu"
    device_index: int = 0
    compute_type: str = "int8"
    workers: int = 1
    threads_per_worker: int = 1


class CTranslate2Generator:
    """A converted checkpoint folder (model.bin, tokenizer.json) as a ``TextGenerator``."""

    def __init__(
        self,
        folder: Path,
        feeding: Feeding,
        *,
        max_source_tokens: int = 1024,
        placement: Placement = Placement(),
    ) -> None:
        self._tokenizer = PromptTokenizer(folder / "tokenizer.json", feeding)
        self._ends = _ends(folder, feeding)
        self._max_source_tokens = max_source_tokens
        self._workers = placement.workers
        self._network: ctranslate2.Generator | None = _open(folder, placement)
        self._stop_tokens: dict[str, list[str]] = {}
        self._lock = Lock()

    @property
    def max_source_tokens(self) -> int:
        """The longest prompt, in tokens, special tokens not counted."""
        return self._max_source_tokens

    def generate(
        self, prompts: Sequence[str], options: GenerationOptions
    ) -> list[Generation | GenerationError]:
        """N prompts → N results in order; an over-long prompt is an error in its place."""
        network = self._opened()
        tokens = self._tokenizer.tokens(prompts)
        results: dict[int, Generation | GenerationError] = {}
        for at, own in enumerate(tokens):
            if len(own) > self._max_source_tokens:
                results[at] = _too_long(len(own), self._max_source_tokens)
        fitting = [at for at in range(len(tokens)) if at not in results]
        results |= self._run(network, {at: tokens[at] for at in fitting}, options)
        return [results[at] for at in range(len(prompts))]

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens per text, special tokens not counted."""
        self._opened()
        return [len(tokens) for tokens in self._tokenizer.tokens(texts)]

    def close(self) -> None:
        """Free the network; later calls raise ``GenerationError``."""
        self._network = None

    def _opened(self) -> ctranslate2.Generator:
        network = self._network
        if network is None:
            raise GenerationError("the generator is closed; open a new one")
        return network

    def _run(
        self,
        network: ctranslate2.Generator,
        prompts: dict[int, list[str]],
        options: GenerationOptions,
    ) -> dict[int, Generation | GenerationError]:
        places = list(prompts)
        limits = BatchLimits(equal_lengths=_penalises(options))
        batches = plan_batches([len(prompts[at]) for at in places], limits, self._workers)
        arguments = self._arguments(options)
        running = [
            (batch, self._submit(network, [prompts[places[i]] for i in batch], arguments))
            for batch in batches
        ]
        results: dict[int, Generation | GenerationError] = {}
        for batch, futures in running:
            for index, future in _paired(batch, futures):
                place = places[index]
                results[place] = self._result(future, len(prompts[place]), options)
        return results

    def _submit(
        self, network: ctranslate2.Generator, batch: list[list[str]], arguments: dict[str, Any]
    ) -> list[Any] | GenerationError:
        start = [self._tokenizer.surround(tokens) for tokens in batch]
        try:
            return list(network.generate_batch(start, asynchronous=True, **arguments))
        except (RuntimeError, ValueError) as error:
            return _failed(error)

    def _arguments(self, options: GenerationOptions) -> dict[str, Any]:
        return {
            "include_prompt_in_result": False,
            "return_end_token": True,
            "return_scores": True,
            "max_length": options.max_output_tokens,
            "beam_size": max(options.beam_size, options.hypotheses),
            "num_hypotheses": options.hypotheses,
            "length_penalty": options.length_penalty,
            "repetition_penalty": options.repetition_penalty,
            "no_repeat_ngram_size": options.no_repeat_ngram_size,
            "end_token": self._end_tokens(options.stop),
        }

    def _end_tokens(self, stop: tuple[str, ...]) -> list[str]:
        with self._lock:
            for string in stop:
                if string not in self._stop_tokens:
                    self._stop_tokens[string] = self._tokenizer.tokens_starting_with(string)
            stopping = [token for string in stop for token in self._stop_tokens[string]]
        return list(dict.fromkeys([*self._ends, *stopping]))

    def _result(
        self, future: Any, source_tokens: int, options: GenerationOptions
    ) -> Generation | GenerationError:
        if isinstance(future, GenerationError):
            return future
        try:
            result = future.result()
        except (RuntimeError, ValueError) as error:
            return _failed(error)
        ends = {self._tokenizer.id_of(token) for token in self._end_tokens(options.stop)}
        hypotheses = tuple(
            self._hypothesis(ids, score, ends, options)
            for ids, score in zip(result.sequences_ids, result.scores, strict=True)
        )
        return Generation(hypotheses, source_tokens)

    def _hypothesis(
        self, ids: list[int], score: float, ends: set[int | None], options: GenerationOptions
    ) -> Hypothesis:
        ended = bool(ids) and ids[-1] in ends
        own = ids[:-1] if ended else ids
        text = self._tokenizer.text(own)
        cuts = [at for string in options.stop if (at := text.find(string)) >= 0]
        if cuts:
            text = text[: min(cuts)].strip()
        return Hypothesis(text, len(own), score, finished=ended or bool(cuts))


def _paired(batch: Batch, futures: list[Any] | GenerationError) -> list[tuple[int, Any]]:
    if isinstance(futures, GenerationError):
        return [(index, futures) for index in batch]
    return list(zip(batch, futures, strict=True))


def _penalises(options: GenerationOptions) -> bool:
    return options.repetition_penalty != 1 or options.no_repeat_ngram_size > 0


def _too_long(tokens: int, limit: int) -> GenerationError:
    return GenerationError(
        f"the prompt has {tokens} tokens, the limit is {limit}; split it into shorter passages"
    )


def _failed(error: Exception) -> GenerationError:
    failure = GenerationError(f"CTranslate2 failed on this batch: {error}; try a smaller one")
    failure.__cause__ = error
    return failure


def _ends(folder: Path, feeding: Feeding) -> tuple[str, ...]:
    """The tokens that end an output: the feeding's, or else the checkpoint's own."""
    if feeding.end:
        return feeding.end
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        return (str(config["eos_token"]),)
    except (OSError, ValueError, KeyError) as error:
        raise CheckpointError(
            f"{folder}: config.json names no eos_token ({error!r}); build the checkpoint again"
        ) from error


def _open(folder: Path, placement: Placement) -> ctranslate2.Generator:
    import ctranslate2

    try:
        return ctranslate2.Generator(
            str(folder),
            device=placement.device,
            device_index=placement.device_index,
            compute_type=placement.compute_type,
            inter_threads=placement.workers,
            intra_threads=placement.threads_per_worker,
        )
    except (RuntimeError, ValueError) as error:
        raise CheckpointError(
            f"{folder}: CTranslate2 can't load it on {placement.device} as "
            f"{placement.compute_type} ({error}); build it again or choose another device"
        ) from error
