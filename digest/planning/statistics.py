"""The page of numbers and plots."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from heapq import nsmallest
from typing import Final

from digest.formats import calendars, charts
from digest.model import Entry, Figure, Html, Link, Sketch, StatisticsPage
from digest.planning import addresses as at
from digest.planning.asking import ALL, Asked
from digest.planning.atlas import Atlas
from digest.planning.marks import mark_all, mark_value
from digest.planning.sketching import sketch_list
from digest.planning.summaries import count_text
from digest.planning.timelines import lay_timeline, name_unit

_BARS: Final = 15
_TAGS: Final = 6
_NARROW_SPACE: Final = "\u202f"  # between thousands, which no language reads as a decimal point (ISO 80000-1)

_NAMES: Final = (
    "its numbers", "how many entries each month has", "the most used tags over time", "the most frequent authors",
    "the most frequent venues",
)  # fmt: skip


def sketch_statistics(atlas: Atlas, asked: Asked = ALL) -> Iterator[Sketch]:
    """The site in numbers and plots, if it wants them."""
    if not atlas.settings.statistics or not asked.is_for(at.STATISTICS):
        return
    tell, make = partial(_tell_statistics, atlas), partial(_make_statistics, atlas)
    yield sketch_list(atlas, at.STATISTICS, _NAMES, tell, make, what="the statistics", modified=atlas.newest)


def _tell_statistics(atlas: Atlas) -> tuple[bytes, ...]:
    site = atlas.site
    timeline = lay_timeline(site.by_day)
    tags = [(tag, timeline.count(site.by_tag[tag])) for tag in _most_used(atlas)] if timeline else []
    return (
        mark_value(tuple(_list_facts(atlas))),
        mark_value(_count_months(atlas)),
        mark_value(tags),
        mark_all(map(atlas.author_marks.__getitem__, _most_frequent(site.by_author))),
        mark_value([*map(atlas.count_venue, _most_frequent(site.by_venue))]),
    )


def _make_statistics(atlas: Atlas) -> StatisticsPage:
    words = atlas.words
    plots = (plot_months(atlas), _plot_tags(atlas), _plot_authors(atlas), _plot_venues(atlas))
    days = len(atlas.site.by_day)
    return StatisticsPage(
        masthead=atlas.masthead,
        url=at.STATISTICS,
        title=words.gettext("Statistics"),
        description=words.ngettext(
            "%(entries)s on %(number)s day, in numbers and plots.",
            "%(entries)s on %(number)s days, in numbers and plots.",
            days,
            entries=count_text(words, len(atlas.site.entries)),
        ),
        canonical=atlas.permalink(at.STATISTICS),
        facts=tuple(_list_facts(atlas)),
        figures=tuple(plot for plot in plots if plot),
    )


def _list_facts(atlas: Atlas) -> Iterator[tuple[str, str]]:
    site, words = atlas.site, atlas.words
    yield words.gettext("Entries"), _group(len(site.entries))
    yield words.gettext("Days"), _group(len(site.by_day))
    yield words.gettext("Authors"), _group(len(site.by_author))
    yield words.gettext("Tags"), _group(len(site.by_tag))
    yield words.gettext("Venues"), _group(len(site.by_venue))
    yield words.gettext("Words"), _group(sum(atlas.gist_of(entry).words for entry in site.entries))
    if site.by_day:
        days = list(atlas.days.values())
        yield words.gettext("First day"), days[-1].text
        yield words.gettext("Newest day"), days[0].text


def plot_months(atlas: Atlas) -> Figure | None:
    """Entries by month: a row of dots for each year that has some, newest first."""
    counts = _count_months(atlas)
    if not counts:
        return None
    language, newest, oldest = atlas.settings.language, max(counts), min(counts)
    rows = [
        (
            f"{year}",
            [counts.get((year, m), 0) if oldest <= (year, m) <= newest else None for m in range(1, 13)],
        )
        for year in dict.fromkeys(year for year, _ in counts)
    ]
    return Figure(
        title=atlas.words.gettext("Entries by month"),
        svg=Html(charts.draw_dots(_month_heads(language), rows, mirrored=_is_mirrored(atlas))),
        columns=(atlas.words.gettext("Month"), atlas.words.gettext("Entries")),
        rows=tuple((_link_month(atlas, year, month), Link(f"{number}")) for (year, month), number in counts.items()),
    )


def _count_months(atlas: Atlas) -> dict[tuple[int, int], int]:
    """The number of entries of each month that has some, by year and month, newest first."""
    counts: dict[tuple[int, int], int] = {}
    for day, entries in atlas.site.by_day.items():
        counts[day.year, day.month] = counts.get((day.year, day.month), 0) + len(entries)
    return counts


def _month_heads(language: str) -> list[str]:
    """Months as a narrow column can head them: by their first letter where they begin with one, else by number."""
    names = [calendars.month_name(number, language, short=True) for number in range(1, 13)]
    if all(name[0].isalpha() for name in names) and len({name[0] for name in names}) > 1:
        return [name[0] for name in names]
    return [f"{number}" for number in range(1, 13)]


def _link_month(atlas: Atlas, year: int, month: int) -> Link:
    first = date(year, month, 1)
    return Link(calendars.month_title(first, atlas.settings.language), atlas.href(at.month_url(first)))


def _plot_tags(atlas: Atlas) -> Figure | None:
    """The most used tags over the time of the site, one plot each, all on one scale."""
    by_tag, timeline, tags = atlas.site.by_tag, lay_timeline(atlas.site.by_day), _most_used(atlas)
    if timeline is None or not tags or timeline.length < 2:
        return None
    numbers = {tag: timeline.count(by_tag[tag]) for tag in tags}
    largest = max(max(each) for each in numbers.values())
    plots = (
        charts.draw_columns(numbers[tag], timeline.ends, title=tag, largest=largest, mirrored=_is_mirrored(atlas))
        for tag in tags
    )
    places = [place for place in range(timeline.length) if any(each[place] for each in numbers.values())]
    return Figure(
        title=atlas.words.gettext("Most used tags over time"),
        svg=Html(f'<div class="panels">{"".join(plots)}</div>'),
        columns=(name_unit(atlas, timeline), *tags),
        rows=tuple(
            (timeline.link(atlas, place), *(Link(f"{numbers[tag][place]}") for tag in tags)) for place in places
        ),
    )


def _most_used(atlas: Atlas) -> list[str]:
    by_tag = atlas.site.by_tag
    return nsmallest(_TAGS, by_tag, key=lambda tag: -len(by_tag[tag]))


def _plot_authors(atlas: Atlas) -> Figure | None:
    words = atlas.words
    counted = (atlas.counted_authors[name] for name in _most_frequent(atlas.site.by_author))
    return _plot_bars(atlas, words.gettext("Most frequent authors"), words.gettext("Author"), counted)


def _plot_venues(atlas: Atlas) -> Figure | None:
    words = atlas.words
    counted = (atlas.count_venue(name) for name in _most_frequent(atlas.site.by_venue))
    return _plot_bars(atlas, words.gettext("Most frequent venues"), words.gettext("Venue"), counted)


def _most_frequent(names: Mapping[str, tuple[Entry, ...]]) -> list[str]:
    """Those of most entries; who has but one is no more frequent than the others."""
    counts = {name: len(entries) for name, entries in names.items() if len(entries) > 1}
    return nsmallest(_BARS, counts, key=lambda name: -counts[name])


def _plot_bars(atlas: Atlas, title: str, head: str, counted: Iterator[Link]) -> Figure | None:
    links = tuple(counted)
    if not links:
        return None
    return Figure(
        title=title,
        svg=Html(charts.draw_bars([(link.text, link.count) for link in links], mirrored=_is_mirrored(atlas))),
        columns=(head, atlas.words.gettext("Entries")),
        rows=tuple((Link(link.text, link.href), Link(f"{link.count}")) for link in links),
    )


def _is_mirrored(atlas: Atlas) -> bool:
    return atlas.masthead.direction == "rtl"


def _group(number: int) -> str:
    return f"{number:,}".replace(",", _NARROW_SPACE)
