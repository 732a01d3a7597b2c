"""A user's glossary file: what it may hold, and the line each mistake is on."""

from pathlib import Path

import pytest

from models.anchors.glossary import Glossary
from models.errors import GlossaryError


def _write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", "ko,en\n한빛재단,Hanbit Foundation\n\n"),
        (
            "a.csv",
            "\ufeffko,en,variants,kind\r\n한빛재단,Hanbit Foundation,HF|Hanbit,organization\r\n",
        ),
        ("a.tsv", "ko\ten\n한빛재단\tHanbit Foundation\n"),
        ("a.toml", '[terms]\n"한빛재단" = "Hanbit Foundation"\n'),
        ("용어집.toml", '[[term]]\nko = "한빛재단"\nen = "Hanbit Foundation"\nvariants = ["HF"]\n'),
    ],
)
def test_every_format_is_read(tmp_path: Path, name: str, content: str) -> None:
    glossary = Glossary.load(_write(tmp_path, name, content))
    (anchor,) = glossary.find("한빛재단은")
    assert anchor.en == "Hanbit Foundation"


def test_decomposed_hangul_is_composed(tmp_path: Path) -> None:
    glossary = Glossary.load(_write(tmp_path, "a.csv", "ko,en\n한,Han\n"))
    assert glossary.get("한") is not None


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.csv", "가,A\n", "line 1: the header is"),
        ("a.csv", "", "line 1: the header is"),
        ("a.csv", "ko,en\n가,A\n나,B,C\n", "line 3: 3 columns where the header has 2"),
        ("a.csv", "ko,en\n가\n", "line 2: 1 columns"),
        ("a.csv", "ko,en\n,A\n", "line 2: ko is empty"),
        ("a.csv", "ko,en\n가, \n", "line 2: en is empty"),
        ("a.csv", "ko,en\n가,A\n\n가,B\n", "line 4: '가' is 'B' here and 'A' before"),
        ("a.csv", 'ko,en\n가,"A\n', "line 2: unexpected end of data"),
        ("a.csv", "ko,en,kind\n가,A,planet\n", "line 2: kind 'planet' is none of"),
        ("a.csv", "ko,en\n가,A\n".encode() + b"\xb0\xa1,B\n", "line 3: not UTF-8"),
        ("a.toml", '[terms]\n"가" = "A"\n"나" = \n', "line 3: "),
        ("a.toml", '[terms]\n"가" = 3\n', "line 2: the English of '가' must be a string"),
        ("a.toml", '[terms]\n"가" = ""\n', "line 2: en is empty"),
        ("a.toml", "x = 1\n", "line 1: unknown key 'x'"),
        ("a.toml", '[[term]]\nko = "가"\n', "line 1: en is empty"),
        (
            "a.toml",
            '[[term]]\nko = "가"\nen = "A"\n[[term]]\nko = "나"\nxx = 1\n',
            "line 4: unknown",
        ),
        ("a.toml", "terms = 1\n", "line 1: terms must be a table"),
        ("a.toml", "term = 1\n", "line 1: write each term as"),
        ("a.txt", "", "a glossary is .csv, .tsv or .toml"),
    ],
)
def test_a_mistake_names_file_and_line(
    tmp_path: Path, name: str, content: str | bytes, message: str
) -> None:
    path = _write(tmp_path, name, content)
    with pytest.raises(GlossaryError) as caught:
        Glossary.load(path)
    assert str(path) in str(caught.value)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_a_glossary_error(tmp_path: Path) -> None:
    with pytest.raises(GlossaryError, match="can't be read"):
        Glossary.load(tmp_path / "none.csv")


def test_the_same_entry_twice_is_no_mistake(tmp_path: Path) -> None:
    assert len(Glossary.load(_write(tmp_path, "a.csv", "ko,en\n가,A\n가,A\n"))) == 1
