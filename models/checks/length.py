"""Is the English about as long as its Korean: a dropped clause, or a model that ran on.

Measured, not guessed: English letters per unit of Korean, where a Hangul syllable or Hanja
counts 1 and any other visible character 0.35 (Latin, digits and punctuation come through about
as they are, and an English translation is about 3.5 characters long per syllable).
"""

from __future__ import annotations

import re
from bisect import bisect_right

from models.documents import Flag, Severity

_SYLLABLE = re.compile(r"[가-힣一-鿿]")
_VISIBLE = re.compile(r"\S")
# (from units of Korean, lowest ratio, highest ratio): the 0.1 and 99.9 percentiles of the 9,493
# human pairs of corpus/policy.jsonl (1.7-6.6 at 8-15 units, 2.08-6.09 at 20-30, 2.34-6.07 at
# 30-45, 2.44-5.62 at 45-60, 2.82-5.29 at 60-80, 3.08-4.60 above; median 3.76), with a tenth of
# room. Short texts scatter more than long ones, below 8 units too few pairs say anything.
_BOUNDS = (
    (0.0, 1.0, 10.0),
    (8.0, 1.6, 7.0),
    (20.0, 1.9, 6.6),
    (45.0, 2.3, 6.1),
    (60.0, 2.5, 5.7),
    (80.0, 2.7, 5.2),
)
_STARTS = tuple(start for start, _, _ in _BOUNDS)
# Proposals of the corpus: at least 10 units, 0.28 of their passage (median); they outgrow it
# only where the passage is a single headline.
_LEAST_PROPOSAL = 5.0
_MOST_OF_EVIDENCE = 1.2
_SHORT_EVIDENCE = 40.0
_FAR = 1.5  # this far outside nothing but a dropped clause or an endless output is left


def korean_units(text: str) -> float:
    """The weight of a Korean text: 1 a syllable, 0.35 any other visible character."""
    syllables = len(_SYLLABLE.findall(text))
    return syllables + 0.35 * (len(_VISIBLE.findall(text)) - syllables)


def check_length(ko: str, en: str) -> tuple[Flag, ...]:
    """Flag an English text far shorter or longer than translations of its length are."""
    units = korean_units(ko)
    if not units or not en.strip():
        return ()
    ratio = len(en.strip()) / units
    _, low, high = _BOUNDS[bisect_right(_STARTS, units) - 1]
    if low <= ratio <= high:
        return ()
    word, distance = ("short", low / ratio) if ratio < low else ("long", ratio / high)
    severity: Severity = "error" if distance > _FAR else "warning"
    detail = f"the English is too {word} for its Korean: something may be missing or added"
    found = f"{ratio:.2f} characters per syllable"
    return (Flag("length_ratio", severity, detail, expected=f"{low}-{high}", found=found),)


def check_condensed_length(evidence: str, proposal: str) -> tuple[Flag, ...]:
    """Flag a proposal too short to say anything, or longer than what it condenses."""
    units, room = korean_units(proposal), korean_units(evidence)
    if units < _LEAST_PROPOSAL:
        detail = "the proposal is too short to say anything"
        return (Flag("length_ratio", "error", detail, found=f"{units:.0f} syllables"),)
    if units > max(_MOST_OF_EVIDENCE * room, _SHORT_EVIDENCE):
        detail = "the proposal is longer than its evidence"
        return (
            Flag("length_ratio", "error", detail, found=f"{units:.0f} of {room:.0f} syllables"),
        )
    return ()
