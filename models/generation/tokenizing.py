"""Prompts to tokens and back, exactly as a profile's feeding says.

Special tokens come from the feeding only: text that happens to contain "<eos>" is text.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from models.errors import CheckpointError
from models.generation.feeding import Feeding

if TYPE_CHECKING:
    from tokenizers import Tokenizer


class PromptTokenizer:
    """A ``tokenizer.json`` that never adds nor reads special tokens in a prompt. Thread-safe."""

    def __init__(self, path: Path, feeding: Feeding) -> None:
        self._tokenizer = _load(path)
        self._feeding = feeding
        for token in feeding.named_tokens:
            if self._tokenizer.token_to_id(token) is None:
                raise CheckpointError(
                    f"{path}: the tokenizer has no token {token!r} that the profile's feeding "
                    "names; correct the feeding or take the tokenizer it was written for"
                )

    def tokens(self, texts: Sequence[str]) -> list[list[str]]:
        """The texts' own tokens, nothing around them."""
        encodings = self._tokenizer.encode_batch(list(texts), add_special_tokens=False)
        return [encoding.tokens for encoding in encodings]

    def surround(self, tokens: list[str]) -> list[str]:
        """A prompt's tokens with what goes before and after."""
        return [*self._feeding.before, *tokens, *self._feeding.after]

    def text(self, ids: Sequence[int]) -> str:
        """An output's ids as text, special tokens and surrounding whitespace gone."""
        text: str = self._tokenizer.decode(list(ids), skip_special_tokens=True)
        return text.strip()

    def tokens_starting_with(self, string: str) -> list[str]:
        """Every token whose text starts with ``string``: generation can end on any of them."""
        size = self._tokenizer.get_vocab_size()
        texts = self._tokenizer.decode_batch([[id_] for id_ in range(size)])
        found = [id_ for id_, text in enumerate(texts) if text.startswith(string)]
        tokens = (self._tokenizer.id_to_token(id_) for id_ in found)
        return [token for token in tokens if token is not None]

    def id_of(self, token: str) -> int | None:
        """A token's id, or None."""
        id_: int | None = self._tokenizer.token_to_id(token)
        return id_


def _load(path: Path) -> Tokenizer:
    from tokenizers import Tokenizer

    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:  # the bindings raise bare Exception
        raise CheckpointError(
            f"{path}: no tokenizer.json that can be read ({error}); build the checkpoint again"
        ) from error
    tokenizer.encode_special_tokens = True
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer
