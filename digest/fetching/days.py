"""Which days a run asks for, and on which days arXiv announces papers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from digest.fetching.steps import Asked, Memory
from digest.model import SourceQuery

DAY: Final = timedelta(days=1)
# What the next run begins after: the last day, or instant, of which all is here.
UNTIL: Final = "until"

_EASTERN: Final = ZoneInfo("America/New_York")
# arXiv makes its feeds and listings of a day at midnight; an hour later the caches have them too.
_BREATH: Final = timedelta(hours=1)


def first_day(source: SourceQuery, asked: Asked, memory: Memory, name: str = UNTIL) -> date:
    """Where a run begins: as the command line says, else at the last day that is remembered, else some days back."""
    if asked.since is not None:
        return asked.since
    if (known := parse_day(memory.get(name, ""))) is not None and asked.until is None:
        return known
    if isinstance(source.since, date):
        return source.since
    return (asked.until or asked.now.date()) - source.since * DAY


def last_day(asked: Asked) -> date:
    """The day a run ends with."""
    return asked.until or asked.now.date()


def parse_day(text: str) -> date | None:
    """The day that opens a text, `2024-12-31` or `2024-12-31T…`."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def each_day(first: date, last: date) -> Iterator[date]:
    """Every day from the first to the last."""
    for number in range((last - first).days + 1):
        yield first + number * DAY


def arxiv_today(now: datetime) -> date:
    """The day whose listing arXiv shows now."""
    return (now.astimezone(_EASTERN) - _BREATH).date()


def last_due_day(until: date) -> date:
    """The last day up to this one for which arXiv surely has announced papers."""
    day = until
    while not is_due(day):
        day -= DAY
    return day


def is_weekday(day: date) -> bool:
    """Whether it is from Monday to Friday: the listings of arXiv bear no other days."""
    return day.weekday() < 5


def is_due(day: date) -> bool:
    """Whether arXiv surely announces papers for this day: a weekday, and neither a holiday of its own nor after one."""
    return is_weekday(day) and not _is_holiday(day) and not _is_holiday(day - DAY)


def _is_holiday(day: date) -> bool:
    """A day on which, in some year or other, the office of arXiv announced nothing."""
    weekday, week = day.weekday(), (day.day - 1) // 7 + 1
    match day.month:
        case 1:
            return day.day in {1, 2} or (weekday, week) == (0, 3)
        case 2:
            return (weekday, week) == (0, 3)
        case 5:
            return weekday == 0 and day.day > 24
        case 6:
            return day.day in {18, 19, 20}
        case 7:
            return day.day in {3, 4, 5}
        case 9:
            return (weekday, week) == (0, 1)
        case 10:
            return (weekday, week) == (0, 2)
        case 11:
            return day.day in {10, 11, 12} or (weekday in {3, 4} and 22 <= day.day <= 29)
        case 12:
            return day.day >= 24
    return False
