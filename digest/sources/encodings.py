"""The encoding of a document: what it says of itself, else UTF-8, else Western text with single stray bytes."""

from __future__ import annotations

import codecs
import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from digest.formats import characters, charsets

_NAME: Final = rb"""["']?(?P<name>[A-Za-z0-9][A-Za-z0-9._:-]{1,30})"""
_DECLARED: Final = (
    re.compile(rb"\A\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*" + _NAME),
    re.compile(rb"(?i)\A[^\0]{0,8000}?<meta[^>]{0,200}?charset\s*=\s*" + _NAME),
    re.compile(rb"(?i)\A(?:[^\n]*\n){0,3}?[%#/ *]*Encoding:\s*" + _NAME + rb"[ \t]*\r?\n"),
    re.compile(rb"\A(?:[^\n]*\n)?[^\n]*-\*-.{0,80}?coding:\s*" + _NAME),
    re.compile(rb"(?im)\A(?:[^\0]{0,30000}?\n)?Content-Type:\s*text/[^\n;]+;(?:\s|\n)*charset=" + _NAME),
)
# More stray bytes in a row than this are no accents of Western text.
_LONGEST_RUN: Final = 2
_STRAY_RUNS: Final = 0.05
_STRAY: Final = re.compile("[\udc80-\udcff]+")
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# Signs without width that editors leave at the ends of lines, where they are of no word.
_UNSEEN: Final = re.compile("(?<![\u200b\u2060\ufeff])[\u200b\u2060\ufeff]++(?=\n)|(?<=\n)[\u200b\u2060\ufeff]++")
_SEPARATORS: Final = str.maketrans({"\x85": "\n", "\u2028": "\n", "\u2029": "\n\n"})
_TOO_WIDE: Final = re.compile(r"(?<=[^\S\n])[^\S\n]{1000,}+")
HANDLER: Final = "digest-western"


@dataclass(frozen=True, slots=True)
class Encoding:
    """How to decode a document; `stray` is where the first byte that is not UTF-8 stands, counted from 0."""

    name: str
    errors: str = "strict"
    stray: int | None = None
    strays: int = 0


class UnknownEncodingError(Exception):
    """The bytes at `offset` are of no encoding that can be told."""

    def __init__(self, message: str, offset: int = 0) -> None:
        super().__init__(message)
        self.offset = offset


def tell_encoding(chunks: Iterable[bytes], given: str = "") -> Encoding:
    """The encoding of the bytes: the one that is `given`, else what a mark or a declaration says, else what fits.

    Raises:
        UnknownEncodingError: the bytes are no text, or of an encoding that cannot be told.
    """
    pieces = iter(chunks)
    head = next(pieces, b"")
    if head.startswith(charsets.MAGIC):
        raise UnknownEncodingError("not a text file")
    declared = given or charsets.find_mark(head)[1] or _by_declaration(head)
    if declared.startswith(("utf-16", "utf-32")):
        return Encoding(declared, "replace")
    if head.count(0) * 20 > len(head):
        if (unmarked := _by_zeros(head)) and not given:
            return Encoding(unmarked, "replace")
        raise UnknownEncodingError("not a text file", head.index(0))
    if given:
        return Encoding(given, "replace")
    try:
        found = _check_utf8(head, pieces)
    except UnknownEncodingError:
        if not declared or declared == "utf-8":
            raise
        return Encoding(declared, "replace")
    # What is UTF-8 throughout is no other encoding by chance, whatever it says of itself.
    return found if found.stray is None or not declared or declared == "utf-8" else Encoding(declared, "replace")


def decode_pieces(chunks: Iterable[bytes], encoding: Encoding) -> Iterator[str]:
    """The text in pieces: every line ended alike, no byte order mark, control characters shown as U+FFFD."""
    decoder = codecs.getincrementaldecoder(encoding.name)(encoding.errors)
    newlines = _NewlineDecoder()
    first = True
    for chunk in chunks:
        text = newlines.decode(decoder.decode(chunk))
        if first and text:
            text, first = text.removeprefix("\ufeff"), False
        yield clean_text(text)
    yield clean_text(newlines.decode(decoder.decode(b"", final=True), final=True))


def clean_text(text: str) -> str:
    """Control characters, which no file of the site may hold, shown as U+FFFD; page breaks are blanks.

    No layout has so many blanks in a row as are cut here, and no pattern shall look at each of a million of them.
    """
    text = _TOO_WIDE.sub("", text)
    if text.isascii() and not _CONTROL.search(text):  # nearly all: a tenth of the time
        return text
    text = _UNSEEN.sub("", text)
    return characters.NO_CHARACTERS.sub("\ufffd", text.replace("\x0b", " ").replace("\x0c", " "))


def _one_newline(text: str) -> str:
    return text.replace("\r\r\n", "\n").replace("\r\n", "\n").replace("\r", "\n")


class _NewlineDecoder:
    r"""`\r\n`, `\r` and the `\r\r\n` that programs make of one as `\n`, also where a piece ends within.

    Unicode's own line ends are such where a document has no others; within a line they are signs of its text.
    """

    def __init__(self) -> None:
        self._held = ""
        self._separated: bool | None = None

    def decode(self, text: str, *, final: bool = False) -> str:
        text = self._held + text
        bare = text if final else text.rstrip("\r")
        self._held = text[len(bare) :]
        bare = _one_newline(bare) if "\r" in bare else bare
        if self._separated is None and bare:
            data = bare.lstrip("\ufeff \t")[:1] in {"{", "[", "<"}
            self._separated = "\n" not in bare and not data and not _SEPARATORS.keys().isdisjoint(map(ord, set(bare)))
        return bare.translate(_SEPARATORS) if self._separated else bare


def _by_zeros(head: bytes) -> str:
    """UTF-16 without a mark: every other byte of Western text is zero."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if len(head) < 8 or max(even, odd) * 3 < len(head) or min(even, odd) * 20 > max(even, odd):
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"


def _by_declaration(head: bytes) -> str:
    for pattern in _DECLARED:
        if found := pattern.match(head):
            codec = charsets.find_codec(found["name"].decode("ascii"))
            # What says UTF-16 here is read as bytes of ASCII, and so is none.
            if codec and not codec.startswith(("utf-16", "utf-32")):
                return codec
    return ""


def _check_utf8(head: bytes, pieces: Iterator[bytes]) -> Encoding:
    """UTF-8, with single bytes of Windows-1252 where somebody has mixed the two."""
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    stray: int | None = None
    strays = runs = long_runs = done = 0
    for chunk in itertools.chain((head,), pieces, (b"",)):
        begun = len(decoder.getstate()[0])  # of a character that began in the chunk before
        text = decoder.decode(chunk, final=not chunk)
        for found in _STRAY.finditer(text):
            if stray is None:
                stray = done - begun + len(text[: found.start()].encode())
            strays += len(found[0])
            runs += 1
            long_runs += len(found[0]) > _LONGEST_RUN
        done += len(chunk)
    if stray is None:
        return Encoding("utf-8")
    if long_runs > _STRAY_RUNS * runs:
        raise UnknownEncodingError("not UTF-8, and no encoding is named", stray)
    return Encoding("utf-8", HANDLER, stray, strays)


def _read_western(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(HANDLER, _read_western)
