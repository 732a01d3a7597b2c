"""Put the anchors' English into the Korean sentence, as words or as placeholders.

Code-switched sources (Song et al., NAACL 2019; Dinu et al., ACL 2019) let a translator copy what
it must not translate. Knows spacing and particles; what is an anchor was decided before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from models.documents import Anchor

Restore = Callable[[str], str | None]

# A bare letter and digit: one or two tokens in every vocabulary at hand (Gemma's, Marian's),
# copied more faithfully than brackets, which both split into bytes.
_LETTERS = "XQZVKJ"
_WORD_BEFORE = re.compile(r"[\w%$€£¥)]$")
_WORD_AFTER = re.compile(r"[A-Za-z0-9$€£¥(]")
_LEADING = re.compile(r"(?:(?:on|in|at|the|a|an|about)\s+)+", re.IGNORECASE)


def switch_source(text: str, anchors: Sequence[Anchor]) -> str:
    """``text`` with each anchor's English in its place; particles stay attached to it.

    ``anchors`` are sorted and disjoint, as ``find_anchors`` returns them.
    """
    return _replace(text, anchors, [anchor.en for anchor in anchors])


def with_placeholders(text: str, anchors: Sequence[Anchor]) -> tuple[str, Restore]:
    """``text`` with X1, X2 … for its anchors, and the way back from a translation of it.

    The way back returns None if a placeholder is missing, comes twice or is none of ours.
    """
    letter = next(
        (letter for letter in _LETTERS if not re.search(rf"{letter}\d", text)), _LETTERS[0]
    )
    tokens = [f"{letter}{number}" for number in range(1, len(anchors) + 1)]
    english = dict(zip(tokens, (anchor.en for anchor in anchors), strict=True))
    pattern = re.compile(rf"(?<![A-Za-z0-9]){letter}\d+(?!\d)")

    def restore(output: str) -> str | None:
        if sorted(pattern.findall(output)) != sorted(tokens):
            return None
        return _put_back(output, pattern, english)

    return _replace(text, anchors, tokens), restore


def _replace(text: str, anchors: Sequence[Anchor], words: Sequence[str]) -> str:
    pieces: list[str] = []
    position = 0
    for anchor, word in zip(anchors, words, strict=True):
        pieces.append(text[position : anchor.start])
        pieces.append(_spaced("".join(pieces[-2:])[-1:], word, text[anchor.end : anchor.end + 1]))
        position = anchor.end
    return "".join(pieces) + text[position:]


def _spaced(before: str, word: str, after: str) -> str:
    """``word`` with a space where it would run into its neighbours."""
    left = " " if _WORD_BEFORE.match(before) and _WORD_AFTER.match(word) else ""
    right = " " if word[-1:].isalnum() and _WORD_AFTER.match(after) else ""
    return f"{left}{word}{right}"


def _put_back(output: str, pattern: re.Pattern[str], english: dict[str, str]) -> str:
    pieces: list[str] = []
    position = 0
    for match in pattern.finditer(output):
        before = output[position : match.start()]
        pieces += [before, _without_echo(before, english[match.group()])]
        position = match.end()
    return "".join(pieces) + output[position:]


def _without_echo(before: str, word: str) -> str:
    """Drop "on the" of "on the 13th" where the translator wrote "on" or "on the" itself."""
    leading = _LEADING.match(word)
    if not leading:
        return word
    words = leading.group().split()
    for count in range(len(words), 0, -1):
        if re.search(rf"\b{' '.join(words[:count])}\s+$", before, re.IGNORECASE):
            return word[len(" ".join(words[:count])) :].lstrip()
    return word
