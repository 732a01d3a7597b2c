"""The words that tell speakers from things, loaded once from ``lexicon.toml``.

Responsible for that file's shape alone; what the lists mean is said in it.
"""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from importlib import resources


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One field per list of ``lexicon.toml``; tuples are suffixes, sets whole words."""

    surnames: frozenset[str]
    compound_surnames: tuple[str, ...]
    titles: tuple[str, ...]
    honorifics: frozenset[str]
    nameless: tuple[str, ...]
    plurals: tuple[str, ...]
    offices: frozenset[str]
    bodies: frozenset[str]
    body_suffixes: tuple[str, ...]
    short_bodies: frozenset[str]
    provinces: frozenset[str]
    sayings: frozenset[str]
    modifiers: frozenset[str]
    things: frozenset[str]
    documents: tuple[str, ...]

    def is_family_name(self, text: str) -> bool:
        """Whether ``text`` is a family name and nothing more."""
        return text in self.surnames or text in self.compound_surnames


_SUFFIXES = frozenset(
    {"compound_surnames", "titles", "nameless", "plurals", "body_suffixes", "documents"}
)


@functools.cache
def lexicon() -> Lexicon:
    """The shipped word lists."""
    source = resources.files("models.reading").joinpath("lexicon.toml").read_text(encoding="utf-8")
    lists: dict[str, tuple[str, ...] | frozenset[str]] = {}
    for name, words in tomllib.loads(source).items():
        found = tuple(words) if name == "surnames" else tuple(words.split())
        lists[name] = found if name in _SUFFIXES else frozenset(found)
    return Lexicon(**lists)  # type: ignore[arg-type]
