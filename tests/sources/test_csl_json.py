"""CSL-JSON and the works of Crossref."""

from __future__ import annotations

import json

import pytest

from digest.model import Document, Identifiers, Item, Reading
from digest.sources.bibliographies.csl_json import SOURCE


def read(value: object) -> Reading:
    text = value if isinstance(value, str) else json.dumps(value, indent=1)
    return Reading.gather(SOURCE.read(Document("works.json", text)))


def item(**fields: object) -> Item:
    (found,) = read([{"id": "moss24", "type": "article-journal", "title": "Moss", **fields}]).items
    return found


def test_a_work_whole() -> None:
    found = item(
        title="On <i>Moss</i> &amp; <span class='nocase'>ferns</span>",
        author=[
            {"family": "Beethoven", "given": "Ludwig", "non-dropping-particle": "van", "suffix": "Jr."},
            {"family": "Alembert", "given": "Jean", "dropping-particle": "d'"},
            {"literal": "The Moss Group"},
            {"family": "Plato"},
        ],
        editor=[{"family": "Other", "given": "Bob"}],
        issued={"date-parts": [["2024", 5, "3"]]},
        submitted={"date-parts": [[2024, 1]]},
        **{"container-title": "J. of Moss"},
        volume=3,
        page="335-9",
        DOI="https://doi.org/10.5555/moss",
        URL="https://moss.example/a",
        PMID="123",
        ISSN=["1234-5678", "2345-6789"],
        language="en-GB",
        keyword="wet moss, ferns",
        abstract="<jats:title>Abstract</jats:title><jats:p>We grow <jats:italic>moss</jats:italic>.</jats:p>",
        note="arXiv: 1804.00222 [cs]\nTwo parts.",
        custom={"x": 1},
    )
    assert found.title == "On Moss & ferns"
    assert found.authors == ("Ludwig van Beethoven Jr.", "Jean d'Alembert", "The Moss Group", "Plato")
    assert found.identifiers == Identifiers(arxiv="1804.00222", doi="10.5555/moss", pmid="123")
    assert (str(found.published), found.venue, found.lang) == ("2024-05-03", "J. of Moss", "en-GB")
    assert found.body == "We grow *moss*."
    assert found.links == (("paper", "https://moss.example/a"),)
    assert found.tags == ("wet moss", "ferns")
    assert dict(found.details) == {
        "type": "article-journal", "citation-key": "moss24", "page": "335-339", "ISSN": "1234-5678, 2345-6789",
        "editor": "Bob Other", "volume": "3", "submitted": "2024-01", "note": "Two parts.",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("issued", "date"),
    [
        ({"date-parts": [[2024]]}, "2024"),
        ({"date-parts": [[2024, 5], [2024, 6]]}, "2024-05"),
        ({"date-parts": [[2024, 21]]}, "2024"),
        ({"date-parts": [[2024, 12, 31], [0]]}, "2024-12-31"),
        ({"date-parts": [[2024], [2025]], "season": 1}, "2024"),
        ({"date-parts": [[None]]}, "None"),
        ({"date-parts": [[-334]]}, "None"),
        ({"date-parts": []}, "None"),
        ({"raw": "May 3, 2024"}, "2024-05-03"),
        ({"literal": "in spring 2024"}, "2024"),
        ("2024-05-03", "2024-05-03"),
        (2024, "2024"),
        ([], "None"),
    ],
)
def test_dates(issued: object, date: str) -> None:
    assert str(item(issued=issued).published) == date


def test_answers_of_crossref() -> None:
    work = {
        "DOI": "10.5555/moss",
        "type": "journal-article",
        "title": ["On Moss"],
        "subtitle": ["A Story"],
        "container-title": ["Journal of Moss"],
        "short-container-title": ["J. Moss"],
        "author": [{"given": "Ada", "family": "Lovelace", "sequence": "first"}, {"name": "Moss Group"}],
        "issued": {"date-parts": [[None]]},
        "published-online": {"date-parts": [[2024, 5]]},
        "created": {"date-parts": [[2020, 1, 1]]},
        "license": [{"URL": "https://license.example/by"}],
        "abstract": "<jats:sec><jats:title>Aim</jats:title><jats:p>We grow moss.</jats:p></jats:sec>",
        "reference": [{"key": "a", "DOI": "10.5555/other"}],
    }
    listed = {"status": "ok", "message-type": "work-list", "message": {"items": [work, {**work, "title": []}]}}
    moss, untitled = read(listed).items
    assert (moss.title, moss.venue, moss.authors) == (
        "On Moss: A Story",
        "Journal of Moss",
        ("Ada Lovelace", "Moss Group"),
    )
    assert (str(moss.published), moss.license, moss.identifiers.doi) == (
        "2024-05",
        "https://license.example/by",
        "10.5555/moss",
    )
    assert moss.body == "## Aim\n\nWe grow moss."
    assert dict(moss.details)["type"] == "article-journal"
    assert untitled.title == ""
    (alone,) = read({"status": "ok", "message-type": "work", "message": work}).items
    assert alone.title == moss.title
    assert any("10.5555/other" in noise.text for noise in read(listed).noise)


def test_a_work_alone_and_works_under_a_key() -> None:
    work = {"type": "book", "title": "Moss", "editor": [{"family": "Other", "given": "Bob"}]}
    assert [each.authors for each in read(work).items] == [("Bob Other",)]
    assert [each.title for each in read({"items": [work, work]}).items] == ["Moss", "Moss"]


def test_names_and_texts_of_odd_kinds_do_no_harm() -> None:
    found = item(
        author=["Lovelace, Ada", 3, None, {"given": None}], abstract=None, volume=True, DOI=["10.5555/a"], page={}
    )
    assert (found.authors, found.body, found.identifiers.doi) == (("Ada Lovelace",), "", "10.5555/a")
    assert item(author="Lovelace, Ada and Other, Bob").authors == ("Ada Lovelace", "Bob Other")


def test_a_broken_work_is_told_and_the_others_are_read() -> None:
    text = (
        '[\n{"type": "book", "title": "Moss"},\n{"type": "book" "title": "Bog"},\n{"type": "book", "title": "Fern"}\n]'
    )
    found = read(text)
    assert [(each.title, each.span.line) for each in found.items] == [("Moss", 2), ("Fern", 4)]
    (problem,) = found.problems
    assert (problem.code, problem.span and problem.span.line) == ("DG308", 3)


@pytest.mark.parametrize(
    ("value", "sure"),
    [
        ([{"type": "article-journal", "author": [{"family": "A"}]}], True),
        ({"message-type": "work-list", "message": {"items": []}}, True),
        ([{"itemType": "journalArticle", "type": "article", "family": "x"}], False),
        ({"type": "article", "name": "moss"}, False),
        ([{"paper": {"title": "Moss"}}], False),
    ],
)
def test_recognition(value: object, *, sure: bool) -> None:
    assert (SOURCE.recognise(Document("-", json.dumps(value))) > 0.9) is sure
