"""Tagged files of EndNote and refer."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.model import Document, Identifiers, Item, PartialDate, Reading
from digest.sources import recognise_source
from digest.sources.bibliographies.endnote import SOURCE

SPECIMEN = Path(__file__).parents[1] / "properties" / "specimens" / "endnote.enw"


def read(text: str) -> Reading:
    document = Document("papers.enw", text)
    assert recognise_source(document) is SOURCE
    return Reading.gather(SOURCE.read(document))


def only(text: str) -> Item:
    reading = read(text)
    assert (reading.problems, reading.noise) == ((), ())
    (item,) = reading.items
    return item


def test_records_of_a_conference_and_of_a_search() -> None:
    reading = read(SPECIMEN.read_text(encoding="utf-8"))
    assert (reading.problems, reading.noise) == ((), ())
    first, second = reading.items
    assert (first.title, first.body) == ("Watering Onions: A Study", "We water onions every morning. It helps.")
    assert first.authors == ("Ada Lovelace", "Jan van Garden")
    assert (first.published, first.identifiers.doi) == (PartialDate(2024, 5), "10.1000/garden.1")
    assert first.venue == "Proceedings of the 3rd Garden Conference (Long Papers)"
    assert first.links == (("paper", "https://garden.example/onions"),)
    assert first.tags == ("soil", "water")
    assert first.details == (
        ("type", "paper-conference"), ("citation-key", "lovelace-garden-2024-onions"), ("page", "335-339"),
        ("publisher", "Garden Society"), ("ISSN", "1234-5678"), ("editor", "Eve Editor"),
    )  # fmt: skip
    assert (second.title, second.authors) == ("Leeks", ("Bo Writer",))
    assert second.identifiers == Identifiers(arxiv="2401.00001")


def test_a_record_of_refer_has_no_type() -> None:
    reading = read("%A Ada Lovelace\n%T Onions\n%D 1993\n\n%A Bo Writer\n%T Leeks\n%J Gardens\n%D May 1994\n")
    assert [(item.title, item.authors, item.published) for item in reading.items] == [
        ("Onions", ("Ada Lovelace",), PartialDate(1993)),
        ("Leeks", ("Bo Writer",), PartialDate(1994, 5)),
    ]


@pytest.mark.parametrize(
    ("written", "published"),
    [("2024\n%8 May 3", PartialDate(2024, 5, 3)), ("2024\n%8 2024/05/03", PartialDate(2024, 5, 3))],
)
def test_dates(written: str, published: PartialDate) -> None:
    assert only(f"%0 Journal Article\n%T Onions\n%D {written}\n").published == published


def test_a_book_and_the_chapter_of_one() -> None:
    book = only("%0 Edited Book\n%T Soil\n%E Editor, Eve\n%D 1957\n%@ 978-3-86490-311-3\n")
    assert (book.authors, book.details) == (("Eve Editor",), (("type", "book"), ("ISBN", "978-3-86490-311-3")))
    chapter = only("%0 Book Section\n%T Onions\n%A Lovelace, Ada,\n%E Editor, Eve\n%B Soil\n")
    assert (chapter.authors, chapter.venue, dict(chapter.details)["editor"]) == (
        ("Ada Lovelace",),
        "Soil",
        "Eve Editor",
    )


def test_what_tells_nothing_is_told() -> None:
    reading = read("%0 Journal Article\n%A Lovelace, Ada\n\n%0 Book\n%T Leeks\n%? odd\n")
    assert [(problem.code, problem.span and problem.span.line) for problem in reading.problems] == [("DG308", 1)]
    assert [item.title for item in reading.items] == ["Leeks"]
    assert [piece.text for piece in reading.noise] == ["?: odd"]


@pytest.mark.parametrize("text", ["", "%T\n", "% a comment\n%T of TeX\n", "100 %A\n%0\n"])
def test_other_documents_are_not_recognised(text: str) -> None:
    assert SOURCE.recognise(Document("a.txt", text)) == 0.0


def test_the_type_may_stand_below_the_title() -> None:
    """As the repositories of bepress write it, in no order, some records without any type."""
    reading = read(
        "%T Onions\n%0 Journal Article\n%A Ada Lovelace\n%X One.\n\nTwo.\n\n%Z seen\n\n\n"
        "%T Leeks\n%B Gardens\n%D 2021\n\n%T Chives\n%0 Journal Article\n%B Gardens\n"
    )
    assert [(item.title, item.venue, item.body) for item in reading.items] == [
        ("Onions", "", "One.\n\nTwo."),
        ("Leeks", "Gardens", ""),
        ("Chives", "Gardens", ""),
    ]


def test_what_pubmed_gave_has_its_number() -> None:
    item = only("%0 Journal Article\n%T Leeks\n%M 12345678\n%~ PubMed\n%2 PMC123456\n%@ 1234-5678 (Electronic)\n")
    assert item.identifiers == Identifiers(pmid="12345678", pmcid="PMC123456")
    assert ("ISSN", "1234-5678") in item.details
