"""Cuts English into the tokens its numbers and dates are read from."""

from __future__ import annotations

import re
from typing import NamedTuple

_TOKEN = re.compile(
    r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+|[A-Za-z]+(?:[’'](?:s|re|ve|ll|t|d)\b)?|[^\sA-Za-z\d]"
)


class Token(NamedTuple):
    """A token in lower case; ``glued`` if no space stands before it."""

    text: str
    start: int
    end: int
    glued: bool

    @property
    def numeric(self) -> bool:
        """Digits, with or without commas and decimals."""
        return self.text[-1].isdecimal()


def tokens_of(text: str) -> list[Token]:
    """Numbers, words and single signs, in order."""
    found: list[Token] = []
    last = -1
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        found.append(Token(match.group().lower(), start, end, start == last))
        last = end
    return found


class Cursor:
    """Tokens that can be looked at past their end: there the token is empty."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.last = Token("\0", -1, -1, False)

    def __getitem__(self, index: int) -> Token:
        return self.tokens[index] if 0 <= index < len(self.tokens) else self.last

    def __len__(self) -> int:
        return len(self.tokens)

    def after_hyphen(self, index: int) -> int:
        """``index``, or the one after it if a glued hyphen stands there."""
        hyphen = self[index].text in ("-", "‐", "‑") and self[index].glued
        return index + 1 if hyphen and self[index + 1].glued else index
