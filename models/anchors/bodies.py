"""An organisation without an official English name, rendered by its parts.

"한밭제조혁신원" → "Hanbat Manufacturing Innovation Institute": known words by a table, the rest
romanised, the order kept (Korean names of bodies are head-final, as English ones mostly are).
Official names come from the glossary; this is for bodies it does not know.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from models.anchors.romanization import is_hangul, romanize_syllable

_UNKNOWN_COST = 3.0
_WORD_COST = 1.0
_ENDING_COST = 1.4
"""A table word costs less than leaving its syllables unknown; a one-syllable ending a bit more,
so that 연구원 stays whole."""


@dataclass(frozen=True, slots=True)
class BodyName:
    """``known`` is the share of syllables the table explains; ``has_head`` that it ends in the
    word for a kind of body (협회, 연구소 …); ``unknown_syllables`` how many were romanised."""

    en: str
    known: float
    has_head: bool
    unknown_syllables: int = 0

    @property
    def sure(self) -> bool:
        """Whether the name can stand: mostly known words, or a kind of body with a short name.

        A longer unknown stretch is rather a compound that the table lacks than a proper name.
        """
        return self.known >= 0.5 or (self.has_head and self.unknown_syllables <= 3)


@cache
def _table() -> dict[str, tuple[str, str]]:
    text = (files(__package__) / "data" / "body_words.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines()[1:])
    return {ko: (en, use) for ko, en, use in rows}


def is_body_word(word: str) -> bool:
    """Whether the table has the word as a whole."""
    return word in _table()


@lru_cache(maxsize=4096)
def render_body(body: str) -> BodyName:
    """The English of a body's name, eojeol by eojeol."""
    parts = [_render_word(word) for word in body.split()]
    if not parts:
        return BodyName("", 0.0, False)
    letters = sum(len(word) for word in body.split())
    unknown = sum(part.unknown_syllables for part in parts)
    en = " ".join(part.en for part in parts if part.en)
    return BodyName(en, 1 - unknown / letters, parts[-1].has_head, unknown)


def _render_word(word: str) -> BodyName:
    if not is_hangul(word):
        return BodyName(_latin_and_hangul(word), 1.0, False)
    pieces = _segment(word)
    table = _table()
    english = [table[piece][0] if listed else _spelt(piece) for piece, listed in pieces]
    unknown = sum(len(piece) for piece, listed in pieces if not listed)
    last, last_listed = pieces[-1]
    has_head = last_listed and table[last][1] != ""
    return BodyName(" ".join(filter(None, english)), 1 - unknown / len(word), has_head, unknown)


def _latin_and_hangul(word: str) -> str:
    """Runs of Hangul inside a word with other letters ("GIP전략연구소", "㈜한빛")."""
    runs: list[str] = []
    for letter in word:
        if runs and is_hangul(runs[-1][-1]) == is_hangul(letter):
            runs[-1] += letter
        else:
            runs.append(letter)
    return " ".join(_render_word(run).en if is_hangul(run) else run for run in runs)


def _spelt(syllables: str) -> str:
    return "".join(map(romanize_syllable, syllables)).capitalize()


def _segment(word: str) -> list[tuple[str, bool]]:
    """The cheapest way to cut ``word`` into table words and unknown stretches."""
    table = _table()
    best: list[tuple[float, list[tuple[str, bool]]]] = [(0.0, [])]
    for end in range(1, len(word) + 1):
        ways: list[tuple[float, list[tuple[str, bool]]]] = []
        for start in range(end):
            cost, pieces = best[start]
            piece = word[start:end]
            price = _price(piece, start, end == len(word), table)
            if price is not None:
                ways.append((cost + price, [*pieces, (piece, True)]))
            if not pieces or pieces[-1][1]:
                ways.append((cost + 1.5 + _UNKNOWN_COST * len(piece), [*pieces, (piece, False)]))
        best.append(min(ways, key=lambda way: way[0]))
    return best[-1][1]


def _price(piece: str, start: int, last: bool, table: dict[str, tuple[str, str]]) -> float | None:
    """What a table word costs here; None where it may not stand (물 only opens a word)."""
    if piece not in table:
        return None
    if table[piece][1] == "ending":
        return _ENDING_COST if last and start > 0 else None
    if len(piece) == 1 and start > 0:
        return None
    return _WORD_COST
