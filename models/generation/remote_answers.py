"""What is asked of an OpenAI-compatible server and what its answers say: JSON both ways."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from models.errors import ServerUnavailableError
from models.generation.chat_template import messages
from models.generation.endpoint import Api
from models.generation.feeding import Chat
from models.generation.protocol import GenerationOptions, Hypothesis

#: How n-best lists are drawn: a server offers no beam. Sampled with a seed, they repeat.
_TEMPERATURE, _TOP_P, _SEED = 0.7, 0.9, 20_177
_THOUGHT = re.compile(r"^.*</think>|<think>.*$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Question:
    """One prompt to one model; ``body`` is what goes over the wire."""

    model: str
    prompt: str
    options: GenerationOptions
    api: Api = "chat"
    chat: Chat | None = None

    @property
    def path(self) -> str:
        """Below the endpoint's URL."""
        return "chat/completions" if self.api == "chat" else "completions"

    def body(self) -> dict[str, Any]:
        """The greedy question."""
        options = self.options
        body: dict[str, Any] = {
            "model": self.model,
            "max_tokens": options.max_output_tokens,
            "temperature": 0.0,
            "stream": False,
            **self._asked(),
        }
        if options.stop:
            body["stop"] = list(options.stop)
        if options.repetition_penalty != 1:
            # vLLM and SGLang know the first name, llama.cpp and Ollama the second.
            body["repetition_penalty"] = body["repeat_penalty"] = options.repetition_penalty
        return body

    def sampled_body(self, count: int, turn: int = 0) -> dict[str, Any]:
        """The question for ``count`` other answers; each ``turn`` draws differently."""
        drawn = {"n": count, "temperature": _TEMPERATURE, "top_p": _TOP_P, "seed": _SEED + turn}
        return self.body() | drawn

    def _asked(self) -> dict[str, Any]:
        if self.api == "completions":
            return {"prompt": self.prompt}
        chat = self.chat or Chat()
        asked: dict[str, Any] = {"messages": messages(chat, self.prompt)}
        if chat.template_options:
            asked["chat_template_kwargs"] = dict(chat.template_options)
        return asked


@dataclass(frozen=True, slots=True)
class Answer:
    """The hypotheses of one answer and the server's count of the prompt's tokens, if it counts."""

    hypotheses: tuple[Hypothesis, ...]
    source_tokens: int | None


def read_answer(content: dict[str, Any], stop: tuple[str, ...]) -> Answer:
    """An answer's JSON; ``ServerUnavailableError`` when it has not the shape all servers use."""
    try:
        choices = [_choice(choice) for choice in content["choices"]]
        usage = content.get("usage") or {}
        total = int(usage.get("completion_tokens") or 0)
        source = usage.get("prompt_tokens")
        if not choices:
            raise ValueError("no choices")
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ServerUnavailableError(
            f"the server's answer has not the shape of an OpenAI-compatible one ({error!r}); "
            "correct endpoint.api or the URL"
        ) from error
    share, rest = divmod(total, len(choices))
    hypotheses = tuple(
        _hypothesis(text, share + (at < rest), reason, stop)
        for at, (text, reason) in enumerate(choices)
    )
    return Answer(hypotheses, None if source is None else int(source))


def estimated_tokens(text: str) -> int:
    """A guess on the high side: a token for every 3 ASCII characters, one for every other.

    Tokenizers of today's multilingual models give Korean 0.5 to 1 token a syllable.
    """
    ascii_count = sum(character < "\x80" for character in text)
    return -(-ascii_count // 3) + len(text) - ascii_count


def without_thoughts(text: str) -> str:
    """The text without what a model thought aloud before it, closed or cut off."""
    return _THOUGHT.sub("", text).strip()


def _choice(choice: dict[str, Any]) -> tuple[str, str | None]:
    message = choice.get("message")
    text = message.get("content") if message is not None else choice["text"]
    return str(text or ""), choice.get("finish_reason")


def _hypothesis(text: str, tokens: int, reason: str | None, stop: tuple[str, ...]) -> Hypothesis:
    text = without_thoughts(text)
    cuts = [at for string in stop if (at := text.find(string)) >= 0]
    if cuts:
        text = text[: min(cuts)].strip()
    finished = bool(cuts) or reason not in ("length", "content_filter")
    return Hypothesis(text, tokens or estimated_tokens(text), finished=finished)
