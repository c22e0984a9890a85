"""Which days are asked for, and on which arXiv announces."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from digest.fetching import Asked
from digest.fetching.days import arxiv_today, each_day, first_day, is_due, last_due_day, parse_day
from digest.model import SourceQuery, Span

NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)
SOURCE = SourceQuery("x", "feed", Span("x"))


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        ("2026-11-18T04:59:00+00:00", "2026-11-17"),
        ("2026-11-18T05:59:00+00:00", "2026-11-17"),  # 00:59 in New York: not in all caches yet
        ("2026-11-18T06:00:00+00:00", "2026-11-18"),
        ("2026-07-15T04:59:00+00:00", "2026-07-14"),
        ("2026-07-15T05:00:00+00:00", "2026-07-15"),  # summer time
        ("2026-11-18T23:00:00+13:00", "2026-11-18"),
    ],
)
def test_the_day_of_arxiv_begins_in_new_york(instant: str, day: str) -> None:
    assert arxiv_today(datetime.fromisoformat(instant)).isoformat() == day


@pytest.mark.parametrize(
    ("day", "due"),
    [
        ("2026-11-16", True),
        ("2026-11-20", True),
        ("2026-11-21", False),
        ("2026-11-22", False),
        ("2026-11-26", False),  # Thanksgiving
        ("2026-11-27", False),
        ("2026-12-23", True),
        ("2026-12-24", False),
        ("2027-01-01", False),
        ("2027-01-04", True),
        ("2026-07-03", False),
        ("2026-09-07", False),  # Labor Day
        ("2026-05-25", False),  # Memorial Day
        ("2026-05-18", True),
        ("2026-01-19", False),  # Martin Luther King Day
        ("2026-02-16", False),  # Presidents' Day
        ("2026-06-19", False),
        ("2026-10-12", False),
        ("2026-11-11", False),
        ("2026-03-04", True),
    ],
)
def test_days_on_which_arxiv_surely_announces(day: str, due: bool) -> None:
    assert is_due(date.fromisoformat(day)) is due


def test_the_last_day_that_is_due() -> None:
    assert last_due_day(date(2026, 11, 22)) == date(2026, 11, 20)
    assert last_due_day(date(2026, 11, 18)) == date(2026, 11, 18)
    assert last_due_day(date(2027, 1, 1)) == date(2026, 12, 23)


@pytest.mark.parametrize(
    ("asked", "memory", "first"),
    [
        (Asked(NOW), {}, "2026-11-11"),
        (Asked(NOW), {"until": "2026-11-16"}, "2026-11-16"),
        (Asked(NOW), {"until": "2026-11-16T09:00:00+00:00"}, "2026-11-16"),
        (Asked(NOW), {"until": "yesterday"}, "2026-11-11"),
        (Asked(NOW, since=date(2026, 1, 2)), {"until": "2026-11-16"}, "2026-01-02"),
        (Asked(NOW, until=date(2026, 3, 9)), {"until": "2026-11-16"}, "2026-03-02"),
    ],
)
def test_where_a_run_begins(asked: Asked, memory: dict[str, str], first: str) -> None:
    assert first_day(SOURCE, asked, memory).isoformat() == first


def test_the_first_fetch_goes_back_as_far_as_the_settings_say() -> None:
    source = SourceQuery("x", "feed", Span("x"), since=date(2025, 1, 1))
    assert first_day(source, Asked(NOW), {}) == date(2025, 1, 1)
    assert first_day(SourceQuery("x", "feed", Span("x"), since=1), Asked(NOW), {}) == date(2026, 11, 17)


def test_each_day() -> None:
    assert [day.day for day in each_day(date(2026, 11, 29), date(2026, 12, 1))] == [29, 30, 1]
    assert list(each_day(date(2026, 11, 2), date(2026, 11, 1))) == []
    assert parse_day("2026-11-31") is None
