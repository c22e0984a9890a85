"""Where some entries say something else and stand where they stood: what shows them, and no plan of the rest.

Another title, another opening, another paper behind it: lists show that, neighbours and relatives name it, and where it
leads to other relatives or another citation key, so do these. Days, tags, authors, ids and addresses are as they were.
"""

# ruff: noqa: ARG002 - whoever shows entries is asked for by the words by which an address is

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from digest.formats import venue_names
from digest.formats.identifiers import path_id
from digest.model import Entry, Gist, Ground, NamedTuple, Past, Plan, Problem, Site, Theme, dataclass
from digest.planning import addresses as at
from digest.planning.atlas import Atlas, draw_atlas
from digest.planning.months import neighbours
from digest.planning.names import name_slug
from digest.planning.past import tell_entry
from digest.planning.plan import check_entry
from digest.planning.references import cite_papers
from digest.planning.related import relate_entries
from digest.planning.rewording import MOST, Showing, check_all, list_around, sketch_asked

# What of an entry nobody tells but who shows or names it.
_TOLD: Final = frozenset({
    "title", "title_from", "title_at", "summary", "summary_line", "body", "body_line", "fingerprint",
    "announced", "published", "details", "source", "license",
})  # fmt: skip


class Retold(NamedTuple):
    """The gists that some entries had which say something else now; and whether that is noted among the addresses."""

    gists: Mapping[str, Gist]
    noted: bool


@dataclass(frozen=True, slots=True)
class Telling(Showing):
    """Whoever shows or names some entries; `naming` are those whose own pages name them, and may stand anywhere."""

    naming: Sequence[Entry] = ()

    def is_below(self, *folders: str) -> bool:
        """Lists show cards."""
        venues = {_venue_url(entry) for entry in self.shown if entry.venue}
        return not {at.TAGS, at.AUTHORS, at.VENUES, *venues}.isdisjoint(folders)

    def names(self, name: str) -> bool:
        """Sitemaps tell addresses only."""
        return name in {at.TWIN, "citations.", "card."}

    def matches(self, pattern: re.Pattern[str]) -> bool:
        """Months name entries."""
        return True

    def neighbourhood(self, site: Site) -> Sequence[Entry]:
        """The entries around all whose pages are wanted."""
        return list_around(site, {entry.date for entry in (*self.shown, *self.naming)})


def find_retold(site: Site, edited: Mapping[str, tuple[Entry, Gist]], before: Ground, now: Ground) -> Retold | None:
    """What became of entries that were `edited`, each as it was, if they stand where they stood, as all others do."""
    if not (before.plan and now.plan) or len(edited) > MOST:
        return None
    was, are = ((ground.past, ground.frame, ground.order, ground.days) for ground in (before, now))
    if was != are:
        return None
    after = {entry.key: entry for entry in (*site.entries, *site.withheld) if entry.key in edited}
    if any(_standing(entry) != _standing(after[key]) for key, (entry, _) in edited.items()):
        return None
    noted = any(entry.title != after[key].title and entry.id == path_id(key) for key, (entry, _) in edited.items())
    return Retold({key: gist for key, (_, gist) in edited.items()}, noted)


def _standing(entry: Entry) -> tuple[object, ...]:
    return tuple([getattr(entry, name) for name in Entry._fields if name not in _TOLD])


def plan_retold(site: Site, theme: Theme, retold: Retold, before: Ground) -> Plan:
    """The documents that show or name these entries, as `plan_site` has them, and a few others.

    Beside that it tells what `plan_reworded` does; and the addresses of a site that has read them, if that is noted.
    """
    atlas = draw_atlas(site, theme)
    edited = [entry for entry in site.entries if entry.key in retold.gists]
    shown = [*edited, *_find_recited(atlas, retold.gists)]
    related = relate_entries(atlas, before.related, retold.gists)
    named = [*_find_next(site.entries, retold.gists), *related.find_touched(before.related, retold.gists)]
    pages = (entry.url for entry in (*shown, *named))
    wanted = frozenset([at.HOME, at.LLMS, at.STATISTICS, at.SEARCH_INDEX, *pages])
    asked = Telling("", shown, wanted, named)
    found = sketch_asked(atlas, related, asked)
    wrong = _check_some(atlas, edited) if before.sound else check_all(atlas)
    past = _renew_past(site.past, edited) if retold.noted and site.past else ()
    problems = (*wrong, *atlas.problems)
    return Plan(found, problems, before.pages, past=past, whole=False, related=related.packed)


def _check_some(atlas: Atlas, entries: Iterable[Entry]) -> Iterator[Problem]:
    return (problem for entry in entries for problem in check_entry(atlas, entry, atlas.gist_of(entry).links))


def _find_recited(atlas: Atlas, gists: Mapping[str, Gist]) -> list[Entry]:
    """The entries that bibliographies call otherwise than before; of those that were retold the gists then."""
    if all(atlas.site.gists[key].stem == gist.stem for key, gist in gists.items()):
        return []
    was = cite_papers(atlas, {key: gist.stem for key, gist in gists.items()})
    now = cite_papers(atlas)
    return [entry for entry in atlas.site.entries if was[entry.key] != now[entry.key]]


def _find_next(entries: Sequence[Entry], keys: Iterable[str]) -> Iterator[Entry]:
    """The entries before and after some of them."""
    found = frozenset(keys)
    for entry, around in zip(entries, neighbours(entries), strict=True):
        if entry.key in found:
            yield from filter(None, around)


def _renew_past(past: Sequence[Past], entries: Iterable[Entry]) -> tuple[Past, ...]:
    """The lines of a past that knows all addresses of the site, with the titles of today."""
    by_url = {entry.url: entry for entry in entries}
    return tuple([tell_entry(line, by_url[line.url]) if line.url in by_url else line for line in past])


def _venue_url(entry: Entry) -> str:
    return f"{at.VENUES}{name_slug(venue_names.name_series(entry.venue))}/"
