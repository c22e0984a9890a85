"""The page of numbers and plots, and what the pages of time and of tags show of them."""

from __future__ import annotations

from datetime import date
from xml.etree.ElementTree import fromstring

import pytest
from planning_values import a_plan, an_entry, lost_addresses, the

from digest.model import ArchivePage, Entry, Figure, Link, MonthPage, StatisticsPage, TagPage, YearPage
from digest.planning.timelines import Timeline, lay_timeline

URL = "https://example.org/"


def entries_in(months: dict[str, int], **changes: object) -> list[Entry]:
    """So many entries in each month, `YYYY-MM`."""
    return [
        an_entry(f"Paper {month} {number}", date.fromisoformat(f"{month}-{number % 27 + 1:02d}"), **changes)
        for month, count in months.items()
        for number in range(count)
    ]


def numbers(figure: Figure, column: int = 1) -> dict[str, int]:
    return {row[0].text: int(row[column].text) for row in figure.rows}


def drawn(figure: Figure, kind: str) -> int:
    return sum(shape.get("class") == kind for shape in fromstring(f"<g>{figure.svg}</g>").iter())


def figures(page: StatisticsPage) -> dict[str, Figure]:
    return {figure.title: figure for figure in page.figures}


def test_tables_add_up_to_the_site_and_plots_to_the_tables() -> None:
    months = {"2018-11": 3, "2018-12": 2, "2019-03": 7}
    plan = a_plan(entries_in(months, tags=("hedges",), authors=("Ada Lovelace",), venue="ICLR 2018"))
    page = the(plan, StatisticsPage)
    shown = figures(page)
    assert numbers(shown["Entries by month"]) == {"March 2019": 7, "December 2018": 2, "November 2018": 3}
    assert drawn(shown["Entries by month"], "mark") == 3
    assert drawn(shown["Entries by month"], "rule") == 2  # January and February between them
    assert numbers(shown["Most used tags over time"]) == {"November 2018": 3, "December 2018": 2, "March 2019": 7}
    assert drawn(shown["Most used tags over time"], "mark") == 3
    assert numbers(shown["Most frequent authors"]) == {"Ada Lovelace": 12}
    assert numbers(shown["Most frequent venues"]) == {"ICLR": 12}
    assert dict(page.facts)["Entries"] == "12"
    assert dict(page.facts)["First day"] == "1 November 2018"
    assert [lost for lost in lost_addresses(plan, URL) if lost.endswith("/")] == []


def test_rows_of_tables_lead_to_pages() -> None:
    page = the(a_plan(entries_in({"2018-11": 2}, authors=("Ada Lovelace",))), StatisticsPage)
    shown = figures(page)
    assert shown["Entries by month"].rows[0][0] == Link("November 2018", "/2018/11/")
    assert shown["Most frequent authors"].rows[0][0] == Link("Ada Lovelace", "/authors/ada-lovelace/")


def test_large_numbers_are_grouped_as_no_language_reads_a_decimal() -> None:
    page = the(a_plan(entries_in({"2018-11": 27, "2018-12": 1}), bodies={}), StatisticsPage)
    assert dict(page.facts)["Words"] == f"{28 * 3}"
    assert all("," not in value for _, value in page.facts)


def test_who_has_one_entry_is_not_frequent() -> None:
    entries = [an_entry(f"Paper {name}", authors=(name,), venue=name) for name in ("Ada Lovelace", "Ann Author")]
    assert set(figures(the(a_plan(entries), StatisticsPage))) == {"Entries by month"}


def test_an_empty_site_has_nothing_to_plot_and_a_site_may_want_no_statistics() -> None:
    assert the(a_plan(), StatisticsPage).figures == ()
    assert not any(isinstance(page, StatisticsPage) for page in a_plan(statistics=False).pages)


def test_the_oldest_and_the_latest_day_there_can_be() -> None:
    entries = [an_entry("Old", date(1, 1, 1), tags=("t",)), an_entry("New", date(9999, 12, 31), tags=("t",))]
    plan = a_plan(entries, future=True)
    shown = figures(the(plan, StatisticsPage))
    assert list(numbers(shown["Entries by month"])) == ["December 9999", "January 1"]
    assert list(numbers(shown["Most used tags over time"])) == ["0–999", "9000–9999"]
    assert the(plan, MonthPage, "/9999/12/").weeks
    assert the(plan, MonthPage, "/0001/01/").weeks


@pytest.mark.parametrize(
    ("days", "step", "ends"),
    [
        ([date(2019, 12, 6)], 1, ("2019-12", "2019-12")),
        ([date(2017, 1, 1), date(2019, 12, 6)], 1, ("2017-01", "2019-12")),
        ([date(2016, 12, 31), date(2019, 12, 6)], 12, ("2016", "2019")),
        ([date(1950, 1, 1), date(2019, 12, 6)], 120, ("1950–1959", "2010–2019")),
    ],
)
def test_stretches_are_as_long_as_a_telephone_has_room(days: list[date], step: int, ends: tuple[str, str]) -> None:
    timeline = lay_timeline(days)
    assert timeline is not None
    assert (timeline.step, timeline.ends) == (step, ends)
    assert timeline.length <= 36
    assert sum(timeline.count([an_entry(f"{day}", day) for day in days])) == len(days)


def test_no_days_have_no_timeline() -> None:
    assert lay_timeline([]) is None
    assert Timeline(0, 12, 1).count([]) == [0]


def test_a_tag_shows_how_it_grew_on_its_first_page_only() -> None:
    months = {"2018-11": 3, "2018-12": 2, "2019-03": 7}
    plan = a_plan(entries_in(months, tags=("hedges",)), page_size=10)
    growth = the(plan, TagPage, "/tags/hedges/").growth
    assert growth is not None
    assert sum(numbers(growth).values()) == 12
    assert the(plan, TagPage, "/tags/hedges/page/2/").growth is None


def test_a_tag_of_few_entries_has_not_grown() -> None:
    page = the(a_plan(entries_in({"2018-11": 2, "2019-03": 2}, tags=("hedges",))), TagPage)
    assert page.growth is None


def test_the_calendar_of_a_month_counts_its_days() -> None:
    entries = [an_entry(f"Paper {number}", date(2019, 12, 6)) for number in range(3)]
    page = the(a_plan(entries), MonthPage)
    assert page.weekdays[0] == ("Mon", "Monday")
    assert [day for week in page.weeks for day in week if day.href] == [Link("6", "/2019/12/06/", 3)]


def test_the_pages_of_time_lead_to_each_other() -> None:
    entries = entries_in({"2019-12": 3}, authors=("Ada Lovelace",), venue="ICLR 2018")
    plan = a_plan(entries)
    assert the(plan, YearPage).archive == Link("Archive", "/archive/")
    archive = the(plan, ArchivePage)
    assert [(way.text, way.href) for way in archive.ways] == [
        ("Tags", "/tags/"),
        ("Authors", "/authors/"),
        ("Venues", "/venues/"),
        ("Statistics", "/statistics/"),
    ]
    assert archive.figure == the(plan, StatisticsPage).figures[0]
