"""The dates of front matter: a full day with or without a time, and dates as precise as their source."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache

from digest.formats import dates
from digest.formats.patterns import lazily
from digest.model import PartialDate
from digest.reading.fields import Fields, Text

_MOMENT = lazily(
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"(?:(?:[Tt]|[ \t]+)(?P<time>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?)"
    r"[ \t]*(?P<zone>[Zz]|UTC|[+-][0-9]{2}(?::?[0-9]{2})?)?)?"
)
_PATH_DAY = lazily(r"(?:^|/)([0-9]{4})/([0-9]{2})/([0-9]{2})/")
_NAME_DAY = lazily(r"(?:^|/)([0-9]{4})-([0-9]{2})-([0-9]{2})-[^/]+$")


def read_moment(fields: Fields, name: str, zone: tzinfo) -> tuple[date, datetime | None] | None:
    """The day as it is written, and the time if one follows; without an offset it is one of `zone`. DG102."""
    found = fields.read_text(name)
    if found is None:
        return None
    moment = parse_moment(found.text, zone)
    if moment is None:
        fields.report("DG102", f'`{name}` is not a date: "{found.text}"', found.span, _hint_day(found))
    return moment


def parse_moment(text: str, zone: tzinfo) -> tuple[date, datetime | None] | None:
    """`2019-12-06`, `2019-12-06 10:30`, `2019-12-06T10:30:00+01:00`; nothing where no such day or time exists."""
    try:
        signs = text[4::3]
        if signs == "--T::Z" and len(text) == 20:  # as most are written: no pattern need take them apart
            moment = datetime.fromisoformat(text)
            return (moment.date(), moment) if moment.year in dates.YEARS else None
        if signs == "--" and len(text) == 10:
            day = date.fromisoformat(text)
            return (day, None) if day.year in dates.YEARS else None
        match = _MOMENT.fullmatch(text)
        if match is None:
            return None
        day = date.fromisoformat(match["day"])
        if day.year not in dates.YEARS:
            return None
        return day, _time_of(day, match["time"], match["zone"], zone) if match["time"] else None
    except ValueError:
        return None


def read_partial(fields: Fields, name: str) -> PartialDate | None:
    """A year, a month or a day; DG102."""
    found = fields.read_text(name)
    if found is None:
        return None
    partial = dates.parse_partial(found.text)
    if partial is None:
        hint = f"write {name}: {_suggest(found.text) or '2018, 2018-04 or 2018-04-13'}"
        fields.report("DG102", f'`{name}` is not a date: "{found.text}"', found.span, hint)
    return partial


def day_of_path(key: str) -> date | None:
    """The day that the path of an entry tells: `2019/12/06/x.md` or `2019-12-06-x.md`."""
    match = _NAME_DAY.search(key) or _PATH_DAY.search(key)
    if match is None:
        return None
    try:
        return date(*(int(part) for part in match.groups()))
    except ValueError:
        return None


def _time_of(day: date, clock: str, offset: str | None, zone: tzinfo) -> datetime:
    hours, minutes, *rest = clock.split(":")
    whole, _, fraction = rest[0].partition(".") if rest else ("0", "", "")
    return datetime(
        day.year, day.month, day.day,
        int(hours), int(minutes), int(whole), int(f"{fraction:0<6}"[:6]) if fraction else 0,
        tzinfo=_zone_of(offset) if offset else zone,
    )  # fmt: skip


@lru_cache(maxsize=64)
def _zone_of(offset: str) -> timezone:
    digits = offset[1:].replace(":", "") if offset[0] in "+-" else "0000"
    shift = timedelta(hours=int(digits[:2]), minutes=int(digits[2:] or 0))
    return timezone(-shift if offset[0] == "-" else shift)


def _hint_day(found: Text) -> str:
    if re.match(r"(?:0[0-9]{3}|9999)-", found.text):
        return "write a year from 1000 to 9998"
    if partial := dates.parse_partial(found.text):
        if partial.full is None:
            return "write the whole day, YYYY-MM-DD; a year or month alone may stand in `published`"
        return "write the time as 10:30 or 10:30:00+01:00"
    return f"write {_suggest(found.text)}" if _suggest(found.text) else "write YYYY-MM-DD, e.g. 2024-12-31"


def _suggest(text: str) -> str:
    """The date that was probably meant, as it must be written."""
    meant = dates.parse_date_line(text)
    return str(meant) if meant else ""
