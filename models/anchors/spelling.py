"""Does a Latin word spell Korean syllables: "Hanbit" 한빛, "Yeouido" 여의도, "Nonghyup" 농협.

Both sides are reduced to a rough skeleton that all ways of romanising share, so it answers
"it may well", never "how". Knows no names and no dictionary.
"""

from __future__ import annotations

import re
from functools import lru_cache

# Rough sounds of the letters of a syllable, in the order of Unicode; "_" is none.
_ONSET_SOUNDS = "g g n d d r m b b s s _ j j j g d b h"
_VOWEL_SOUNDS = "a e a e o e o e o a e e o u o e i u u i i"
_CODA_SOUNDS = "_ g g g n n n d r g m b r r b r m b b d d N d d g d b _"
_ONSETS, _VOWELS = _ONSET_SOUNDS.split(), _VOWEL_SOUNDS.split()
_CODAS = _CODA_SOUNDS.split()
_FIRST = 0xAC00
_HANGUL = re.compile(r"[가-힣]+")
# In order, on a lower-cased Latin word: what spellings of one sound have in common.
_LATIN = tuple(
    (re.compile(pattern), new)
    for pattern, new in (
        (r"[^a-z]", ""),
        (r"ng(?![aeiouy])", "N"),
        (r"tch|ch|jj|z", "j"),
        (r"sh|ss|x", "s"),
        (r"kk|kh|gh|ck|[kcq]", "g"),
        (r"tt|th|dd|t", "d"),
        (r"pp|ph|bb|[pfv]", "b"),
        (r"rr|ll|l", "r"),
        (r"(?<=[aeiouy])h(?![aeiouyw])", ""),
        (r"[wy]?ae|ay|ai", "E"),
        (r"y?eo|y?oo|y?ou|yo|yu|eu|wo|o(?![ei])", "o"),
        (r"E|[wy]?e[aeiy]?|oe|oi", "e"),
        (r"[wy]a|a+", "a"),
        (r"ui|wi|i[e]|yi|[iy]", "i"),
        (r"wu|u", "u"),
    )
)
_MIN_LENGTH = 3


def spelled_at(word: str, korean: str) -> list[int]:
    """Where runs of Hangul begin in ``korean`` that hold what ``word`` may spell."""
    wanted = _latin_skeleton(word)
    if len(wanted) < _MIN_LENGTH:
        return []
    return [start for start, written in _hangul_skeletons(korean) if wanted in written]


@lru_cache(maxsize=4096)
def _latin_skeleton(word: str) -> str:
    text = word.lower()
    for pattern, new in _LATIN:
        text = pattern.sub(new, text)
    return _loose(text)


@lru_cache(maxsize=256)
def _hangul_skeletons(korean: str) -> tuple[tuple[int, str], ...]:
    return tuple(
        (run.start(), _loose("".join(map(_syllable, run.group()))))
        for run in _HANGUL.finditer(korean)
    )


def _syllable(syllable: str) -> str:
    code = ord(syllable) - _FIRST
    parts = _ONSETS[code // 588] + _VOWELS[code % 588 // 28] + _CODAS[code % 28]
    return parts.replace("_", "")


def _loose(skeleton: str) -> str:
    """Sounds that custom mixes up or that assimilate: u and o, doubled letters, l and n."""
    merged = skeleton.replace("u", "o").replace("r", "n").replace("N", "n")
    return re.sub(r"(.)\1+", r"\1", merged)
