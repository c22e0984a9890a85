"""Dates on lines of their own, and dates of front matter."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.formats import dates
from digest.model import PartialDate

SIXTH = date(2019, 12, 6)


@pytest.mark.parametrize(
    "line",
    [
        "December 06, 2019",
        "December 6 2019",
        "december 6, 2019",
        "DECEMBER 6, 2019",
        "Dec. 6, 2019",
        "Dec 6th, 2019",
        "6 December 2019",
        "6 Dec 2019",
        "06-Dec-2019",
        "6th of December 2019",
        "the 6th of December, 2019",
        "2019-12-06",
        "2019/12/06",
        "2019.12.06",
        "2019 December 6",
        "20191206",
        "2019-12-06T10:01:27Z",
        "2019-12-06 10:01",
        "2019-12-06 (Fri)",
        "Friday, December 6, 2019",
        "Fri, 6 Dec 2019",
        "Fri 6 Dec 2019",
        "December 6, 2019 (Friday)",
        "December 6, 2019:",
        "## 2019-12-06",
        "# December 6, 2019 #",
        "**December 6, 2019**",
        "**December 6, 2019:**",
        "### _6 December 2019_",
        "=== December 6, 2019 ===",
        "--- 2019-12-06 ---",
        "[2019-12-06]",
        "Date: December 6, 2019",
        "\ufeffDecember 6, 2019\r",
        "6. Dezember 2019",
        "Freitag, den 6. Dezember 2019",
        "Fr., 6. Dez. 2019",
        "06.12.2019",
        "6 décembre 2019",
        "vendredi 6 décembre 2019",
        "le 6 déc. 2019",
        "6 de diciembre de 2019",
        "viernes, 6 de diciembre de 2019",
        "6 dicembre 2019",
        "venerdì 6 dicembre 2019",
        "6 de dezembro de 2019",
        "sexta-feira, 6 de dezembro de 2019",
        "6 december 2019",
        "vrijdag 6 december 2019",
        "2019年12月6日",
        "Friday - December 6, 2019",
        "| December 6, 2019 |",
        "📅 2019-12-06",
        "December 6, 2019 (3 papers)",
        "Fri, 6 Dec 2019 (showing 3 of 23 entries )",
        "New submissions for Friday, 6 December 2019",
        "arXiv digest: 2019-12-06",
    ],
)
def test_a_line_that_is_a_day(line: str) -> None:
    assert dates.parse_date_line(line) == SIXTH


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("13/12/2019", date(2019, 12, 13)),
        ("12/13/2019", date(2019, 12, 13)),
        ("05/05/2019", date(2019, 5, 5)),
        ("1er janvier 2020", date(2020, 1, 1)),
        ("1º de janeiro de 2020", date(2020, 1, 1)),
        ("Dienstag, 3. März 2020", date(2020, 3, 3)),
        ("mar. 3 mars 2020", date(2020, 3, 3)),
        ("Mar 3, 2020", date(2020, 3, 3)),
        ("mar 3 2020", date(2020, 3, 3)),
        ("29 February 2020", date(2020, 2, 29)),
        ("May 2019", PartialDate(2019, 5)),
        ("## December 2019", PartialDate(2019, 12)),
        ("mayo de 2019", PartialDate(2019, 5)),
        ("2019-05", PartialDate(2019, 5)),
        ("2019", PartialDate(2019)),
    ],
)
def test_other_dates(line: str, expected: date | PartialDate) -> None:
    assert dates.parse_date_line(line) == expected


@pytest.mark.parametrize(
    "line",
    [
        "",
        "03/04/2019",  # April or March
        "3-4-2019",
        "29 February 2019",
        "2019-13-45",
        "31/31/2019",
        "December 32, 2019",
        "Smarch 6, 2019",
        "2019-13",
        "1984-",
        "3000",
        "Held on December 7, 2017",
        "December 7, 2017 in Long Beach",
        "December 2-6, 2019",
        "2017 Symposium 7",
        "6 December",
        "May 2019 was the hottest month",
        "Attention Is All You Need",
        "#",
        "**",
        "x" * 1000 + "2019",
    ],
)
def test_a_line_that_is_no_date(line: str) -> None:
    assert dates.parse_date_line(line) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2018", PartialDate(2018)),
        ("2018-04", PartialDate(2018, 4)),
        ("2018-04-13", PartialDate(2018, 4, 13)),
        (" 2018-04-13 ", PartialDate(2018, 4, 13)),
        ("2018-04-13T17:59:59Z", PartialDate(2018, 4, 13)),
        ("2018-04-13 17:59:59.5 +02:00", PartialDate(2018, 4, 13)),
        ("2018-04-13 17:59", PartialDate(2018, 4, 13)),
        ("2024-13-45", None),
        ("2024-13", None),
        ("2023-02-29", None),
        ("0000", None),
        ("2018-4-13", None),
        ("18-04-13", None),
        ("2018-04-13 at noon", None),
        ("April 2018", None),
        ("٢٠١٨", None),
        ("", None),
    ],
)
def test_a_date_of_front_matter(text: str, expected: PartialDate | None) -> None:
    assert dates.parse_partial(text) == expected


@pytest.mark.parametrize(
    "line",
    [
        "2 мая 2024 г.",
        "четверг, 2 мая 2024 года",
        "2 maja 2024 r.",
        "czwartek, 2 maja 2024",
        "2. května 2024",
        "den 2 maj 2024",
        "torsdag den 2. maj 2024",
        "torstai 2. toukokuuta 2024",
        "2 Mayıs 2024 Perşembe",
        "2 MAYIS 2024",
        "Do, 2. Mai 2024",
        "jeudi 2 mai 2024",
        "2 de mayo de 2024",
        "quinta-feira, 2 de maio de 2024",
        "giovedì 2 maggio 2024",
        "donderdag 2 mei 2024",
        "2024. május 2.",
        "2024年5月2日",
        "2024年5月2日（木）",
        "2024年5月2日 星期四",
        "2024년 5월 2일 목요일",
        "2024. 5. 2.",
        "٢ مايو ٢٠٢٤",
        "الخميس، ٢ مايو ٢٠٢٤",
        "Πέμπτη 2 Μαΐου 2024",
        "Thursday 2nd of May, 2024",
        "Thu, 2 May 2024 10:00:00 GMT",
        "May 2, 2024 at 10:00 AM",
    ],
)
def test_a_day_in_many_languages(line: str) -> None:
    assert dates.parse_date_line(line) == date(2024, 5, 2)


@pytest.mark.parametrize("line", ["май 2024 г.", "Mayıs 2024", "toukokuu 2024", "2024年5月", "2024년 5월", "2024 май"])
def test_a_month_in_many_languages(line: str) -> None:
    assert dates.parse_date_line(line) == PartialDate(2024, 5)


@pytest.mark.parametrize("line", ["CVPR 2019", "Winter 2012", "ImageNet 2012", "Sol 3 2020", "ICML 2019 May"])
def test_words_and_a_year_are_no_date(line: str) -> None:
    assert dates.parse_date_line(line) is None


@pytest.mark.parametrize(
    ("lines", "order"),
    [
        (["5/2/2024", "13/2/2024"], True),
        (["5/2/2024", "2/13/2024"], False),
        (["5/2/2024", "6/2/2024"], None),
        (["13/2/2024", "2/13/2024"], None),
        ([], None),
    ],
)
def test_a_document_settles_the_order_of_day_and_month(lines: list[str], order: bool | None) -> None:
    assert dates.find_order(lines) is order


def test_a_settled_order_tells_which_day_is_meant() -> None:
    assert dates.parse_date_line("5/2/2024", day_first=True) == date(2024, 2, 5)
    assert dates.parse_date_line("5/2/2024", day_first=False) == date(2024, 5, 2)
    assert dates.parse_date_line("13/2/2024", day_first=False) is None


@settings(deadline=None, max_examples=80)
@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_what_a_partial_date_writes_it_reads(day: date) -> None:
    partial = PartialDate(day.year, day.month, day.day)
    assert dates.parse_partial(str(partial)) == partial
    assert dates.parse_date_line(str(partial)) == day


@settings(deadline=None, max_examples=150)
@given(st.text(max_size=40))
def test_no_line_is_too_odd(line: str) -> None:
    dates.parse_date_line(line)
    dates.parse_partial(line)


def test_a_long_line_of_rules_is_no_date() -> None:
    assert dates.parse_date_line("- " * 100_000 + "2024") is None
    assert dates.parse_date_line("=" * 80 + " 2024-01-02 " + "=" * 80) == date(2024, 1, 2)
