"""Reading a user's glossary: CSV and TSV with a header, and TOML.

CSV/TSV: a header ``ko,en`` and optionally ``variants`` ("a|b") and ``kind`` (organization,
place, term). TOML: ``[terms]`` with ``"한빛재단" = "Hanbit Foundation"`` lines, or
``[[term]]`` tables with the same keys. Every mistake is a ``GlossaryError`` that names file
and line.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import cast, get_args

from models.anchors.glossary import normalize
from models.anchors.terms import Term, TermKind
from models.errors import GlossaryError

_KINDS = get_args(TermKind)
_COLUMNS = ("ko", "en", "variants", "kind")
_MAX_BYTES = 16 * 1024 * 1024
_TOML_LINE = re.compile(r"\(at line (\d+), column \d+\)|\(at end of document\)")


def read_glossary_file(path: Path) -> tuple[Term, ...]:
    """The terms of a glossary file; raises ``GlossaryError`` naming file and line."""
    readers = {".csv": _read_csv, ".tsv": _read_csv, ".toml": _read_toml}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise GlossaryError(
            f"{path}: a glossary is .csv, .tsv or .toml, not {path.suffix or 'bare'!r}"
        )
    return _without_conflicts(reader(path, _text(path)))


def user_term(ko: str, en: str, variants: str = "", kind: str = "term", *, where: str) -> Term:
    """One entry of a user's glossary, checked; ``where`` begins the error message."""
    ko, en = normalize(ko), normalize(en)
    for name, value in (("ko", ko), ("en", en)):
        if not value:
            raise GlossaryError(f"{where}: {name} is empty; give both the Korean and the English")
    if kind not in _KINDS:
        raise GlossaryError(f"{where}: kind {kind!r} is none of {', '.join(_KINDS)}")
    others = tuple(filter(None, map(normalize, variants.split("|"))))
    return Term(ko, en, others, cast(TermKind, kind), strict=True)


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise GlossaryError(f"{path}: can't be read: {error.strerror}") from error
    if len(data) > _MAX_BYTES:
        raise GlossaryError(f"{path}: {len(data)} bytes, over the limit of {_MAX_BYTES}; split it")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise GlossaryError(f"{path}, line {line}: not UTF-8; save the file as UTF-8") from error


def _read_csv(path: Path, text: str) -> Iterator[tuple[str, Term]]:
    delimiter = "\t" if path.suffix.lower() == ".tsv" else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        header = [name.strip().lower() for name in next(reader, [])]
        _check_header(path, header)
        for row in reader:
            where = f"{path}, line {reader.line_num}"
            if any(cell.strip() for cell in row):
                yield where, _row_term(row, header, where)
    except csv.Error as error:
        raise GlossaryError(f"{path}, line {reader.line_num}: {error}") from error


def _check_header(path: Path, header: list[str]) -> None:
    unknown = [name for name in header if name not in _COLUMNS]
    if header[:2] != ["ko", "en"] or unknown or len(set(header)) != len(header):
        raise GlossaryError(
            f"{path}, line 1: the header is {','.join(header)!r}; "
            "it must be ko,en with variants and kind after them if at all"
        )


def _row_term(row: list[str], header: list[str], where: str) -> Term:
    if len(row) != len(header):
        raise GlossaryError(
            f"{where}: {len(row)} columns where the header has {len(header)}; quote commas"
        )
    cells = dict(zip(header, row, strict=True))
    kind = cells.get("kind", "").strip() or "term"
    return user_term(cells["ko"], cells["en"], cells.get("variants", ""), kind, where=where)


def _read_toml(path: Path, text: str) -> Iterator[tuple[str, Term]]:
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _TOML_LINE.search(str(error))
        line = found[1] if found and found[1] else text.count("\n") + 1
        raise GlossaryError(f"{path}, line {line}: {error}") from error
    unknown = sorted(document.keys() - {"terms", "term"})
    if unknown:
        raise GlossaryError(
            f"{path}, line {_line_of(text, unknown[0])}: unknown key {unknown[0]!r}; "
            "use [terms] or [[term]]"
        )
    yield from _terms_table(path, text, document.get("terms", {}))
    yield from _term_tables(path, text, document.get("term", []))


def _terms_table(path: Path, text: str, table: object) -> Iterator[tuple[str, Term]]:
    if not isinstance(table, dict):
        raise GlossaryError(f"{path}, line {_line_of(text, 'terms')}: terms must be a table")
    for ko, en in table.items():
        where = f"{path}, line {_line_of(text, ko)}"
        if not isinstance(en, str):
            raise GlossaryError(f"{where}: the English of {ko!r} must be a string")
        yield where, user_term(ko, en, where=where)


def _term_tables(path: Path, text: str, tables: object) -> Iterator[tuple[str, Term]]:
    lines = [
        n for n, line in enumerate(text.splitlines(), 1) if line.strip().startswith("[[term]]")
    ]
    if not isinstance(tables, list) or len(lines) != len(tables):
        raise GlossaryError(f"{path}, line {_line_of(text, 'term')}: write each term as [[term]]")
    for line, table in zip(lines, tables, strict=True):
        where = f"{path}, line {line}"
        yield where, _toml_term(table, where)


def _toml_term(table: dict[str, object], where: str) -> Term:
    unknown = sorted(table.keys() - set(_COLUMNS))
    if unknown:
        raise GlossaryError(f"{where}: unknown key {unknown[0]!r}; known are {', '.join(_COLUMNS)}")
    variants = table.get("variants", [])
    if isinstance(variants, list):
        variants = "|".join(map(str, variants))
    cells = {name: table.get(name, "") for name in ("ko", "en")} | {
        "variants": variants,
        "kind": table.get("kind", "term"),
    }
    for name, value in cells.items():
        if not isinstance(value, str):
            raise GlossaryError(f"{where}: {name} must be a string, not {value!r}")
    return user_term(where=where, **cast(dict[str, str], cells))


def _line_of(text: str, key: str) -> int:
    for number, line in enumerate(text.splitlines(), start=1):
        if key in line:
            return number
    return 1


def _without_conflicts(rows: Iterator[tuple[str, Term]]) -> tuple[Term, ...]:
    kept: dict[str, Term] = {}
    for where, term in rows:
        known = kept.setdefault(term.ko, term)
        if known.en != term.en:
            raise GlossaryError(
                f"{where}: {term.ko!r} is {term.en!r} here and {known.en!r} before; keep one"
            )
    return tuple(kept.values())
