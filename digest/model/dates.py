"""Dates that are only as precise as their source."""

from __future__ import annotations

from datetime import date

from digest.model.values import dataclass


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, a month of a year or a day: `2018`, `2018-04`, `2018-04-13`."""

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        parts = [f"{self.year:04d}"]
        parts += [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    @property
    def full(self) -> date | None:
        """The day, if the source says it."""
        if self.month is None or self.day is None:
            return None
        return date(self.year, self.month, self.day)
