"""What was made a short while ago, in bounded memory."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Generic, TypeVar

Made = TypeVar("Made")


class Recent(Generic[Made]):
    """The last that were made, by a key; at least `most` of them, and at most twice as many."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._young: dict[Hashable, Made] = {}
        self._old: dict[Hashable, Made] = {}

    def find(self, key: Hashable) -> Made | None:
        """What was kept under a key, if it still is."""
        found = self._young.get(key)
        if found is None and (found := self._old.get(key)) is not None:
            self.keep(key, found)
        return found

    def keep(self, key: Hashable, made: Made) -> None:
        """Two generations: when the young one is full it is the old one, and the old one is let go."""
        if len(self._young) >= self._most:
            self._old, self._young = self._young, {}
        self._young[key] = made
