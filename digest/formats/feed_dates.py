"""Dates as feeds write them, rightly (RFC 822, RFC 3339) and wrongly."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from typing import Final

from digest.formats import dates
from digest.model import PartialDate

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# RFC 822 §5, and the summer times that it forgot; hours from Greenwich.
_ZONES: Final = {
    "ut": 0, "utc": 0, "gmt": 0, "z": 0, "wet": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6,
    "pst": -8, "pdt": -7, "bst": 1, "cet": 1, "met": 1, "mez": 1, "cest": 2, "mest": 2, "mesz": 2, "eet": 2, "eest": 3,
    "jst": 9, "akst": -9, "akdt": -8, "hst": -10, "aest": 10, "aedt": 11, "at": -4, "et": -5, "ct": -6, "mt": -7,
    "pt": -8,
}  # fmt: skip
_TIME: Final = r"(?P<H>[0-9]{1,2}):(?P<M>[0-9]{2})(?::(?P<S>[0-9]{2})(?:[.,][0-9]*)?)?\s*(?P<half>[AaPp]\.?[Mm]\.?)?"
_ZONE: Final = r"(?P<zone>[Zz]|[A-Za-z]{2,5}(?![A-Za-z]))?\s*(?P<offset>[+-][0-9]{1,2}:?[0-9]{2}|[+-][0-9]{1,2})?"
_FORMS: Final = (
    # RFC 3339 and ISO 8601; a blank for the `T`, no seconds, no zone, a slash.
    re.compile(rf"(?P<y>[0-9]{{4}})[-/](?P<m>[0-9]{{1,2}})[-/](?P<d>[0-9]{{1,2}})(?:[Tt\s]\s*{_TIME}\s*{_ZONE})?.*"),
    re.compile(rf"(?P<y>[0-9]{{4}})(?P<m>[0-9]{{2}})(?P<d>[0-9]{{2}})(?:[Tt]\s*{_TIME}\s*{_ZONE})?"),
    # RFC 822, the weekday in any language; and as C's `ctime` has it.
    re.compile(
        rf"(?:[^\W\d]+\.?,?\s+)?(?P<d>[0-9]{{1,2}})[\s-]+(?P<month>[A-Za-z]{{3,9}})\.?,?[\s-]+(?P<y>[0-9]{{4}}|[0-9]{{2}})"
        rf"(?:,?\s+(?:at\s+)?{_TIME}\s*{_ZONE})?.*"
    ),
    re.compile(
        rf"(?:[^\W\d]+\.?,?\s+)?(?P<month>[A-Za-z]{{3,9}})\.?\s+(?P<d>[0-9]{{1,2}})(?:,?\s+(?P<y2>[0-9]{{4}}))?"
        rf"(?:,?\s+{_TIME}\s*{_ZONE})?(?:,?\s*(?P<y>[0-9]{{4}}))?.*"
    ),
)


def parse_instant(text: str) -> datetime | date | None:
    """The instant, where a time and its zone are stated, else the day; nothing where there is no such day."""
    text = " ".join(text.split())
    if len(text) > 80:
        return None
    for form in _FORMS:
        if (match := form.fullmatch(text)) and (found := _read(match)):
            return found
    read = dates.parse_date_line(text)
    return read if isinstance(read, date) else None


def parse_when(text: str) -> PartialDate | None:
    """The day, month or year that a text states, a time of day passed over."""
    found = parse_instant(text)
    if found:
        return PartialDate(found.year, found.month, found.day)
    text = re.sub(r"^([0-9]{4})[-/]([1-9])$", r"\1-0\2", text.strip().rstrip("/-"))
    read = dates.parse_partial(text) or dates.parse_date_line(text)
    return read if isinstance(read, PartialDate) else None


def day_of(found: date | None) -> PartialDate | None:
    """The day of an instant, as its own zone has it."""
    return PartialDate(found.year, found.month, found.day) if found else None


def _read(match: re.Match[str]) -> datetime | date | None:
    groups = match.groupdict()
    written = groups.get("y") or groups.get("y2")
    name = (groups.get("month") or "")[:3].casefold()
    if not written or (groups.get("month") and name not in _MONTHS):
        return None
    year = int(written)
    if len(written) == 2:
        year += 1900 if year > 68 else 2000
    month = _MONTHS.index(name) + 1 if name else int(groups["m"])
    try:
        day = date(year, month, int(groups["d"]))
        zone = _zone(groups["zone"] or "", groups["offset"] or "")
        if groups["H"] is None or zone is None:
            return day
        hour = int(groups["H"])
        if groups["half"]:
            hour = hour % 12 + (12 if groups["half"][0] in "pP" else 0)
        instant = datetime(year, month, day.day, tzinfo=zone)
        # Some write 24:00, and leap seconds are 60.
        return instant + timedelta(hours=hour, minutes=int(groups["M"]), seconds=int(groups["S"] or 0))
    except (ValueError, OverflowError):
        return None


def _zone(name: str, offset: str) -> timezone | None:
    """What is written as offset, else what the name stands for."""
    if offset:
        digits = offset[1:].replace(":", "")
        hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
        distance = timedelta(hours=int(hours), minutes=int(minutes))
        return timezone(distance if offset[0] == "+" else -distance)
    hours_off = _ZONES.get(name.casefold())
    return None if hours_off is None else timezone(timedelta(hours=hours_off))
