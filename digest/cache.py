"""Remembering what was made from a value, within one process; it never changes what is made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

Made = TypeVar("Made")


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
