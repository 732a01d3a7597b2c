"""Hangul that a network left in its English, spelt out in Latin letters as a last resort.

The flag that such a text carries is made before (checks); this only keeps Hangul from the
reader who cannot read it.
"""

from __future__ import annotations

import re

from models.anchors.romanization import romanize_syllable

_HANGUL_RUN = re.compile(r"[가-힣]+")
_JAMO = re.compile(r"[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\ud7b0-\ud7ff]+")


def without_hangul(text: str) -> str:
    """``text`` with every Hangul syllable romanised and stray jamo dropped."""
    spelt = _HANGUL_RUN.sub(lambda run: "".join(map(romanize_syllable, run.group())), text)
    return " ".join(_JAMO.sub("", spelt).split())
