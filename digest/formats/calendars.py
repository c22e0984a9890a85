"""Dates as people write them, from tables of our own: the machine's locale never has a say."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from digest.model import PartialDate

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def day_text(day: date, language: str = "en") -> str:
    """`6 December 2019`; in a language whose names are not known here `2019-12-06`, which is foreign to none."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}" if _is_english(language) else iso_day(day)


def month_text(day: date, language: str = "en") -> str:
    """`December 2019`, or `2019-12`."""
    return f"{MONTHS[day.month - 1]} {day.year}" if _is_english(language) else iso_month(day)


def weekday(day: date, language: str = "en") -> str:
    """`Friday`, or nothing."""
    return WEEKDAYS[day.weekday()] if _is_english(language) else ""


def partial_text(partial: PartialDate, language: str = "en") -> str:
    """A date as precisely as it is known: `13 April 2018`, `April 2018`, `2018`."""
    if partial.month is None:
        return f"{partial.year}"
    if partial.day is None:
        return month_text(date(partial.year, partial.month, 1), language)
    return day_text(date(partial.year, partial.month, partial.day), language)


def iso_day(day: date) -> str:
    """`2019-12-06`; four digits of year on every platform, which strftime does not promise."""
    return f"{day.year:04d}-{day.month:02d}-{day.day:02d}"


def iso_month(day: date) -> str:
    """`2019-12`."""
    return f"{day.year:04d}-{day.month:02d}"


def mail_time(moment: datetime) -> str:
    """`Fri, 06 Dec 2019 12:00:00 +0000` (RFC 822 with the year of RFC 2822 §3.3); `moment` is aware."""
    offset = moment.utcoffset()
    if offset is None:
        raise ValueError("a time in a feed needs its offset")
    minutes = round(offset.total_seconds() / 60)
    sign, minutes = ("-", -minutes) if minutes < 0 else ("+", minutes)
    name, month = WEEKDAYS[moment.weekday()][:3], MONTHS[moment.month - 1][:3]
    clock = f"{moment.hour:02d}:{moment.minute:02d}:{moment.second:02d}"
    return f"{name}, {moment.day:02d} {month} {moment.year:04d} {clock} {sign}{minutes // 60:02d}{minutes % 60:02d}"


def _is_english(language: str) -> bool:
    return language.replace("_", "-").partition("-")[0].lower() in {"en", ""}
