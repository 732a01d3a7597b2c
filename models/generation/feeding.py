"""How a network wants to be fed: the tokens around a prompt and at both ends of an output."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Architecture = Literal["decoder", "encoder-decoder"]


@dataclass(frozen=True, slots=True)
class Feeding:
    """How a prompt becomes the tokens that the network sees, exactly as its authors say.

    All but the architecture are tokens of the vocabulary: ``before`` and ``after`` are put around
    those of the prompt, ``target_before`` starts the output of an encoder-decoder, ``end`` ends an
    output (empty: the checkpoint's own end token).
    """

    architecture: Architecture = "decoder"
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    target_before: tuple[str, ...] = ()
    end: tuple[str, ...] = ()

    @property
    def named_tokens(self) -> tuple[str, ...]:
        """Every token it names: the tokenizer must know them all."""
        return (*self.before, *self.after, *self.target_before, *self.end)
