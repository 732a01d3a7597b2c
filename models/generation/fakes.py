"""Generators without a network that keep the whole contract of ``TextGenerator``.

For tests and for trying out the house without a checkpoint. Tokens are whitespace-separated
words. Results come in order, an over-long prompt is an error in its place, outputs are cut at
``max_output_tokens`` and at stop strings, a closed generator raises. Not mocks: they record
the calls they got, but assert nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from models.errors import GenerationError
from models.generation.protocol import Generation, GenerationOptions, Hypothesis


@dataclass(frozen=True, slots=True)
class Call:
    """One call a fake received."""

    prompts: tuple[str, ...]
    options: GenerationOptions


class ScriptedGenerator:
    """Answers each prompt by a function of it.

    The script returns one text, or the n-best list, best first (at most ``hypotheses`` of them
    are given back). A ``GenerationError`` it raises or returns becomes the error of that item.
    """

    def __init__(
        self,
        script: Callable[[str], str | Sequence[str] | GenerationError],
        max_source_tokens: int = 512,
    ) -> None:
        self.calls: list[Call] = []
        self._script = script
        self._max_source_tokens = max_source_tokens
        self._closed = False

    @property
    def max_source_tokens(self) -> int:
        """The longest prompt, in words."""
        return self._max_source_tokens

    def generate(
        self, prompts: Sequence[str], options: GenerationOptions
    ) -> list[Generation | GenerationError]:
        """N prompts → N results in order."""
        self._require_open()
        self.calls.append(Call(tuple(prompts), options))
        return [self._answer(prompt, options) for prompt in prompts]

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Words per text."""
        self._require_open()
        return [len(text.split()) for text in texts]

    def close(self) -> None:
        """Later calls raise ``GenerationError``."""
        self._closed = True

    def _require_open(self) -> None:
        if self._closed:
            raise GenerationError("the generator is closed; open a new one")

    def _answer(self, prompt: str, options: GenerationOptions) -> Generation | GenerationError:
        tokens = len(prompt.split())
        if tokens > self._max_source_tokens:
            return GenerationError(
                f"the prompt has {tokens} tokens, the limit is {self._max_source_tokens}; "
                "split it into shorter passages"
            )
        try:
            answer = self._script(prompt)
        except GenerationError as error:
            return error
        if isinstance(answer, GenerationError):
            return answer
        texts = [answer] if isinstance(answer, str) else list(answer)
        best = [_hypothesis(text, rank, options) for rank, text in enumerate(texts)]
        return Generation(tuple(best[: options.hypotheses]), source_tokens=tokens)


class EchoGenerator(ScriptedGenerator):
    """Answers with the prompt itself."""

    def __init__(self, max_source_tokens: int = 512) -> None:
        super().__init__(lambda prompt: prompt, max_source_tokens)


class FailingGenerator(ScriptedGenerator):
    """Fails on the prompts that ``fails`` picks out and echoes the others."""

    def __init__(self, fails: Callable[[str], bool], max_source_tokens: int = 512) -> None:
        def script(prompt: str) -> str | GenerationError:
            return GenerationError("this prompt fails by design") if fails(prompt) else prompt

        super().__init__(script, max_source_tokens)


def _hypothesis(text: str, rank: int, options: GenerationOptions) -> Hypothesis:
    ends = [at for stop in options.stop if (at := text.find(stop)) >= 0]
    stopped = text[: min(ends)] if ends else text
    words = stopped.split()
    if len(words) <= options.max_output_tokens:
        return Hypothesis(stopped, tokens=len(words), score=-float(rank))
    cut = " ".join(words[: options.max_output_tokens])
    return Hypothesis(cut, options.max_output_tokens, score=-float(rank), finished=False)
