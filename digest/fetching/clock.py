"""Time and chance, as the client sees them: tests bring their own and run at once."""

from __future__ import annotations

import random
import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """What time it is, a way to wait, and a number from 0 to 1 that nobody can foretell."""

    def now(self) -> datetime:
        """This instant, with its offset."""

    def monotonic(self) -> float:
        """Seconds that only ever grow."""

    def sleep(self, seconds: float) -> None:
        """Wait."""

    def chance(self) -> float:
        """From 0 to 1."""


class SystemClock:
    """The clock of this machine."""

    def now(self) -> datetime:
        """This instant."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds since some moment."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)

    def chance(self) -> float:
        """Spreads the tries of many clients, keeps no secret."""
        return random.random()  # noqa: S311 - no secret
