"""The bytes of an answer to text: by its byte order mark, its header, its own declaration, else UTF-8."""

from __future__ import annotations

import codecs
import re
from typing import Final

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CHARSET: Final = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE | re.ASCII)
_XML: Final = re.compile(rb"<\?xml[^>]{0,100}?\bencoding\s*=\s*[\"']([\w.:-]+)")
_META: Final = re.compile(rb"<meta[^>]{0,200}?\bcharset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_HEAD: Final = 2_048
# Web pages that call themselves Latin-1 are Windows-1252 (WHATWG Encoding Standard §4.2); ASCII is UTF-8 as well.
_MEANT: Final = {"iso8859-1": "cp1252", "ascii": "utf-8", "gb2312": "gb18030", "gbk": "gb18030"}
# Codecs of Python that are no encodings of text, or take time that grows too fast.
_NO_TEXT: Final = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "utf-7"})
# Encodings whose bytes look like ASCII, or like anything.
_SEVEN_BIT: Final = ("iso2022", "hz", "utf-16", "utf-32")
_BINARY: Final = re.compile(r"(?:image|audio|video|font)/|application/(?:pdf|zip|gzip|x-tar|epub\+zip|msword)\b")
_MAGIC: Final = (b"%PDF-", b"PK\x03\x04", b"\x1f\x8b", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"BZh", b"\xfd7zXZ")


def is_binary(data: bytes, content_type: str) -> bool:
    """Whether an answer cannot be text: by what its server or its first bytes say."""
    return bool(_BINARY.match(content_type.lower())) or data.startswith(_MAGIC)


def decode(data: bytes, content_type: str = "") -> tuple[str, int]:
    """The text, every line ended by a newline sign, and how many characters of it could not be told.

    Those, and NUL, which no document may hold, are U+FFFD in the text.
    """
    text, wrong = _decode(data, content_type)
    wrong += text.count("\0")
    return text.replace("\0", "\ufffd").replace("\r\n", "\n").replace("\r", "\n"), wrong


def _decode(data: bytes, content_type: str) -> tuple[str, int]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _replace(data.removeprefix(mark), encoding)
    encoding = _declared(data, content_type)
    if not encoding.startswith(_SEVEN_BIT):
        # Bytes that are UTF-8 by chance are as good as unknown; headers that tell of another encoding are not.
        try:
            return data.decode("utf-8"), 0
        except UnicodeDecodeError:
            pass
    return _replace(data, encoding)


def _replace(data: bytes, encoding: str) -> tuple[str, int]:
    text = data.decode(encoding, "replace")
    held = data.count("\ufffd".encode()) if encoding == "utf-8" else 0
    return text, max(0, text.count("\ufffd") - held)


def _declared(data: bytes, content_type: str) -> str:
    """What the header says, else the document itself, else UTF-8."""
    named = _CHARSET.search(content_type)
    own = _XML.search(data[:_HEAD]) or _META.search(data[:_HEAD])
    for name in (named and named[1], own and own[1].decode("ascii", "replace")):
        if known := _known(name or ""):
            return known
    return "utf-8"


def _known(name: str) -> str:
    """The name of a codec that Python has for text, or nothing."""
    try:
        found = codecs.lookup(name).name
        " ".encode(found)
    except (LookupError, ValueError, TypeError):
        return ""
    return "" if found in _NO_TEXT else _MEANT.get(found, found)
