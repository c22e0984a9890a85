"""The files of a site, as they lie on the disk: only regular ones, only within the site, only text that is text."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Final

from digest.formats import characters, frontmatter
from digest.model import Problem, Span

# Hidden files stay at home, but these are asked for by hosts.
NOT_HIDDEN: Final = frozenset({".well-known", ".nojekyll"})

_PRINTABLE = bytes([9, 10, 13, *range(32, 127)])
_BLANKS = str.maketrans({"\x0b": " ", "\x0c": " "})


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A regular file; `key` is its path under the folder that was walked, `shown` under the site, both with `/`."""

    path: Path
    key: str
    shown: str


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text of a file, clean, with one kind of line end; `raw` is what is on the disk."""

    text: str
    raw: bytes
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class MarkdownFile:
    """A Markdown file taken apart, before anything is made of it."""

    file: FoundFile
    text: str
    raw: bytes
    document: frontmatter.SplitDocument

    @property
    def fingerprint(self) -> bytes:
        """16 bytes that change with the file and with its place."""
        return blake2b(self.file.key.encode() + b"\0" + self.raw, digest_size=16).digest()


def walk_folder(folder: Path, site: Path) -> tuple[tuple[FoundFile, ...], tuple[Problem, ...]]:
    """Every file below `folder`, by key, hidden ones left out; DG109 for what is no file or leaves the site."""
    problems: list[Problem] = []
    if leaves_site(folder, site):
        shown = folder.relative_to(site).as_posix()
        return (), (_refuse(shown, "a link that leaves the site", "copy the folder here instead"),)
    found = _walk(folder, "", folder.relative_to(site).as_posix(), _bounds_of(folder, site), problems)
    return tuple(sorted(found, key=lambda file: file.key)), tuple(problems)


def leaves_site(path: Path, site: Path) -> bool:
    """Whether a path, all links followed, lies outside the site."""
    return not path.resolve().is_relative_to(site.resolve())


def find_file(path: Path, site: Path) -> FoundFile | Problem:
    """One file of the site, if it is a regular file and within the site; else DG109."""
    shown = path.relative_to(site).as_posix()
    fault = _fault_of_path(path, shown, _bounds_of(path.parent, site))
    if fault is None and not path.is_file():
        fault = _refuse(shown, "not a file", "put a file there")
    return fault or FoundFile(path, path.name, shown)


def read_bytes(file: FoundFile) -> tuple[bytes, tuple[Problem, ...]]:
    """What is in the file, or DG109."""
    try:
        return file.path.read_bytes(), ()
    except OSError as error:
        return b"", (_refuse(file.shown, f"the file cannot be read: {error.strerror}", "make it readable"),)


def read_text(file: FoundFile) -> SourceText | Problem:
    """The text of the file; DG106 where it is not UTF-8, DG112 where control characters had to be replaced."""
    raw, problems = read_bytes(file)
    return problems[0] if problems else decode_text(raw, file.shown)


def decode_text(raw: bytes, shown: str) -> SourceText | Problem:
    """The bytes of a file as text: one line end, no byte order mark, no control characters."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _explain_encoding(raw, error, shown)
    if b"\r" in raw:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii() and not raw.translate(None, _PRINTABLE):  # nearly all: a tenth of the time
        return SourceText(text, raw)
    text = text.translate(_BLANKS)
    controls = list(characters.FORBIDDEN.finditer(text))
    if not controls:
        return SourceText(text, raw)
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
    return SourceText(characters.FORBIDDEN.sub("\ufffd", text), raw, (problem,))


@dataclass(frozen=True, slots=True)
class _Bounds:
    """The folder that links must not leave, and the folders on the way here, to which none may lead back."""

    site: Path
    here: Path
    above: frozenset[Path]

    def enter(self, folder: Path) -> _Bounds:
        """One folder deeper; `folder` is where it really is."""
        return _Bounds(self.site, folder, self.above | {folder})


def _bounds_of(folder: Path, site: Path) -> _Bounds:
    real = folder.resolve()
    return _Bounds(site.resolve(), real, frozenset({real}))


def _walk(folder: Path, prefix: str, shown: str, bounds: _Bounds, problems: list[Problem]) -> Iterator[FoundFile]:
    try:
        with os.scandir(folder) as scan:
            entries = sorted(scan, key=lambda entry: entry.name)
    except OSError as error:
        problems.append(_refuse(shown, f"the folder cannot be read: {error.strerror}", "make it readable"))
        return
    for entry in entries:
        if entry.name.startswith(".") and entry.name not in NOT_HIDDEN:
            continue
        path, place = Path(entry.path), f"{shown}/{entry.name}"
        plain = entry.name.isascii() and entry.is_file(follow_symlinks=False)  # nearly all: asks the disk nothing
        if not plain and (fault := _fault_of_path(path, place, bounds)):
            problems.append(fault)
        elif not plain and path.is_dir():
            real = path.resolve() if entry.is_symlink() else bounds.here / entry.name
            yield from _walk(path, f"{prefix}{entry.name}/", place, bounds.enter(real), problems)
        else:
            yield FoundFile(path, f"{prefix}{entry.name}", place)


def _fault_of_path(path: Path, shown: str, bounds: _Bounds) -> Problem | None:
    """Why what is there may not be opened, if so."""
    try:
        path.name.encode()
    except UnicodeEncodeError:
        name = os.fsencode(shown).decode("utf-8", "backslashreplace")
        return _refuse(name, "the name of the file is not UTF-8", "rename it")
    try:
        if path.is_symlink():
            target = path.resolve(strict=True)
            if not target.is_relative_to(bounds.site):
                return _refuse(shown, "a link that leaves the site", "copy the file here instead")
            if target in bounds.above or bounds.here.is_relative_to(target):
                return _refuse(shown, "a link that leads back to itself", "delete it")
        mode = path.stat().st_mode
    except (OSError, RuntimeError):  # RuntimeError: a circle of links, before Python 3.13
        return _refuse(shown, "a link that leads nowhere", "delete it, or mend what it leads to")
    if stat.S_ISREG(mode) or stat.S_ISDIR(mode):
        return None
    return _refuse(shown, "neither a file nor a folder", "move the pipe, socket or device out of content/")


def _refuse(shown: str, message: str, hint: str) -> Problem:
    return Problem("error", "DG109", message, Span(shown), hint)


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
