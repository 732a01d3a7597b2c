"""Bytes → text: which encoding a Korean page is in, and whether it is text at all.

Knows nothing of what the text says, except for the charset an HTML page declares.
"""

from __future__ import annotations

import codecs
import re

from models.errors import BinaryInputError, EmptyInputError, EncodingError
from models.reading.characters import has_hangul

# First bytes of what people upload by mistake.
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"PK\x03\x04", "a ZIP archive (docx, hwpx, xlsx)"),
    (b"\xd0\xcf\x11\xe0", "an OLE document (hwp, doc, xls)"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"RIFF", "a media file"),
    (b"\x7fELF", "a program"),
)
_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its BOM starts with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})", re.IGNORECASE)
# Korean pages that declare any of these are CP949 in practice (a superset of EUC-KR).
_KOREAN_CHARSETS = {
    "euc-kr",
    "euckr",
    "ks_c_5601-1987",
    "ksc5601",
    "cp949",
    "ms949",
    "x-windows-949",
}
_MAX_CONTROL_SHARE = 0.01  # text has next to none; random bytes have about 0.1


def decode(data: bytes) -> str:
    """The text of a page's bytes: BOM, UTF-8, the HTML's charset, CP949/EUC-KR, UTF-16.

    Raises:
        EmptyInputError: no bytes at all.
        BinaryInputError: an image, a document, an archive, or NUL and control bytes.
        EncodingError: text, but in none of the encodings above.
    """
    if not data.strip():
        raise EmptyInputError(
            f"the input is empty ({len(data)} bytes): give the text of a news page"
        )
    _refuse_signature(data)
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strict(data, encoding)
    text = _by_trial(data)
    if text is None:
        raise _undecodable(data)
    return text


def _by_trial(data: bytes) -> str | None:
    wide = _utf16_without_bom(data)
    if wide is not None:
        return wide
    _refuse_control_bytes(data)
    for encoding in ("utf-8", *_declared(data), "cp949"):
        text = _try(data, encoding)
        if text is not None:
            return text
    return None


def _declared(data: bytes) -> tuple[str, ...]:
    found = _META_CHARSET.search(data[:4096])
    if found is None:
        return ()
    name = found[1].decode("ascii").lower()
    if name in _KOREAN_CHARSETS:
        return ("cp949",)
    try:
        codec = codecs.lookup(name)
    except LookupError:
        return ()
    # Only text encodings: "charset=hex" must not be taken at its word.
    return (codec.name,) if getattr(codec, "_is_text_encoding", True) else ()


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, UnicodeError):
        return None


def _strict(data: bytes, encoding: str) -> str:
    text = _try(data, encoding)
    if text is None:
        raise EncodingError(
            f"the byte order mark says {encoding}, but the {len(data)} bytes are not valid "
            f"{encoding}: save the page as UTF-8"
        )
    if "\x00" in text:
        raise BinaryInputError(f"NUL characters in {encoding} text: give text or HTML")
    return text


def _utf16_without_bom(data: bytes) -> str | None:
    """UTF-16 that lost its BOM: NUL bytes on one side only, and Hangul once decoded."""
    if len(data) % 2 or b"\x00" not in data:
        return None
    low, high = data[0::2].count(0), data[1::2].count(0)
    encoding = "utf-16-le" if high > low else "utf-16-be"
    text = _try(data, encoding)
    if text is None or "\x00" in text or not has_hangul(text):
        return None
    return text


def _refuse_signature(data: bytes) -> None:
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            raise BinaryInputError(f"the input is {kind}, not text: give the page as text or HTML")


def _refuse_control_bytes(data: bytes) -> None:
    nul = data.count(0)
    control = sum(data.count(byte) for byte in range(1, 32) if byte not in b"\t\n\v\f\r\x1b")
    if nul or control > max(2, len(data) * _MAX_CONTROL_SHARE):
        raise BinaryInputError(
            f"{nul} NUL and {control} control bytes in {len(data)} bytes: this is not text; "
            "give the page as text or HTML"
        )


def _undecodable(data: bytes) -> EncodingError:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return EncodingError(
            f"byte {error.start} (0x{data[error.start]:02x}) of {len(data)} is neither UTF-8 nor "
            "CP949/EUC-KR nor UTF-16: save the page as UTF-8"
        )
    raise AssertionError("utf-8 was tried before")  # pragma: no cover
