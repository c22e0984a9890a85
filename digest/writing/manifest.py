"""The list of files that digest wrote into an output folder, so that it never touches another's."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Mapping
from json.encoder import encode_basestring
from typing import Final

NAME: Final = ".digest-manifest.json"
VERSION: Final = 1
DEEPEST: Final = 200  # parts of a path
MARK: Final = 32  # hex digits of a fingerprint
_HEAD: Final = f'{{\n"version": {VERSION},\n"files": '.encode()


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


def renew_manifest(written: bytes, files: Mapping[str, str]) -> tuple[bytes, dict[str, str]]:
    """A manifest with other fingerprints for some of its files, and those that they had, if it listed them.

    One that is as `manifest_bytes` has it is renewed in place: to read and write it takes longer than a page.
    """
    renewed, before, end = bytearray(written), dict[str, str](), 0
    for path in sorted(files):
        line = f'\n{encode_basestring(path)}: "'.encode()
        start = written.find(line, end)
        end = start + len(line) + MARK
        was = written[end - MARK : end].decode("ascii", "replace")
        if start < len(_HEAD) or not is_mark(was) or not written.startswith(_HEAD):
            ours = parse_manifest(written)
            return manifest_bytes({**ours, **files}), {path: ours[path] for path in files if path in ours}
        renewed[end - MARK : end] = files[path].encode()
        before[path] = was
    return bytes(renewed), before


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
