"""Bytes of every encoding Korean pages come in, and bytes that are no text."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import BinaryInputError, EmptyInputError, EncodingError, InputError
from models.reading import decode

KOREAN = "중기부는 13일 ‘지역 혁신’ 간담회를 열었다.\n"


@pytest.mark.parametrize(
    "data",
    [
        KOREAN.encode("utf-8"),
        codecs.BOM_UTF8 + KOREAN.encode("utf-8"),
        KOREAN.encode("cp949"),
        KOREAN.encode("utf-16"),
        codecs.BOM_UTF16_BE + KOREAN.encode("utf-16-be"),
        KOREAN.encode("utf-16-le"),
        KOREAN.encode("utf-16-be"),
        KOREAN.encode("utf-32"),
    ],
)
def test_every_encoding_of_korean_pages_is_decoded(data: bytes) -> None:
    assert decode(data) == KOREAN


@pytest.mark.parametrize("charset", ["euc-kr", "EUC-KR", "ks_c_5601-1987", "cp949", "utf-8"])
def test_a_declared_charset_does_not_mislead(charset: str) -> None:
    # "똠" and "햏" are in CP949 but not in EUC-KR, which such pages nevertheless declare.
    page = f'<html><head><meta charset="{charset}"></head><p>똠방각하는 햏자라고 한다.</p>'
    assert decode(page.encode("cp949")) == page


def test_a_declared_codec_that_is_no_text_encoding_is_ignored() -> None:
    page = '<meta charset="hex"><p>한글이다.</p>'
    assert decode(page.encode("cp949")) == page


@pytest.mark.parametrize("data", [b"", b" \n\t "])
def test_no_text_at_all(data: bytes) -> None:
    with pytest.raises(EmptyInputError, match="empty"):
        decode(data)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"PK\x03\x04\x14\x00", "ZIP"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "OLE"),
        (b"\x00\x01\x02\x03" * 20, "NUL"),
        (b"abc\x01\x02\x03\x04\x05\x06\x07\x08", "control"),
        (codecs.BOM_UTF16_LE + "a\x00b".encode("utf-16-le"), "NUL"),
    ],
)
def test_what_is_not_text_is_named(data: bytes, what: str) -> None:
    with pytest.raises(BinaryInputError, match=what):
        decode(data)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        ("한글".encode() + b"\xff\xff" + "이다.".encode(), "byte 6"),
        (codecs.BOM_UTF8 + b"\xb0\xa1", "byte order mark"),
    ],
)
def test_undecodable_bytes_name_their_place(data: bytes, what: str) -> None:
    with pytest.raises(EncodingError, match=what):
        decode(data)


@given(st.binary(max_size=400))
def test_random_bytes_give_text_or_an_input_error(data: bytes) -> None:
    try:
        text = decode(data)
    except InputError:
        return
    assert "\x00" not in text


@given(st.text(alphabet=st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=1))
def test_utf8_and_cp949_round_trip(text: str) -> None:
    assert decode(text.encode("utf-8")) == text
    # Two CP949 letters may be valid UTF-8 by accident; a sentence around them never is.
    page = f"한국어 문장이다. {text}"
    assert decode(page.encode("cp949")) == page
