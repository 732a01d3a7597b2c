"""transformers and torch as a ``TextGenerator``: every architecture they know, CPU or GPU.

Slower than CTranslate2 on a CPU; the reference that the other engines are held to. Penalties
against repetition look at the output alone, as everywhere in this room.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from models.errors import GenerationError
from models.generation.devices import Device
from models.generation.feeding import Feeding
from models.generation.limits import source_limit
from models.generation.planning import BatchLimits, plan_padded
from models.generation.prompting import Source, fitting_sources, load_prompting
from models.generation.protocol import Generation, GenerationOptions, Hypothesis
from models.generation.tokenizing import load_tokenizer
from models.generation.transformers_loading import load_network, load_vocabulary

if TYPE_CHECKING:
    from torch import Tensor

Result = Generation | GenerationError


class TransformersGenerator:
    """A folder in the hub's layout as a ``TextGenerator``; one batch at a time."""

    def __init__(
        self,
        folder: Path,
        feeding: Feeding,
        *,
        max_source_tokens: int = 1024,
        max_output_tokens: int = 256,
        device: Device | None = None,
        dtype: str = "float32",
    ) -> None:
        self._feeding = feeding
        self._tokenizer = load_tokenizer(folder, feeding)
        self._prompting = load_prompting(folder, feeding, self._tokenizer)
        self._max_source_tokens = source_limit(
            folder,
            feeding,
            max_source_tokens,
            self._prompting.frame_tokens,
            output_tokens=max_output_tokens,
        )
        self._vocabulary = load_vocabulary(folder)
        self._network: Any = load_network(folder, feeding, device or Device(), dtype)
        self._lock = Lock()

    @property
    def max_source_tokens(self) -> int:
        """The longest prompt, in tokens, special tokens not counted."""
        return self._max_source_tokens

    def generate(self, prompts: Sequence[str], options: GenerationOptions) -> list[Result]:
        """N prompts → N results in order; an over-long prompt is an error in its place."""
        self._require_open()
        sources = self._prompting.sources(prompts)
        fitting, refused = fitting_sources(sources, self._max_source_tokens)
        results: dict[int, Result] = dict(refused)
        places = list(fitting)
        limits = BatchLimits().for_beams(options.beam_size)
        for batch in plan_padded([len(fitting[at].tokens) for at in places], limits):
            members = [places[index] for index in batch]
            answers = self._run([fitting[at] for at in members], options)
            results |= zip(members, answers, strict=True)
        return [results[at] for at in range(len(prompts))]

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens per text, special tokens not counted."""
        self._require_open()
        return [source.own for source in self._prompting.sources(texts)]

    def close(self) -> None:
        """Free the network; later calls raise ``GenerationError``."""
        with self._lock:
            self._network = None

    def _require_open(self) -> None:
        if self._network is None:
            raise GenerationError("the generator is closed; open a new one")

    def _run(self, prompts: list[Source], options: GenerationOptions) -> list[Result]:
        """One batch; when a GPU's memory runs out, its halves."""
        import torch

        try:
            with self._lock:
                return self._generate(prompts, options)
        except torch.OutOfMemoryError as error:
            if len(prompts) == 1:
                failure = GenerationError(f"out of memory on a single prompt ({error})")
                failure.__cause__ = error
                return [failure]
        except RuntimeError as error:
            failure = GenerationError(f"torch failed on this batch: {error}")
            failure.__cause__ = error
            return [failure] * len(prompts)
        torch.cuda.empty_cache()
        middle = len(prompts) // 2
        return [*self._run(prompts[:middle], options), *self._run(prompts[middle:], options)]

    def _generate(self, prompts: list[Source], options: GenerationOptions) -> list[Result]:
        import torch

        self._require_open()
        ids, mask, prefix = self._inputs(prompts)
        start = prefix.shape[1] if prefix is not None else ids.shape[1]
        ends = self._ends(options.stop)
        beams = max(options.beam_size, options.hypotheses)
        with torch.inference_mode():
            output = self._network.generate(
                ids,
                attention_mask=mask,
                decoder_input_ids=prefix,
                do_sample=False,
                max_new_tokens=options.max_output_tokens,
                num_beams=beams,
                num_return_sequences=options.hypotheses,
                length_penalty=options.length_penalty,
                eos_token_id=sorted(ends),
                pad_token_id=self._padding,
                logits_processor=_penalties(options, start),
                return_dict_in_generate=True,
                output_scores=True,
            )
        scores = self._scores(output, start, ends)
        rows = output.sequences[:, start:].tolist()
        hypotheses = [
            self._hypothesis(row, score, ends, options)
            for row, score in zip(rows, scores, strict=True)
        ]
        size = options.hypotheses
        return [
            Generation(tuple(hypotheses[at * size : (at + 1) * size]), prompts[at].own)
            for at in range(len(prompts))
        ]

    def _inputs(self, prompts: list[Source]) -> tuple[Tensor, Tensor, Tensor | None]:
        """Ids and mask, padded on the left for a decoder; what the output must begin with."""
        import torch

        feeding, device = self._feeding, self._network.device
        rows = [self._ids(source.tokens) for source in prompts]
        width = max(len(row) for row in rows)
        left = feeding.architecture == "decoder"
        ids = torch.full((len(rows), width), self._padding, device=device)
        mask = torch.zeros_like(ids)
        for at, row in enumerate(rows):
            place = slice(width - len(row), width) if left else slice(0, len(row))
            ids[at, place] = torch.tensor(row, device=device)
            mask[at, place] = 1
        if left:
            return ids, mask, None
        first = [self._network.generation_config.decoder_start_token_id]
        prefix = torch.tensor([first + self._ids(feeding.target_before)] * len(rows))
        return ids, mask, prefix.to(device)

    @property
    def _padding(self) -> int:
        configured = self._network.generation_config.pad_token_id
        return 0 if configured is None else int(configured)

    def _ids(self, tokens: Sequence[str]) -> list[int]:
        ids: list[int] = self._vocabulary.convert_tokens_to_ids(list(tokens))
        return ids

    def _ends(self, stop: tuple[str, ...]) -> frozenset[int]:
        own = self._ids(self._feeding.end)
        if not own:
            configured = self._network.generation_config.eos_token_id
            own = configured if isinstance(configured, list) else [configured]
        stopping = [t for string in stop for t in self._tokenizer.tokens_starting_with(string)]
        return frozenset([*own, *self._ids(stopping)])

    def _scores(self, output: Any, start: int, ends: frozenset[int]) -> list[float]:
        """Length-normalised log-probabilities, the end token counted."""
        if getattr(output, "sequences_scores", None) is not None:
            return [float(score) for score in output.sequences_scores]
        steps = self._network.compute_transition_scores(
            output.sequences, output.scores, normalize_logits=True
        ).tolist()
        lengths = [_length(row, ends) for row in output.sequences[:, start:].tolist()]
        return [sum(row[:size]) / max(1, size) for row, size in zip(steps, lengths, strict=True)]

    def _hypothesis(
        self, row: list[int], score: float, ends: frozenset[int], options: GenerationOptions
    ) -> Hypothesis:
        size = _length(row, ends)
        ended = size > 0 and row[size - 1] in ends
        own = row[: size - 1] if ended else row[:size]
        text = self._tokenizer.text(self._vocabulary.convert_ids_to_tokens(own))
        cuts = [at for string in options.stop if (at := text.find(string)) >= 0]
        if cuts:
            text = text[: min(cuts)].strip()
        return Hypothesis(text, len(own), score, finished=ended or bool(cuts))


def _length(row: list[int], ends: frozenset[int]) -> int:
    """Tokens up to and with the first end; what follows is padding."""
    return next((at + 1 for at, id_ in enumerate(row) if id_ in ends), len(row))


def _penalties(options: GenerationOptions, start: int) -> Any:
    from transformers import (
        LogitsProcessorList,
        NoRepeatNGramLogitsProcessor,
        RepetitionPenaltyLogitsProcessor,
    )

    chosen: list[Any] = []
    if options.repetition_penalty != 1:
        chosen.append(RepetitionPenaltyLogitsProcessor(options.repetition_penalty))
    if options.no_repeat_ngram_size > 0:
        chosen.append(NoRepeatNGramLogitsProcessor(options.no_repeat_ngram_size))
    return LogitsProcessorList([_OutputOnly(processor, start) for processor in chosen])


class _OutputOnly:
    """A logits processor that sees nothing before ``start``."""

    def __init__(self, processor: Any, start: int) -> None:
        self._processor = processor
        self._start = start

    def __call__(self, ids: Tensor, scores: Tensor) -> Tensor:
        processed: Tensor = self._processor(ids[:, self._start :], scores)
        return processed
