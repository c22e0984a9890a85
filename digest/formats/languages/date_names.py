"""How a language writes dates: English as we say, every other one as CLDR says; the machine's locale has no say.

A date is written in the long form of its language: `6. Dezember 2019`, `2019年12月6日`. English begins with the day, as
most who read it do; `en-US` and its like are asked of CLDR. A language that CLDR does not know has the form of ISO
8601, which is foreign to none. Digits are those of addresses and identifiers everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Final

from digest.formats.languages import cldr
from digest.formats.languages.tags import list_fallbacks
from digest.model import dataclass


@dataclass(frozen=True, slots=True)
class DateNames:
    """Months from January, weekdays from Monday, and patterns whose fields are those of CLDR (UTS 35): `%(d)s`.

    `alone` are the months as they are called without a day; `first_weekday` begins the week, 0 is Monday. Without
    names there are none: the patterns use numbers.
    """

    day: str
    month: str
    year: str = "%(y)s"
    months: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
    short_months: tuple[str, ...] = ()
    weekdays: tuple[str, ...] = ()
    short_weekdays: tuple[str, ...] = ()
    first_weekday: int = 0
    era: str = ""

    def write_day(self, day: date) -> str:
        """`6 December 2019`."""
        return self.day % self._fields(day)

    def write_month(self, day: date) -> str:
        """`December 2019`."""
        return self.month % self._fields(day)

    def write_year(self, year: int) -> str:
        """`2019`, `2019年`."""
        return self.year % self._fields(date(year, 1, 1))

    def _fields(self, day: date) -> dict[str, str]:
        fields = {
            "d": f"{day.day}",
            "dd": f"{day.day:02d}",
            "M": f"{day.month}",
            "MM": f"{day.month:02d}",
            "y": f"{day.year}",
            "yyyy": f"{day.year:04d}",
            "G": self.era,
        }
        if self.months:
            fields["MMMM"] = self.months[day.month - 1]
            fields["LLLL"] = self.alone[day.month - 1]
            fields["MMM"] = self.short_months[day.month - 1]
        return fields


_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ENGLISH: Final = DateNames(
    day="%(d)s %(MMMM)s %(y)s",
    month="%(MMMM)s %(y)s",
    months=_MONTHS,
    alone=_MONTHS,
    short_months=tuple(name[:3] for name in _MONTHS),
    weekdays=_WEEKDAYS,
    short_weekdays=tuple(name[:3] for name in _WEEKDAYS),
)
NUMBERS: Final = DateNames(day="%(yyyy)s-%(MM)s-%(dd)s", month="%(yyyy)s-%(MM)s")
_OWN: Final = frozenset(["", "en", "en-GB", "en-001"])
# CLDR knows the first day of a week by territory; a language alone has that of where most speak it, if not Monday.
_SUNDAY: Final = (
    "aa af am as bal bew bgc bgn bho bn brx cad ccp ceb cho chr cic csw dav doi dz ebu fil gez gn gu guz haw he hi hnj "
    "id iu ja jv kam kgp ki kln km kn ko kok ks kxv lkt lo luo luy mai mas mer mgh mic ml mni moh mr mt mus my nd ne "
    "nr nso nv om or osa pa pa_Arab pt qu quc raj rhg sa saq sat sd sd_Deva seh shn sid skr sn ss st su ta te th ti tn "
    "trv trw ts ur ve vmw wal xh xnr yrl yue zh_Hant zu"
)
_SATURDAY: Final = "apc ar az_Arab ckb cop fa kab lrc mzn ps sdh syr uz_Arab"
_FIRST_WEEKDAYS: Final = dict.fromkeys(_SUNDAY.split(), 6) | dict.fromkeys(_SATURDAY.split(), 5) | {"dv": 4}
_FIELDS: Final = frozenset(["d", "dd", "M", "MM", "MMM", "MMMM", "LLLL", "y", "yyyy", "G"])


@cache
def name_dates(language: str) -> DateNames:
    """How dates are written in a language, by its tag."""
    tags = list_fallbacks(language) if language else ("",)
    return ENGLISH if tags[0] in _OWN else next(filter(None, map(_ask_babel, tags)), NUMBERS)


def _ask_babel(tag: str) -> DateNames | None:
    """What CLDR knows of a language; nothing where it does not know it, or writes what we could not fill in."""
    locale = cldr.find_locale(tag)
    if not locale:
        return None
    raw, names = cldr.load_locale(locale), cldr.load_names(locale)
    months, days = names["months"], names["days"]
    day, month = raw["date_formats"]["long"].format, raw["datetime_skeletons"]["yMMMM"].format
    year = raw["datetime_skeletons"]["y"].format
    if not _FIELDS.issuperset(re.findall(r"%\((\w+)\)s", day + month + year)):
        return None
    return DateNames(
        day=day,
        month=month,
        year=year,
        months=_in_order(months["format"]["wide"], 1),
        alone=_in_order(months["stand-alone"]["wide"], 1),
        short_months=_in_order(months["stand-alone"]["abbreviated"], 1),
        weekdays=_in_order(days["stand-alone"]["wide"], 0),
        short_weekdays=_in_order(days["stand-alone"]["abbreviated"], 0),
        first_weekday=_FIRST_WEEKDAYS.get(locale, raw["week_data"]["first_day"]),
        era=raw["eras"].get("abbreviated", {}).get(1, "") if "%(G)s" in day + month + year else "",
    )


def _in_order(names: Mapping[int, str], first: int) -> tuple[str, ...]:
    return tuple(names[number] for number in range(first, first + len(names)))
