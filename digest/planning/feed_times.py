"""When entries came out and when they changed, to the second, without asking a clock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from hashlib import sha256
from typing import Final

from digest.model import Entry, Site

_NOON: Final = time(12)
_HOUR: Final = 3600


@dataclass(frozen=True, slots=True)
class EntryTimes:
    """The time of an entry in the digest, and its newest change that is known, which is never before."""

    published: datetime
    updated: datetime


def time_entries(site: Site) -> Mapping[str, EntryTimes]:
    """The times of every entry, by key.

    One without a time gets a second of the hour after noon that its id tells. Noon, since midnight is another day for
    readers west of the site. A second of its own, since readers sort by time; of its id, so that neighbours that come
    and go do not change it. (Where two ids tell the same, one moves on.)
    """
    taken: dict[date, set[int]] = {}
    published: dict[str, datetime] = {}
    for entry in _by_id(site.entries):
        moment = entry.time
        if moment is None:
            moment = _noon(entry.date, _second(entry, taken.setdefault(entry.date, set())), site.zone)
        published[entry.key] = moment if moment.tzinfo else moment.replace(tzinfo=site.zone)
    times: dict[str, EntryTimes] = {}
    for entry in _by_id(site.entries):
        day = entry.updated.full if entry.updated else None
        moment = published[entry.key]
        if day is not None and day > entry.date:
            second = _second(entry, taken.setdefault(day, set()))
            times[entry.key] = EntryTimes(moment, max(moment, _noon(day, second, site.zone)))
        else:
            times[entry.key] = EntryTimes(moment, moment)
    return times


def noon_of(day: date, zone: tzinfo) -> datetime:
    """The time of a day as a whole."""
    return datetime.combine(day, _NOON, tzinfo=zone)


def _noon(day: date, second: int, zone: tzinfo) -> datetime:
    return noon_of(day, zone) + timedelta(seconds=second)


def _by_id(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: (entry.id, entry.key))


def _second(entry: Entry, taken: set[int]) -> int:
    """The second of the hour that is the entry's among those of a day."""
    second = int.from_bytes(sha256(entry.id.encode("utf-8", "replace")).digest()[:4], "big") % _HOUR
    while second in taken:
        second += 1
    taken.add(second)
    return second
