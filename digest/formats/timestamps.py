"""Instants as feeds write them; the machine's locale never has a say."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

# What `email.utils` would write as well, but it loads sockets and more, which takes ten milliseconds.
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def internet_time(moment: datetime) -> str:
    """`2019-12-06T12:00:00+00:00` (RFC 3339 §5.6); `moment` is aware."""
    return _in_minutes(moment).isoformat()


def mail_time(moment: datetime) -> str:
    """`Fri, 06 Dec 2019 12:00:00 +0000` (RFC 822 with the year of RFC 2822 §3.3); `moment` is aware."""
    moment = _in_minutes(moment)
    name, month = _WEEKDAYS[moment.weekday()], _MONTHS[moment.month - 1]
    return f"{name}, {moment.day:02d} {month} {moment.year:04d} {moment:%H:%M:%S %z}"


def _in_minutes(moment: datetime) -> datetime:
    """The same instant, its offset in whole minutes: neither format can write the seconds that some old ones have."""
    offset = moment.utcoffset()
    if offset is None:
        raise ValueError("a time in a feed needs its offset")
    return moment.astimezone(UTC) if offset.total_seconds() % 60 else moment
