"""Bytes to text."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.fetching.decoding import decode, is_binary

TEXT = "Peñalba, naïve café — gemüse\n"


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        (TEXT.encode(), ""),
        (TEXT.encode(), "text/html; charset=utf-8"),
        (TEXT.encode(), "text/html; charset=ISO-8859-1"),
        (TEXT.encode("cp1252"), "text/html; charset=iso-8859-1"),
        (TEXT.encode("cp1252"), "text/html; charset='windows-1252'"),
        (codecs.BOM_UTF8 + TEXT.encode(), "text/html; charset=latin-1"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), ""),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "text/plain"),
        (codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"), ""),
        (TEXT.encode("utf-16-le"), "text/plain; charset=utf-16le"),
    ],
)
def test_an_encoding_is_told(data: bytes, content_type: str) -> None:
    assert decode(data, content_type) == (TEXT, 0)


@pytest.mark.parametrize(
    "head",
    [
        '<?xml version="1.0" encoding="windows-1252"?>',
        "<?xml version='1.0' encoding='windows-1252' standalone='yes'?>",
        '<meta charset="windows-1252">',
        '<META http-equiv="Content-Type" content="text/html; charset=windows-1252">',
    ],
)
def test_a_document_tells_its_own_encoding(head: str) -> None:
    assert decode((head + TEXT).encode("cp1252")) == (head + TEXT, 0)


@pytest.mark.parametrize("name", ["no-such", "hex", "idna", "unicode_escape", "utf-7", "", "\x00", "zlib"])
def test_names_that_are_no_encodings_of_text(name: str) -> None:
    assert decode(TEXT.encode(), f"text/html; charset={name}") == (TEXT, 0)


def test_japanese_in_seven_bits() -> None:
    assert decode("日本語".encode("iso2022_jp"), "text/html; charset=iso-2022-jp") == ("日本語", 0)


def test_what_is_no_character_is_counted() -> None:
    assert decode(b"a\xffb\xfe") == ("a\ufffdb\ufffd", 2)
    assert decode(b"a\xff" + "\ufffd".encode()) == ("a\ufffd\ufffd", 1)
    assert decode(b"a\0b") == ("a\ufffdb", 1)


def test_lines_end_alike() -> None:
    assert decode(b"a\r\nb\rc\n") == ("a\nb\nc\n", 0)


@pytest.mark.parametrize(
    ("data", "content_type", "binary"),
    [
        (b"%PDF-1.7", "", True),
        (b"PK\x03\x04", "text/html", True),
        (b"x", "application/pdf", True),
        (b"x", "image/png", True),
        (b"<svg/>", "application/xml", False),
        (b"{}", "application/json", False),
        (b"", "", False),
    ],
)
def test_what_cannot_be_text(data: bytes, content_type: str, binary: bool) -> None:
    assert is_binary(data, content_type) is binary


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200), st.sampled_from(["", "text/html; charset=utf-16", "x; charset=big5", "charset=cp932"]))
def test_any_bytes_are_some_text(data: bytes, content_type: str) -> None:
    text, wrong = decode(data, content_type)
    assert "\0" not in text
    assert "\r" not in text
    assert wrong >= 0
