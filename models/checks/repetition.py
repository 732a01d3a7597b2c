"""Does a text loop: the same words over and over, or a clause said twice.

Language-neutral: tokens are runs between spaces; a run without spaces is searched by
character. It must not know what the text means.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from models.documents import Flag

_TOKEN = re.compile(r"[^\s,.;:!?\"“”‘’'()\[\]…·]+")
# A loop of 1 token may come four times in a row ("very, very, very, very"), a longer one twice
# ("debt that cannot be repaid cannot be repaid" is a sentence): of the 9,493 human pairs of
# corpus/policy.jsonl none goes further.
_TIMES = {1: 5}
_LONGEST_LOOP = 12
_CLAUSE = 6  # English words, half as many Korean ones: a stretch this long isn't chance
_CHARACTER_LOOP = re.compile(
    r"(?P<short>[^\W\d_]{1,8}?)(?P=short){4,}|(?P<long>[^\W\d_]{3,12}?)(?P=long){2,}"
)


def check_repetition(text: str, source: str = "") -> tuple[Flag, ...]:
    """Flag the first loop of ``text``, or a clause said twice that ``source`` says once."""
    tokens = _TOKEN.findall(text.lower())
    loop = _token_loop(tokens) or _character_loop(text)
    if loop:
        return (Flag("repetition", "error", "the output loops", found=loop),)
    twice = _said_twice(tokens, _CLAUSE)
    if twice and not _said_twice(_TOKEN.findall(source), _CLAUSE // 2):
        return (Flag("repetition", "warning", "a clause is said twice", found=twice),)
    return ()


def _token_loop(tokens: Sequence[str]) -> str | None:
    for size in range(1, min(_LONGEST_LOOP, len(tokens) // 2) + 1):
        enough = size * (_TIMES.get(size, 3) - 1)
        run = 0  # how many tokens in a row equal the one `size` before them
        for index in range(size, len(tokens)):
            run = run + 1 if tokens[index] == tokens[index - size] else 0
            if run >= enough:
                return " ".join(tokens[index - size + 1 : index + 1])
    return None


def _character_loop(text: str) -> str | None:
    match = _CHARACTER_LOOP.search(text)
    return (match["short"] or match["long"]) if match else None


def _said_twice(tokens: Sequence[str], size: int) -> str | None:
    seen: dict[tuple[str, ...], int] = {}
    for index in range(len(tokens) - size + 1):
        gram = tuple(tokens[index : index + size])
        if index - seen.setdefault(gram, index) >= size:
            return " ".join(gram)
    return None
