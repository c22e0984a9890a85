"""The pages of months and of years, and the archive of them all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from itertools import groupby
from typing import Final, TypeVar

from digest.formats import calendars
from digest.formats.patterns import lazily
from digest.model import ArchivePage, Entry, Link, MonthPage, MonthSummary, Sketch, YearPage, dataclass
from digest.planning import addresses as at
from digest.planning.asking import ALL, Asked
from digest.planning.atlas import Atlas
from digest.planning.exports import export_links
from digest.planning.sketching import NAMED, sketch_list, sketch_shown
from digest.planning.statistics import plot_months
from digest.planning.summaries import count_text, titles_text
from digest.planning.views import Cards, group_days
from digest.planning.weeks import lay_weeks

Value = TypeVar("Value")
_STRETCH: Final = lazily(r"/[0-9]{4}/(?:[0-9]{2}/)?")  # the address of a year or a month
_NAMES: Final = ("its entries", "the month before", "the month after")


@dataclass(frozen=True, slots=True)
class Month:
    """A month that has entries, and its days, newest first."""

    first: date
    days: tuple[date, ...]
    link: Link


@dataclass(frozen=True, slots=True)
class Year:
    """A year that has entries, and its months, newest first."""

    number: int
    months: tuple[Month, ...]
    link: Link


def sketch_months(atlas: Atlas, heads: Cards, asked: Asked = ALL) -> Iterator[Sketch]:
    """The archive, years and months."""
    if not (asked.is_for(at.ARCHIVE) or asked.matches(_STRETCH)):
        return
    years = _lay_calendar(atlas)
    title = atlas.words.gettext("Archive")
    yield sketch_shown(atlas, at.ARCHIVE, title, partial(_make_archive, atlas, years), atlas.newest)
    for year, (before, after) in zip(years, neighbours([year.link for year in years]), strict=True):
        modified = atlas.days[year.months[0].days[0]].iso
        make = partial(_make_year, atlas, year, before, after)
        yield sketch_shown(atlas, at.year_url(year.number), year.link.text, make, modified)
    yield from _sketch_months(atlas, years, heads)


def _lay_calendar(atlas: Atlas) -> tuple[Year, ...]:
    """The years of the site with their months and days, newest first, each with its count of entries."""
    years = []
    for number, days in groupby(atlas.site.by_day, key=lambda day: day.year):
        months = tuple(_lay_month(atlas, tuple(found)) for _, found in groupby(days, key=lambda day: day.month))
        count = sum(month.link.count for month in months)
        text = calendars.year_text(number, atlas.settings.language)
        years.append(Year(number, months, Link(text, atlas.href(at.year_url(number)), count)))
    return tuple(years)


def _lay_month(atlas: Atlas, days: tuple[date, ...]) -> Month:
    first = days[0].replace(day=1)
    count = sum(len(atlas.site.by_day[day]) for day in days)
    return Month(
        first, days, Link(calendars.month_title(first, atlas.settings.language), atlas.href(at.month_url(first)), count)
    )


def _make_archive(atlas: Atlas, years: Sequence[Year]) -> ArchivePage:
    """All years with their months."""
    words, count, days = atlas.words, len(atlas.site.entries), len(atlas.site.by_day)
    return ArchivePage(
        masthead=atlas.masthead,
        url=at.ARCHIVE,
        title=words.gettext("Archive"),
        description=words.ngettext(
            "%(entries)s on %(number)s day.", "%(entries)s on %(number)s days.", days, entries=count_text(words, count)
        ),
        exports=export_links(atlas, at.HOME),
        canonical=atlas.permalink(at.ARCHIVE),
        years=tuple((year.link, tuple(month.link for month in year.months)) for year in years),
        figure=plot_months(atlas),
        ways=tuple(_list_ways(atlas)),
    )


def _list_ways(atlas: Atlas) -> Iterator[Link]:
    """Other ways through the same entries."""
    words, site = atlas.words, atlas.site
    yield Link(words.gettext("Tags"), atlas.href(at.TAGS), len(site.by_tag))
    if atlas.author_urls:
        yield Link(words.gettext("Authors"), atlas.href(at.AUTHORS), len(atlas.author_urls))
    if atlas.venue_urls:
        yield Link(words.gettext("Venues"), atlas.href(at.VENUES), len(atlas.venue_urls))
    if atlas.settings.statistics:
        yield Link(words.gettext("Statistics"), atlas.href(at.STATISTICS))


def _make_year(atlas: Atlas, year: Year, before: Link | None, after: Link | None) -> YearPage:
    """A year that has entries: its months and their days."""
    url = at.year_url(year.number)
    return YearPage(
        masthead=atlas.masthead,
        url=url,
        title=year.link.text,
        description=atlas.words.ngettext(
            "%(number)s entry in %(year)s.", "%(number)s entries in %(year)s.", year.link.count, year=year.link.text
        ),
        canonical=atlas.permalink(url),
        year=year.link,
        months=tuple([_summarise_month(atlas, month) for month in year.months]),
        previous=_without_count(before),
        next=_without_count(after),
        archive=Link(atlas.words.gettext("Archive"), atlas.href(at.ARCHIVE)),
    )


def _summarise_month(atlas: Atlas, month: Month) -> MonthSummary:
    by_day, labels = atlas.site.by_day, atlas.days
    days = (Link(labels[day].text, labels[day].href, len(by_day[day])) for day in month.days)
    return MonthSummary(month.link, tuple(days))


def _sketch_months(atlas: Atlas, years: Sequence[Year], heads: Cards) -> Iterator[Sketch]:
    """Each month that has entries: its days with the titles."""
    months = [(year, month) for year in years for month in year.months]
    for (year, month), (before, after) in zip(months, neighbours([month for _, month in months]), strict=True):
        entries = [entry for day in month.days for entry in atlas.site.by_day[day]]
        tell = partial(_tell_month, atlas, entries, before, after)
        make = partial(_make_month, atlas, heads, (year.link, month, before, after))
        url, what = at.month_url(month.first), f"the page of {month.link.text}"
        modified = atlas.days[month.days[0]].iso
        weight = 1 + len(entries) // NAMED
        yield sketch_list(atlas, url, _NAMES, tell, make, what=what, modified=modified, weight=weight)


def _tell_month(atlas: Atlas, entries: Sequence[Entry], before: Month | None, after: Month | None) -> tuple[bytes, ...]:
    return atlas.mark_heads(entries), _mark_month(before), _mark_month(after)


def _mark_month(month: Month | None) -> bytes:
    return calendars.iso_month(month.first).encode() if month else b""


def _make_month(atlas: Atlas, heads: Cards, place: tuple[Link, Month, Month | None, Month | None]) -> MonthPage:
    year, month, before, after = place
    language, by_day = atlas.settings.language, atlas.site.by_day
    entries = [entry for day in month.days for entry in by_day[day]]
    days = {day: Link("", atlas.days[day].href, len(by_day[day])) for day in month.days}
    url = at.month_url(month.first)
    return MonthPage(
        masthead=atlas.masthead,
        url=url,
        title=month.link.text,
        description=list_titles(atlas, entries),
        canonical=atlas.permalink(url),
        month=month.link,
        year=Link(year.text, year.href),
        days=group_days(entries, heads),
        previous=_without_count(before.link if before else None),
        next=_without_count(after.link if after else None),
        weekdays=calendars.list_weekdays(language),
        weeks=lay_weeks(month.first.year, month.first.month, days, calendars.first_weekday(language)),
    )


def _without_count(link: Link | None) -> Link | None:
    """A neighbour's count would change this page whenever the neighbour grows."""
    return Link(link.text, link.href) if link else None


def neighbours(values: Sequence[Value]) -> Iterator[tuple[Value | None, Value | None]]:
    """The earlier and the later neighbour of each of some values that stand newest first."""
    earlier = [*values[1:], None][: len(values)]
    return zip(earlier, [None, *values], strict=False)


def list_titles(atlas: Atlas, entries: Sequence[Entry]) -> str:
    """Titles of entries, as the description of a page that shows them."""
    return titles_text(atlas.words, [atlas.title_of(entry) for entry in entries])
