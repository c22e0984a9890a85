"""Europe PMC as JSON."""

from __future__ import annotations

import json

from digest.model import Document, Identifiers, PartialDate, Reading
from digest.sources.bibliographies.europe_pmc import SOURCE

ARTICLE = {
    "id": "123",
    "source": "MED",
    "pmid": "123",
    "pmcid": "PMC456",
    "doi": "10.1000/straw",
    "title": "On <i>straw</i>.",
    "authorString": "Lovelace AA, Author A.",
    "authorList": {
        "author": [
            {"fullName": "Lovelace AA", "firstName": "Ada A", "lastName": "Lovelace"},
            {"collectiveName": "The Straw Group"},
        ]
    },
    "journalInfo": {
        "issue": "4",
        "volume": "10",
        "dateOfPublication": "2024 May",
        "printPublicationDate": "2024-05-01",
        "journal": {"title": "Journal of straw", "essn": "1234-5678"},
    },
    "pubYear": "2024",
    "pageInfo": "335-9",
    "abstractText": "<h4>Background</h4>We water <i>straw</i>.",
    "language": "eng",
    "pubTypeList": {"pubType": ["review", "Journal Article"]},
    "keywordList": {"keyword": ["mulch", "bark"]},
    "fullTextUrlList": {"fullTextUrl": [{"documentStyle": "pdf", "url": "https://europepmc.example/straw?pdf=render"}]},
    "isOpenAccess": "Y",
    "firstPublicationDate": "2024-05-02",
    "odd": "kept",
}


def read(*articles: object) -> Reading:
    answer = {
        "version": "6.9",
        "hitCount": len(articles),
        "resultList": {"result": articles},
        "request": {"q": "straw"},
    }
    return Reading.gather(SOURCE.read(Document("answer.json", json.dumps(answer))))


def test_an_article_gives_all_that_it_says() -> None:
    reading = read(ARTICLE)
    (item,) = reading.items
    assert item.title == "On straw."
    assert item.body.endswith("We water *straw*.")
    assert item.authors == ("Ada A Lovelace", "The Straw Group")
    assert item.identifiers == Identifiers(doi="10.1000/straw", pmid="123", pmcid="PMC456")
    assert item.published == PartialDate(2024, 5, 2)
    assert (item.venue, item.lang, item.tags) == ("Journal of straw", "en", ("mulch", "bark"))
    assert item.links == (("pdf", "https://europepmc.example/straw?pdf=render"),)
    assert item.details == (
        ("volume", "10"),
        ("issue", "4"),
        ("page", "335-339"),
        ("ISSN", "1234-5678"),
        ("genre", "review; Journal Article"),
    )
    assert [noise.text for noise in reading.noise] == ["odd: kept"]


def test_the_short_form_tells_names_in_a_line() -> None:
    lite = {
        "id": "1",
        "title": "Straw",
        "authorString": "Lovelace AA, van Author A.",
        "journalTitle": "J Straw",
        "pubYear": "2024",
    }
    (item,) = read(lite).items
    assert item.authors == ("AA Lovelace", "A van Author")
    assert (item.venue, item.published) == ("J Straw", PartialDate(2024))


def test_a_search_without_results_is_no_error() -> None:
    assert [problem.severity for problem in read().problems] == ["note"]


def test_it_knows_its_own() -> None:
    assert SOURCE.recognise(Document("x", '{"hitCount":0,"resultList":{"result":[]}}')) == 1.0
    assert SOURCE.recognise(Document("x", '{"results": [{"title": "x"}]}')) == 0.0
