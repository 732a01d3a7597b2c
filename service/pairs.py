"""Korean–English pairs as people keep them: ``ko TAB en`` lines, or JSONL ``{"ko", "en"}``.

Reads lines and nothing else; checking them is ``models.checks``' business. A line that can't be
read is an error in its place, so that the others go on.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from models.errors import RecordError

_HEADER = ("ko", "en")


@dataclass(frozen=True, slots=True)
class Pair:
    """One pair; ``line`` counts from 1."""

    line: int
    ko: str
    en: str


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that holds no pair, and why."""

    line: int
    error: RecordError


def read_pairs(lines: Iterable[str], name: str = "-") -> Iterator[Pair | BadLine]:
    """Yield the pair or the error of every line but empty ones and a ``ko TAB en`` header.

    ``name`` is what errors call the file. The two shapes may be mixed.
    """
    for number, raw in enumerate(lines, start=1):
        line = raw.strip("\ufeff\r\n")
        if not line.strip() or (number == 1 and tuple(line.split("\t")) == _HEADER):
            continue
        try:
            ko, en = _from_json(line) if line.lstrip().startswith("{") else _from_tabs(line)
        except ValueError as problem:
            yield BadLine(number, RecordError(f"{name}, line {number}: {problem}"))
        else:
            yield Pair(number, ko, en)


def _from_tabs(line: str) -> tuple[str, str]:
    columns = line.split("\t")
    if len(columns) != 2:
        raise ValueError(
            f"{len(columns)} columns, expected 2: write Korean, one tab, English (or JSONL)"
        )
    return _with_korean(columns[0], columns[1])


def _from_json(line: str) -> tuple[str, str]:
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f'not valid JSON ({error.msg}): write {{"ko": "…", "en": "…"}}') from error
    except RecursionError as error:
        raise ValueError("JSON nested too deep: write one flat object a line") from error
    ko, en = (record.get(key) for key in _HEADER)
    if not isinstance(ko, str) or not isinstance(en, str):
        raise ValueError('"ko" and "en" must both be there and be strings')
    return _with_korean(ko, en)


def _with_korean(ko: str, en: str) -> tuple[str, str]:
    if not ko.strip():
        raise ValueError("the Korean is empty: remove the line or fill it in")
    return ko.strip(), en.strip()
