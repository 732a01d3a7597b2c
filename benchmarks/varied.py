"""Many different pages from a few: the same articles with other figures in them.

``python -m benchmarks.varied PAGES.jsonl COUNT OUT.jsonl`` writes ``{"id", "text"}`` lines.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from models.anchors import find_anchors
from models.anchors.figure import Figure

Parts = list[tuple[str, bool]]
"""A page in stretches; True for a figure, whose digits may become others."""


def main() -> None:
    """Write the pages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", type=Path, help="JSONL with a field raw")
    parser.add_argument("count", type=int)
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    write_varied(arguments.pages, arguments.count, arguments.out)


def write_varied(source: Path, count: int, out: Path) -> None:
    """``count`` pages that differ in their figures, from the ``raw`` of the source's lines."""
    lines = source.read_text(encoding="utf-8").splitlines()
    pages = vary([json.loads(line)["raw"] for line in lines], count)
    with out.open("w", encoding="utf-8") as file:
        for number, text in enumerate(pages):
            file.write(json.dumps({"id": f"page-{number}", "text": text}, ensure_ascii=False))
            file.write("\n")


def vary(pages: Sequence[str], count: int, seed: int = 7) -> Iterator[str]:
    """``count`` pages, each source page in turn, no two alike; the same ones every time."""
    chance = random.Random(seed)
    parts = [_parts(page) for page in pages]
    if not all(any(figure for _, figure in page) for page in parts):
        raise ValueError("a page without a figure can't be varied")
    seen: set[str] = set()
    for number in range(count):
        page = parts[number % len(parts)]
        while (text := _other(page, chance)) in seen:
            pass
        seen.add(text)
        yield text


def _parts(page: str) -> Parts:
    parts: Parts = []
    at = 0
    for anchor in sorted(find_anchors(page), key=lambda anchor: anchor.start):
        if isinstance(anchor.value, Figure) and anchor.start >= at:
            parts += [(page[at : anchor.start], False), (anchor.text, True)]
            at = anchor.end
    return [*parts, (page[at:], False)]


def _other(page: Parts, chance: random.Random) -> str:
    """Zeros stay zeros, so that round numbers stay round."""

    def digit(match: re.Match[str]) -> str:
        return str(chance.randint(1, 9))

    return "".join(re.sub("[1-9]", digit, text) if figure else text for text, figure in page)


if __name__ == "__main__":
    main()
