"""Headings of days that say less than a day, or more: no year, two orders of figures, the first and last of a week."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final

from digest.formats.dates import find_order, parse_date_line
from digest.formats.patterns import lazily
from digest.model import PartialDate, dataclass

# In signs: no heading of a day is longer.
LONGEST: Final = 90
_MARKS: Final = lazily(r"^(?:#{1,6}\s+|[>*_=~\s-]+(?=\w))|[#*_=~\s:-]+$")
_ESCAPE: Final = lazily(r"\\(?=[!-/:-@\[-`{-~])")
_LINK: Final = lazily(r"!?\[\[?([^\[\]]*)\]\]?(?:\([^()]*\))?")
_LEAD: Final = lazily(
    r"(?i)^(?:(?:day|week|w|kw|semaine|semana|vol|issue|no|part|edition)\b\.?\s*#?[0-9]{1,3}\s*[:(|,.–—-]+\s*"
    r"|[^\W\d_]+(?:[\s'’]+[^\W\d_]+){0,6}\s*[(:,–—-]\s*|today\W+|week\s+of\s+|from\s+)"
)
_TAIL: Final = lazily(
    r"(?i)\s*(?:(?:[|•·:,–—-]|\(|\[)\s*(?:[0-9]{1,4}\s*(?:new\s+)?(?:papers?|entries|items?|articles?|abstracts?)"
    r"|(?:astro-ph|cs|stat|math|physics|q-bio|q-fin|econ|eess|cond-mat)(?:\.[A-Z]{2})?)\s*[)\]]?|[(\[][0-9]{1,3}[)\]])$"
)
_LATE_YEAR: Final = lazily(r"\s*\)?\s*[–—-]\s*\(?((?:19|20)[0-9]{2})\)?$")
_BETWEEN: Final = lazily(r"\s*(?:–|—|-|~|→|\bto\b|\buntil\b|\bbis\b|\bau\b|\bal\b|\btill\b|\bthrough\b)\s*")
_MONTH_FIRST: Final = lazily(
    r"(?P<month>[^\W\d_]{3,16}\.?)\s+(?P<first>[0-9]{1,2})(?:st|nd|rd|th)?\s*[–—~-]\s*(?P<last>[0-9]{1,2})"
    r"(?:st|nd|rd|th)?(?P<year>,?\s+(?:19|20)[0-9]{2})?"
)
_DAY_ALONE: Final = lazily(
    r"(?i)(?:[^\W\d_]+day,?\s+(?:the\s+)?|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,2}\.?,?\s+)?(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
    r"(?:,?\s+\(?[^\W\d_]+day\)?|\s+\(?(?:mon|tue|wed|thu|fri|sat|sun)\)?)?"
)
_TWO_FIGURES: Final = lazily(
    r"(?P<day>[0-9]{1,2}[-\s][^\W\d_]{3,9})[-\s]['’]?(?P<year>[0-9]{2})"
    r"|(?P<us>[^\W\d_]{3,9}\.?\s[0-9]{1,2}),?\s['’](?P<late>[0-9]{2})"
)
_YEAR: Final = lazily(r"(?<![\d.])(?:19|20)[0-9]{2}(?![\d.])")
_TWO_ORDERS: Final = lazily(r"(?P<one>[0-9]{1,2})(?P<sign>[-/])(?P<two>[0-9]{1,2})(?P=sign)(?P<year>[0-9]{4}|[0-9]{2})")
# Fewer days tell no order; longer than a month is no digest.
_FEWEST: Final = 3
_WEEKS: Final = timedelta(days=35)
_MONTH_NAMES: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DayLine:
    """What a line says of the day of what stands under it: the last day if it names several, none if nobody can tell.

    `doubt` says why the line alone does not tell the day.
    """

    day: date | None
    doubt: str = ""


@dataclasses.dataclass(slots=True)
class DayReader:
    """Reads the headings of a document in its order: what one leaves out, the ones above it say."""

    day_first: bool | None = None
    year: int | None = None
    month: int | None = None
    guessed: bool | None = None
    _last: date | None = None

    @classmethod
    def of_lines(cls, lines: Iterable[str], around: str = "") -> DayReader:
        """One for a document; `around` is what its name and its title say, perhaps a year."""
        told = list(lines)
        reader = cls(find_order(told), guessed=_guess_order(told))
        reader.take_above(around)
        return reader

    def take_above(self, heading: str) -> None:
        """Learn year and month from what stands above days: `2019`, `December 2019`, `Papers of 2019`."""
        stated = parse_date_line(heading)
        years = {int(found) for found in _YEAR.findall(heading[:LONGEST])}
        if isinstance(stated, PartialDate):
            self.year, self.month = stated.year, stated.month
        elif not isinstance(stated, date) and len(years) == 1:
            self.year, self.month = years.pop(), None

    def read(self, line: str) -> DayLine | None:
        """The day of a line, if it is one."""
        if len(line) > 3 * LONGEST or not any(map(str.isdigit, line)):
            return None
        stated = parse_date_line(_ESCAPE.sub("", line), day_first=self.day_first)
        if isinstance(stated, PartialDate):
            return None
        if stated is not None:
            return self._settle(stated)
        text = _plain(line)
        if not text or len(text) > LONGEST:
            return None
        if figures := _TWO_ORDERS.fullmatch(text):
            return self._of_figures(int(figures["one"]), int(figures["two"]), int(figures["year"]))
        if short := _TWO_FIGURES.fullmatch(text):
            text = f"{short['day'] or short['us']}, 20{short['year'] or short['late']}"
        for written in dict.fromkeys((text, *_shortened(text))):
            if found := self._read(written):
                return found
        return None

    def _read(self, text: str) -> DayLine | None:
        stated = parse_date_line(text, day_first=self.day_first)
        if isinstance(stated, date):
            return self._settle(stated)
        if (last := self._last_of_range(text)) is not None:
            return self._settle(last, "it names several days, of which the last was taken")
        return self._read_short(text)

    def _of_figures(self, one: int, two: int, year: int) -> DayLine:
        """The day of three figures in the order of the document, if its other days tell it."""
        if self.guessed is None:
            return DayLine(None, "it may be two days, by which of its figures is the month")
        month, day = (two, one) if self.guessed else (one, two)
        stated = parse_date_line(f"{year if year > 99 else 2000 + year}-{month:02d}-{day:02d}")
        if not isinstance(stated, date):
            return DayLine(None, "there is no such day")
        order = "day first" if self.guessed else "month first"
        return self._settle(stated, f"it was read {order}, for of its figures only one changes from day to day")

    def _read_short(self, text: str) -> DayLine | None:
        """A day without its year, or without its month, too."""
        if _YEAR.search(text):
            return None
        alone = _DAY_ALONE.fullmatch(text)
        if alone:
            if not self.month or not self.year or text.endswith("."):
                return None
            day = parse_date_line(f"{_MONTH_NAMES[self.month - 1]} {alone['day']}, {self.year}")
            return self._settle(day) if isinstance(day, date) else None
        tried = next(_with_year(text, 2024), None)  # of a leap year, in which all days are
        if tried is None:
            last = self._last_of_range(text, self.year or 2024)
            if last is None:
                return None
            tried = last
        year = self._year_of(tried)
        if year is None:
            return DayLine(None, "it has no year")
        day = next(_with_year(text, year), None) or self._last_of_range(text, year)
        return self._settle(day) if day else DayLine(None, f"there is no such day in {year}")

    def _year_of(self, day: date) -> int | None:
        """The year of a day that lacks one: that above, or the next one where the months begin anew."""
        if self._last is None or self.year is None:
            return self.year
        if self._last.month <= 2 and day.month >= 11 and self._last.year == self.year:
            return self.year - 1
        if self._last.month >= 11 and day.month <= 2 and self._last.year == self.year:
            return self.year + 1
        return self.year

    def _settle(self, day: date, doubt: str = "") -> DayLine:
        self.year, self._last = day.year, day
        return DayLine(day, doubt)

    def _last_of_range(self, text: str, year: int | None = None) -> date | None:
        """The last of the days that a text names, if it names the first and last of some."""
        year = year or self.year
        if match := _MONTH_FIRST.fullmatch(text):
            behind = match["year"] or (f", {year}" if year else "")
            ends = [parse_date_line(f"{match['month']} {match[end]}{behind}") for end in ("first", "last")]
            return _in_order(*ends)
        for between in _BETWEEN.finditer(text):
            left, right = text[: between.start()].strip(" ,"), text[between.end() :].strip(" ,")
            if not left or not right:
                continue
            last = parse_date_line(right, day_first=self.day_first)
            if not isinstance(last, date) and year:
                last = next(_with_year(right, year), None)
            if not isinstance(last, date):
                continue
            first = parse_date_line(left, day_first=self.day_first)
            if not isinstance(first, date):
                found = (day for each in (last.year, last.year - 1) for day in _with_year(left, each) if day <= last)
                first = next(found, None)
            if first is None and left.rstrip(".").isdigit() and int(left.rstrip(".")) <= last.day:
                first = last.replace(day=max(1, int(left.rstrip("."))))
            if settled := _in_order(first, last):
                return settled
        return None


def _guess_order(lines: Iterable[str]) -> bool | None:
    """Whether days come first in days of one month, or months: what changes from day to day is the day."""
    plain = (_plain(line) for line in lines if len(line) <= LONGEST)
    found = {(each["one"], each["two"]) for text in plain if (each := _TWO_ORDERS.fullmatch(text))}
    ones, twos = {one for one, _ in found}, {two for _, two in found}
    if len(found) < _FEWEST or (len(ones) == 1) == (len(twos) == 1):
        return None
    return len(twos) == 1


def _in_order(first: date | PartialDate | None, last: date | PartialDate | None) -> date | None:
    if isinstance(first, date) and isinstance(last, date) and first <= last <= first + _WEEKS:
        return last
    return None


def _with_year(text: str, year: int) -> Iterator[date]:
    """A day without a year as one of that year."""
    for written in (f"{text}, {year}", f"{text} {year}", f"{year}年{text}", f"{year}년 {text}"):
        if isinstance(day := parse_date_line(written), date):
            yield day


def _plain(line: str) -> str:
    """The words of a heading without its marks."""
    text = _LINK.sub(r"\1", _ESCAPE.sub("", line.strip().lstrip("\ufeff")))
    return _MARKS.sub("", _MARKS.sub("", text)).strip("*_ \t")


def _shortened(text: str) -> Iterator[str]:
    """What is left of a heading without what people write around a day."""
    text = _TAIL.sub("", text)
    late = _LATE_YEAR.search(text)
    if late and len(_YEAR.findall(text)) == 1:
        text = f"{text[: late.start()]}, {late[1]}"
    yield text
    lead = _LEAD.match(text)
    if lead:
        rest = text[lead.end() :]
        yield re.sub(r"\)(?=,|$)", "", rest).strip() if "(" in lead[0] else rest
    if text.endswith(")") and "(" in text:
        yield text[:-1].rpartition("(")[2].strip()
        yield text.rpartition("(")[0].strip()
