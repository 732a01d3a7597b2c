"""A model on an OpenAI-compatible server (vLLM, SGLang, llama.cpp, Ollama) as a ``TextGenerator``.

What differs from an engine in this process: token counts before an answer are estimates; there
is no beam, so an n-best list is the greedy answer and samples drawn with a fixed seed; penalties
are the server's (they may look at the prompt too); batching is the server's as well, so prompts
are sent one by one, ``concurrency`` at a time, and fail one by one.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event

from models.errors import CheckpointError, GenerationError, ServerUnavailableError
from models.generation.endpoint import Endpoint
from models.generation.feeding import Chat
from models.generation.protocol import Generation, GenerationOptions, Hypothesis
from models.generation.remote_answers import Answer, Question, estimated_tokens, read_answer
from models.generation.remote_client import ServerClient

Result = Generation | GenerationError


class RemoteGenerator:
    """One model of one server. Opening it asks the server once which models it has."""

    def __init__(
        self,
        model: str,
        endpoint: Endpoint,
        *,
        chat: Chat | None = None,
        max_source_tokens: int = 1024,
        client: ServerClient,
    ) -> None:
        """``CheckpointError`` when the server can't be used or lacks the model."""
        self._model = model
        self._endpoint = endpoint
        self._chat = chat
        self._max_source_tokens = max_source_tokens
        self._client = client
        self._closed = False
        _check(client, model)

    @property
    def max_source_tokens(self) -> int:
        """The longest prompt, in estimated tokens."""
        return self._max_source_tokens

    def generate(self, prompts: Sequence[str], options: GenerationOptions) -> list[Result]:
        """N prompts → N results in order, each failure in its place.

        Once a prompt has found the server gone for good, the rest ask it only once.
        """
        if self._closed:
            raise GenerationError("the generator is closed; open a new one")
        if not prompts:
            return []
        gone = Event()
        workers = min(self._endpoint.concurrency, len(prompts))
        with ThreadPoolExecutor(workers, thread_name_prefix="yoji-remote") as pool:
            return list(pool.map(lambda prompt: self._result(prompt, options, gone), prompts))

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Estimates: servers have no common way to ask, and a question per count would be slow."""
        return [estimated_tokens(text) for text in texts]

    def close(self) -> None:
        """Close the connections; later calls raise ``GenerationError``."""
        self._closed = True
        self._client.close()

    def _result(self, prompt: str, options: GenerationOptions, gone: Event) -> Result:
        tokens = estimated_tokens(prompt)
        if tokens > self._max_source_tokens:
            return GenerationError(
                f"the prompt has about {tokens} tokens, the limit is {self._max_source_tokens}; "
                "split it into shorter passages"
            )
        sendable = prompt.encode("utf-8", "replace").decode()  # JSON holds no lone surrogates
        question = Question(self._model, sendable, options, self._endpoint.api, self._chat)
        try:
            first = self._answer(question, question.body(), gone)
        except ServerUnavailableError as error:
            gone.set()
            return error
        except GenerationError as error:
            return error
        hypotheses = (*first.hypotheses[:1], *self._others(question, options.hypotheses - 1, gone))
        counted = first.source_tokens if first.source_tokens is not None else tokens
        return Generation(_distinct(hypotheses), counted)

    def _others(self, question: Question, wanted: int, gone: Event) -> list[Hypothesis]:
        """Up to ``wanted`` samples; a server that ignores ``n`` is asked again for each."""
        found: list[Hypothesis] = []
        for turn in range(wanted):
            missing = wanted - len(found)
            if missing <= 0:
                break
            try:
                answer = self._answer(question, question.sampled_body(missing, turn), gone)
            except GenerationError:
                break  # the greedy answer stands
            found += answer.hypotheses
        return found[:wanted]

    def _answer(self, question: Question, body: dict[str, object], gone: Event) -> Answer:
        content = self._client.post(question.path, body, patient=not gone.is_set())
        return read_answer(content, question.options.stop)


def _distinct(hypotheses: Sequence[Hypothesis]) -> tuple[Hypothesis, ...]:
    first: dict[str, Hypothesis] = {}
    for hypothesis in hypotheses:
        first.setdefault(hypothesis.text, hypothesis)
    return tuple(first.values())


def _check(client: ServerClient, model: str) -> None:
    try:
        served = client.models(patient=False)
    except GenerationError as error:
        client.close()
        raise CheckpointError(f"{error}") from error
    # Ollama lists a name without a tag as NAME:latest.
    if model not in served and f"{model}:latest" not in served:
        client.close()
        raise CheckpointError(
            f"{client.url} has no model {model!r}; it serves {', '.join(served) or 'none'}: "
            "set YOJI_REMOTE_MODEL or the checkpoint's id to one of these"
        )
