"""What was read, selected, ordered and indexed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, tzinfo

from digest.formats import slugs, venue_names
from digest.model import Entry, Gist, PageFile, Prose, Settings, Site, StaticFile
from digest.planning.names import family_order


def gather_site(
    settings: Settings,
    entries: Iterable[Entry],
    pages: Iterable[PageFile],
    static: Iterable[StaticFile],
    prose: Mapping[str, Prose],
    gists: Mapping[str, Gist],
    *,
    now: datetime,
    drafts: bool,
    future: bool,
) -> Site:
    """The site of this build: an entry is in all of it or in none. `now` is in the site's zone: its day is today.

    The order of what is given does not matter.
    """
    zone = now.tzinfo or UTC
    today = now.date()
    chosen: list[Entry] = []
    withheld: list[Entry] = []
    for entry in entries:
        shown = (drafts or not entry.draft) and (future or entry.date <= today)
        (chosen if shown else withheld).append(entry)
    chosen.sort(key=_newest_first(zone))
    return Site(
        settings=settings,
        entries=tuple(chosen),
        pages=tuple(sorted(pages, key=lambda page: page.key)),
        static=tuple(sorted(static, key=lambda file: file.url)),
        prose=prose,
        gists=gists,
        by_day=_index_days(chosen),
        by_tag=_index_names(chosen, lambda entry: entry.tags, lambda tag: (tag.casefold(), tag)),
        by_author=_index_names(chosen, lambda entry: entry.authors, family_order),
        by_venue=_index_names(
            chosen,
            lambda entry: (venue_names.name_series(entry.venue),) if entry.venue else (),
            lambda venue: (venue.casefold(), venue),
        ),
        withheld=tuple(sorted(withheld, key=lambda entry: entry.key)),
        zone=zone,
    )


def _newest_first(zone: tzinfo) -> Callable[[Entry], tuple[int, bool, float, str, str]]:
    """Day, then time where there is one, newest first; then title; the key decides at last, so the order is total."""

    def order(entry: Entry) -> tuple[int, bool, float, str, str]:
        moment = entry.time
        if moment is not None and moment.tzinfo is None:
            moment = moment.replace(tzinfo=zone)
        seconds = (moment - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds() if moment else 0.0
        return (-entry.date.toordinal(), moment is None, -seconds, entry.title.casefold(), entry.key)

    return order


def _index_days(entries: Iterable[Entry]) -> dict[date, tuple[Entry, ...]]:
    """Days, newest first, as the entries are."""
    days: dict[date, list[Entry]] = {}
    for entry in entries:
        days.setdefault(entry.date, []).append(entry)
    return {day: tuple(found) for day, found in days.items()}


def _index_names(
    entries: Iterable[Entry], names_of: Callable[[Entry], tuple[str, ...]], order: Callable[[str], tuple[str, ...]]
) -> dict[str, tuple[Entry, ...]]:
    """Entries by name. Names that make the same slug are one, under the spelling used most.

    A name of which no slug can be made has no address, so it is not indexed.
    """
    slug_of: dict[str, str] = {}
    spellings: dict[str, Counter[str]] = {}
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        seen: set[str] = set()
        for name in names_of(entry):
            if name not in slug_of:
                slug_of[name] = name_slug(name)
            slug = slug_of[name]
            if not slug or slug in seen:
                continue
            seen.add(slug)
            spellings.setdefault(slug, Counter())[name] += 1
            found.setdefault(slug, []).append(entry)
    written = {slug: _most_used(used) for slug, used in spellings.items()}
    return {written[slug]: tuple(found[slug]) for slug in sorted(found, key=lambda slug: (*order(written[slug]), slug))}


def _most_used(spellings: Counter[str]) -> str:
    return min(spellings, key=lambda name: (-spellings[name], name))


def name_slug(name: str) -> str:
    """The slug of a tag or an author, empty where nothing of the name can stand in an address."""
    slug = slugs.slugify(name)
    return slug if slug != slugs.FALLBACK or slugs.FALLBACK in name.casefold() else ""
