"""What was made a short while ago, in bounded memory."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Generic, TypeVar

Made = TypeVar("Made")


class Recent(Generic[Made]):
    """The last that were made, by a key: what weighs `most` together at least, and at most twice as much."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._weight = 0
        self._young: dict[Hashable, tuple[Made, int]] = {}
        self._old: dict[Hashable, tuple[Made, int]] = {}

    def find(self, key: Hashable) -> Made | None:
        """What was kept under a key, if it still is."""
        found = self._young.get(key)
        if found is None:
            if (found := self._old.get(key)) is None:
                return None
            self.keep(key, *found)
        return found[0]

    def keep(self, key: Hashable, made: Made, weight: int = 1) -> None:
        """Two generations: when the young one is full it is the old one, and the old one is let go."""
        if self._weight >= self._most:
            self._old, self._young, self._weight = self._young, {}, 0
        known = self._young.get(key)
        self._young[key] = (made, weight)
        self._weight += weight - known[1] if known else weight
