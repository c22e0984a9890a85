"""A month as a calendar hangs on a wall."""

from __future__ import annotations

from calendar import isleap
from datetime import date

import pytest

from digest.model import Link
from digest.planning.weeks import lay_weeks


@pytest.mark.parametrize("first", [0, 5, 6])
@pytest.mark.parametrize(
    ("year", "month"),
    # Months that begin with each day of the week, Februaries of leap years and others, the first and the last month.
    [(2024, m) for m in range(1, 13)] + [(2023, 2), (2000, 2), (1900, 2), (2015, 2), (1, 1), (9999, 12)],
)
def test_every_day_stands_under_its_weekday(year: int, month: int, first: int) -> None:
    weeks = lay_weeks(year, month, {}, first)
    assert all(len(week) == 7 for week in weeks)
    assert all(any(day.text for day in week) for week in weeks)
    days = [(int(day.text), column) for week in weeks for column, day in enumerate(week) if day.text]
    length = 31 if month in {1, 3, 5, 7, 8, 10, 12} else 30 if month != 2 else 28 + isleap(year)
    assert [number for number, _ in days] == list(range(1, length + 1))
    assert all((column + first) % 7 == date(year, month, number).weekday() for number, column in days)


def test_a_month_of_four_weeks_has_four_rows() -> None:
    assert len(lay_weeks(2021, 2, {})) == 4
    assert len(lay_weeks(2021, 2, {}, 6)) == 5


def test_only_days_with_entries_lead_somewhere() -> None:
    weeks = lay_weeks(2019, 12, {date(2019, 12, 6): Link("", "/2019/12/06/", 3)})
    assert [day for week in weeks for day in week if day.href] == [Link("6", "/2019/12/06/", 3)]
