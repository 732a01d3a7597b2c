"""Nouns a small network can't know, with their English: put into its source, never demanded.

An anchor has one right English and is verified; a noun of this table is help. The network may
inflect it, say it otherwise or leave it out, and no check asks for it. Only networks trained on
such sources are given them (a profile's ``translator.nouns`` names its table). How the shipped
table was made, and what was left out of it: training/nouns.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from models.anchors.particles import ends_noun
from models.anchors.switch import switch_source
from models.anchors.terms import Term
from models.documents import Anchor
from models.errors import ProfileError

MAX_WORDS = 4
_WORD = re.compile(r"[0-9A-Za-z가-힣]+")


@dataclass(frozen=True, slots=True)
class Nouns:
    """Nouns by their Korean without spaces; the English that comes first is the usual one."""

    terms: Mapping[str, Term]

    @classmethod
    def of(cls, rows: Sequence[tuple[str, Sequence[str]]]) -> Nouns:
        """Nouns of (Korean, its English forms); of two with the same Korean the last counts."""
        return cls({bare(ko): Term(ko, en[0], tuple(en[1:])) for ko, en in rows})

    @classmethod
    def read(cls, path: Path) -> Nouns:
        """A table: ``ko<TAB>en`` lines after a header, several English forms parted by ``|``.

        Raises ``ProfileError`` that names the file and the line.
        """
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise ProfileError(f"{path}: can't be read ({error}); give a UTF-8 file") from error
        rows = []
        for number, line in enumerate(lines[1:], start=2):
            ko, _, en = (part.strip() for part in line.partition("\t"))
            forms = [form.strip() for form in en.split("|")]
            if not ko or "\t" in en or not all(forms):
                raise ProfileError(
                    f"{path}, line {number}: {line[:80]!r} is no Korean, a tab, English forms "
                    "parted by '|'; correct or remove it"
                )
            rows.append((ko, forms))
        return cls.of(rows)

    def switch(self, text: str, anchors: Sequence[Anchor]) -> str:
        """``text`` with the English of its anchors, and of the nouns between them, in place."""
        everything = (*anchors, *self.find(text, anchors))
        return switch_source(text, sorted(everything, key=lambda anchor: anchor.start))

    def find(self, text: str, taken: Sequence[Anchor] = ()) -> tuple[Anchor, ...]:
        """The nouns in ``text`` outside ``taken``, in order, disjoint, the longest first.

        A noun begins a word and ends it, but for a particle; its own spaces don't matter.
        """
        words = [match.span() for match in _WORD.finditer(text)] if self.terms else []
        found: list[Anchor] = []
        end = 0
        for at, (start, _) in enumerate(words):
            if start < end:
                continue
            noun = next(self._from(text, words[at : at + MAX_WORDS], taken), None)
            if noun is not None:
                found.append(noun)
                end = noun.end
        return tuple(found)

    def _from(
        self, text: str, words: Sequence[tuple[int, int]], taken: Sequence[Anchor]
    ) -> Iterator[Anchor]:
        """What may begin with the first word: of more words before fewer, of more letters first."""
        start = words[0][0]
        for count in range(_unbroken(text, words), 0, -1):
            head = bare(text[start : words[count - 1][0]])
            first, last = words[count - 1]
            for end in range(last, first + (1 if count > 1 else 2) - 1, -1):
                term = self.terms.get(head + text[first:end])
                if term is None or not ends_noun(text, end) or _joins(text, words[0], count, term):
                    continue
                if all(end <= anchor.start or anchor.end <= start for anchor in taken):
                    yield Anchor(start, end, text[start:end], "term", term.en, term)


NO_NOUNS = Nouns({})
"""For networks that were not trained to be told any."""


def bare(ko: str) -> str:
    """Korean without its spaces."""
    return ko.replace(" ", "")


def _joins(text: str, first: tuple[int, int], count: int, term: Term) -> bool:
    """Whether a word of one syllable would be drawn into a noun: 이 주민 is no 이주민."""
    alone = count > 1 and first[1] - first[0] == 1
    return alone and not term.ko.startswith(f"{text[first[0]]} ")


def _unbroken(text: str, words: Sequence[tuple[int, int]]) -> int:
    """How many of the words follow one another with nothing but a space between."""
    for number, ((_, end), (start, _)) in enumerate(pairwise(words), start=1):
        if text[end:start] != " ":
            return number
    return len(words)
