"""Dates in words, whatever the machine speaks."""

from __future__ import annotations

import locale
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from digest.formats import calendars, timestamps
from digest.model import PartialDate

DAY = date(2019, 12, 6)


def test_english_dates() -> None:
    assert calendars.day_text(DAY) == "6 December 2019"
    assert calendars.month_text(DAY) == "December 2019"
    assert calendars.weekday(DAY) == "Friday"
    assert calendars.day_text(DAY, "en-GB") == "6 December 2019"


def test_a_language_that_is_not_known_gets_neutral_dates() -> None:
    assert calendars.day_text(DAY, "tlh") == "2019-12-06"
    assert calendars.month_text(DAY, "x") == "2019-12"
    assert calendars.weekday(DAY, "tlh") == ""
    assert calendars.month_name(12, "tlh") == "12"
    assert calendars.list_weekdays("tlh")[0] == ("1", "1")


@pytest.mark.parametrize(
    ("partial", "text", "german"),
    [
        (PartialDate(2018), "2018", "2018"),
        (PartialDate(2018, 4), "April 2018", "April 2018"),
        (PartialDate(2018, 4, 13), "13 April 2018", "13. April 2018"),
    ],
)
def test_a_date_says_no_more_than_is_known(partial: PartialDate, text: str, german: str) -> None:
    assert calendars.partial_text(partial) == text
    assert calendars.partial_text(partial, "de") == german


def test_early_years_keep_four_digits() -> None:
    assert calendars.iso_day(date(33, 4, 3)) == "0033-04-03"


@pytest.fixture
def foreign_locale() -> Iterator[None]:
    """Any locale of the machine whose month names are not English."""
    before = locale.setlocale(locale.LC_ALL)
    for name in ("tr_TR.UTF-8", "de_DE.UTF-8", "fr_FR.UTF-8"):
        try:
            locale.setlocale(locale.LC_ALL, name)
        except locale.Error:
            continue
        yield
        locale.setlocale(locale.LC_ALL, before)
        return
    pytest.skip("this machine has no locale but English")


def test_the_locale_has_no_say(foreign_locale: None) -> None:
    assert calendars.day_text(DAY) == "6 December 2019"
    assert timestamps.mail_time(datetime(2019, 12, 6, tzinfo=UTC)).startswith("Fri, 06 Dec")
