"""Unicode housekeeping: one form for every character before any rule looks at it.

Knows nothing of articles; it only says what counts as the same character or as a space.
"""

from __future__ import annotations

import re
import unicodedata

# Zero-width marks, soft hyphen, BOM, directional marks, variation selectors left by emoji.
_INVISIBLE = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufe0e\ufe0f]")
_LINE_BREAK = re.compile("\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f]")
# Hangul fillers render as nothing and are pasted from word processors as spaces.
_SPACE = re.compile("[\\s\u115f\u1160\u3164\uffa0]+")
_HANGUL = re.compile("[가-힣]")


def normalise(text: str) -> str:
    """NFC, ``\\n`` for every line break, no invisible and no control characters.

    Runs of spaces inside a line become one space, lines are stripped.
    """
    text = _LINE_BREAK.sub("\n", unicodedata.normalize("NFC", text))
    text = _CONTROL.sub("", _INVISIBLE.sub("", text))
    return "\n".join(_SPACE.sub(" ", line).strip() for line in text.split("\n"))


def hangul_share(text: str) -> float:
    """Share of Hangul syllables among the letters of ``text``; 0.0 where there are none."""
    letters = sum(character.isalpha() for character in text)
    return len(_HANGUL.findall(text)) / letters if letters else 0.0


def has_hangul(text: str) -> bool:
    """Whether there is at least one Hangul syllable."""
    return _HANGUL.search(text) is not None
