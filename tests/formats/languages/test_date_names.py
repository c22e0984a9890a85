"""Dates as people write them in their language."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest
from babel import Locale
from babel.core import get_global
from babel.localedata import exists, locale_identifiers

from digest.formats import calendars, languages
from digest.formats.languages import cldr
from digest.model import PartialDate

DAY = date(2019, 12, 6)  # a Friday


@pytest.mark.parametrize(
    ("language", "day", "parts", "month", "weekday"),
    [
        ("en", "6 December 2019", ("6", "December 2019"), "December 2019", "Friday"),
        ("en-GB", "6 December 2019", ("6", "December 2019"), "December 2019", "Friday"),
        ("en-US", "December 6, 2019", ("", ""), "December 2019", "Friday"),
        ("de", "6. Dezember 2019", ("6.", "Dezember 2019"), "Dezember 2019", "Freitag"),
        ("de-AT", "6. Dezember 2019", ("6.", "Dezember 2019"), "Dezember 2019", "Freitag"),
        ("fr", "6 décembre 2019", ("6", "décembre 2019"), "décembre 2019", "Vendredi"),
        ("es", "6 de diciembre de 2019", ("6", "de diciembre de 2019"), "diciembre de 2019", "Viernes"),
        ("pt", "6 de dezembro de 2019", ("6", "de dezembro de 2019"), "dezembro de 2019", "Sexta-feira"),
        ("pt-BR", "6 de dezembro de 2019", ("6", "de dezembro de 2019"), "dezembro de 2019", "Sexta-feira"),
        ("ja", "2019年12月6日", ("", ""), "2019年12月", "金曜日"),
        ("zh", "2019年12月6日", ("", ""), "2019年12月", "星期五"),
        ("zh-TW", "2019年12月6日", ("", ""), "2019年12月", "星期五"),
        ("ar", "6 ديسمبر 2019", ("6", "ديسمبر 2019"), "ديسمبر 2019", "الجمعة"),
        ("ru", "6 декабря 2019\u202fг.", ("6", "декабря 2019\u202fг."), "декабрь 2019\u202fг.", "Пятница"),
        ("", "6 December 2019", ("6", "December 2019"), "December 2019", "Friday"),
        ("tlh", "2019-12-06", ("", ""), "2019-12", ""),
        ("und", "2019-12-06", ("", ""), "2019-12", ""),
    ],
)
def test_a_day_in_words(language: str, day: str, parts: tuple[str, str], month: str, weekday: str) -> None:
    assert calendars.day_text(DAY, language) == day
    assert calendars.day_parts(DAY, language) == parts
    assert calendars.month_text(DAY, language) == month
    assert calendars.weekday(DAY, language) == weekday


@pytest.mark.parametrize(
    ("language", "alone", "short", "title"),
    [
        ("en", "March", "Mar", "March 2020"),
        ("de", "März", "Mär", "März 2020"),
        ("fr", "Mars", "Mars", "Mars 2020"),
        ("es", "Marzo", "Mar", "Marzo de 2020"),
        ("pt", "Março", "Mar.", "Março de 2020"),
        ("ja", "3月", "3月", "2020年3月"),
        ("zh", "三月", "3月", "2020年3月"),
        ("ar", "مارس", "مارس", "مارس 2020"),
        ("tlh", "03", "03", "2020-03"),
    ],
)
def test_a_month_on_its_own(language: str, alone: str, short: str, title: str) -> None:
    assert calendars.month_name(3, language) == alone
    assert calendars.month_name(3, language, short=True) == short
    assert calendars.month_title(date(2020, 3, 1), language) == title


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "2019"), ("de", "2019"), ("ja", "2019年"), ("zh-TW", "2019年"), ("ar", "2019"), ("tlh", "2019")],
)
def test_a_year(language: str, text: str) -> None:
    assert calendars.year_text(2019, language) == text
    assert calendars.partial_text(PartialDate(2019), language) == text


@pytest.mark.parametrize(
    ("language", "first", "names"),
    [
        ("en", 0, ("Mon", "Monday")),
        ("en-US", 6, ("Sun", "Sunday")),
        ("de", 0, ("Mo", "Montag")),
        ("fr", 0, ("Lun.", "Lundi")),
        ("es", 0, ("Lun", "Lunes")),
        ("pt", 6, ("Dom.", "Domingo")),
        ("ja", 6, ("日", "日曜日")),
        ("zh", 0, ("周一", "星期一")),
        ("ar", 5, ("السبت", "السبت")),
        ("ar-MA", 0, ("الاثنين", "الاثنين")),
    ],
)
def test_a_week_begins(language: str, first: int, names: tuple[str, str]) -> None:
    assert calendars.first_weekday(language) == first
    week = calendars.list_weekdays(language)
    assert week[0] == names
    assert len(set(week)) == 7


def test_weeks_begin_as_cldr_says_where_a_language_is_spoken_most() -> None:
    likely = get_global("likely_subtags")
    for name in locale_identifiers():
        if name.startswith("en") or Locale.parse(name).territory:
            continue
        language, _, rest = likely.get(name, name).partition("_")
        script, _, territory = rest.rpartition("_")
        candidates = (f"{language}_{script}_{territory}", f"{language}_{territory}", name)
        expected = Locale.parse(next(filter(exists, candidates))).first_week_day
        assert calendars.first_weekday(name.replace("_", "-")) == expected, name


def test_every_language_of_cldr_can_write_a_date() -> None:
    for name in locale_identifiers():
        names = languages.name_dates(name.replace("_", "-"))
        assert {"6", "06"} & set(_numbers(names.write_day(DAY))), name
        assert "2019" in names.write_month(DAY), name
        assert len(names.months) == len(names.alone) == len(names.short_months) == 12
        assert len(names.weekdays) == len(names.short_weekdays) == 7


def _numbers(text: str) -> list[str]:
    return "".join(letter if letter.isdigit() else " " for letter in text).split()


def test_no_language_is_given_the_names_of_another() -> None:
    """Babel alone would: what is asked for in Japanese first has its months in Japanese in Italian as well."""
    before = cldr.load_names("it")["months"]["stand-alone"]["wide"][1]
    for language in ("ja", "zh", "ar", "it"):
        languages.name_dates.cache_clear()
        calendars.month_name(1, language)
        languages.month_number("januar")
    assert cldr.load_names("it")["months"]["stand-alone"]["wide"][1] == before == "gennaio"


def test_english_needs_no_babel() -> None:
    code = (
        "import sys; from datetime import date; from digest.formats import calendars as c; d = date(2019, 12, 6);"
        "c.day_text(d, 'en'), c.month_title(d), c.weekday(d), c.list_weekdays(), c.month_name(3);"
        "sys.exit('babel' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
