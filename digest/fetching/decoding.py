"""The bytes of an answer to text: by its byte order mark, its header, its own declaration, else UTF-8."""

from __future__ import annotations

import re
from typing import Final

from digest.formats import charsets

_CHARSET: Final = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE | re.ASCII)
_XML: Final = re.compile(rb"<\?xml[^>]{0,100}?\bencoding\s*=\s*[\"']([\w.:-]+)")
_META: Final = re.compile(rb"<meta[^>]{0,200}?\bcharset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_HEAD: Final = 2_048
# Encodings whose bytes look like ASCII, or like anything.
_SEVEN_BIT: Final = ("iso2022", "hz", "utf-16", "utf-32")
_BINARY: Final = re.compile(r"(?:image|audio|video|font)/|application/(?:pdf|zip|gzip|x-tar|epub\+zip|msword)\b")


def is_binary(data: bytes, content_type: str) -> bool:
    """Whether an answer cannot be text: by what its server or its first bytes say."""
    return bool(_BINARY.match(content_type.lower())) or data.startswith(charsets.MAGIC)


def decode(data: bytes, content_type: str = "") -> tuple[str, int]:
    """The text, every line ended by a newline sign, and how many characters of it could not be told.

    Those, and NUL, which no document may hold, are U+FFFD in the text.
    """
    text, wrong = _decode(data, content_type)
    wrong += text.count("\0")
    return text.replace("\0", "\ufffd").replace("\r\n", "\n").replace("\r", "\n"), wrong


def _decode(data: bytes, content_type: str) -> tuple[str, int]:
    mark, encoding = charsets.find_mark(data)
    if mark:
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
        if known := charsets.find_codec(name or ""):
            return known
    return "utf-8"
