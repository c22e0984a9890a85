"""EndNote's XML."""

from __future__ import annotations

from pathlib import Path

from digest.model import Document, Identifiers, PartialDate, Reading
from digest.sources import recognise_source
from digest.sources.bibliographies.endnote_xml import SOURCE

SPECIMEN = Path(__file__).parents[1] / "properties" / "specimens" / "endnote-xml.xml"


def read(text: str) -> Reading:
    document = Document("papers.xml", text)
    assert recognise_source(document) is SOURCE
    return Reading.gather(SOURCE.read(document))


def test_an_article_and_a_paper_of_a_conference() -> None:
    reading = read(SPECIMEN.read_text(encoding="utf-8"))
    assert (reading.problems, [noise.text for noise in reading.noise]) == ((), ["custom9: strange"])
    first, second = reading.items
    assert (first.title, first.body) == ("The onion & the leek", "We water onions.")
    assert first.authors == ("Ada Lovelace", "Jan van Garden Jr.", "Onion Society")
    assert (first.published, first.venue, first.lang) == (PartialDate(2019, 5, 3), "Garden Letters", "en")
    assert first.identifiers == Identifiers(doi="10.1000/garden.1", pmid="12345678")
    assert first.links == (("paper", "https://garden.example/1"),)
    assert first.tags == ("soil", "water")
    assert first.details == (
        ("type", "article-journal"), ("volume", "10"), ("issue", "4"), ("page", "335-339"),
        ("ISSN", "1234-5678, 8765-4321"), ("note", "Seen."),
    )  # fmt: skip
    assert (second.title, second.venue) == ("Leeks", "Garden Conference")
    assert second.details == (("type", "paper-conference"), ("editor", "Eve Editor"))


def test_a_record_that_the_file_breaks_off_costs_only_itself() -> None:
    text = SPECIMEN.read_text(encoding="utf-8")
    reading = read(text[: text.index("<secondary-authors>")])
    assert [item.title for item in reading.items] == ["The onion & the leek"]
    assert [problem.code for problem in reading.problems] == ["DG308"]


def test_other_xml_is_none_of_it() -> None:
    for text in ("<xml><records><record/></records></xml>", "<records><record><title>A</title></record></records>"):
        assert SOURCE.recognise(Document("a.xml", text)) == 0.0
