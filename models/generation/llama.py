"""llama.cpp in this process as a ``TextGenerator``: a GGUF, several sequences at a time.

An n-best list is a real beam: forks of a sequence share what was read. Penalties against
repetition look at the output alone, as everywhere in this room.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from models.errors import CheckpointError, GenerationError
from models.generation.feeding import Feeding
from models.generation.llama_binding import LlamaModel
from models.generation.llama_schedule import Binding, Schedule
from models.generation.llama_search import Found
from models.generation.llama_vocabulary import Vocabulary
from models.generation.prompting import Source, fitting_sources
from models.generation.protocol import Generation, GenerationOptions, Hypothesis

Result = Generation | GenerationError
_TAIL_TOKENS = 16
"""How far back a stop string is looked for after every token."""


@dataclass(frozen=True, slots=True)
class GgufFiles:
    """A GGUF, and the folder of the tokenizer.json to use in place of its own vocabulary."""

    gguf: Path
    tokenizer_folder: Path | None


def find_gguf(place: Path, tokenizer: Path | None = None) -> GgufFiles:
    """The GGUF that is, or lies in, ``place``; a ``tokenizer`` elsewhere goes before one there.

    ``CheckpointError`` when there is none, or more than one.
    """
    found = [place] if place.is_file() else sorted(place.glob("*.gguf"))
    if len(found) != 1:
        names = ", ".join(path.name for path in found) or "none"
        raise CheckpointError(
            f"{place} must hold one .gguf file, it holds {names}; name the file itself"
        )
    if tokenizer is not None:
        return GgufFiles(found[0], tokenizer.parent)
    beside = found[0].parent / "tokenizer.json"
    return GgufFiles(found[0], beside.parent if beside.is_file() else None)


class LlamaGenerator:
    """A network and its vocabulary; one batch at a time."""

    def __init__(
        self,
        network: Binding,
        vocabulary: Vocabulary,
        ends: frozenset[int],
        *,
        max_source_tokens: int = 1024,
        close: Callable[[], None] = lambda: None,
    ) -> None:
        self._schedule = Schedule(network)
        self._vocabulary = vocabulary
        self._ends = ends
        self._max_source_tokens = max_source_tokens
        self._free: Callable[[], None] | None = close
        self._lock = Lock()
        self._stop_ids: dict[str, list[int]] = {}

    @property
    def max_source_tokens(self) -> int:
        """The longest prompt, in tokens, special tokens not counted."""
        return self._max_source_tokens

    def generate(self, prompts: Sequence[str], options: GenerationOptions) -> list[Result]:
        """N prompts → N results in order; an over-long prompt is an error in its place."""
        self._require_open()
        sources = self._vocabulary.prompting.sources(prompts)
        fitting, refused = fitting_sources(sources, self._max_source_tokens)
        results: dict[int, Result] = dict(refused)
        with self._lock:
            self._require_open()
            results |= zip(fitting, self._run(list(fitting.values()), options), strict=True)
        return [results[at] for at in range(len(prompts))]

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens per text, special tokens not counted."""
        self._require_open()
        return [len(tokens) for tokens in self._vocabulary.tokenizer.tokens(texts)]

    def close(self) -> None:
        """Free the network; later calls raise ``GenerationError``."""
        with self._lock:
            free, self._free = self._free, None
            if free is not None:
                free()

    def _require_open(self) -> None:
        if self._free is None:
            raise GenerationError("the generator is closed; open a new one")

    def _run(self, sources: list[Source], options: GenerationOptions) -> list[Result]:
        ids = [self._vocabulary.ids(source.tokens) for source in sources]
        if not all(ids):
            empty = GenerationError("an empty prompt can't be continued; name feeding.before")
            return [
                self._run([source], options)[0] if own else empty
                for source, own in zip(sources, ids, strict=True)
            ]
        stops = self._stopping(options.stop)
        results = self._schedule.run(ids, options, self._end(self._ends | stops, options.stop))
        return [
            found
            if isinstance(found, GenerationError)
            else self._generation(found, source, self._ends | stops, options.stop)
            for source, found in zip(sources, results, strict=True)
        ]

    def _stopping(self, stop: tuple[str, ...]) -> frozenset[int]:
        for string in stop:
            if string not in self._stop_ids:
                tokens = self._vocabulary.tokenizer.tokens_starting_with(string)
                self._stop_ids[string] = self._vocabulary.ids(tokens)
        return frozenset(id_ for string in stop for id_ in self._stop_ids[string])

    def _end(
        self, ends: frozenset[int], stop: tuple[str, ...]
    ) -> Callable[[tuple[int, ...]], bool]:
        def ended(tokens: tuple[int, ...]) -> bool:
            if tokens[-1] in ends:
                return True
            if not stop:
                return False
            tail = self._vocabulary.text(tokens[-_TAIL_TOKENS:])
            return any(string in tail for string in stop)

        return ended

    def _generation(
        self, found: list[Found], source: Source, ends: frozenset[int], stop: tuple[str, ...]
    ) -> Generation:
        hypotheses = tuple(self._hypothesis(one, ends, stop) for one in found)
        return Generation(hypotheses, source.own)

    def _hypothesis(self, found: Found, ends: frozenset[int], stop: tuple[str, ...]) -> Hypothesis:
        tokens = found.tokens
        if found.finished and tokens[-1] in ends:
            tokens = tokens[:-1]
        text = self._vocabulary.text(tokens)
        cuts = [at for string in stop if (at := text.find(string)) >= 0]
        if cuts:
            text = text[: min(cuts)].strip()
        return Hypothesis(text, len(tokens), found.score, found.finished or bool(cuts))


def end_ids(model: LlamaModel, vocabulary: Vocabulary, feeding: Feeding) -> frozenset[int]:
    """The feeding's end tokens, or else the file's own."""
    return frozenset(vocabulary.ids(feeding.end)) if feeding.end else model.ends
