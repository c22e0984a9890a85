"""When entries came out and when they changed, to the second, without asking a clock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from functools import cached_property
from hashlib import sha256
from typing import Final

from digest.model import Entry, Site, dataclass

_NOON: Final = time(12)
_HOUR: Final = 3600
# Of an entry with a time the day is as it is written there: so far apart may be two whose days are in the other order.
_ASTRAY: Final = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class EntryTimes:
    """The time of an entry in the digest, and its newest change that is known, which is never before."""

    published: datetime
    updated: datetime


class Times:
    """The times of entries, each day worked out when somebody asks for it.

    One without a time gets a second of the hour after noon that its id tells. Noon, since midnight is another day for
    readers west of the site. A second of its own, since readers sort by time; of its id, so that neighbours that come
    and go do not change it. (Where two ids tell the same, one moves on.)
    """

    def __init__(self, site: Site) -> None:
        self._site = site
        self._seconds: dict[date, tuple[dict[str, int], dict[str, int]]] = {}
        self._times: dict[str, EntryTimes] = {}
        self._orders: dict[str, tuple[float, str]] = {}

    def of(self, entry: Entry) -> EntryTimes:
        """The times of an entry."""
        found = self._times.get(entry.key)
        if found is None:
            found = self._times[entry.key] = self._find(entry)
        return found

    def newest(self, entries: Sequence[Entry], most: int | None = None) -> list[Entry]:
        """Entries, which are in the order of the site, by their times, newest first; as many as are wanted."""
        if most is not None and most < len(entries):
            last, end = first_day(entries, most), most
            while end < len(entries) and entries[end].date >= last:
                end += 1
            entries = entries[:end]
        return sorted(entries, key=self._order)[:most]

    def _order(self, entry: Entry) -> tuple[float, str]:
        found = self._orders.get(entry.key)
        if found is None:
            found = self._orders[entry.key] = (-self.of(entry).published.timestamp(), entry.key)
        return found

    def _find(self, entry: Entry) -> EntryTimes:
        zone = self._site.zone
        moment = entry.time
        if moment is None:
            moment = noon_of(entry.date, zone) + timedelta(seconds=self._seconds_of(entry.date)[0][entry.key])
        elif not moment.tzinfo:
            moment = moment.replace(tzinfo=zone)
        day = _changed(entry)
        if day is None:
            return EntryTimes(moment, moment)
        second = self._seconds_of(day)[1][entry.key]
        return EntryTimes(moment, max(moment, noon_of(day, zone) + timedelta(seconds=second)))

    def _seconds_of(self, day: date) -> tuple[dict[str, int], dict[str, int]]:
        """The seconds of a day that are taken, by the keys of entries: of what came out, and of what changed."""
        if day not in self._seconds:
            taken: set[int] = set()
            came = [entry for entry in self._site.by_day.get(day, ()) if entry.time is None]
            published = {entry.key: _second(entry, taken) for entry in _by_id(came)}
            changed = {entry.key: _second(entry, taken) for entry in _by_id(self._changed.get(day, ()))}
            self._seconds[day] = published, changed
        return self._seconds[day]

    @cached_property
    def _changed(self) -> Mapping[date, Sequence[Entry]]:
        """Entries by the day on which they changed."""
        found: dict[date, list[Entry]] = {}
        for entry in self._site.entries:
            if entry.updated and (day := _changed(entry)):
                found.setdefault(day, []).append(entry)
        return found


def first_day(entries: Sequence[Entry], most: int) -> date:
    """A day before which no entry can be among the newest of so many; they are in the order of the site."""
    if not 0 < most < len(entries):
        return date.min if most else date.max
    last = entries[most - 1].date
    return last - _ASTRAY if last > date.min + _ASTRAY else date.min


def noon_of(day: date, zone: tzinfo) -> datetime:
    """The time of a day as a whole."""
    return datetime.combine(day, _NOON, tzinfo=zone)


def _changed(entry: Entry) -> date | None:
    """The day of the newest change after that of the entry, if one is known."""
    day = entry.updated.full if entry.updated else None
    return day if day is not None and day > entry.date else None


def _by_id(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: (entry.id, entry.key))


def _second(entry: Entry, taken: set[int]) -> int:
    """The second of the hour that is the entry's among those of a day."""
    second = int.from_bytes(sha256(entry.id.encode("utf-8", "replace")).digest()[:4], "big") % _HOUR
    while second in taken:
        second += 1
    taken.add(second)
    return second
