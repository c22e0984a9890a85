"""A site whose entries nobody has read, but for where each stands: what can be shown of it is as it will be.

An entry is read when a page shows it. What is made of all entries nobody can have yet.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import NoReturn, cast, overload

from digest.model import Entry, Past, Site, replace
from digest.planning.gathering import index_site, newest_first
from digest.planning.roster import ByKey, Find, Roster


class AskedTooEarly(Exception):  # noqa: N818 - nothing is wrong: who asks shall wait
    """Somebody asks for what hangs on entries that nobody has read."""


def outline_entry(key: str, glimpse: tuple[date, bool, tuple[str, ...], tuple[str, ...], str]) -> Entry:
    """Of an entry its key, its day, whether it is a draft, its tags, authors and venue; of the rest nothing."""
    day, draft, tags, authors, venue = glimpse
    return Entry(key, "", "", "", day, "", "", 0, b"", authors=authors, tags=tags, venue=venue, draft=draft)


def foresee_site(
    bare: Site, outlines: Sequence[Entry], find: Find, *, now: datetime, drafts: bool, future: bool
) -> Site:
    """A site that is `bare` of entries with those that `gather_site` takes for it, each found by its key.

    `outlines` are entries with their key and what a `Glimpse` has; `find` may refuse, as what is raised here does.

    Raises:
        AskedTooEarly: there are drafts or entries of days to come that are not shown.
    """
    days: defaultdict[date, list[Entry]] = defaultdict(list)
    for entry in outlines:
        if not ((drafts or not entry.draft) and (future or entry.date <= now.date())):
            raise AskedTooEarly  # links to one are told from wrong ones
        days[entry.date].append(entry)
    outlined = index_site(bare, outlines, {}, ())
    return replace(
        outlined,
        entries=Foreseen(outlines, find),
        by_day=_Days({day: days[day] for day in sorted(days, reverse=True)}, find, bare),
        by_tag=_Counted(outlined.by_tag),
        by_author=_Counted(outlined.by_author),
        by_venue=_Counted(outlined.by_venue),
        past=cast(tuple[Past, ...], _Unread()),
    )


class Foreseen(Roster):
    """Entries of which nobody knows the order; `outlines` are what is known of them."""

    def __init__(self, outlines: Sequence[Entry], find: Find) -> None:
        super().__init__([entry.key for entry in outlines], find)
        self._outlines = outlines

    @property
    def outlines(self) -> Sequence[Entry]:
        """What is known of them."""
        return self._outlines

    @overload
    def __getitem__(self, place: int) -> Entry: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Entry]: ...

    def __getitem__(self, place: int | slice) -> NoReturn:
        """Nobody knows which."""
        raise AskedTooEarly

    def __iter__(self) -> Iterator[Entry]:
        """Likewise."""
        raise AskedTooEarly

    @property
    def by_key(self) -> Mapping[str, Entry]:
        """The entries by key."""
        return _InNoOrder(self)


class _Unread:
    """Addresses that the site ever had, which nobody has read either."""

    def __iter__(self) -> NoReturn:
        """Nobody knows them."""
        raise AskedTooEarly


class _InNoOrder(ByKey):
    """Entries by key, one by one."""

    def __iter__(self) -> Iterator[str]:
        """There is no order."""
        raise AskedTooEarly


class _Days(Mapping[date, tuple[Entry, ...]]):
    """The entries of each day, read when somebody asks for the day."""

    def __init__(self, days: Mapping[date, Sequence[Entry]], find: Find, site: Site) -> None:
        self._days, self._find, self._order = days, find, newest_first(site.zone)
        self._read: dict[date, tuple[Entry, ...]] = {}

    def __getitem__(self, day: date) -> tuple[Entry, ...]:
        """The entries of a day, in order."""
        if day not in self._read:
            entries = [self._find(outline.key) for outline in self._days[day]]
            self._read[day] = tuple(sorted(entries, key=self._order))
        return self._read[day]

    def __contains__(self, day: object) -> bool:
        """Whether a day has entries."""
        return day in self._days

    def __iter__(self) -> Iterator[date]:
        """The days, newest first."""
        return iter(self._days)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._days)


class _Counted(Mapping[str, tuple[Entry, ...]]):
    """The names that entries have, and how many entries each."""

    def __init__(self, found: Mapping[str, tuple[Entry, ...]]) -> None:
        self._found = found

    def __getitem__(self, name: str) -> tuple[Entry, ...]:
        """So many entries."""
        return cast(tuple[Entry, ...], _SoMany(len(self._found[name])))

    def __iter__(self) -> Iterator[str]:
        """The names, in order."""
        return iter(self._found)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._found)


class _SoMany(Sequence[Entry]):
    """Entries to be counted only."""

    def __init__(self, count: int) -> None:
        self._count = count

    def __getitem__(self, place: object) -> NoReturn:
        """Nobody knows which."""
        raise AskedTooEarly

    def __len__(self) -> int:
        """How many there are."""
        return self._count
