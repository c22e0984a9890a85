"""Dates as feeds write them."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from digest.formats.feed_dates import day_of, parse_instant, parse_when
from digest.model import PartialDate


def instant(hour: int, offset: int, day: int = 20) -> datetime:
    return datetime(2024, 9, day, hour, tzinfo=timezone(timedelta(hours=offset)))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Fri, 20 Sep 2024 06:00:00 -0400", instant(6, -4)),
        ("Fri, 20 Sep 2024 06:00:00 GMT", instant(6, 0)),
        ("20 Sept 24 06:00 EST", instant(6, -5)),
        ("Fri, 20 Sep 2024 06:00:00 GMT+0200", instant(6, 2)),
        ("Fri, 20 September 2024 24:00:00 +0000", instant(0, 0, 21)),
        ("2024-09-20T06:00:00Z", instant(6, 0)),
        ("2024-09-20T06:00:00.123-07:00", instant(6, -7)),
        ("2024-09-20 06:00:00 +02:00", instant(6, 2)),
        ("2024-9-20T6:00Z", instant(6, 0)),
        ("20240920T06:00Z", instant(6, 0)),
        ("Fri Sep 20 06:00:00 GMT 2024", instant(6, 0)),
        ("Sep 20, 2024 6:00 PM UTC", instant(18, 0)),
        ("2024-09-20T06:00:00", date(2024, 9, 20)),
        ("Fri, 20 Sep 2024 06:00:00", date(2024, 9, 20)),
        ("Fri, 20 Sep 2024 06:00:00 XYZ", date(2024, 9, 20)),
        ("2024-09-20", date(2024, 9, 20)),
        ("2024-09-20T06:00:00+99:99", date(2024, 9, 20)),
        ("20. September 2024", date(2024, 9, 20)),
        ("30-Apr-2004", date(2004, 4, 30)),
        ("2024-02-30", None),
        ("1726800000", None),
        ("soon", None),
        ("", None),
        ("1" * 5000, None),
    ],
)
def test_instants_and_days(text: str, found: date | None) -> None:
    read = parse_instant(text)
    assert read == found
    assert type(read) is type(found)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2024", PartialDate(2024)),
        ("2024/9", PartialDate(2024, 9)),
        ("December 2024", PartialDate(2024, 12)),
        ("2024/09/20", PartialDate(2024, 9, 20)),
        ("2024-09-20T23:00:00-04:00", PartialDate(2024, 9, 20)),
        ("", None),
    ],
)
def test_days_months_and_years(text: str, found: PartialDate | None) -> None:
    assert parse_when(text) == found


def test_the_day_of_an_instant_is_that_of_its_zone() -> None:
    assert day_of(instant(23, -5)) == PartialDate(2024, 9, 20)
    assert day_of(None) is None
