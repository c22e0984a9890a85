"""Papers as INSPIRE and ADS tell them."""

from __future__ import annotations

import json
from pathlib import Path

from digest.model import Document, Identifiers, PartialDate, Reading
from digest.sources import recognise_source
from digest.sources.services.physics_json import SOURCE

SPECIMEN = Path(__file__).parents[1] / "properties" / "specimens" / "physics-json.json"


def read(text: str) -> Reading:
    document = Document("papers.json", text)
    assert recognise_source(document) is SOURCE
    return Reading.gather(SOURCE.read(document))


def test_inspire() -> None:
    reading = read(SPECIMEN.read_text(encoding="utf-8"))
    assert (reading.problems, reading.noise) == ((), ())
    (item,) = reading.items
    assert (item.title, item.body) == ("Watering onions", "We water onions with $m=125$.")
    assert item.authors == ("Ada Lovelace", "Bo Writer")
    assert item.identifiers == Identifiers(arxiv="2401.00001", doi="10.1000/garden.1")
    assert (item.published, item.venue, item.tags) == (PartialDate(2024, 1, 2), "Gard.Lett.", ("onion: mass",))
    assert item.details == (("categories", "hep-ex hep-ph"), ("volume", "716"), ("page", "1-29"))


def test_a_collaboration_may_be_the_author() -> None:
    told = json.loads(SPECIMEN.read_text(encoding="utf-8"))
    del told["hits"]["hits"][0]["metadata"]["authors"]
    (item,) = read(json.dumps(told)).items
    assert item.authors == ("MOSS",)


def test_ads() -> None:
    doc = {
        "bibcode": "2024ApJ...960..101L", "title": ["Watering Onions: H<SUB>2</SUB>O"], "pub": "The Garden Journal",
        "author": ["Lovelace, Ada", "van Garden, Jan"], "abstract": "We water onions.", "pubdate": "2024-01-00",
        "year": "2024", "volume": "960", "page": ["101"], "doi": ["10.1000/garden.1"], "keyword": ["Gardens"],
        "identifier": ["2024ApJ...960..101L", "arXiv:2401.00001"], "doctype": "article",
    }  # fmt: skip
    (item,) = read(json.dumps({"responseHeader": {"status": 0}, "response": {"numFound": 1, "docs": [doc]}})).items
    assert (item.title, item.authors) == ("Watering Onions: H2O", ("Ada Lovelace", "Jan van Garden"))
    assert item.identifiers == Identifiers(arxiv="2401.00001", doi="10.1000/garden.1")
    assert (item.published, item.venue, item.tags) == (PartialDate(2024, 1), "The Garden Journal", ("Gardens",))
    assert item.details == (("type", "article"), ("volume", "960"), ("page", "101"))
