"""PubMed's exports as text become items."""

from __future__ import annotations

from invented_pubmed import RECORD

from digest.model import Document, Item, Noise, PartialDate, Problem
from digest.sources import recognise_source
from digest.sources.bibliographies import pubmed_text


def test_a_record() -> None:
    document = Document("pubmed.txt", RECORD + "\n\n" + RECORD.replace("1. J Gard", "2. J Gard"))
    source = recognise_source(document)
    assert source is not None
    assert source.name == "pubmed-text"
    found = list(pubmed_text.SOURCE.read(document))
    item, _ = (each for each in found if isinstance(each, Item))
    assert item.title == "Straw and bark: a comparison"
    assert item.published == PartialDate(2024, 4, 12)
    assert item.venue == "J Gard"
    assert item.details == (("volume", "10"), ("issue", "4"), ("page", "335-9"))
    assert (item.identifiers.doi, item.identifiers.pmid, item.identifiers.pmcid) == ("10.1000/gard.1", "1234", "PMC12")
    assert item.body.split("\n\n")[0] == "BACKGROUND: Mulch saves water."
    assert "(1)Society, London." in " ".join(each.text for each in found if isinstance(each, Noise))
    assert not [each for each in found if isinstance(each, Problem)]


def test_a_translated_title_loses_its_brackets() -> None:
    (item,) = (
        each
        for each in pubmed_text.SOURCE.read(Document("a", "1. J. 2024.\n\n[Soil].\n\nPMID: 1\n"))
        if isinstance(each, Item)
    )
    assert item.title == "Soil"


def test_ids_that_close_the_records_make_them_no_other_format() -> None:
    record = "{0}. J Gard. 2023;1:2.\n\nHedges of the west feed birds.\n\nAuthor A.\n\n{1}\n\nPMID: 1234{0}\n"
    prose = "A hedge feeds birds, breaks the wind and holds the soil. We measured eighty hedges over ten years."
    source = recognise_source(Document("pubmed.txt", "\n\n".join(record.format(number, prose) for number in (1, 2))))
    assert source is not None
    assert source.name == "pubmed-text"


def test_what_my_ncbi_mails() -> None:
    head = "This message contains results.\nDo not reply.\n\nPubMed Results\nItem 1 of 1\n\n"
    source = recognise_source(Document("alert.txt", head + RECORD))
    assert source is pubmed_text.SOURCE
    (item,) = (found for found in source.read(Document("alert.txt", head + RECORD)) if isinstance(found, Item))
    assert item.title == "Straw and bark: a comparison"
    mailed = "From: a@b.example\nDate: Fri, 12 Apr 2024 10:00:00 +0000\nMessage-ID: <1@b.example>\n\n" + head + RECORD
    opened = recognise_source(Document("alert.eml", mailed))
    assert opened is not None
    assert opened.name == "mail"
