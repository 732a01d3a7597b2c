"""The two kinds of networks that CTranslate2 runs, behind one small interface.

Each knows how its prompts are best batched and how a batch is started; neither knows text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from models.errors import CheckpointError
from models.generation.feeding import Feeding
from models.generation.planning import Batch, BatchLimits, plan_batches, plan_padded
from models.generation.protocol import GenerationOptions

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


@dataclass(frozen=True, slots=True)
class Output:
    """One hypothesis as the network gives it: tokens with the end token, if it came."""

    tokens: Sequence[str]
    score: float


class Network(Protocol):
    """Starts batches of prompts; a future's ``result`` goes through ``outputs``."""

    def plan(self, lengths: Sequence[int], options: GenerationOptions) -> list[Batch]:
        """Which prompts run together."""
        ...

    def start(
        self, prompts: list[list[str]], options: GenerationOptions, ends: list[str]
    ) -> list[Any]:
        """Begin a batch of prompts' tokens, those around them included → a future for each."""
        ...

    def outputs(self, result: Any) -> list[Output]:
        """A future's result as hypotheses, best first."""
        ...


def open_network(folder: Path, feeding: Feeding, placement: Placement) -> Network:
    """The network in a converted folder; ``CheckpointError`` when it can't be loaded."""
    if feeding.architecture == "decoder":
        return DecoderNetwork(folder, placement)
    return EncoderDecoderNetwork(folder, feeding, placement)


class DecoderNetwork:
    """Language models: the prompt is the beginning of the text.

    Penalties against repetition look at the output alone, so a summary may repeat its source. In
    a batch of unlike lengths CTranslate2 would count the tails of the longer prompts as output;
    with penalties only prompts of equal length run together.
    """

    def __init__(self, folder: Path, placement: Placement) -> None:
        import ctranslate2

        self._workers = placement.workers
        self._network: ctranslate2.Generator = _open(ctranslate2.Generator, folder, placement)

    def plan(self, lengths: Sequence[int], options: GenerationOptions) -> list[Batch]:
        """Like lengths together, see ``planning``."""
        penalised = options.repetition_penalty != 1 or options.no_repeat_ngram_size > 0
        limits = BatchLimits(equal_lengths=penalised).for_beams(options.beam_size)
        return plan_batches(lengths, limits, self._workers)

    def start(
        self, prompts: list[list[str]], options: GenerationOptions, ends: list[str]
    ) -> list[Any]:
        """Begin a batch."""
        futures: list[Any] = self._network.generate_batch(
            prompts,
            asynchronous=True,
            include_prompt_in_result=False,
            max_length=options.max_output_tokens,
            end_token=ends,
            **_search(options),
        )
        return futures

    def outputs(self, result: Any) -> list[Output]:
        """The generated tokens, without the prompt."""
        pairs = zip(result.sequences, result.scores, strict=True)
        return [Output(tokens, score) for tokens, score in pairs]


class EncoderDecoderNetwork:
    """Sequence-to-sequence models: BART, T5, Marian, M2M100 and their kin."""

    def __init__(self, folder: Path, feeding: Feeding, placement: Placement) -> None:
        import ctranslate2

        self._feeding = feeding
        self._workers = placement.workers
        self._network: ctranslate2.Translator = _open(ctranslate2.Translator, folder, placement)

    def plan(self, lengths: Sequence[int], options: GenerationOptions) -> list[Batch]:
        """Sources are padded and masked: full batches, sorted by length."""
        return plan_padded(lengths, BatchLimits().for_beams(options.beam_size), self._workers)

    def start(
        self, prompts: list[list[str]], options: GenerationOptions, ends: list[str]
    ) -> list[Any]:
        """Begin a batch; no source is cut (CTranslate2's own default cuts at 1,024)."""
        prefix = list(self._feeding.target_before)
        futures: list[Any] = self._network.translate_batch(
            prompts,
            target_prefix=[prefix] * len(prompts) if prefix else None,
            asynchronous=True,
            max_input_length=0,
            max_decoding_length=options.max_output_tokens + len(prefix),
            min_decoding_length=0,
            end_token=ends,
            **_search(options),
        )
        return futures

    def outputs(self, result: Any) -> list[Output]:
        """The translated tokens, without the forced beginning."""
        skip = len(self._feeding.target_before)
        pairs = zip(result.hypotheses, result.scores, strict=True)
        return [Output(tokens[skip:], score) for tokens, score in pairs]


def _search(options: GenerationOptions) -> dict[str, Any]:
    return {
        "return_end_token": True,
        "return_scores": True,
        "beam_size": max(options.beam_size, options.hypotheses),
        "num_hypotheses": options.hypotheses,
        "length_penalty": options.length_penalty,
        "repetition_penalty": options.repetition_penalty,
        "no_repeat_ngram_size": options.no_repeat_ngram_size,
    }


def _open(kind: Any, folder: Path, placement: Placement) -> Any:
    try:
        return kind(
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
            f"{placement.compute_type} ({error}); build it again, choose another device or "
            "correct the profile's feeding.architecture"
        ) from error
