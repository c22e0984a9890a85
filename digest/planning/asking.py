"""Which documents are wanted: all of them, as a build does, or the one at an address, as somebody who looks does."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from digest.formats.patterns import lazily
from digest.model import Entry, Site, dataclass

_DAY: Final = lazily(r"/([0-9]{4})/([0-9]{2})/([0-9]{2})/")


@dataclass(frozen=True, slots=True)
class Asked:
    """The address that is asked for; an empty one asks for all. Who passes over what nobody asks for may be generous.

    It saves work only: a document that is asked for is the same as among all.
    """

    url: str = ""

    def is_for(self, *urls: str) -> bool:
        """Whether one of these may be meant."""
        return not self.url or self.url in urls

    def is_below(self, *folders: str) -> bool:
        """Whether something in one of these folders may be meant."""
        return not self.url or self.url.startswith(folders)

    def ends(self, *endings: str) -> bool:
        """Whether an address with one of these ends may be meant."""
        return not self.url or self.url.endswith(endings)

    def shows_since(self, day: date) -> bool:  # noqa: ARG002 - what somebody asks for may show any
        """Whether entries of a day, or of later ones, may be shown by what is meant."""
        return True

    def names(self, name: str) -> bool:
        """Whether a file whose name begins so may be meant."""
        return not self.url or self.url.rpartition("/")[2].startswith(name)

    def matches(self, pattern: re.Pattern[str]) -> bool:
        """Whether an address of this form may be meant."""
        return not self.url or pattern.fullmatch(self.url) is not None

    @property
    def redirects(self) -> bool:
        """Whether what leads on from other addresses of entries may be meant."""
        return True

    def days(self, site: Site) -> Collection[date]:
        """The days whose pages, or what lies within them, may be meant; newest first."""
        if not self.url:
            return site.by_day.keys()
        return find_days(site, self.url)

    def entries(self, site: Site) -> Sequence[Entry]:
        """The entries whose pages, or what lies within them, may be meant; in the order of the site."""
        if not self.url:
            return site.entries
        return [entry for day in self.days(site) for entry in site.by_day[day] if self.url.startswith(entry.url)]

    def neighbourhood(self, site: Site) -> Sequence[Entry]:
        """The entries of the days whose pages may be meant, and those next to them in the order of the site."""
        if not self.url:
            return site.entries
        day = _find_day(self.url)
        if day is None or day not in site.by_day:
            return ()
        days = list(site.by_day)
        place = days.index(day)
        newer = site.by_day[days[place - 1]][-1:] if place else ()
        older = site.by_day[days[place + 1]][:1] if place + 1 < len(days) else ()
        return (*newer, *site.by_day[day], *older)

    def topics(self, home: str, written: Mapping[str, str], by_name: Iterable[str]) -> Iterable[str]:
        """The names, of all in `by_name`, whose lists at `home` may be meant; `written` has each by its slug."""
        if not self.url:
            return by_name
        name = written.get(self.url.removeprefix(home).partition("/")[0]) if self.url.startswith(home) else None
        return () if name is None else (name,)


ALL: Final = Asked()


def find_days(site: Site, url: str) -> Collection[date]:
    """The day of the site within which an address lies, if it does."""
    day = _find_day(url)
    return (day,) if day is not None and day in site.by_day else ()


def _find_day(url: str) -> date | None:
    """The day that an address tells."""
    found = _DAY.match(url)
    if found is None:
        return None
    year, month, day = map(int, found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None
