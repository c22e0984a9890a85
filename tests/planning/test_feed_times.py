"""The times of entries: a few of them are those that all of them have."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from planning_values import a_site, an_entry

from digest.model import Entry, PartialDate
from digest.planning.feed_times import Times


def some_entries(draw: random.Random) -> list[Entry]:
    """Entries of few days, some with a time that is of another day elsewhere, some changed later."""
    entries = []
    for number in range(draw.randrange(40)):
        day = date(2019, 12, 6) + timedelta(days=draw.randrange(9))
        zone = draw.choice([None, UTC, timezone(timedelta(hours=14)), timezone(timedelta(hours=-23))])
        moment = datetime(day.year, day.month, day.day, draw.randrange(24), 0, 0, tzinfo=zone)
        changed = day + timedelta(days=draw.randrange(-1, 3))
        entries.append(
            an_entry(
                f"Entry {number}",
                day,
                id=draw.choice(["a", "b", f"urn:{number}"]),
                time=draw.choice([None, None, moment]),
                updated=draw.choice([None, PartialDate(changed.year, changed.month, changed.day)]),
            )
        )
    return entries


@pytest.mark.parametrize("seed", range(20))
def test_the_newest_are_the_first_of_all(seed: int) -> None:
    draw = random.Random(seed)
    site = a_site(some_entries(draw), timezone=draw.choice(["UTC", "Asia/Tokyo", "America/New_York"]))
    every = Times(site).newest(site.entries)
    moments = [Times(site).of(entry).published for entry in every]
    assert moments == sorted(moments, reverse=True)
    for most in range(len(every) + 2):
        assert Times(site).newest(site.entries, most) == every[:most]


@pytest.mark.parametrize("seed", range(20))
def test_no_two_days_have_a_say_in_each_others_times(seed: int) -> None:
    draw = random.Random(seed)
    site = a_site(some_entries(draw))
    times, backwards = Times(site), Times(site)
    for entry in reversed(site.entries):
        backwards.of(entry)
    assert all(times.of(entry) == backwards.of(entry) for entry in site.entries)
    untimed = [(entry.date, times.of(entry).published) for entry in site.entries if entry.time is None]
    assert len(set(untimed)) == len(untimed)
    assert all(times.of(entry).updated >= times.of(entry).published for entry in site.entries)
