"""How a network wants to be fed: the tokens around a prompt and at both ends of an output."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Architecture = Literal["decoder", "encoder-decoder"]


@dataclass(frozen=True, slots=True)
class Chat:
    """The prompt is the user's turn of the checkpoint's own chat template.

    With ``user_fields`` its content is a list of one ``{**user_fields, "text": prompt}``, as
    TranslateGemma wants it; ``template_options`` are the template's variables (enable_thinking).
    """

    system: str | None = None
    user_fields: Mapping[str, Any] = field(default_factory=dict)
    template_options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Feeding:
    """How a prompt becomes the tokens that the network sees, exactly as its authors say.

    All but the architecture are tokens of the vocabulary: ``before`` and ``after`` are put around
    those of the prompt, ``target_before`` starts the output of an encoder-decoder, ``end`` ends an
    output (empty: the checkpoint's own end token). With ``chat`` the prompt is a user's turn.
    """

    architecture: Architecture = "decoder"
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    target_before: tuple[str, ...] = ()
    end: tuple[str, ...] = ()
    chat: Chat | None = None

    @property
    def named_tokens(self) -> tuple[str, ...]:
        """Every token it names: the tokenizer must know them all."""
        return (*self.before, *self.after, *self.target_before, *self.end)
