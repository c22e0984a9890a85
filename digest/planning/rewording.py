"""Where bodies alone are other than in the last build: the few documents that show them, and no plan of the rest.

What of a body any document may show or be led by, its opening, its links, what it has in common with others, is in its
gist. What stands behind that is shown by few: the page of the entry and that of its day, feeds, twins, the search.
"""

# ruff: noqa: ARG002 - whoever shows bodies is asked for by the words by which an address is

from __future__ import annotations

import re
import struct
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain

from digest.model import Entry, Ground, Plan, Problem, Site, Sketch, Theme, dataclass
from digest.planning import addresses as at
from digest.planning.asking import Asked
from digest.planning.atlas import Atlas, draw_atlas
from digest.planning.claims import check_ids
from digest.planning.marks import mark, mark_value
from digest.planning.names import name_slug
from digest.planning.plan import check_links, sketch_others, sketch_pages
from digest.planning.related import Related, relate_entries
from digest.planning.views import make_views

SIZE = 16  # of the fingerprint of a file
MOST = 100  # entries for which it pays


@dataclass(frozen=True, slots=True)
class Showing(Asked):
    """Whoever shows the bodies of some entries whole, or counts their words."""

    shown: Sequence[Entry] = ()
    wanted: frozenset[str] = frozenset()

    @classmethod
    def of(cls, shown: Sequence[Entry]) -> Showing:
        """Of these entries."""
        return cls("", shown, frozenset([at.STATISTICS, at.SEARCH_INDEX, *(entry.url for entry in shown)]))

    def is_for(self, *urls: str) -> bool:
        """Whether one of these shows any."""
        return not self.wanted.isdisjoint(urls)

    def is_below(self, *folders: str) -> bool:
        """Lists show cards, which are the same."""
        return False

    def ends(self, *endings: str) -> bool:
        """Any feed may."""
        return True

    def shows_since(self, day: date) -> bool:
        """Feeds end with their newest entries."""
        return any(entry.date >= day for entry in self.shown)

    def names(self, name: str) -> bool:
        """Bibliographies have abstracts, and twins all of it."""
        return name in {at.TWIN, "citations."}

    def matches(self, pattern: re.Pattern[str]) -> bool:
        """Months and years name entries."""
        return False

    @property
    def redirects(self) -> bool:
        """They show nothing."""
        return False

    def days(self, site: Site) -> Collection[date]:
        """The days of the entries, newest first."""
        return dict.fromkeys(sorted((entry.date for entry in self.shown), reverse=True)).keys()

    def entries(self, site: Site) -> Sequence[Entry]:
        """The entries."""
        return self.shown

    def neighbourhood(self, site: Site) -> Sequence[Entry]:
        """The entries of these days, and of those before and after."""
        return list_around(site, self.days(site))

    def topics(self, home: str, written: Mapping[str, str], by_name: Iterable[str]) -> Iterable[str]:
        """The tags or the authors of the entries, which have feeds."""
        names = [name for entry in self.shown for name in (entry.tags if home == at.TAGS else entry.authors)]
        return dict.fromkeys(written[slug] for name in names if (slug := name_slug(name)) in written)


def list_around(site: Site, wanted: Collection[date]) -> list[Entry]:
    """The entries of some days, and of the days before and after each."""
    days = list(site.by_day)
    near = {place + step for place, day in enumerate(days) if day in wanted for step in (-1, 0, 1)}
    return [entry for place in sorted(near) if 0 <= place < len(days) for entry in site.by_day[days[place]]]


def ground_plan(site: Site, theme: Theme, past: bytes) -> Ground:
    """What the plan of a site is made of; `past` is the mark of the addresses that it ever had.

    Of what plugins made nobody knows what that was made of.
    """
    entries = site.entries
    if site.made:
        return Ground()
    gists = [site.gists[entry.key] for entry in entries]
    frame = mark_frame(site, theme)
    told = (
        frame,
        mark("\0".join([entry.key for entry in entries])),
        mark("\0".join([entry.key for entry in site.withheld])),
        # A card tells all that is in a head, the titles and the key; what else there is follows, of all together.
        mark(b"".join([gist.card for gist in gists])),
        mark("\0".join([gist.stem for gist in gists])),
        mark(b"".join([gist.terms for gist in gists]), repr([len(gist.terms) for gist in gists])),
        mark_value([(number, gist.links) for number, gist in enumerate(gists) if gist.links]),
    )
    keys = [entry.key for entry in (*entries, *site.withheld)]
    places = {key: place for place, key in enumerate(sorted(keys))}
    return Ground(
        mark(*told),
        past,
        b"".join([entry.fingerprint for entry in entries]),
        frame=frame,
        order=struct.pack(f"<{len(keys)}I", *map(places.__getitem__, keys)),
        days=tuple((day, len(found)) for day, found in site.by_day.items()),
    )


def mark_frame(site: Site, theme: Theme) -> bytes:
    """The mark of what of a plan is not of entries."""
    looks = (theme.name, theme.folder, theme.styles, theme.icon, theme.script, theme.search_script)
    more_looks = (theme.starred_script, theme.more_styles, theme.logo, theme.paper, theme.problems)
    files = [(file.url, file.path, file.fingerprint or mark(file.data)) for file in (*theme.static, *site.static)]
    return mark(
        mark_value((site.settings, theme.fingerprint, looks, more_looks, files)),
        mark_value([(page, site.gists[page.key]) for page in site.pages]),
    )


def find_reworded(site: Site, before: Ground, now: Ground) -> tuple[Entry, ...] | None:
    """The entries of a site whose bodies are other than they were, if nothing else is."""
    if not now.plan or (before.plan, before.past) != (now.plan, now.past):
        return None
    if not len(before.bodies) == len(now.bodies) == SIZE * len(site.entries):
        return None
    starts = range(0, len(now.bodies), SIZE) if before.bodies != now.bodies else ()
    changed = [start for start in starts if before.bodies[start : start + SIZE] != now.bodies[start : start + SIZE]]
    return tuple(site.entries[start // SIZE] for start in changed) if len(changed) <= MOST else None


def plan_reworded(site: Site, theme: Theme, entries: Sequence[Entry], before: Ground) -> Plan:
    """The documents that show the bodies of these entries, as `plan_site` has them, and a few others.

    No two of all documents were at the same address, and none is at another now. There are as many pages as there were,
    and what was sound is.
    """
    atlas = draw_atlas(site, theme)
    asked = Showing.of(entries)
    related = relate_entries(atlas, before.related)
    wrong = () if before.sound else check_all(atlas)
    found = sketch_asked(atlas, related, asked)
    return Plan(found, (*wrong, *atlas.problems), before.pages, whole=False, related=related.packed)


def sketch_asked(atlas: Atlas, related: Related, asked: Asked) -> tuple[Sketch, ...]:
    """The documents that are asked for; nobody takes an address from another."""
    pages = sketch_pages(atlas, make_views(atlas), related, asked)
    return (*pages, *sketch_others(atlas, (), asked))


def check_all(atlas: Atlas) -> Iterator[Problem]:
    """DG402 and DG403 of all entries."""
    yield from check_ids(atlas.site.entries)
    yield from chain.from_iterable(check_links(atlas))
