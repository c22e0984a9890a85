"""A month as a calendar hangs on a wall: weeks below one another."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date

from digest.model import Link


def lay_weeks(year: int, month: int, days: Mapping[date, Link], first_weekday: int = 0) -> tuple[tuple[Link, ...], ...]:
    """Rows of seven days that begin with a day of the week, 0 is Monday; empty texts stand outside the month.

    `days` are those that have a page, and how many entries; the others are a plain number.
    """
    begin, length = monthrange(year, month)
    cells = [Link("")] * ((begin - first_weekday) % 7)
    for number in range(1, length + 1):
        found = days.get(date(year, month, number))
        cells.append(Link(f"{number}", found.href, found.count) if found else Link(f"{number}"))
    cells += [Link("")] * (-len(cells) % 7)
    return _rows(cells)


def _rows(cells: Sequence[Link]) -> tuple[tuple[Link, ...], ...]:
    return tuple(tuple(cells[place : place + 7]) for place in range(0, len(cells), 7))
