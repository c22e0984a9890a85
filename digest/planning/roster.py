"""The entries of a site in their order, each read when somebody asks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import accumulate, pairwise
from typing import overload

from digest.model import Entry
from digest.planning.lazily import Postponed

Find = Callable[[str], Entry]  # the entry of a key, read once


class Roster(Sequence[Entry]):
    """Entries by their keys."""

    def __init__(self, keys: Sequence[str], find: Find) -> None:
        self._keys = keys
        self.find = find

    @overload
    def __getitem__(self, place: int) -> Entry: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Entry]: ...

    def __getitem__(self, place: int | slice) -> Entry | Sequence[Entry]:
        """One of them, or a few."""
        return Roster(self._keys[place], self.find) if isinstance(place, slice) else self.find(self._keys[place])

    def __iter__(self) -> Iterator[Entry]:
        """One after another."""
        return map(self.find, self._keys)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._keys)

    @property
    def keys(self) -> Sequence[str]:
        """Their keys."""
        return self._keys

    @property
    def outlines(self) -> Iterable[Entry]:
        """For who asks for no more than their days and names."""
        return self

    @property
    def by_key(self) -> Mapping[str, Entry]:
        """The entries by key."""
        return ByKey(self)


class RosterDays(Mapping[date, tuple[Entry, ...]]):
    """The entries of each day, so many of the next ones."""

    def __init__(self, entries: Sequence[Entry], days: Sequence[tuple[date, int]]) -> None:
        ends = accumulate((count for _, count in days), initial=0)
        self._entries = entries
        self._spans = {day: slice(*span) for (day, _), span in zip(days, pairwise(ends), strict=True)}
        self._read: dict[date, tuple[Entry, ...]] = {}

    def __getitem__(self, day: date) -> tuple[Entry, ...]:
        """The entries of a day."""
        found = self._read.get(day)
        if found is None:
            found = self._read[day] = tuple(self._entries[self._spans[day]])
        return found

    def __contains__(self, day: object) -> bool:
        """Whether a day has entries."""
        return day in self._spans

    def __iter__(self) -> Iterator[date]:
        """The days, newest first."""
        return iter(self._spans)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._spans)


class ByKey(Mapping[str, Entry]):
    """The entries of a roster by key."""

    def __init__(self, roster: Roster) -> None:
        self._find = roster.find
        self._keys = dict.fromkeys(roster.keys)

    def __getitem__(self, key: str) -> Entry:
        """The entry of a key."""
        if key not in self._keys:
            raise KeyError(key)
        return self._find(key)

    def __iter__(self) -> Iterator[str]:
        """The keys, in their order."""
        return iter(self._keys)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._keys)


def index_keys(entries: Sequence[Entry]) -> Mapping[str, Entry]:
    """Entries by key."""
    if isinstance(entries, Roster):
        return entries.by_key
    return Postponed(lambda: {entry.key: entry for entry in entries})


def list_keys(entries: Sequence[Entry]) -> Sequence[str]:
    """The keys of entries, of whom none is read for that."""
    return entries.keys if isinstance(entries, Roster) else [entry.key for entry in entries]


def outline_entries(entries: Sequence[Entry]) -> Iterable[Entry]:
    """The entries for who asks for no more than their days and names."""
    return entries.outlines if isinstance(entries, Roster) else entries
