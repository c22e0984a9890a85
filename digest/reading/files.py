"""The files of content/, opened: only regular ones, and text that is text."""

from __future__ import annotations

import codecs
import errno
import os
import re
import stat
from collections.abc import Iterator
from hashlib import blake2b
from typing import Final

from digest.formats import characters, frontmatter
from digest.model import NamedTuple, Problem, Span, StaticFile
from digest.reading.scanning import STATIC, ScannedFile, unreadable

# A pipe that took the place of a file since it was scanned must not make us wait for somebody who writes.
_OPEN: Final = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_CHUNK: Final = 1 << 16  # more than nearly every entry has
_READ_BY_PLANNING: Final = frozenset({"/robots.txt"})
_BLANKS = str.maketrans({"\x0b": " ", "\x0c": " "})


class Source(NamedTuple):
    """The bytes of a file, and 16 that change with them and with its key."""

    raw: bytes
    fingerprint: bytes


class SourceText(NamedTuple):
    """The text of a file, clean, with one kind of line end."""

    text: str
    problems: tuple[Problem, ...] = ()


class MarkdownFile(NamedTuple):
    """A Markdown file taken apart, before anything is made of it; `shown` is its path under the site."""

    key: str
    shown: str
    text: str
    fingerprint: bytes
    document: frontmatter.SplitDocument

    def parse_front(self) -> tuple[frontmatter.MapNode, tuple[Problem, ...]]:
        """The keys and values of the front matter, and what is wrong with it."""
        front, first_line = self.document.front, self.document.front_line
        return frontmatter.parse_front_matter(front or "", self.shown, first_line, harmless=True)


def read_source(file: ScannedFile) -> Source | Problem:
    """What is in a Markdown file now, or DG109."""
    try:
        raw = _read_whole(file.path, file.stamp.size)
    except OSError as error:
        return unreadable(file.shown, error)
    return Source(raw, fingerprint_source(file.key, raw))


def fingerprint_source(key: str, raw: bytes) -> bytes:
    """16 bytes that change with a file and with its place."""
    return blake2b(key.encode() + b"\0" + raw, digest_size=16).digest()


def static_file(file: ScannedFile, fingerprint: bytes = b"") -> StaticFile | Problem:
    """A file of content/static/, not read into memory but what planning reads; DG109.

    Without its `fingerprint`, which one with the same stamp had, its bytes are asked.
    """
    url = file.key.removeprefix(STATIC[:-1])
    kept = url in _READ_BY_PLANNING
    data = b""
    try:
        if kept or not fingerprint:
            hasher = blake2b(digest_size=16)
            for chunk in _read_chunks(file.path):
                hasher.update(chunk)
                data += chunk if kept else b""
            fingerprint = hasher.digest()
    except OSError as error:
        return unreadable(file.shown, error)
    return StaticFile(url, data, file.path, fingerprint)


def read_text(file: ScannedFile) -> SourceText | Problem:
    """The text of the file; DG106 where it is not UTF-8, DG112 where control characters had to be replaced."""
    source = read_source(file)
    return source if isinstance(source, Problem) else decode_text(source.raw, file.shown)


def decode_text(raw: bytes, shown: str) -> SourceText | Problem:
    """The bytes of a file as text: one line end, no byte order mark, no control characters."""
    try:
        text = raw.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        return _explain_encoding(raw, error, shown)
    if characters.are_harmless(raw):  # nearly all: a hundredth of the time
        return SourceText(text)
    if b"\r" in raw:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if characters.is_harmless(text):
        return SourceText(text)
    text = text.translate(_BLANKS)
    controls = list(characters.FORBIDDEN.finditer(text))
    if not controls:
        return SourceText(text)
    first = controls[0]
    more = f" and {len(controls) - 1} more" if len(controls) > 1 else ""
    line, column = text.count("\n", 0, first.start()) + 1, first.start() - text.rfind("\n", 0, first.start())
    problem = Problem(
        "warning",
        "DG112",
        f"an invisible control character, U+{ord(first[0]):04X}{more}, shown as U+FFFD",
        Span(shown, line, column),
        "delete it, or write the character that was meant",
    )
    return SourceText(characters.FORBIDDEN.sub("\ufffd", text), (problem,))


def read_head(file: ScannedFile, size: int) -> bytes:
    """The first so many bytes of what lies there, or nothing: for a look that is followed by another."""
    try:
        descriptor = os.open(file.path, _OPEN)
        try:
            return os.read(descriptor, size)
        finally:
            os.close(descriptor)
    except OSError:
        return b""


def _read_whole(path: str, size: int) -> bytes:
    """The bytes of a regular file, at once where there are as many as when it was seen; 0 if nobody has seen it."""
    descriptor = os.open(path, _OPEN)
    try:
        raw = os.read(descriptor, size + 1) if size else b""
        if raw and len(raw) == size:  # nearly always: what else it may be need not be asked
            return raw
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "not a regular file", path)
        return b"".join((raw, *iter(lambda: os.read(descriptor, _CHUNK), b"")))
    finally:
        os.close(descriptor)


def _read_chunks(path: str) -> Iterator[bytes]:
    """The bytes of a regular file."""
    descriptor = os.open(path, _OPEN)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "not a regular file", path)
        while chunk := os.read(descriptor, _CHUNK):
            yield chunk
    finally:
        os.close(descriptor)


def _explain_encoding(raw: bytes, error: UnicodeDecodeError, shown: str) -> Problem:
    # A byte order mark is cut off before the decoder counts.
    start = error.start + (3 if raw.startswith(b"\xef\xbb\xbf") else 0)
    line_start = max(raw.rfind(b"\n", 0, start), raw.rfind(b"\r", 0, start)) + 1
    line = len(re.findall(rb"\r\n|\r|\n", raw[:line_start])) + 1
    column = len(raw[line_start:start].decode("utf-8-sig", "replace")) + 1
    guess = raw[start : start + 1].decode("cp1252", "replace")
    hint = "save the file as UTF-8"
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        hint += "; it is UTF-16 now"
    elif guess.isprintable() and guess != "\ufffd":
        hint += f"; if it is Windows-1252 now, the character here is {guess}"
    return Problem("error", "DG106", f"byte 0x{raw[start]:02X} is not UTF-8", Span(shown, line, column), hint)
