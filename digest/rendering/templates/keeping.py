"""Compiled templates, kept for the next run in a folder of the user's own.

They are code, and run as such: so they are never kept in the folder of a site, which may come from anybody, and are
read only from files that nobody else could have written. Where such a folder cannot be had, each run compiles anew.
"""

from __future__ import annotations

import marshal
import os
import stat
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from tempfile import mkstemp
from typing import Final

import jinja2

from digest import __version__
from digest.model import Catalogue, ThemeFilter
from digest.rendering.templates.shelves import Shelves

_ENDING: Final = ".templates"
_MOST: Final = 16  # files that are kept, a theme in a language each
_SIZE: Final = 16  # of a fingerprint

Codes = dict[str, bytes]  # templates by name, each a marshalled code object


def recall_codes(key: str) -> Codes | None:
    """What was kept under a key, if it is whole and the user's own."""
    folder = _find_folder()
    if folder is None:
        return None
    try:
        descriptor = os.open(folder / f"{key}{_ENDING}", os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
        with os.fdopen(descriptor, "rb") as file:
            if not _is_own(os.fstat(descriptor), stat.S_ISREG):
                return None
            data = file.read()
        codes = marshal.loads(data[_SIZE:]) if data[:_SIZE] == _fingerprint(data[_SIZE:]) else None  # noqa: S302 - it is the user's own
    except (OSError, ValueError, EOFError, TypeError):
        return None
    return codes if isinstance(codes, dict) else None


def keep_codes(key: str, codes: Codes) -> None:
    """Keep them for the next run, if that can be done; the oldest of many are let go."""
    data = marshal.dumps(codes)
    with suppress(OSError):
        if folder := _find_folder(make=True):
            descriptor, path = mkstemp(dir=folder)  # which nobody else may read or write
            with os.fdopen(descriptor, "wb") as file:
                file.write(_fingerprint(data) + data)
            Path(path).replace(folder / f"{key}{_ENDING}")
            kept = sorted(folder.glob(f"*{_ENDING}"), key=lambda path: path.stat().st_mtime, reverse=True)
            for old in kept[_MOST:]:
                old.unlink()


def key_of(shelves: Shelves, words: Catalogue, filters: tuple[ThemeFilter, ...] = ()) -> str:
    """A name that differs where the code could: by templates and where they lie, words, and what compiles them."""
    parts = [__version__, sys.version, sys.implementation.cache_tag or "", words.language, words.plural]
    parts += (each.origin for each in filters)  # what they make of a text in a template is compiled into it
    for row in shelves.rows:
        parts += (
            row.folder,
            str(len(row.templates)),
            *(text for pair in sorted(row.templates.items()) for text in pair),
        )
    parts += (text for english, forms in words.messages.items() for text in (english, *forms, ""))
    for module in (jinja2.__file__, __file__):
        for path in sorted(Path(module).parent.glob("*.py")):
            found = path.stat()
            parts += (str(path), str(found.st_size), str(found.st_mtime_ns))
    return _fingerprint("".join(f"{len(part)}:{part}" for part in parts).encode("utf-8", "surrogatepass")).hex()


def _fingerprint(data: bytes) -> bytes:
    return blake2b(data, digest_size=_SIZE).digest()


def _find_folder(*, make: bool = False) -> Path | None:
    """The folder of this user, if there is one that nobody else may write to."""
    root = _cache_root(os.environ)
    if root is None:
        return None
    folder = root / "research-digest"
    try:
        for each in (folder, folder / "templates"):
            if make:
                each.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not _is_own(each.lstat(), stat.S_ISDIR):
                return None
    except OSError:
        return None
    return folder / "templates"


def _cache_root(environment: Mapping[str, str]) -> Path | None:
    """Where programs of this user keep what can be made again."""
    told = environment.get("LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME", "")
    if told and Path(told).is_absolute():
        return Path(told)
    try:
        home = Path.home()
    except RuntimeError:
        return None
    return home / ("Library/Caches" if sys.platform == "darwin" else ".cache")


def _is_own(found: os.stat_result, is_kind: Callable[[int], bool]) -> bool:
    """Whether it is of a kind, belongs to this user, and nobody else may write to it."""
    if not is_kind(found.st_mode):
        return False
    return sys.platform == "win32" or (found.st_uid == os.geteuid() and not found.st_mode & 0o022)
