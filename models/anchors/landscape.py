"""Coasts, rivers, lakes, islands and lines whose names are shaped like people's: 서해안, 임진강.

Reads data/landscape.tsv. It must not know how people are found (introductions.py).
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Literal

Use = Literal["never", "near"]

# Words for a kind of landscape, which no given name is.
_KINDS = re.compile("(?:해안|연안|해협|강변|천변|유역|산맥|평야|도심|시내)$")


@cache
def _table() -> dict[str, Use]:
    text = (files(__package__) / "data" / "landscape.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines()[1:])
    return {ko: "near" if use == "near" else "never" for ko, _, use in rows}


def landscape(word: str) -> Use | None:
    """Whether ``word`` names a landscape: ``never`` a person, or one only ``near`` a title.

    None for every other word. 장성호 is a lake and may be a person, 임진강 only a river.
    """
    if _KINDS.search(word):
        return "never"
    return _table().get(word)
