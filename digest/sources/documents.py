"""The door through which documents come in: files, folders and standard input, as text."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from digest.model import Document, Problem, Span

STANDARD_INPUT: Final = "-"
_ADDRESS: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Documents:
    """The inputs that could be read, in order, and what was wrong with the others."""

    documents: tuple[Document, ...]
    problems: tuple[Problem, ...] = ()


def read_documents(names: Iterable[str], stdin: BinaryIO) -> Documents:
    """Read files, folders (all regular files in them, sorted; hidden ones not) and `-`; each file once. DG302."""
    documents: list[Document] = []
    problems: list[Problem] = []
    seen: set[str] = set()
    for name in names:
        found = 0
        for source in _sources(name):
            found += 1
            if isinstance(source, Problem):
                problems.append(source)
                continue
            real = source if source == STANDARD_INPUT else os.path.realpath(source)
            if real in seen:
                continue
            seen.add(real)
            read = _read(source, stdin)
            if isinstance(read, Problem):
                problems.append(read)
            else:
                documents.append(read)
        if not found:
            problems.append(_refuse(name, "no file in this folder", "name a file or a folder of documents"))
    return Documents(tuple(documents), tuple(problems))


def decode_document(name: str, data: bytes) -> Document | Problem:
    """A document of UTF-8 bytes, without its byte order mark, every line ended alike; DG302 at the first wrong byte."""
    if data.startswith(_UTF16_MARKS):
        return _refuse(name, "the file is UTF-16 text", "save it as UTF-8")
    if b"\0" in data:
        return _refuse(name, "not a text file", "give the text of the document, saved as UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The offset counts from behind the mark where there is one.
        data = data.removeprefix(b"\xef\xbb\xbf")
        line = data.count(b"\n", 0, error.start) + 1
        start = data.rfind(b"\n", 0, error.start) + 1
        column = len(data[start : error.start].decode("utf-8", "replace")) + 1
        message = f"not UTF-8: byte 0x{error.object[error.start]:02X} does not belong there"
        hint = "save the file as UTF-8; in an older encoding the accents and quotes would come out wrong"
        return Problem("error", "DG302", message, Span(name, line, column), hint)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        return _refuse(name, "the document is empty", "leave it out")
    return Document(name, text)


def _sources(name: str) -> Iterator[str | Problem]:
    """The files behind a name, or why there is none."""
    if name == STANDARD_INPUT:
        yield name
        return
    if _ADDRESS.match(name):
        hint = "download it and import the file"
        yield _refuse(name, "addresses cannot be imported yet", hint)
        return
    try:
        mode = Path(name).stat().st_mode
    except (OSError, ValueError) as error:
        yield _refuse(name, _reason(error), "check the name")
        return
    if stat.S_ISDIR(mode):
        yield from _files(name)
    elif stat.S_ISREG(mode):
        yield name
    else:
        yield _refuse(name, "neither a file nor a folder", "give the document as a file, or as - on standard input")


def _files(folder: str) -> Iterator[str | Problem]:
    """All regular files in a folder and in those below it, sorted; links to folders are not followed."""
    unreadable: list[OSError] = []
    for parent, folders, files in os.walk(folder, onerror=unreadable.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(parent, name)
            if not name.startswith(".") and path.is_file():
                yield str(path)
    for error in unreadable:
        yield _refuse(str(error.filename), _reason(error), "check the permissions")


def _read(name: str, stdin: BinaryIO) -> Document | Problem:
    try:
        data = stdin.read() if name == STANDARD_INPUT else Path(name).read_bytes()
    except OSError as error:
        return _refuse(name, _reason(error), "check the permissions")
    return decode_document(name, data)


def _reason(error: OSError | ValueError) -> str:
    return getattr(error, "strerror", None) or str(error)


def _refuse(name: str, message: str, hint: str) -> Problem:
    return Problem("error", "DG302", message, Span(name), hint)
