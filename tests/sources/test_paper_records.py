"""Papers as JSON of services and of tools."""

from __future__ import annotations

import json
from datetime import date

import pytest

from digest.model import Document, Identifiers, Item, PartialDate, Reading
from digest.sources import recognise_source
from digest.sources.services.paper_records import SOURCE

SCHOLAR = {
    "total": 1,
    "data": [
        {
            "paperId": "00ff",
            "externalIds": {"DOI": "10.1234/onions", "ArXiv": "2405.00001", "PubMed": "123456", "CorpusId": 12},
            "url": "https://www.semanticscholar.org/paper/00ff",
            "title": "Watering <i>Onions</i>",
            "abstract": "We water onions.",
            "venue": "Gardens",
            "publicationVenue": {"name": "Journal of Gardens", "type": "journal"},
            "year": 2024,
            "publicationDate": "2024-05-03",
            "authors": [{"authorId": "1", "name": "Ada Lovelace"}, {"name": "Jan van Garden"}],
            "openAccessPdf": {"url": "https://example.org/onions.pdf", "status": "GOLD"},
            "journal": {"name": "J. Gardens", "volume": "3", "pages": "1 - 9"},
            "tldr": {"model": "m", "text": "Water helps."},
            "citationCount": 7,
        }
    ],
}
ALEX = {
    "meta": {"count": 1},
    "results": [
        {
            "id": "https://openalex.org/W1",
            "doi": "https://doi.org/10.48550/arxiv.2405.00002",
            "title": "Leeks",
            "display_name": "Leeks",
            "publication_year": 2024,
            "publication_date": "2024-01-01",
            "language": "en",
            "primary_location": {
                "landing_page_url": "https://garden.example/leeks",
                "pdf_url": None,
                "source": {"display_name": "Gardens"},
                "license": "cc-by",
            },
            "authorships": [
                {"author": {"display_name": "Ada Lovelace", "orcid": None}, "raw_author_name": "A. Lovelace"},
                {"author": {"display_name": None}, "raw_author_name": "Bo Writer"},
            ],
            "biblio": {"volume": "3", "issue": None, "first_page": "335", "last_page": "9"},
            "keywords": [{"display_name": "Agriculture", "score": 0.4}],
            "abstract_inverted_index": {"Abstract": [0], "We": [1], "water": [2, 4], "and": [3]},
            "cited_by_count": 3,
        }
    ],
}
CITE = {
    "data": {
        "id": "10.5281/soil.1",
        "type": "dois",
        "attributes": {
            "doi": "10.5281/soil.1",
            "creators": [
                {"name": "Lovelace, Ada", "nameType": "Personal", "givenName": "Ada", "familyName": "Lovelace"},
                {"name": "Garden, Society of", "nameType": "Organizational"},
            ],
            "titles": [{"title": "Soil Data"}],
            "publisher": "Barn",
            "publicationYear": 2020,
            "subjects": [{"subject": "soil"}],
            "dates": [{"date": "2020-03-01", "dateType": "Created"}, {"date": "2020-03-04", "dateType": "Issued"}],
            "types": {"resourceTypeGeneral": "Dataset"},
            "descriptions": [
                {"description": "Notes.", "descriptionType": "Other"},
                {"description": "<p>Soil was measured.</p>", "descriptionType": "Abstract"},
            ],
            "rightsList": [{"rights": "CC BY", "rightsUri": "https://creativecommons.org/licenses/by/4.0/"}],
            "url": "https://barn.example/1",
        },
    }
}
DBLP = {
    "result": {
        "status": {"@code": "200"},
        "hits": {
            "@total": "2",
            "hit": [
                {
                    "@id": "1",
                    "info": {
                        "authors": {"author": [{"text": "Ada Lovelace 0002"}, {"text": "Bo Writer"}]},
                        "title": "Sorting &amp; Watering.",
                        "venue": "J. Gardens",
                        "pages": "193-202",
                        "year": "2023",
                        "ee": "https://doi.org/10.1109/G.1",
                        "url": "https://dblp.org/rec/journals/g/1",
                    },
                    "url": "URL#1",
                },
                {
                    "@id": "2",
                    "info": {
                        "authors": {"author": {"text": "Ada Lovelace"}},
                        "title": "Is Water Wet?",
                        "venue": "CoRR",
                        "volume": "abs/2401.00003",
                        "year": "2024",
                    },
                },
            ],
        },
    }
}


def read(value: object) -> Reading:
    document = Document("papers.json", json.dumps(value))
    assert recognise_source(document) is SOURCE
    return Reading.gather(SOURCE.read(document))


def only(value: object) -> Item:
    reading = read(value)
    assert reading.problems == ()
    (item,) = reading.items
    return item


def test_semantic_scholar() -> None:
    item = only(SCHOLAR)
    assert (item.title, item.body, item.summary) == ("Watering Onions", "We water onions.", "Water helps.")
    assert item.authors == ("Ada Lovelace", "Jan van Garden")
    assert item.identifiers == Identifiers(arxiv="2405.00001", doi="10.1234/onions", pmid="123456")
    assert (item.published, item.venue) == (PartialDate(2024, 5, 3), "Gardens")
    assert item.links == (("pdf", "https://example.org/onions.pdf"),)
    assert item.details == (("volume", "3"), ("page", "1-9"))
    assert read(SCHOLAR).noise == ()


def test_open_alex() -> None:
    item = only(ALEX)
    assert (item.title, item.body) == ("Leeks", "We water and water")
    assert item.authors == ("Ada Lovelace", "Bo Writer")
    assert item.identifiers == Identifiers(arxiv="2405.00002")
    assert item.published == PartialDate(2024)  # the first of January is said where the day is not known
    assert (item.venue, item.lang, item.license, item.tags) == ("Gardens", "en", "cc-by", ())
    assert item.links == (("paper", "https://garden.example/leeks"),)
    assert dict(item.details)["page"] == "335-339"


