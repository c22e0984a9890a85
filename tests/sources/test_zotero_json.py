"""Items of Zotero as JSON."""

from __future__ import annotations

import json

import pytest

from digest.model import Document, Identifiers, Reading
from digest.sources.bibliographies.zotero_json import SOURCE

DATA = {
    "key": "ABCD2345",
    "version": 7,
    "itemType": "journalArticle",
    "title": "On <i>Moss</i>",
    "creators": [
        {"creatorType": "author", "firstName": "Ada", "lastName": "Lovelace"},
        {"creatorType": "author", "name": "Moss Group"},
        {"creatorType": "editor", "firstName": "Bob", "lastName": "Other"},
    ],
    "abstractNote": "We grow\nmoss.",
    "publicationTitle": "Journal of Moss",
    "volume": "3",
    "issue": "2",
    "pages": "335-9",
    "date": "May 3, 2024",
    "DOI": "10.5555/moss",
    "url": "https://moss.example/a",
    "language": "en",
    "extra": "arXiv: 1804.00222 [cs]\nPMID: 123\nTwo parts.",
    "callNumber": "M 1",
    "tags": [{"tag": "wet moss"}, {"tag": "ferns", "type": 1}],
    "dateAdded": "2024-06-01T00:00:00Z",
}


def read(value: object) -> Reading:
    return Reading.gather(SOURCE.read(Document("library.json", json.dumps(value))))


@pytest.mark.parametrize(
    "value",
    [
        [{"key": "ABCD2345", "version": 7, "library": {"id": 1}, "meta": {}, "data": DATA}],
        [DATA],
        {"config": {"label": "BetterBibTeX JSON"}, "items": [DATA]},
        DATA,
    ],
)
def test_an_item_however_it_is_wrapped(value: object) -> None:
    found = read(value)
    (moss,) = found.items
    assert (moss.title, moss.authors) == ("On Moss", ("Ada Lovelace", "Moss Group"))
    assert (str(moss.published), moss.venue, moss.lang) == ("2024-05-03", "Journal of Moss", "en")
    assert moss.identifiers == Identifiers(arxiv="1804.00222", doi="10.5555/moss", pmid="123")
    assert (moss.body, moss.tags) == ("We grow moss.", ("wet moss", "ferns"))
    assert moss.links == (("paper", "https://moss.example/a"),)
    assert dict(moss.details) == {
        "type": "article-journal", "volume": "3", "issue": "2", "page": "335-339", "editor": "Bob Other",
        "note": "Two parts.",
    }  # fmt: skip
    assert [noise.text for noise in found.noise] == ["callNumber: M 1"]


def test_notes_and_attachments_are_noise() -> None:
    note = {"data": {"key": "N", "itemType": "note", "note": "<p>Mine.</p>"}}
    paper = {"itemType": "preprint", "title": "Moss", "archiveID": "arXiv:1804.00222", "notes": [{"note": "Yours."}]}
    found = read([note, paper])
    assert [(each.title, each.identifiers.arxiv) for each in found.items] == [("Moss", "1804.00222")]
    assert [noise.text for noise in found.noise] == [
        "itemType: note",
        "note: <p>Mine.</p>",
        "archiveID: arXiv:1804.00222",
        "notes: Yours.",
    ]


def test_odd_values_do_no_harm() -> None:
    (found,) = read(
        [{"itemType": "book", "title": None, "creators": [None, {"lastName": None}], "tags": "x", "date": 2024}]
    ).items
    assert (found.title, found.authors, found.tags, str(found.published)) == ("", (), (), "2024")


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        (json.dumps([DATA]), True),
        ('{"itemType": "x"}', False),
        ('"itemType": "book", "title": ""', False),
        ("[]", False),
    ],
)
def test_recognition(text: str, *, sure: bool) -> None:
    assert (SOURCE.recognise(Document("-", text)) == 1.0) is sure
