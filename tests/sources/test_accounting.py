"""A word that a source forgets is found, with its place."""

from __future__ import annotations

from datetime import date

import pytest

from digest.model import Document, Identifiers, Item, Noise, PartialDate, Reading, Span
from digest.sources.accounting import account_for

SPAN = Span("a.txt")


def test_nothing_lost() -> None:
    text = "December 06, 2019\nA Title\nAnn Author, Bo Writer\n\nThe *body*.\narXiv:1804.00222The next.\n3 Comments\n"
    first = Item(
        "abstract",
        "The *body*.",
        SPAN,
        title="A Title",
        day=date(2019, 12, 6),
        authors=("Ann Author", "Bo Writer"),
        identifiers=Identifiers(arxiv="1804.00222"),
    )
    reading = Reading((first, Item("abstract", "The next.", SPAN)), (Noise(SPAN, "3 Comments"),))
    assert account_for(Document("a.txt", text), reading) is None


@pytest.mark.parametrize(
    ("text", "body", "line", "column", "lost"),
    [
        ("one two three", "one two", 1, 9, "three"),
        ("one two\nthree four five\nsix", "one two\nsix", 2, 1, "three four five"),
        ("the cat and the dog and the cow", "the cat and the cow", 1, 17, "dog"),
        ("twice told, twice told", "twice told", 1, 1, "twice told"),
        ("2019-12-06\nwords", "words", 1, 1, "2019-12-06"),
    ],
)
def test_the_first_lost_words_are_told(text: str, body: str, line: int, column: int, lost: str) -> None:
    problem = account_for(Document("a.txt", text), Reading((Item("note", body, SPAN),)))
    assert problem is not None
    assert problem.span is not None
    assert (problem.severity, problem.code) == ("error", "DG305")
    assert (problem.span.line, problem.span.column) == (line, column)
    assert f'"{lost}' in problem.message


def test_a_date_line_is_accounted_for_by_the_date_it_states() -> None:
    item = Item("note", "words", SPAN, day=date(2019, 12, 6), published=PartialDate(2018, 4))
    text = "Friday, 6 December 2019\nApril 2018\nwords"
    assert account_for(Document("a.txt", text), Reading((item,))) is None
    other = account_for(Document("a.txt", text.replace("6 December", "7 December")), Reading((item,)))
    assert other is not None
    assert "7 December" in other.message


def test_a_long_loss_is_shortened() -> None:
    text = " ".join(f"word{chr(97 + number % 26)}{number}" for number in range(500))
    problem = account_for(Document("a.txt", text), Reading(()))
    assert problem is not None
    assert len(problem.message) < 200
