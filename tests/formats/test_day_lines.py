"""Headings of days as people write them, by what the headings above them say."""

from __future__ import annotations

from datetime import date

import pytest

from digest.formats.day_lines import DayLine, DayReader

SIXTH = date(2019, 12, 6)
NO_YEAR = "it has no year"
SEVERAL = "it names several days, of which the last was taken"


@pytest.mark.parametrize(
    "line",
    [
        "December 6, 2019",
        "## 2019-12-06",
        "[[December 6th, 2019]]",
        "[[2019-12-06]]",
        "Day 6: December 6, 2019",
        "6-Dec-19",
        "Dec 6 '19",
        "December 6, 2019 | 3 papers",
        "December 6, 2019 (3)",
        "## 2019-12-06 — cs.CL",
        "Reading notes, 6 December 2019",
        "Today (December 6, 2019)",
        "6\\. Dezember 2019",
    ],
)
def test_a_whole_day_whatever_stands_around_it(line: str) -> None:
    assert DayReader().read(line) == DayLine(SIXTH)


@pytest.mark.parametrize(
    "line",
    [
        "December 2-6, 2019",
        "2–6 December 2019",
        "2019-12-02 to 2019-12-06",
        "Week 1 (Dec 2 - Dec 6, 2019)",
        "## Gardens of the Week (November 30 - December 6) - 2019",
    ],
)
def test_of_several_days_the_last(line: str) -> None:
    assert DayReader().read(line) == DayLine(SIXTH, SEVERAL)


def test_the_new_year_stands_between_two_days() -> None:
    assert DayReader().read("Dec 30, 2019 – Jan 3, 2020") == DayLine(date(2020, 1, 3), SEVERAL)


@pytest.mark.parametrize("line", ["December 6", "Fri 6 Dec", "Friday, December 6th", "12月6日", "6 décembre"])
def test_a_day_without_its_year_has_that_of_the_heading_above(line: str) -> None:
    reader = DayReader()
    assert reader.read(line) == DayLine(None, NO_YEAR)
    reader.take_above("Papers of 2019")
    assert reader.read(line) == DayLine(SIXTH)


@pytest.mark.parametrize("line", ["6", "6th", "Friday 6th", "Fri 6"])
def test_a_day_without_its_month_has_that_of_the_heading_above(line: str) -> None:
    reader = DayReader()
    assert reader.read(line) is None
    reader.take_above("December 2019")
    assert reader.read(line) == DayLine(SIXTH)


def test_the_year_changes_where_the_months_begin_anew() -> None:
    newest, oldest = DayReader(), DayReader()
    days = [newest.read(line) for line in ("January 2, 2020", "December 30")]
    assert days[-1] == DayLine(date(2019, 12, 30))
    days = [oldest.read(line) for line in ("December 30, 2019", "January 2")]
    assert days[-1] == DayLine(date(2020, 1, 2))


@pytest.mark.parametrize("first", [True, False])
def test_figures_in_two_orders_are_settled_by_what_changes_from_day_to_day(first: bool) -> None:
    lines = [f"{day:02d}/12/2019" if first else f"12/{day:02d}/2019" for day in (6, 5, 4)]
    reader = DayReader.of_lines(lines)
    found = [reader.read(line) for line in lines]
    assert [each and each.day for each in found] == [SIXTH, date(2019, 12, 5), date(2019, 12, 4)]
    assert all(each and each.doubt for each in found)


def test_figures_that_nothing_settles_are_no_day() -> None:
    told = DayReader.of_lines(["03/04/2019"]).read("03/04/2019")
    assert told is not None
    assert told.day is None
    assert told.doubt


@pytest.mark.parametrize(
    "line",
    ["1. Leeks", "Table 4", "Leeks 2019", "Garden 2.0", "GARDEN-50", "Leeks and Onions (2017)", "6.", "5 papers",
     "On Leeks: 2019-2020", "Step 1: March", "Lecture 3 (May)"],
)  # fmt: skip
def test_other_headings_are_no_days(line: str) -> None:
    reader = DayReader()
    reader.take_above("December 2019")
    assert reader.read(line) is None
