"""Invented pages whose days stand above their papers in part: in other headings, in the name of the file."""

from __future__ import annotations

from datetime import date

import pytest

from digest.model import Document, Item, Problem
from digest.sources import read_document

SIXTH, FIFTH = date(2019, 12, 6), date(2019, 12, 5)
RAIN = (
    "We ask whether a garden keeps the water of the night until noon, and weigh the soil of forty beds every hour to "
    "find out. It does where straw lies on it. Where none does it loses half of its water before nine in the morning."
)
BARK = (
    "Bark lasts longer than straw and costs less than gravel. We lay all three of them in one garden and count the "
    "weeds that come through over two summers: bark wins in the sun, straw in the shade, and gravel nowhere at all."
)
PAPERS = (("On Rain", "Ada Lovelace, Ann Author", RAIN), ("On Bark", "Bob Writer, Ann Author", BARK))


def sections(first: str, second: str) -> str:
    """A paper below each of two headings."""
    return "".join(
        f"## {day}\n\n### {title}\n\n{names}\n\n{body}\n\n"
        for day, (title, names, body) in zip((first, second), PAPERS, strict=True)
    )


def lines(first: str, second: str) -> str:
    """A paper below each of two lines."""
    return "".join(
        f"{day}\n{title}\n{names}\n\n{body}\n\n"
        for day, (title, names, body) in zip((first, second), PAPERS, strict=True)
    )


def days(text: str, name: str = "page.md") -> list[date | None]:
    return [thing.day for thing in read_document(Document(name, text)).found if isinstance(thing, Item)]


@pytest.mark.parametrize(
    "text",
    [
        "# 2019\n\n" + sections("December 6", "December 5"),
        "# Gardens of 2019\n\n" + sections("Friday, 6 December", "Thursday, 5 December"),
        "# December 2019\n\n" + sections("Friday 6th", "Thursday 5th"),
        sections("December 6, 2019", "December 5"),
        sections("[[December 6th, 2019]]", "[[December 5th, 2019]]"),
        lines("[[December 6th, 2019]]", "[[December 5th, 2019]]"),
        lines("Day 2: December 6, 2019", "Day 1: December 5, 2019"),
        "2019\n\n" + lines("December 6", "December 5"),
    ],
)
def test_what_a_day_leaves_out_stands_above_it(text: str) -> None:
    assert days(text) == [SIXTH, FIFTH]


def test_a_year_may_stand_in_the_name_of_the_file() -> None:
    assert days(sections("December 6", "December 5"), "gardens-2019.md") == [SIXTH, FIFTH]


@pytest.mark.parametrize("name", ["2019-12-06.md", "gardens_20191206.txt", "2019/12/06.md", "Dec 6, 2019.md"])
def test_papers_without_a_day_are_of_that_in_the_name_of_the_file(name: str) -> None:
    text = "\n\n".join(f"## {title}\n\n{names}\n\n{body}" for title, names, body in PAPERS)
    assert days(text, name) == [SIXTH, SIXTH]


def test_a_paper_below_a_day_that_nobody_can_tell_has_none() -> None:
    text = sections("2019-12-06", "03/04/2019")
    assert days(text) == [SIXTH, None]
    problems = [thing for thing in read_document(Document("page.md", text)).found if isinstance(thing, Problem)]
    assert [(each.code, each.severity, each.span and each.span.line) for each in problems] == [("DG310", "warning", 9)]


def test_a_heading_of_days_is_no_topic() -> None:
    for thing in read_document(Document("page.md", sections("December 2-6, 2019", "December 6"))).found:
        if isinstance(thing, Item):
            assert not thing.tags
            assert not thing.details
