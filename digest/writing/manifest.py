"""The list of files that digest wrote into an output folder, so that it never touches another's."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Collection, Mapping
from json.encoder import encode_basestring
from typing import Final

NAME: Final = ".digest-manifest.json"
VERSION: Final = 1
DEEPEST: Final = 200  # parts of a path
MARK: Final = 32  # hex digits of a fingerprint
_HEAD: Final = f'{{\n"version": {VERSION},\n"files": '.encode()
_OPEN: Final = b"{\n"
_NEXT: Final = b",\n"
_CLOSE: Final = b"\n}\n}\n"
_BEHIND: Final = MARK + len(': "",\n')  # bytes of a line that are not of its path


def read_manifest(path: str) -> dict[str, str]:
    """Path → fingerprint of every file that digest wrote there; empty where there is no manifest that can be read.

    With a lost manifest nothing is ours any more: equal files are adopted again, others are in the way. The paths are
    those that somebody wrote there: whoever touches one asks first whether it `is_safe`.
    """
    return parse_manifest(load_manifest(path))


def load_manifest(path: str) -> bytes:
    """What is written in a manifest; nothing where there is none that can be read."""
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):  # a pipe would hang
            return b""
        with open(path, "rb") as file:
            return file.read()
    except (OSError, ValueError):
        return b""


def parse_manifest(data: bytes) -> dict[str, str]:
    """What a manifest lists; nothing, if it is none."""
    try:
        content = json.loads(data)
        if content["version"] != VERSION:
            return {}
        files = content["files"]
        return {path: mark for path, mark in files.items() if type(mark) is str}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def manifest_bytes(files: Mapping[str, str]) -> bytes:
    """The manifest as it is written: the same files give the same bytes. Fingerprints are as `is_mark` has them."""
    # As json.dumps does it with indent=0, in a tenth of the time.
    lines = ",\n".join([f'{encode_basestring(path)}: "{files[path]}"' for path in sorted(files)])
    listed = f"{{\n{lines}\n}}" if lines else "{}"
    return _HEAD + f"{listed}\n}}\n".encode()


def renew_manifest(
    written: bytes, files: Mapping[str, str], gone: Collection[str] = ()
) -> tuple[bytes, dict[str, str]]:
    """A manifest with other fingerprints for some files, and without those that are `gone`; what it told of all these.

    One that is as `manifest_bytes` has it is renewed in place: to read and write it takes longer than a page.
    """
    if written.startswith(_HEAD + _OPEN) and written.endswith(_CLOSE):
        # Each line ends with a comma for now, which is that of the list where it is the last.
        lines = written[len(_HEAD + _OPEN) : -len(_CLOSE)] + _NEXT
        try:
            pieces, before = _renew_lines(lines, files, gone)
        except ValueError:
            pass  # somebody else wrote it
        else:
            listed = b"".join(pieces).removesuffix(_NEXT)
            return (_HEAD + _OPEN + listed + _CLOSE if listed else manifest_bytes({})), before
    ours = parse_manifest(written)
    before = {path: ours[path] for path in {**files, **dict.fromkeys(gone)} if path in ours}
    return manifest_bytes({path: mark for path, mark in {**ours, **files}.items() if path not in gone}), before


def _renew_lines(lines: bytes, files: Mapping[str, str], gone: Collection[str]) -> tuple[list[bytes], dict[str, str]]:
    """The lines in pieces, and what they told.

    Raises:
        ValueError: these are no lines of ours.
    """
    pieces: list[bytes] = []
    before: dict[str, str] = {}
    place = 0
    for path in sorted({*files, *gone}):
        start = _find_line(lines, path, place)
        pieces.append(lines[place:start])
        place = start
        if start < len(lines):
            end = lines.index(_NEXT, start) + len(_NEXT)
            if _path_of(lines[start:end]) == path:
                before[path] = lines[start:end][-_BEHIND:].decode()[3 : 3 + MARK]
                place = end
        if path not in gone:
            pieces.append(_line_of(path, files[path]))
    return [*pieces, lines[place:]], before


def _find_line(lines: bytes, path: str, low: int) -> int:
    """Where the line of a path begins, from one on, or where it would."""
    high = len(lines)
    while low < high:
        start = lines.rfind(b"\n", low, (low + high) // 2) + 1 or low
        end = lines.index(b"\n", start) + 1
        if _path_of(lines[start:end]) < path:
            low = end
        else:
            high = start
    return low


def _path_of(line: bytes) -> str:
    """The path that a line tells.

    Raises:
        ValueError: it is no line of ours.
    """
    told, mark = line[:-_BEHIND], line[-_BEHIND:].decode("ascii")[3 : 3 + MARK]
    path = json.loads(told) if told.startswith(b'"') else None
    if type(path) is not str or not is_mark(mark) or line != _line_of(path, mark):
        raise ValueError("not a line of a manifest")
    return path


def _line_of(path: str, mark: str) -> bytes:
    return f'{encode_basestring(path)}: "{mark}",\n'.encode()


def count_files(written: bytes) -> int:
    """How many files a manifest lists that was written here."""
    return written.count(b'": "')  # within a name, each `"` has a stroke before it


def is_safe(path: str) -> bool:
    """Whether a manifest or output path stays inside the folder, at a depth that can be walked."""
    parts = path.split("/")
    if not {"", ".", ".."}.isdisjoint(parts) or "\\" in path or "\0" in path or len(parts) > DEEPEST:
        return False
    try:
        return path.isascii() or bool(path.encode())
    except UnicodeEncodeError:
        return False


def is_reserved(path: str) -> bool:
    """Whether a path could be that of our own files in the output folder, on any system."""
    return path[:8].lower() == ".digest-"


def is_mark(text: str) -> bool:
    """Whether a text is a fingerprint as the manifest keeps it."""
    return len(text) == MARK and not text.strip("0123456789abcdef")
