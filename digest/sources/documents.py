"""The door through which documents come in: files, folders, addresses and standard input, as text."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import BinaryIO, Final

from digest.model import HEAD_SIZE, Document, Problem, Span
from digest.sources.encodings import Encoding, UnknownEncodingError, clean_text, decode_pieces, tell_encoding

STANDARD_INPUT: Final = "-"
_ADDRESS: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_CHUNK: Final = 1 << 20

FetchDocument = Callable[[str], Document | Problem]


class FileDocument(Document):
    """A document that stays on the disk until a format asks for all of it."""

    def __init__(self, name: str, path: str, encoding: Encoding) -> None:
        """Nothing is read yet."""
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "_path", path)
        object.__setattr__(self, "_encoding", encoding)

    @cached_property
    def text(self) -> str:
        """All of it."""
        return "".join(self.pieces())

    @property
    def size(self) -> int:
        """How large the file is, in bytes."""
        return os.path.getsize(self._path)  # type: ignore[attr-defined] # set by __init__  # noqa: PTH202 - a plain path

    @cached_property
    def head(self) -> str:
        """The first characters."""
        pieces: list[str] = []
        for piece in self.pieces():
            pieces.append(piece)
            if sum(map(len, pieces)) >= HEAD_SIZE:
                break
        return "".join(pieces)[:HEAD_SIZE]

    def pieces(self) -> Iterator[str]:
        """The text from its start, read as it is asked for."""
        return decode_pieces(_chunks(self._path), self._encoding)  # type: ignore[attr-defined] # set by __init__


def read_documents(
    names: Iterable[str], stdin: BinaryIO, *, encoding: str = "", fetch: FetchDocument | None = None
) -> Iterator[Document | Problem]:
    """Files, folders (all regular files in them, sorted; hidden ones not), addresses and `-`; each once. DG302."""
    seen: set[str] = set()
    for name in names:
        found = 0
        for source in _sources(name):
            found += 1
            if isinstance(source, Problem):
                yield source
                continue
            address = _is_address(source)
            real = source if address or source == STANDARD_INPUT else os.path.realpath(source)
            if real in seen:
                continue
            seen.add(real)
            if address:
                yield fetch(source) if fetch else _refuse(source, "addresses cannot be read here", "download it first")
            elif source == STANDARD_INPUT:
                with _spooled(stdin) as path:
                    yield open_document(source, path, encoding)
            else:
                document = open_document(source, source, encoding)
                yield _within_folder(document) if source != name else document
        if not found:
            yield _refuse(name, "no file in this folder", "name a file or a folder of documents")


def open_document(name: str, path: str, encoding: str = "") -> Document | Problem:
    """A document of a file, if it is text of an encoding that is given or can be told; DG302."""
    try:
        told = tell_encoding(_chunks(path), encoding)
        document = FileDocument(name, path, told)
        if not any(piece.strip() for piece in document.pieces()):
            return _refuse(name, "the document is empty", "leave it out")
    except UnknownEncodingError as error:
        hint = "give the text of the document, saved as UTF-8"
        if "UTF-8" in str(error):
            hint = "name its encoding with --encoding, such as --encoding koi8-r, or save it as UTF-8"
        return Problem("error", "DG302", str(error), _place_of(name, path, error.offset), hint)
    except OSError as error:
        return _refuse(name, _reason(error), "check the permissions")
    return document


def explain_strays(document: Document) -> Problem | None:
    """A warning for a document in which bytes were read as Windows-1252, with the place of the first."""
    if not isinstance(document, FileDocument):
        return None
    path, encoding = document._path, document._encoding  # type: ignore[attr-defined] # its own door
    if encoding.stray is None:
        return None
    with Path(path).open("rb") as file:
        file.seek(encoding.stray)
        letter = file.read(1).decode("cp1252", "replace")
    number = "a byte is" if encoding.strays == 1 else f"{encoding.strays} bytes are"
    message = f'{number} not UTF-8, and read as Windows-1252, first "{letter}"'
    hint = "if the letters are wrong, name the encoding with --encoding"
    return Problem("warning", "DG302", message, _place_of(document.name, path, encoding.stray), hint)


def decode_document(name: str, data: bytes, encoding: str = "") -> Document | Problem:
    """A document of bytes that came another way; DG302."""
    try:
        told = tell_encoding(iter((data,)), encoding)
    except UnknownEncodingError as error:
        return _refuse(name, str(error), "name its encoding with --encoding")
    text = "".join(decode_pieces(iter((data,)), told))
    return Document(name, text) if text.strip() else _refuse(name, "the document is empty", "leave it out")


def text_document(name: str, text: str) -> Document:
    """A document of text that is decoded already."""
    return Document(name, clean_text(text.replace("\r\n", "\n").replace("\r", "\n")))


def _within_folder(document: Document | Problem) -> Document | Problem:
    """Pictures and the like lie beside documents in every folder: they are told of, and stop nothing."""
    if isinstance(document, Problem) and document.message == "not a text file":
        return Problem("note", document.code, "left out: not a text file", document.span, "nothing is to be done")
    return document


def _is_address(name: str) -> bool:
    return bool(_ADDRESS.match(name)) and not Path(name).exists()


def _sources(name: str) -> Iterator[str | Problem]:
    """The files behind a name, or why there is none."""
    if name == STANDARD_INPUT or _is_address(name):
        yield name
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


def _chunks(path: str) -> Iterator[bytes]:
    with Path(path).open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk


@contextlib.contextmanager
def _spooled(stdin: BinaryIO) -> Iterator[str]:
    """Standard input as a file, which can be gone through more than once."""
    with tempfile.NamedTemporaryFile(prefix="digest-") as file:
        shutil.copyfileobj(stdin, file)
        file.flush()
        yield file.name


def _place_of(name: str, path: str, offset: int) -> Span:
    """The line and column of a byte of a file."""
    line, before = 1, b""
    rest = offset
    for chunk in _chunks(path):
        part = chunk[:rest]
        line += part.count(b"\n")
        before = (before + part).rpartition(b"\n")[2][-1000:]
        rest -= len(part)
        if not rest:
            break
    return Span(name, line, len(before.decode("utf-8", "replace")) + 1)


def _reason(error: OSError | ValueError) -> str:
    return getattr(error, "strerror", None) or str(error)


def _refuse(name: str, message: str, hint: str) -> Problem:
    return Problem("error", "DG302", message, Span(name), hint)
