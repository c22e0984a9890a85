"""What tells the encoding of a text by its bytes and by its name, as documents and servers give one."""

from __future__ import annotations

import codecs
from typing import Final

# Byte order marks, the longer ones first that begin as others do.
MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What begins so is no text.
MAGIC: Final = (
    b"%PDF-", b"PK\x03\x04", b"\x1f\x8b", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"BZh", b"\xfd7zXZ", b"\x7fELF",
    b"SQLite format 3",
)  # fmt: skip
# Web pages that call themselves Latin-1 are Windows-1252 (WHATWG Encoding Standard §4.2); ASCII is UTF-8 as well.
_MEANT: Final = {"iso8859-1": "cp1252", "ascii": "utf-8", "gb2312": "gb18030", "gbk": "gb18030"}
# Codecs of Python that are no encodings of text, or take time that grows too fast.
_NO_TEXT: Final = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "utf-7"})


def find_mark(data: bytes) -> tuple[bytes, str]:
    """The byte order mark that stands before a text, and the encoding that it tells; nothing, where there is none."""
    return next(((mark, name) for mark, name in MARKS if data.startswith(mark)), (b"", ""))


def find_codec(name: str) -> str:
    """The codec of Python for what a text calls its encoding, or nothing."""
    try:
        found = codecs.lookup(name).name
        " ".encode(found)
    except (LookupError, ValueError, TypeError):
        return ""
    return "" if found in _NO_TEXT else _MEANT.get(found, found)