def test_data_cite() -> None:
    item = only(CITE)
    assert (item.title, item.body, item.tags) == ("Soil Data", "Soil was measured.", ("soil",))
    assert item.authors == ("Ada Lovelace", "Garden, Society of")
    assert (item.identifiers.doi, item.published) == ("10.5281/soil.1", PartialDate(2020, 3, 4))
    assert item.license == "https://creativecommons.org/licenses/by/4.0/"
    assert item.details == (("type", "Dataset"), ("publisher", "Barn"))


def test_a_chapter_of_data_cite() -> None:
    record = (
        '{"creators": [{"name": "Lovelace, Ada"}], "titles": [{"title": "Leeks"}, {"title": "Raw", "titleType": '
        '"Subtitle"}, {"title": "Lauch", "titleType": "TranslatedTitle"}], "relatedItems": [{"relationType": '
        '"IsPublishedIn", "titles": [{"title": "Gardens"}]}]}'
    )
    (found,) = Reading.gather(SOURCE.read(Document("a.json", record))).items
    assert (found.title, found.venue) == ("Leeks: Raw", "Gardens")


def test_what_publish_or_perish_found() -> None:
    record = (
        '[{"title": "Leeks", "authors": ["A Lovelace"], "abstract": "Leeks grow.", "source": "Gardens", "volume": 0, '
        '"article_url": "https://garden.example/1", "cites_url": "https://garden.example/cites"}]'
    )
    (found,) = Reading.gather(SOURCE.read(Document("a.json", record))).items
    assert (found.venue, found.links, found.details) == ("Gardens", (("paper", "https://garden.example/1"),), ())


def test_dblp() -> None:
    first, second = read(DBLP).items
    assert (first.title, first.authors) == ("Sorting & Watering", ("Ada Lovelace", "Bo Writer"))
    assert (first.identifiers.doi, first.published) == ("10.1109/G.1", PartialDate(2023))
    assert (second.title, second.authors) == ("Is Water Wet?", ("Ada Lovelace",))
    assert (second.identifiers.arxiv, second.venue, second.details) == ("2401.00003", "CoRR", ())


def test_a_list_of_a_tool_with_its_day() -> None:
    paper = {
        "id": "2405.00001v2",
        "title": "Onions",
        "authors": ["Ada Lovelace", "Author, Ann"],
        "summary": "We water $x$ onions.",
        "categories": ["cs.CL", "cs.LG"],
        "keywords": ["soil; water"],
        "published": "2024-05-02",
        "updated": "2024-05-03T10:00:00Z",
        "openreview": "https://openreview.net/forum?id=rJXMpikCZ",
        "status": "Oral",
    }
    reading = read({"date": "2024-05-04", "count": 1, "papers": [paper]})
    (item,) = reading.items
    assert item.day == date(2024, 5, 4)
    assert item.authors == ("Ada Lovelace", "Ann Author")
    assert item.identifiers == Identifiers(arxiv="2405.00001", version=2, openreview="rJXMpikCZ")
    assert (item.published, item.updated) == (PartialDate(2024, 5, 2), PartialDate(2024, 5, 3))
    assert (item.tags, dict(item.details)["categories"]) == (("soil", "water"), "cs.CL cs.LG")
    assert [piece.text for piece in reading.noise] == ["status: Oral"]
    assert only([paper]).day is None


@pytest.mark.parametrize(
    "authors", ["Ada Lovelace; Bo Writer", "Ada Lovelace, Bo Writer", "Ada Lovelace and Bo Writer"]
)
def test_authors_on_one_line(authors: str) -> None:
    paper = {"title": "Onions", "author": authors, "abstract": "We water."}
    assert only([paper]).authors == ("Ada Lovelace", "Bo Writer")


def test_a_paper_a_line() -> None:
    """A post may begin with an object of JSON as well."""
    papers = [
        {"id": f"2405.0000{number}", "abs": f"https://arxiv.org/abs/2405.0000{number}", "title": f"Leeks {number}",
         "authors": ["Ada Lovelace"], "categories": ["cs.HC"], "comment": None, "summary": "We water\nleeks."}
        for number in (1, 2)
    ]  # fmt: skip
    document = Document("2024-05-03.jsonl", "\n".join(map(json.dumps, papers)))
    assert recognise_source(document) is SOURCE
    reading = Reading.gather(SOURCE.read(document))
    assert [(item.identifiers.arxiv, item.title, item.body) for item in reading.items] == [
        ("2405.00001", "Leeks 1", "We water leeks."),
        ("2405.00002", "Leeks 2", "We water leeks."),
    ]
    assert reading.items[0].links == (("paper", "https://arxiv.org/abs/2405.00001"),)


def test_a_record_of_nothing_is_told_and_the_others_go_on() -> None:
    reading = read(
        [{"title": None, "authors": [], "abstract": None}, {"title": "Leeks", "authors": [], "abstract": ""}]
    )
    assert [problem.code for problem in reading.problems] == ["DG308"]
    assert [item.title for item in reading.items] == ["Leeks"]


@pytest.mark.parametrize(
    "text",
    ["", "[]", '{"title": "x"}', '{"itemType": "book", "title": "x", "authors": [], "abstract": ""}', "title authors"],
)
def test_other_documents_are_not_recognised(text: str) -> None:
    assert SOURCE.recognise(Document("a.json", text)) == 0.0
