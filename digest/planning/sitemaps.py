"""Which pages search engines are told of, and when each last changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from digest.formats import calendars
from digest.model import (
    ArchivePage,
    AuthorIndexPage,
    AuthorPage,
    DayPage,
    EntryPage,
    HomePage,
    MonthPage,
    NotFoundPage,
    Page,
    SearchPage,
    Site,
    SitemapEntry,
    StarredPage,
    StatisticsPage,
    TagIndexPage,
    TagPage,
    VenueIndexPage,
    VenuePage,
    YearPage,
)
from digest.planning import addresses as at


def list_permalinks(site: Site, pages: Iterable[Page]) -> Iterator[SitemapEntry]:
    """Every page that a search engine can lead to, in the order of the plan."""
    newest = calendars.iso_day(next(iter(site.by_day))) if site.by_day else ""
    newest_of = {at.year_url(day.year): calendars.iso_day(day) for day in sorted(site.by_day)}
    for page in pages:
        if not isinstance(page, NotFoundPage | SearchPage | StarredPage):
            yield SitemapEntry(page.canonical, _last_change(page, newest, newest_of))


def _last_change(page: Page, newest: str, newest_of: dict[str, str]) -> str:
    """The day of the newest entry that the page shows: the only change that the content tells of."""
    match page:
        case EntryPage():
            return page.entry.day.iso
        case DayPage():
            return page.group.day.iso
        case HomePage() | TagPage() | AuthorPage() | VenuePage() | MonthPage():
            return page.days[0].day.iso if page.days else ""
        case YearPage():
            return newest_of.get(page.url, "")
        case ArchivePage() | TagIndexPage() | AuthorIndexPage() | VenueIndexPage() | StatisticsPage():
            return newest
        case _:
            return ""
