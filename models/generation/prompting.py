"""Prompts to the tokens a network reads: its own, and those that stand around them.

Two ways: tokens named one by one in a profile's feeding, or the checkpoint's chat template.
Either way an article's text brings no control token in: "<end_of_turn>" in it is text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from models.errors import CheckpointError, GenerationError
from models.generation.chat_template import ChatFrame, read_frame
from models.generation.feeding import Feeding
from models.generation.tokenizing import PromptTokenizer, load_fast

if TYPE_CHECKING:
    from tokenizers import Tokenizer

_CONTROL = re.compile(r"[<\[|].*[>\]|]")


@dataclass(frozen=True, slots=True)
class Source:
    """A prompt as a network reads it; ``own`` of its tokens are the prompt's."""

    tokens: list[str]
    own: int


class Prompting(Protocol):
    """Puts prompts into tokens. Thread-safe."""

    @property
    def frame_tokens(self) -> int:
        """How many tokens stand around a prompt."""
        ...

    def sources(self, prompts: Sequence[str]) -> list[Source]:
        """N prompts → N sources."""
        ...


def load_prompting(folder: Path, feeding: Feeding, tokenizer: PromptTokenizer) -> Prompting:
    """The way a feeding says; ``CheckpointError`` when the folder's files don't allow it."""
    if feeding.chat is None:
        return TokenPrompting(feeding, tokenizer)
    path = folder / "tokenizer.json"
    if not path.is_file():
        raise CheckpointError(
            f"{folder} has no tokenizer.json, which feeding.chat needs; save the checkpoint's "
            "fast tokenizer there (AutoTokenizer.from_pretrained(…).save_pretrained)"
        )
    return ChatPrompting(path, read_frame(folder, feeding.chat))


def fitting_sources(
    sources: Sequence[Source], limit: int
) -> tuple[dict[int, Source], dict[int, GenerationError]]:
    """The sources of up to ``limit`` own tokens, and an error for each of the others."""
    fitting = {at: source for at, source in enumerate(sources) if source.own <= limit}
    refused = {
        at: GenerationError(
            f"the prompt has {source.own} tokens, the limit is {limit}; "
            "split it into shorter passages"
        )
        for at, source in enumerate(sources)
        if source.own > limit
    }
    return fitting, refused


class TokenPrompting:
    """The tokens of the feeding before and after those of the prompt."""

    def __init__(self, feeding: Feeding, tokenizer: PromptTokenizer) -> None:
        self._feeding = feeding
        self._tokenizer = tokenizer

    @property
    def frame_tokens(self) -> int:
        """The tokens before and after."""
        return len(self._feeding.before) + len(self._feeding.after)

    def sources(self, prompts: Sequence[str]) -> list[Source]:
        """N prompts → N sources."""
        before, after = self._feeding.before, self._feeding.after
        return [
            Source([*before, *own, *after], len(own)) for own in self._tokenizer.tokens(prompts)
        ]


class ChatPrompting:
    """A chat template's frame around the prompt, tokenised as one text as the authors do.

    If that gives other control tokens than the frame has, the prompt wrote one: then frame and
    prompt are tokenised apart, the prompt with no control tokens known.
    """

    def __init__(self, tokenizer_file: Path, frame: ChatFrame) -> None:
        self._path = tokenizer_file
        self._frame = frame
        self._tokenizer = load_fast(tokenizer_file, specials_are_text=False)
        self._controls = _controls(self._tokenizer)
        self._before = self._encoded([frame.before])[0]
        self._after = self._encoded([frame.after])[0]
        self._framing = self._controls_in([*self._before, *self._after])

    @property
    def frame_tokens(self) -> int:
        """The tokens of the template."""
        return len(self._before) + len(self._after)

    def sources(self, prompts: Sequence[str]) -> list[Source]:
        """N prompts → N sources, whitespace at a prompt's ends gone."""
        stripped = [prompt.strip() for prompt in prompts]
        texts = [f"{self._frame.before}{text}{self._frame.after}" for text in stripped]
        return [
            self._source(text, tokens)
            for text, tokens in zip(stripped, self._encoded(texts), strict=True)
        ]

    def _source(self, prompt: str, tokens: list[str]) -> Source:
        if self._controls_in(tokens) != self._framing:
            own = self._plain.encode(prompt, add_special_tokens=False).tokens
            tokens = [*self._before, *own, *self._after]
        return Source(tokens, max(0, len(tokens) - self.frame_tokens))

    def _encoded(self, texts: Sequence[str]) -> list[list[str]]:
        encodings = self._tokenizer.encode_batch(list(texts), add_special_tokens=False)
        return [encoding.tokens for encoding in encodings]

    def _controls_in(self, tokens: Sequence[str]) -> list[str]:
        return [token for token in tokens if token in self._controls]

    @cached_property
    def _plain(self) -> Tokenizer:
        """The tokenizer for which every control token is text, whatever its file says."""
        from tokenizers import Tokenizer

        content: dict[str, Any] = json.loads(self._path.read_text(encoding="utf-8"))
        for token in content.get("added_tokens", []):
            token["special"] = token["special"] or token["content"] in self._controls
        tokenizer = Tokenizer.from_str(json.dumps(content))
        tokenizer.encode_special_tokens = True
        return tokenizer


def _controls(tokenizer: Tokenizer) -> frozenset[str]:
    """Added tokens that are special or look it (<think>); runs of spaces or words are not."""
    added = tokenizer.get_added_tokens_decoder().values()
    return frozenset(
        token.content
        for token in added
        if token.special or _CONTROL.fullmatch(token.content.strip())
    )
