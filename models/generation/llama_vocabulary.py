"""Text to ids and back for a GGUF: by a tokenizer.json beside it, or by its own vocabulary.

The ids are what counts: with a tokenizer.json llama.cpp's tokenizer isn't asked at all.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from models.errors import CheckpointError
from models.generation.chat_template import ChatFrame, read_frame
from models.generation.feeding import Chat, Feeding
from models.generation.prompting import Prompting, Source, TokenPrompting, load_prompting
from models.generation.tokenizing import PromptTokenizer, load_fast, load_tokenizer

if TYPE_CHECKING:
    from models.generation.llama_binding import LlamaModel


class Vocabulary:
    """What the engine needs of text: prompts to ids, ids to text, the ids that end an output."""

    def __init__(
        self, tokenizer: PromptTokenizer, prompting: Prompting, ids: Mapping[str, int]
    ) -> None:
        self.tokenizer = tokenizer
        self.prompting = prompting
        self._ids = ids
        self._names = {id_: name for name, id_ in ids.items()}

    def ids(self, tokens: Sequence[str]) -> list[int]:
        """Tokens → ids."""
        return [self._ids[token] for token in tokens]

    def text(self, ids: Sequence[int]) -> str:
        """Ids → text, surrounding whitespace gone; rows without a token are left out."""
        return self.tokenizer.text([self._names[id_] for id_ in ids if id_ in self._names])


def open_vocabulary(model: LlamaModel, folder: Path, feeding: Feeding, *, own: bool) -> Vocabulary:
    """``own``: the GGUF's vocabulary; otherwise the tokenizer.json in ``folder``.

    ``CheckpointError`` when the feeding names a token that isn't known.
    """
    if not own:
        tokenizer = load_tokenizer(folder, feeding)
        ids = load_fast(folder / "tokenizer.json").get_vocab(with_added_tokens=True)
        _require_same_size(folder, max(ids.values()) + 1, model.size)
        return Vocabulary(tokenizer, load_prompting(folder, feeding, tokenizer), ids)
    pieces = GgufTokenizer(model)
    for token in feeding.named_tokens:
        if not pieces.knows(token):
            raise CheckpointError(
                f"the GGUF's vocabulary has no token {token!r} that the profile's feeding names; "
                "correct the feeding"
            )
    prompting: Prompting = TokenPrompting(feeding, pieces)
    if feeding.chat is not None:
        prompting = GgufChatPrompting(model, pieces, feeding.chat)
    return Vocabulary(pieces, prompting, pieces.ids)


def _require_same_size(folder: Path, tokens: int, rows: int) -> None:
    if tokens > rows:
        raise CheckpointError(
            f"{folder}: tokenizer.json has {tokens} tokens, the GGUF {rows}; "
            "take the tokenizer that belongs to it, or none"
        )


class GgufTokenizer:
    """A GGUF's own vocabulary as a ``PromptTokenizer``."""

    def __init__(self, model: LlamaModel) -> None:
        self._model = model
        self._names = [model.name_of(id_) for id_ in range(model.size)]
        self.ids: dict[str, int] = {}
        for id_, name in enumerate(self._names):
            self.ids.setdefault(name, id_)

    def names(self, ids: Sequence[int]) -> list[str]:
        """Ids → tokens."""
        return [self._names[id_] for id_ in ids]

    def named(self, id_: int) -> str | None:
        """The token of an id, or None."""
        return self._names[id_] if 0 <= id_ < len(self._names) else None

    def tokens(self, texts: Sequence[str]) -> list[list[str]]:
        """The texts' own tokens."""
        return [self.names(self._model.ids_of(text, controls=False)) for text in texts]

    def text(self, tokens: Sequence[str]) -> str:
        """Tokens as text, control tokens and surrounding whitespace gone."""
        data = b"".join(self._model.piece_of(self.ids[token]) for token in tokens)
        return data.decode("utf-8", "replace").strip()

    def knows(self, token: str) -> bool:
        """Whether the vocabulary has this token."""
        return token in self.ids

    def tokens_starting_with(self, string: str) -> list[str]:
        """Every token whose text starts with ``string``."""
        start = string.encode()
        return [name for name, piece in self._pieces.items() if piece.startswith(start)]

    @cached_property
    def _pieces(self) -> dict[str, bytes]:
        return {name: self._model.piece_of(id_) for name, id_ in self.ids.items()}


class GgufChatPrompting:
    """The GGUF's own chat template around a prompt; a prompt's control tokens are text."""

    def __init__(self, model: LlamaModel, tokenizer: GgufTokenizer, chat: Chat) -> None:
        self._model = model
        self._tokenizer = tokenizer
        frame = _frame(model, chat)
        self._before, self._after = frame.before, frame.after
        around = [self._ids(frame.before), self._ids(frame.after)]
        self._frame_tokens = sum(map(len, around))
        self._controls = self._controls_in([*around[0], *around[1]])

    @property
    def frame_tokens(self) -> int:
        """The tokens of the template."""
        return self._frame_tokens

    def sources(self, prompts: Sequence[str]) -> list[Source]:
        """N prompts → N sources, whitespace at a prompt's ends gone."""
        return [self._source(prompt.strip()) for prompt in prompts]

    def _source(self, prompt: str) -> Source:
        ids = self._ids(f"{self._before}{prompt}{self._after}")
        if self._controls_in(ids) != self._controls:
            own = self._model.ids_of(prompt, controls=False)
            ids = [*self._ids(self._before), *own, *self._ids(self._after)]
        return Source(self._tokenizer.names(ids), max(0, len(ids) - self._frame_tokens))

    def _ids(self, text: str) -> list[int]:
        return self._model.ids_of(text, controls=True)

    def _controls_in(self, ids: Sequence[int]) -> list[int]:
        return [id_ for id_ in ids if self._model.is_control(id_)]


def _frame(model: LlamaModel, chat: Chat) -> ChatFrame:
    template = model.chat_template
    if template is None:
        raise CheckpointError(
            "the GGUF holds no chat template; take the model's instruction-tuned version or "
            "remove feeding.chat from the profile"
        )
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "chat_template.jinja").write_text(template, encoding="utf-8")
        return read_frame(Path(folder), chat)
