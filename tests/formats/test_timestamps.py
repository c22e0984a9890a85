"""Instants as feeds write them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.formats.timestamps import internet_time, mail_time

WEST = timezone(timedelta(hours=-3, minutes=-30))
PARIS_OF_OLD = timezone(timedelta(minutes=9, seconds=21))


@pytest.mark.parametrize(
    ("moment", "mail", "internet"),
    [
        (datetime(2019, 12, 6, 12, 1, 2, tzinfo=UTC), "Fri, 06 Dec 2019 12:01:02 +0000", "2019-12-06T12:01:02+00:00"),
        (datetime(2024, 2, 29, 9, tzinfo=WEST), "Thu, 29 Feb 2024 09:00:00 -0330", "2024-02-29T09:00:00-03:30"),
        (datetime(1900, 1, 1, 12, tzinfo=PARIS_OF_OLD), "Mon, 01 Jan 1900 11:50:39 +0000", "1900-01-01T11:50:39+00:00"),
    ],
)
def test_times_keep_their_offset_where_it_can_be_written(moment: datetime, mail: str, internet: str) -> None:
    assert (mail_time(moment), internet_time(moment)) == (mail, internet)


@pytest.mark.parametrize("write", [mail_time, internet_time])
def test_a_time_without_offset_is_refused(write: Callable[[datetime], str]) -> None:
    with pytest.raises(ValueError, match="offset"):
        write(datetime(2019, 12, 6))


@settings(deadline=None)
@given(
    st.datetimes(
        min_value=datetime(1900, 1, 1),
        timezones=st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes))),
    )
)
def test_times_read_back(moment: datetime) -> None:
    assert parsedate_to_datetime(mail_time(moment)) == moment.replace(microsecond=0)
    assert datetime.fromisoformat(internet_time(moment)) == moment
