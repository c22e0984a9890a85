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


def read_manifest(path: str) -> dict[str, str]:
    """Path → fingerprint of every file that digest wrote there; empty where there is no manifest that can be read.

    With a lost manifest nothing is ours any more: equal files are adopted again, others are in the way. The paths are
    those that somebody wrote there: whoever touches one asks first whether it `is_safe`.
    """
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):  # a pipe would hang
            return {}
        with open(path, "rb") as file:
            return parse_manifest(file.read())
    except (OSError, ValueError):
        return {}


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
    return f'{{\n"version": {VERSION},\n"files": {listed}\n}}\n'.encode()


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
    """Whether a text is a fingerprint as the manifest keeps it, 32 hex digits."""
    return len(text) == 32 and not text.strip("0123456789abcdef")
