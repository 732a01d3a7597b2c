"""CTranslate2 as a ``TextGenerator``: int8 on a CPU, float16 on a GPU."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import Any

from models.errors import CheckpointError, GenerationError
from models.generation.ctranslate2_networks import Network, Output, Placement, open_network
from models.generation.feeding import Feeding
from models.generation.files import read_object
from models.generation.limits import source_limit
from models.generation.prompting import Source, fitting_sources, load_prompting
from models.generation.protocol import Generation, GenerationOptions, Hypothesis
from models.generation.tokenizing import PromptTokenizer, load_tokenizer

Result = Generation | GenerationError


class CTranslate2Generator:
    """A converted checkpoint's folder (model.bin and a tokenizer) as a ``TextGenerator``."""

    def __init__(
        self,
        folder: Path,
        feeding: Feeding,
        *,
        max_source_tokens: int = 1024,
        max_output_tokens: int = 256,
        placement: Placement | None = None,
    ) -> None:
        self._tokenizer = load_tokenizer(folder, feeding)
        self._prompting = load_prompting(folder, feeding, self._tokenizer)
        self._ends = _ends(folder, feeding, self._tokenizer)
        self._max_source_tokens = source_limit(
            folder,
            feeding,
            max_source_tokens,
            self._prompting.frame_tokens,
            output_tokens=max_output_tokens,
            windowed=True,
        )
        self._network: Network | None = open_network(folder, feeding, placement or Placement())
        self._stop_tokens: dict[str, list[str]] = {}
        self._lock = Lock()

    @property
    def max_source_tokens(self) -> int:
        """The longest prompt, in tokens, special tokens not counted."""
        return self._max_source_tokens

    def generate(self, prompts: Sequence[str], options: GenerationOptions) -> list[Result]:
        """N prompts → N results in order; an over-long prompt is an error in its place."""
        network = self._opened()
        sources = self._prompting.sources(prompts)
        fitting, refused = fitting_sources(sources, self._max_source_tokens)
        results = refused | self._run(network, fitting, options)
        return [results[at] for at in range(len(prompts))]

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens per text, special tokens not counted."""
        self._opened()
        return [source.own for source in self._prompting.sources(texts)]

    def close(self) -> None:
        """Free the network; later calls raise ``GenerationError``."""
        self._network = None

    def _opened(self) -> Network:
        network = self._network
        if network is None:
            raise GenerationError("the generator is closed; open a new one")
        return network

    def _run(
        self, network: Network, prompts: dict[int, Source], options: GenerationOptions
    ) -> dict[int, Result]:
        """Start every batch, then collect: workers run side by side.

        Where a GPU's memory runs out, the halves of the batch run in the next round.
        """
        places = list(prompts)
        ends = self._end_tokens(options.stop)
        planned = network.plan([len(prompts[at].tokens) for at in places], options)
        pending = [[places[index] for index in batch] for batch in planned]
        results: dict[int, Result] = {}
        while pending:
            running = [
                (batch, _start(network, [prompts[at].tokens for at in batch], options, ends))
                for batch in pending
            ]
            pending = []
            for batch, futures in running:
                answers = [
                    self._result(network, future, prompts[at].own, options)
                    for at, future in zip(batch, futures, strict=True)
                ]
                if len(batch) > 1 and any(map(_out_of_memory, answers)):
                    middle = len(batch) // 2
                    pending += [batch[:middle], batch[middle:]]
                else:
                    results |= zip(batch, answers, strict=True)
        return results

    def _end_tokens(self, stop: tuple[str, ...]) -> list[str]:
        with self._lock:
            for string in stop:
                if string not in self._stop_tokens:
                    self._stop_tokens[string] = self._tokenizer.tokens_starting_with(string)
            stopping = [token for string in stop for token in self._stop_tokens[string]]
        return list(dict.fromkeys([*self._ends, *stopping]))

    def _result(
        self, network: Network, future: Any, source_tokens: int, options: GenerationOptions
    ) -> Result:
        if isinstance(future, GenerationError):
            return future
        try:
            outputs = network.outputs(future.result())
        except (RuntimeError, ValueError) as error:
            return _failed(error)
        ends = frozenset(self._end_tokens(options.stop))
        hypotheses = tuple(self._hypothesis(output, ends, options.stop) for output in outputs)
        return Generation(hypotheses, source_tokens)

    def _hypothesis(
        self, output: Output, ends: frozenset[str], stop: tuple[str, ...]
    ) -> Hypothesis:
        tokens = output.tokens
        ended = bool(tokens) and tokens[-1] in ends
        own = tokens[:-1] if ended else tokens
        text = self._tokenizer.text(own)
        cuts = [at for string in stop if (at := text.find(string)) >= 0]
        if cuts:
            text = text[: min(cuts)].strip()
        return Hypothesis(text, len(own), output.score, finished=ended or bool(cuts))


def _start(
    network: Network, prompts: list[list[str]], options: GenerationOptions, ends: list[str]
) -> list[Any]:
    try:
        return network.start(prompts, options, ends)
    except (RuntimeError, ValueError) as error:
        return [_failed(error)] * len(prompts)


def _out_of_memory(result: Result) -> bool:
    """Whether CTranslate2's plain RuntimeError says that a GPU's memory ran out."""
    said = str(result.__cause__).lower() if isinstance(result, GenerationError) else ""
    return "out of memory" in said or "alloc_failed" in said


def _failed(error: Exception) -> GenerationError:
    failure = GenerationError(f"CTranslate2 failed on this batch: {error}; try a smaller one")
    failure.__cause__ = error
    return failure


def _ends(folder: Path, feeding: Feeding, tokenizer: PromptTokenizer) -> tuple[str, ...]:
    """The tokens that end an output: the feeding's, or else the checkpoint's own."""
    if feeding.end:
        return feeding.end
    if feeding.chat is not None:
        configured = _ids(folder / "generation_config.json")
        named = tuple(token for id_ in configured if (token := tokenizer.named(id_)) is not None)
        if named:
            return named
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        return (str(config["eos_token"]),)
    except (OSError, ValueError, KeyError) as error:
        raise CheckpointError(
            f"{folder}: config.json names no eos_token ({error!r}); build the checkpoint again"
        ) from error


def _ids(generation_config: Path) -> list[int]:
    """The ids that end a chat model's turn: an instruction model has one besides its eos."""
    if not generation_config.is_file():
        return []
    ids = read_object(generation_config).get("eos_token_id")
    return ids if isinstance(ids, list) else [] if ids is None else [ids]
