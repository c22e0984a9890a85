"""RefWorks' tagged files."""

from __future__ import annotations

from pathlib import Path

from digest.model import Document, Identifiers, PartialDate, Reading
from digest.sources import recognise_source
from digest.sources.bibliographies.refworks import SOURCE

SPECIMEN = Path(__file__).parents[1] / "properties" / "specimens" / "refworks.txt"


def test_an_article_and_a_chapter() -> None:
    document = Document("papers.txt", SPECIMEN.read_text(encoding="utf-8"))
    assert recognise_source(document) is SOURCE
    reading = Reading.gather(SOURCE.read(document))
    assert reading.problems == ()
    first, second = reading.items
    assert (first.title, first.body) == ("Watering Onions: A Study", "We water onions every morning.")
    assert first.authors == ("Ada Lovelace", "Jan van Garden")
    assert (first.published, first.venue, first.lang) == (PartialDate(2002, 2), "Garden Letters", "en")
    assert first.identifiers == Identifiers(doi="10.1000/garden.1")
    assert first.links == (("paper", "https://garden.example/1"),)
    assert first.tags == ("soil", "water")
    assert first.details == (
        ("type", "article-journal"), ("volume", "32"), ("issue", "3"), ("page", "335-339"), ("ISSN", "1234-5678"),
    )  # fmt: skip
    assert (second.title, second.venue, second.published) == ("Leeks", "The Book of Gardens", PartialDate(2003))


def test_other_documents_are_none() -> None:
    for text in ("RT the news\nT1 is a train\n", "RT Journal Article\nA text.\n"):
        assert SOURCE.recognise(Document("a.txt", text)) == 0.0
