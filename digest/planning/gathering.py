"""What was read, selected, ordered and indexed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, tzinfo
from itertools import chain
from operator import attrgetter

from digest.formats import venue_names
from digest.model import Entry, Gist, PageFile, Past, Prose, Settings, Site, StaticFile, replace
from digest.planning.lazily import Postponed
from digest.planning.names import family_order, name_slug


def gather_site(
    settings: Settings,
    entries: Iterable[Entry],
    pages: Iterable[PageFile],
    static: Iterable[StaticFile],
    *,
    prose: Mapping[str, Prose],
    gists: Mapping[str, Gist],
    now: datetime,
    drafts: bool,
    future: bool,
    past: tuple[Past, ...] | None = None,
    before: Site | None = None,
) -> Site:
    """The site of this build: an entry is in all of it or in none. `now` is in the site's zone: its day is today.

    The order of what is given does not matter. The days of a site from `before` whose entries are the same values are
    in order already.
    """
    zone = now.tzinfo or UTC
    today = now.date()
    days: defaultdict[date, list[Entry]] = defaultdict(list)
    withheld: list[Entry] = []
    for entry in entries:
        shown = (drafts or not entry.draft) and (future or entry.date <= today)
        (days[entry.date] if shown else withheld).append(entry)
    order = newest_first(zone)
    ordered = before.by_day if before and before.zone == zone else {}
    by_day = {
        day: _take_ordered(days[day], ordered.get(day, ())) or tuple(sorted(days[day], key=order))
        for day in sorted(days, reverse=True)
    }
    return index_site(
        Site(
            settings=settings,
            entries=(),
            pages=tuple(sorted(pages, key=lambda page: page.key)),
            static=tuple(sorted(static, key=lambda file: file.url)),
            prose=prose,
            gists=gists,
            by_day={},
            by_tag={},
            by_author={},
            by_venue={},
            zone=zone,
            past=past,
        ),
        tuple(chain.from_iterable(by_day.values())),
        by_day,
        tuple(sorted(withheld, key=lambda entry: entry.key)),
    )


def index_site(
    site: Site, entries: Sequence[Entry], by_day: Mapping[date, tuple[Entry, ...]], withheld: tuple[Entry, ...]
) -> Site:
    """A site with these entries, in their order, and no others."""
    return replace(
        site,
        entries=entries,
        by_day=by_day,
        by_tag=_index_names(entries, attrgetter("tags"), _as_written),
        by_author=_index_names(entries, attrgetter("authors"), family_order),
        by_venue=_index_names(entries, _list_venues, _as_written),
        withheld=withheld,
    )


def _take_ordered(entries: Sequence[Entry], ordered: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Entries as they were put in order before, if they are none but those."""
    return ordered if len(ordered) == len(entries) and set(map(id, ordered)) == set(map(id, entries)) else ()


def newest_first(zone: tzinfo) -> Callable[[Entry], tuple[bool, float, str, str]]:
    """The order of a day: by time where there is one, newest first; then by title; the key decides at last."""

    def order(entry: Entry) -> tuple[bool, float, str, str]:
        moment = entry.time
        if moment is None:
            return (True, 0.0, entry.title.casefold(), entry.key)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=zone)
        return (False, -moment.timestamp(), entry.title.casefold(), entry.key)

    return order


def _list_venues(entry: Entry) -> tuple[str, ...]:
    return (venue_names.name_series(entry.venue),) if entry.venue else ()


def _as_written(name: str) -> tuple[str, ...]:
    return (name.casefold(), name)


def _index_names(
    entries: Sequence[Entry], names_of: Callable[[Entry], tuple[str, ...]], order: Callable[[str], tuple[str, ...]]
) -> Mapping[str, tuple[Entry, ...]]:
    """Entries by name, once somebody asks. Names that make the same slug are one, under the spelling used most.

    A name of which no slug can be made has no address, so it is not indexed.
    """

    def index() -> dict[str, tuple[Entry, ...]]:
        spellings: defaultdict[str, list[str]] = defaultdict(list)
        found = _find_names(entries, names_of)
        for name in found:
            spellings[name_slug(name)].append(name)
        spellings.pop("", None)
        merged = dict(_merge_spellings(entries, names_of, spellings))
        written = {merged[slug][0] if slug in merged else names[0]: slug for slug, names in spellings.items()}
        ordered = sorted(written, key=lambda name: (*order(name), written[name]))
        return {name: merged[written[name]][1] if written[name] in merged else tuple(found[name]) for name in ordered}

    return Postponed(index)


def _find_names(entries: Iterable[Entry], names_of: Callable[[Entry], tuple[str, ...]]) -> dict[str, list[Entry]]:
    """The entries of each name as it is written."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        for name in names_of(entry):
            known = found.get(name)
            if known is None:
                found[name] = [entry]
            elif known[-1] is not entry:
                known.append(entry)
    return found


def _merge_spellings(
    entries: Iterable[Entry], names_of: Callable[[Entry], tuple[str, ...]], spellings: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, tuple[str, tuple[Entry, ...]]]]:
    """Of the slugs that several names make: the one used most, and the entries of them all."""
    slug_of = {name: slug for slug, names in spellings.items() if len(names) > 1 for name in names}
    if not slug_of:
        return
    used: defaultdict[str, Counter[str]] = defaultdict(Counter)
    found: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        first = {slug_of[name]: name for name in reversed(names_of(entry)) if name in slug_of}
        for slug, name in first.items():
            used[slug][name] += 1
            found[slug].append(entry)
    for slug, counts in used.items():
        yield slug, (min(counts, key=lambda name: (-counts[name], name)), tuple(found[slug]))
