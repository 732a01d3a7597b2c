"""What people are called by office or calling, in Korean and English, as data.

It must not know who bears a title: names.py pairs the two.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Title:
    """A title as it ends a word: "실장" of "중소기업정책실장" (``unit`` is the rest)."""

    ko: str
    en: str
    unit: str = ""


@cache
def _table() -> dict[str, tuple[str, str]]:
    """Korean → English and use: "whole" titles don't end longer words, "before" ones
    stand only before names ("농민 홍길동 씨")."""
    text = (files(__package__) / "data" / "titles.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines()[1:])
    return {ko: (en, use) for ko, en, use in rows}


@cache
def _longest() -> int:
    return max(map(len, _table()))


def read_title(word: str, *, before_name: bool = False) -> Title | None:
    """The longest title ``word`` ends in, None if it ends in none.

    Some count only as whole words (감사 also ends 국정감사), some only before a name.
    """
    table = _table()
    for length in range(min(len(word), _longest()), 0, -1):
        ending = word[-length:]
        if ending not in table:
            continue
        english, use = table[ending]
        if (use == "whole" and length < len(word)) or (use == "before" and not before_name):
            return None
        return Title(ending, english, word[:-length])
    return None


@cache
def english_titles() -> frozenset[str]:
    """Lower-cased English titles, for finding names after them."""
    return frozenset(english.lower() for english, _ in _table().values())
