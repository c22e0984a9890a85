"""The pages of time: home, days, months, years, archive."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby, islice
from typing import TypeVar

from digest.formats import calendars
from digest.model import ArchivePage, DayGroup, DayPage, HomePage, Html, Link, MonthPage, MonthSummary, Sketch, YearPage
from digest.planning import addresses as at
from digest.planning.atlas import Atlas
from digest.planning.exports import export_links
from digest.planning.sketching import sketch_page
from digest.planning.statistics import plot_months
from digest.planning.summaries import count_text, title_text, titles_text
from digest.planning.views import Cards, group_days, link_body, view_on_day
from digest.planning.weeks import lay_weeks

Value = TypeVar("Value")


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


def lay_calendar(atlas: Atlas) -> tuple[Year, ...]:
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


def plan_home(atlas: Atlas, cards: Cards) -> HomePage:
    """The newest days; what content/pages/index.md says stands above them."""
    site = atlas.site
    days = islice(site.by_day.values(), max(1, site.settings.home_days))
    most = max(1, site.settings.home_day_entries)
    opening = atlas.introduction
    return HomePage(
        masthead=atlas.masthead,
        url=at.HOME,
        title=site.settings.title,
        description=site.settings.description or (opening.description if opening else ""),
        canonical=atlas.permalink(at.HOME),
        days=tuple(_cut_day(group, most) for entries in days for group in group_days(entries, cards)),
        introduction=link_body(atlas, opening, atlas.prose_of(opening).html) if opening else Html(""),
        archive=Link(atlas.words.gettext("Browse the archive"), atlas.href(at.ARCHIVE), len(site.entries)),
        entry_count=len(site.entries),
        day_count=len(site.by_day),
    )


def _cut_day(group: DayGroup, most: int) -> DayGroup:
    """A day with its first entries only; a day of hundreds would bury the days before it."""
    return replace(group, entries=group.entries[:most], more=max(0, len(group.entries) - most))


def plan_days(atlas: Atlas, wholes: Cards) -> Iterator[DayPage]:
    """Each day that has entries, whole; its neighbours are the nearest days that have some."""
    labels = list(atlas.days.values())
    for (day, entries), label, (before, after) in zip(
        atlas.site.by_day.items(), labels, neighbours(labels), strict=True
    ):
        views = tuple(view_on_day(entry, wholes[entry.key]) for entry in entries)
        url = at.day_url(day)
        yield DayPage(
            masthead=atlas.masthead,
            url=url,
            title=label.text,
            description=titles_text(atlas.words, [title_text(entry, atlas.prose_of(entry)) for entry in entries]),
            canonical=atlas.permalink(url),
            group=DayGroup(label, views),
            exports=export_links(atlas, url),
            folded=atlas.settings.fold,
            previous=before,
            next=after,
            month=Link(calendars.month_text(day, atlas.settings.language), atlas.href(at.month_url(day))),
            minutes=sum(view.minutes for view in views),
        )


def plan_archive(atlas: Atlas, years: Sequence[Year]) -> ArchivePage:
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


def plan_years(atlas: Atlas, years: Sequence[Year]) -> Iterator[YearPage]:
    """Each year that has entries: its months and their days."""
    for year, (before, after) in zip(years, neighbours([year.link for year in years]), strict=True):
        url = at.year_url(year.number)
        yield YearPage(
            masthead=atlas.masthead,
            url=url,
            title=year.link.text,
            description=atlas.words.ngettext(
                "%(number)s entry in %(year)s.", "%(number)s entries in %(year)s.", year.link.count, year=year.link.text
            ),
            canonical=atlas.permalink(url),
            year=year.link,
            months=tuple(_summarise_month(atlas, month) for month in year.months),
            previous=_without_count(before),
            next=_without_count(after),
            archive=Link(atlas.words.gettext("Archive"), atlas.href(at.ARCHIVE)),
        )


def _summarise_month(atlas: Atlas, month: Month) -> MonthSummary:
    by_day, labels = atlas.site.by_day, atlas.days
    days = (Link(labels[day].text, labels[day].href, len(by_day[day])) for day in month.days)
    return MonthSummary(month.link, tuple(days))


def plan_months(atlas: Atlas, years: Sequence[Year], cards: Cards) -> Iterator[MonthPage]:
    """Each month that has entries: its days with the titles."""
    months = [(year, month) for year in years for month in year.months]
    language, by_day = atlas.settings.language, atlas.site.by_day
    weekdays, begin = calendars.list_weekdays(language), calendars.first_weekday(language)
    for (year, month), (before, after) in zip(months, neighbours([month.link for _, month in months]), strict=True):
        entries = [entry for day in month.days for entry in by_day[day]]
        days = {day: Link("", atlas.days[day].href, len(by_day[day])) for day in month.days}
        url = at.month_url(month.first)
        yield MonthPage(
            masthead=atlas.masthead,
            url=url,
            title=month.link.text,
            description=titles_text(atlas.words, [title_text(entry, atlas.prose_of(entry)) for entry in entries]),
            canonical=atlas.permalink(url),
            month=month.link,
            year=Link(year.link.text, year.link.href),
            days=group_days(entries, cards),
            previous=_without_count(before),
            next=_without_count(after),
            weekdays=weekdays,
            weeks=lay_weeks(month.first.year, month.first.month, days, begin),
        )


def neighbours(values: Sequence[Value]) -> Iterator[tuple[Value | None, Value | None]]:
    """The earlier and the later neighbour of each of some values that stand newest first."""
    for index in range(len(values)):
        earlier = values[index + 1] if index + 1 < len(values) else None
        yield earlier, values[index - 1] if index else None


def _without_count(link: Link | None) -> Link | None:
    """A neighbour's count would change this page whenever the neighbour grows."""
    return Link(link.text, link.href) if link else None


def sketch_time(atlas: Atlas, cards: Cards, wholes: Cards) -> Iterator[Sketch]:
    """The pages of time."""
    years = lay_calendar(atlas)
    newest = next((label.iso for label in atlas.days.values()), "")
    yield sketch_page(atlas, plan_home(atlas, cards), newest)
    yield sketch_page(atlas, plan_archive(atlas, years), newest)
    for year, page in zip(years, plan_years(atlas, years), strict=True):
        yield sketch_page(atlas, page, atlas.days[year.months[0].days[0]].iso)
    for month in plan_months(atlas, years, cards):
        yield sketch_page(atlas, month, month.days[0].day.iso)
    for day in plan_days(atlas, wholes):
        yield sketch_page(atlas, day, day.group.day.iso)
