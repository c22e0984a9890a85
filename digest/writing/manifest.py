"""The list of files that digest wrote into an output folder, so that it never touches another's."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path

NAME = ".digest-manifest.json"
VERSION = 1


def fingerprint(data: bytes) -> str:
    """The fingerprint of a file as the manifest keeps it, 32 hex digits."""
    return blake2b(data, digest_size=16).hexdigest()


def read_manifest(folder: Path) -> dict[str, str]:
    """Path → fingerprint of every file that digest wrote there; empty where there is no manifest that can be read.

    With a lost manifest nothing is ours any more: equal files are adopted again, others are in the way.
    """
    if not (folder / NAME).is_file():  # a pipe would hang
        return {}
    try:
        content = json.loads((folder / NAME).read_text(encoding="utf-8"))
        files = content["files"] if content["version"] == VERSION else {}
        return {str(path): str(mark) for path, mark in files.items() if is_safe(str(path))}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def manifest_bytes(files: Mapping[str, str]) -> bytes:
    """The manifest as it is written: the same files give the same bytes."""
    content = {"version": VERSION, "files": dict(sorted(files.items()))}
    return (json.dumps(content, indent=0, ensure_ascii=False) + "\n").encode()


def is_safe(path: str) -> bool:
    """Whether a manifest or output path stays inside the folder."""
    parts = path.split("/")
    return bool(path) and not path.startswith("/") and "\\" not in path and not {"", ".", ".."} & set(parts)
