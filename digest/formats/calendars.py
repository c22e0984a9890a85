"""Days, months and years as people write them, and as addresses do; the machine's locale never has a say."""

from __future__ import annotations

from datetime import date

from digest.formats import languages
from digest.model import PartialDate


def day_text(day: date, language: str = "en") -> str:
    """`6 December 2019`, `6. Dezember 2019`; in a language that is not known `2019-12-06`."""
    return languages.name_dates(language).write_day(day)


def day_parts(day: date, language: str = "en") -> tuple[str, str]:
    """A text that begins with the number of the day, in two: `6.`, `Dezember 2019`; else nothing and nothing."""
    number, _, rest = day_text(day, language).partition(" ")
    return (number, rest) if rest and number.rstrip(".") == f"{day.day}" else ("", "")


def month_text(day: date, language: str = "en") -> str:
    """`December 2019`, within a sentence; in a language that is not known `2019-12`."""
    return languages.name_dates(language).write_month(day)


def month_title(day: date, language: str = "en") -> str:
    """`Décembre 2019`, on its own."""
    return _begin(month_text(day, language))


def year_text(year: int, language: str = "en") -> str:
    """`2019`, `2019年`."""
    return languages.name_dates(language).write_year(year)


def month_name(number: int, language: str = "en", *, short: bool = False) -> str:
    """`December` or `Dec`, on its own; in a language that is not known `12`."""
    names = languages.name_dates(language)
    months = names.short_months if short else names.alone
    return _begin(months[number - 1]) if months else f"{number:02d}"


def weekday(day: date, language: str = "en") -> str:
    """`Friday`, on its own, or nothing."""
    names = languages.name_dates(language).weekdays
    return _begin(names[day.weekday()]) if names else ""


def list_weekdays(language: str = "en") -> tuple[tuple[str, str], ...]:
    """The seven days as a week begins there, short and whole: `Mon`, `Monday`; numbers where they have no names."""
    names = languages.name_dates(language)
    order = [(names.first_weekday + index) % 7 for index in range(7)]
    if not names.weekdays:
        return tuple((f"{number + 1}", f"{number + 1}") for number in order)
    return tuple((_begin(names.short_weekdays[number]), _begin(names.weekdays[number])) for number in order)


def first_weekday(language: str = "en") -> int:
    """The day that begins a week, 0 is Monday."""
    return languages.name_dates(language).first_weekday


def partial_text(partial: PartialDate, language: str = "en") -> str:
    """A date as precisely as it is known: `13 April 2018`, `April 2018`, `2018`."""
    if partial.month is None:
        return year_text(partial.year, language)
    if partial.day is None:
        return month_text(date(partial.year, partial.month, 1), language)
    return day_text(date(partial.year, partial.month, partial.day), language)


def iso_day(day: date) -> str:
    """`2019-12-06`; four digits of year on every platform, which strftime does not promise."""
    return f"{day.year:04d}-{day.month:02d}-{day.day:02d}"


def iso_month(day: date) -> str:
    """`2019-12`."""
    return f"{day.year:04d}-{day.month:02d}"


def _begin(text: str) -> str:
    """A name that many languages write small within a sentence."""
    return text[:1].upper() + text[1:]
