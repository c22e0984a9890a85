"""Instants as Atom and JSON Feed write them."""

from __future__ import annotations

from datetime import UTC, datetime


def internet_time(moment: datetime) -> str:
    """`2019-12-06T12:00:00+00:00` (RFC 3339 §5.6), which cannot write the seconds of old offsets; `moment` is aware."""
    offset = moment.utcoffset()
    if offset is None:
        raise ValueError("a time in a feed needs its offset")
    return (moment.astimezone(UTC) if offset.total_seconds() % 60 else moment).isoformat()
