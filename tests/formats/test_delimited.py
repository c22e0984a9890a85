"""Tables of text: what parts their cells, and their rows."""

from __future__ import annotations

import pytest

from digest.formats.delimited import Fault, Row, read_rows, tell_dialect


def rows(text: str) -> list[Row | Fault]:
    return list(read_rows(text.split("\n"), tell_dialect(text)))


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ('Title,Year\n"Leeks, raw",2020\n', ("Leeks, raw", "2020")),
        ("Title;Year\nLeeks, raw;2020\n", ("Leeks, raw", "2020")),
        ("Title|Year\nLeeks|2020\n", ("Leeks", "2020")),
        ('Title, Year\n"Leeks", 2020\n', ("Leeks", "2020")),
        ('"Title","Year"\n"The ""leek""","2020"\n', ('The "leek"', "2020")),
        ('"Title","Year"\n"The \\"leek\\", raw","2020"\n', ('The "leek", raw', "2020")),
        ("Title\tYear\nLeeks, raw\t2020\n", ("Leeks, raw", "2020")),
        ('Title\tYear\n"Leeks, raw"\t2020\n', ("Leeks, raw", "2020")),
        ('Title\tYear\n"Leeks" are raw\t2020\n', ('"Leeks" are raw', "2020")),
        ('"About, all"\nTitle,Year\n', ("Title", "Year")),
    ],
)
def test_the_second_row(text: str, cells: tuple[str, ...]) -> None:
    second = rows(text)[1]
    assert isinstance(second, Row)
    assert second.cells == cells


def test_rows_know_their_lines() -> None:
    assert rows('sep=;\n\ufeffTitle;Text\n"A";"one\ntwo"\n;\nB;three\n') == [
        Row(("Title", "Text"), 2),
        Row(("A", "one\ntwo"), 3),
        Row(("B", "three"), 6),
    ]


def test_a_quotation_that_nothing_closes_ends_the_table() -> None:
    found = rows('Title,Text\nA,"' + "onions " * 30_000)
    assert isinstance(found[1], Fault)
