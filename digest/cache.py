"""Remembering what was made from a value, within one process or on the disk; it never changes what is made."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final, Protocol, TypeVar

Made = TypeVar("Made")
_NAME: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\.[a-z]+")


class Remember(Protocol):
    """What keeps a value under a key for the next who asks."""

    def __call__(self, key: bytes, make: Callable[[], Made], /) -> Made:
        """What `make` gives, now or before; `make` must be pure."""


def forget(_key: bytes, make: Callable[[], Made]) -> Made:
    """Remember nothing: what a single build uses."""
    return make()


class Memory:
    """Keeps what the last two builds made, by fingerprint; what a build no longer asks for is dropped."""

    def __init__(self) -> None:
        self._last: dict[bytes, Any] = {}
        self._now: dict[bytes, Any] = {}

    def remember(self, key: bytes, make: Callable[[], Made]) -> Made:
        """What `make` gave for this key before, else what it gives now. `make` must be pure."""
        if key not in self._now:
            self._now[key] = self._last[key] if key in self._last else make()
        made: Made = self._now[key]
        return made

    def turn(self) -> None:
        """Begin a new build."""
        self._last, self._now = self._now or self._last, {}


class Shelf:
    """Keeps files that are costly to make on the disk, in a folder that may be deleted any time.

    A place on the shelf holds named bytes under the fingerprint of what they are made from. What is damaged, or not
    ours, is made anew; what cannot be kept is not. Nothing on it is ever executed or trusted with a path.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._asked: dict[str, set[str]] = {}
        self._fuller: set[str] = set()

    def keep(self, place: str, key: bytes, make: Callable[[], Mapping[str, bytes]]) -> Mapping[str, bytes]:
        """What `make` gives, now or in an earlier build; `make` must be pure, its names simple (`terms-12.json`)."""
        name = f"{key.hex()}.kept"
        self._asked.setdefault(place, set()).add(name)
        path = self._folder / place / name
        with suppress(OSError):
            kept = _unpack(path.read_bytes())
            if kept is not None:
                return kept
        made = make()
        self._fuller.add(place)
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            new = path.with_suffix(f".{os.getpid()}.new")
            new.write_bytes(_pack(made))
            new.replace(path)
        return made

    def clear(self) -> None:
        """Drop what this build did not ask for, but as much as it did: the last is kept for other ways to build."""
        for place in self._fuller:
            asked = self._asked[place]
            with suppress(OSError):
                others = [path for path in (self._folder / place).iterdir() if path.name not in asked]
                others.sort(key=lambda path: path.stat().st_mtime_ns, reverse=True)
                for path in others[len(asked) + 1 :]:
                    path.unlink()
        self._fuller.clear()


def _pack(parts: Mapping[str, bytes]) -> bytes:
    head = json.dumps({name: len(data) for name, data in parts.items()}).encode()
    body = b"\n".join((head, b"".join(parts.values())))
    return blake2b(body, digest_size=16).digest() + body


def _unpack(data: bytes) -> dict[str, bytes] | None:
    mark, body = data[:16], data[16:]
    if blake2b(body, digest_size=16).digest() != mark:
        return None
    head, _, rest = body.partition(b"\n")
    parts = {}
    place = 0
    for name, length in json.loads(head).items():
        if not _NAME.fullmatch(name):
            return None
        parts[name] = rest[place : place + length]
        place += length
    return parts
