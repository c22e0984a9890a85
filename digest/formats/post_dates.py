"""The date of a post, as front matter writes it."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import Final

from digest.formats import dates
from digest.formats.patterns import lazily
from digest.model import PartialDate

_WRITTEN: Final = lazily(
    r"(?P<y>[0-9]{4})[-/.](?P<m>[0-9]{1,2})[-/.](?P<d>[0-9]{1,2})"
    r"(?:(?:[Tt]|\s+)\s*(?P<H>[0-9]{1,2}):(?P<M>[0-9]{2})(?::(?P<S>[0-9]{2})(?:[.,][0-9]*)?)?"
    r"\s*(?P<half>[AaPp])?(?:\.?[Mm]\.?)?\s*(?P<zone>[Zz]|[A-Za-z/_ ]*(?:[+-][0-9]{1,2}(?::?[0-9]{2})?)?))?"
)
# As the clock of a machine prints it: `Sat Feb 28 18:09:39 EST 2015`.
_CLOCK: Final = lazily(
    r"\A[A-Z][a-z]{2} (?P<month>[A-Z][a-z]{2}) (?P<d>[0-9]{1,2}) [0-9]{2}:[0-9]{2}:[0-9]{2} "
    r"(?:[A-Z]{2,5} )?(?P<y>[0-9]{4})\Z"
)
_CLASHING: Final = lazily(r"(?P<one>[0-9]{1,2})[-/](?P<two>[0-9]{1,2})[-/](?P<y>[0-9]{4})")
_OFFSET: Final = lazily(r"(?:UTC|GMT)?\s*(?P<sign>[+-])(?P<hours>[0-9]{1,2}):?(?P<minutes>[0-9]{2})?", re.IGNORECASE)


def parse_post_date(text: str) -> date | PartialDate | None:
    """An instant where a time and an offset are stated, else a day, else as much of a date as there is."""
    text = re.sub(r"(?<=[0-9])(?:T|\.)\Z", "", " ".join(text.split()).strip("\"'[]"))
    text = _CLOCK.sub(r"\g<month> \g<d>, \g<y>", text)
    found = _WRITTEN.fullmatch(text)
    if found is None:
        return _parse_mail_date(text) or dates.parse_date_line(text)
    try:
        day = date(int(found["y"]), int(found["m"]), int(found["d"]))
        zone = _zone_of(found["zone"] or "")
        if found["H"] is None or zone is None:
            return day
        hour = int(found["H"])
        if found["half"]:
            hour = hour % 12 + (12 if found["half"] in "pP" else 0)
        return datetime(day.year, day.month, day.day, hour, int(found["M"]), int(found["S"] or 0), tzinfo=zone)
    except (ValueError, OverflowError):
        return None


def settle_date(text: str, month: PartialDate) -> date | None:
    """The day that `07/02/2018` is where it must lie in a month; nothing for other texts and days."""
    found = _CLASHING.fullmatch(text.strip())
    if not found or int(found["y"]) != month.year or month.month is None:
        return None
    one, two = int(found["one"]), int(found["two"])
    if month.month not in {one, two}:
        return None
    try:
        return date(month.year, month.month, two if one == month.month else one)
    except ValueError:
        return None


def _zone_of(text: str) -> timezone | None:
    """The offset that is written; no name of a zone but UTC is an offset by itself."""
    if text.strip().casefold() in {"z", "utc", "gmt"}:
        return timezone(timedelta())
    found = _OFFSET.fullmatch(text.strip())
    if not found:
        return None
    offset = timedelta(hours=int(found["hours"]), minutes=int(found["minutes"] or 0))
    return timezone(offset if found["sign"] == "+" else -offset)


def _parse_mail_date(text: str) -> date | None:
    """`Mon, 02 Jan 2006 15:04:05 -0700` (RFC 5322 §3.3)."""
    if not re.match(r"(?:[A-Za-z]{3},\s)?[0-9]{1,2}\s[A-Za-z]{3}\s[0-9]{4}\s[0-9]{1,2}:", text) or len(text) > 60:
        return None
    try:
        read = parsedate_to_datetime(text)
    except (ValueError, OverflowError, TypeError):
        return None
    return read if read.tzinfo else read.date()
