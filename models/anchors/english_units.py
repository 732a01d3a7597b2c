"""The unit that stands beside an English number: "percentage points", "-hour", "won"."""

from __future__ import annotations

from models.anchors.english_tokens import Cursor
from models.anchors.units import english_units

SIGNS = {"$": "dollar", "€": "euro", "£": "pound", "¥": "yen", "₩": "won"}
LONGER_TIMES = {"decade": 10, "decades": 10, "century": 100, "centuries": 100}


def unit_after(tokens: Cursor, end: int) -> tuple[str | None, int]:
    """Canonical unit of the words at ``end``, and the index after them.

    Of "decade" and "century", which are no units of ours, the names themselves.
    """
    here = tokens.after_hyphen(end)
    first = tokens[here]
    if first.text in LONGER_TIMES:
        return ("decade" if LONGER_TIMES[first.text] == 10 else "century"), here + 1
    if first.text in SIGNS and not (first.glued and not tokens[here + 1].glued):
        return None, end  # the sign of the next amount: "from $5 to $6"
    if first.text == "u" and tokens[here + 4].text.startswith("dollar"):
        return "dollar", end  # "100 U.S. dollars"
    return _longest(tokens, here) or (None, end)


def _longest(tokens: Cursor, here: int) -> tuple[str, int] | None:
    """The unit of the most words, up to three ("percentage point", "square meters")."""
    words: list[str] = []
    ends: list[int] = []
    at = here
    for _ in range(3):
        words.append(bare(tokens[at].text))
        ends.append(at + 1)
        at = tokens.after_hyphen(at + 1)
    for count in (3, 2, 1):
        unit = english_units().get(" ".join(words[:count]))
        if unit and not (count == 1 and _is_no_unit(tokens, here)):
            return unit.name, ends[count - 1]
    return None


def bare(word: str) -> str:
    """The "hour" of "half an hour's drive"."""
    return word[:-2] if word.endswith(("'s", "’s")) else word


def _is_no_unit(tokens: Cursor, here: int) -> bool:
    """ "3 second-year teachers", "5 m.p.h."."""
    word, following = tokens[here].text, tokens[here + 1]
    if word == "second":
        return following.text == "-"
    abbreviated = following.text in (".", "'", "’") and following.glued and tokens[here + 2].glued
    return word in ("m", "g", "x") and abbreviated
