"""Prompts to tokens and back, exactly as a profile's feeding says.

Tokens are strings of the vocabulary, the same in a tokenizer and in a converted checkpoint.
Special tokens come from the feeding only: text that happens to contain "<eos>" is text.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from models.errors import CheckpointError
from models.generation.feeding import Feeding
from models.generation.files import read_json

if TYPE_CHECKING:
    from tokenizers import Tokenizer

#: A checkpoint's tokenizer files, in the order in which they are looked for.
TOKENIZER_FILES = (
    "tokenizer.json",
    "source.spm",
    "target.spm",
    "spiece.model",
    "sentencepiece.bpe.model",
    "tokenizer.model",
)
_VOCABULARIES = (
    "shared_vocabulary.json",
    "source_vocabulary.json",
    "vocabulary.json",
    "vocab.json",
)


class PromptTokenizer(Protocol):
    """Splits prompts and joins outputs; adds and reads no special tokens. Thread-safe."""

    def tokens(self, texts: Sequence[str]) -> list[list[str]]:
        """The texts' own tokens, nothing around them."""
        ...

    def text(self, tokens: Sequence[str]) -> str:
        """An output's tokens as text, special tokens and surrounding whitespace gone."""
        ...

    def knows(self, token: str) -> bool:
        """Whether the vocabulary has this token."""
        ...

    def named(self, id_: int) -> str | None:
        """The token of an id in the checkpoint's configs, or None."""
        ...

    def tokens_starting_with(self, string: str) -> list[str]:
        """Every token whose text starts with ``string``: generation can end on any of them."""
        ...


def load_tokenizer(folder: Path, feeding: Feeding) -> PromptTokenizer:
    """The tokenizer in a checkpoint's folder; every token the feeding names must be known."""
    tokenizer = _find(folder)
    for token in feeding.named_tokens:
        if not tokenizer.knows(token):
            raise CheckpointError(
                f"{folder}: the tokenizer has no token {token!r} that the profile's feeding "
                "names; correct the feeding or take the tokenizer it was written for"
            )
    return tokenizer


def _find(folder: Path) -> PromptTokenizer:
    present = [name for name in TOKENIZER_FILES if (folder / name).is_file()]
    if not present:
        raise CheckpointError(
            f"{folder} holds none of {', '.join(TOKENIZER_FILES)}; build the checkpoint again"
        )
    if present[0] == "tokenizer.json":
        return FastTokenizer(folder / "tokenizer.json")
    source = folder / present[0]
    target = folder / "target.spm" if present[0] == "source.spm" else source
    return SentencePieceTokenizer(source, target, _vocabulary(folder))


class FastTokenizer:
    """A ``tokenizer.json`` of the tokenizers library."""

    def __init__(self, path: Path) -> None:
        self._tokenizer = load_fast(path)

    def tokens(self, texts: Sequence[str]) -> list[list[str]]:
        """The texts' own tokens."""
        encodings = self._tokenizer.encode_batch(list(texts), add_special_tokens=False)
        return [encoding.tokens for encoding in encodings]

    def text(self, tokens: Sequence[str]) -> str:
        """Tokens as text; tokens of padding rows that the tokenizer lacks are left out."""
        ids = (self._tokenizer.token_to_id(token) for token in tokens)
        text: str = self._tokenizer.decode([id_ for id_ in ids if id_ is not None])
        return text.strip()

    def knows(self, token: str) -> bool:
        """Whether the vocabulary has this token."""
        return self._tokenizer.token_to_id(token) is not None

    def named(self, id_: int) -> str | None:
        """The token of an id."""
        token: str | None = self._tokenizer.id_to_token(id_)
        return token

    def tokens_starting_with(self, string: str) -> list[str]:
        """Every token whose text starts with ``string``."""
        return [token for token, text in self._texts.items() if text.startswith(string)]

    @cached_property
    def _texts(self) -> dict[str, str]:
        ids = range(self._tokenizer.get_vocab_size())
        texts = self._tokenizer.decode_batch([[id_] for id_ in ids])
        named = (
            (self._tokenizer.id_to_token(id_), text) for id_, text in zip(ids, texts, strict=True)
        )
        return {token: text for token, text in named if token is not None}


class SentencePieceTokenizer:
    """SentencePiece models as Marian (one for each language), T5 and M2M100 ship them."""

    def __init__(self, source: Path, target: Path, vocabulary: frozenset[str]) -> None:
        """``vocabulary`` is the checkpoint's; empty: the source model's pieces."""
        self._source = _load_pieces(source)
        self._target = self._source if target == source else _load_pieces(target)
        self._vocabulary = vocabulary or frozenset(_pieces(self._source))

    def tokens(self, texts: Sequence[str]) -> list[list[str]]:
        """The texts' own pieces."""
        pieces: list[list[str]] = self._source.encode(list(texts), out_type=str)
        return pieces

    def text(self, tokens: Sequence[str]) -> str:
        """Pieces as text; tokens that the model lacks (language codes) are left out."""
        known = [token for token in tokens if self._is_piece(token)]
        text: str = self._target.decode(known)
        return text.strip()

    def knows(self, token: str) -> bool:
        """Whether the checkpoint's vocabulary has this token."""
        return token in self._vocabulary

    def named(self, id_: int) -> str | None:
        """None: a network's ids are not those of its SentencePiece models."""

    def tokens_starting_with(self, string: str) -> list[str]:
        """Every piece whose text starts with ``string``."""
        marked = string.replace(" ", "▁")
        return sorted(token for token in self._vocabulary if token.startswith(marked))

    def _is_piece(self, token: str) -> bool:
        id_ = self._target.piece_to_id(token)
        return not (self._target.is_unknown(id_) or self._target.is_control(id_))


def _pieces(model: Any) -> list[str]:
    return [model.id_to_piece(id_) for id_ in range(model.get_piece_size())]


def _vocabulary(folder: Path) -> frozenset[str]:
    for name in _VOCABULARIES:
        if (folder / name).is_file():
            return frozenset(read_json(folder / name))
    return frozenset()


def load_fast(path: Path, *, specials_are_text: bool = True) -> Tokenizer:
    """A ``tokenizer.json``, nothing cut or padded; "<eos>" in a text is text unless told not."""
    from tokenizers import Tokenizer

    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:  # the bindings raise bare Exception
        raise _unreadable(path, error) from error
    tokenizer.encode_special_tokens = specials_are_text
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def _load_pieces(path: Path) -> Any:
    from sentencepiece import SentencePieceProcessor

    try:
        return SentencePieceProcessor(model_file=str(path))
    except (OSError, RuntimeError) as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: Exception) -> CheckpointError:
    return CheckpointError(
        f"{path}: no tokenizer that can be read ({error}); build the checkpoint again"
    )
