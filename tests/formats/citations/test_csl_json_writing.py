from __future__ import annotations

import json
from typing import Any

import pytest
from citation_values import HOSTILE, a_hostile_reference, a_reference
from hypothesis import given, settings

from digest.formats.citations.csl_json import write_csl_json as write_both
from digest.formats.citations.kinds import KINDS
from digest.model import Identifiers, PartialDate, Reference


def write_csl_json(reference: Reference) -> str:
    return write_both(reference)[1]


# What the schema (csl-data.json 1.0.2) has of which type, as far as we write it; it forbids every other name.
NAMES = {"author", "editor"}
DATES = {"issued"}
TEXTS = {
    "id", "type", "title", "container-title", "volume", "issue", "page", "number", "publisher", "publisher-place",
    "collection-title", "collection-number", "edition", "chapter-number", "event-title", "event-place", "genre", "ISSN",
    "ISBN", "status", "version", "medium", "section", "original-title", "DOI", "PMID", "PMCID", "URL", "language",
    "keyword", "abstract", "note",
}  # fmt: skip
TYPES = {
    "article", "article-journal", "article-magazine", "article-newspaper", "book", "chapter", "dataset", "document",
    "entry-encyclopedia", "manuscript", "motion_picture", "paper-conference", "patent", "post-weblog", "report",
    "software", "speech", "thesis", "webpage",
}  # fmt: skip


def read(**changes: Any) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(write_csl_json(a_reference(**changes)))
    return told


def check(told: dict[str, Any]) -> None:
    """What the schema asks for."""
    assert {"id", "type"} <= set(told)
    assert set(told) <= NAMES | DATES | TEXTS
    assert told["type"] in TYPES
    assert all(isinstance(told[name], str) and told[name] for name in TEXTS & set(told))
    for person in [person for name in NAMES & set(told) for person in told[name]]:
        assert set(person) <= {"family", "given", "non-dropping-particle", "suffix", "literal"}
        assert all(isinstance(part, str) for part in person.values())
    for date in (told[name] for name in DATES & set(told)):
        assert set(date) == {"date-parts"}
        assert all(
            1 <= len(parts) <= 3 and all(isinstance(part, int) for part in parts) for parts in date["date-parts"]
        )


def test_a_paper_of_a_journal() -> None:
    assert read() == {
        "id": "lovelace1843notes",
        "type": "article-journal",
        "title": "Notes on the Analytical Engine",
        "author": [{"family": "Lovelace", "given": "Ada"}, {"family": "Babbage", "given": "Charles"}],
        "issued": {"date-parts": [[1843, 9]]},
        "container-title": "Scientific Memoirs",
        "volume": "3",
        "page": "666-731",
        "DOI": "10.1000/engine_1",
        "URL": "https://doi.org/10.1000/engine_1",
        "language": "en",
        "keyword": "engines, numbers",
    }


def test_the_types_are_those_of_the_schema() -> None:
    assert set(KINDS) == TYPES
    assert read(type="invented")["type"] == "document"


def test_a_preprint_has_its_number() -> None:
    told = read(type="article", container="", identifiers=Identifiers(arxiv="1804.00222"))
    assert (told["number"], told["publisher"]) == ("arXiv:1804.00222", "arXiv")


def test_what_csl_has_no_name_for_stands_in_the_note() -> None:
    names = Identifiers(arxiv="1804.00222", doi="10.1000/1", pmid="123", pmcid="PMC1", openreview="AbCdEf123")
    told = read(identifiers=names)
    assert (told["DOI"], told["PMID"], told["PMCID"]) == ("10.1000/1", "123", "PMC1")
    assert told["note"] == "arXiv: 1804.00222\nOpenReview: AbCdEf123"


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Ludwig van Beethoven", {"family": "Beethoven", "given": "Ludwig", "non-dropping-particle": "van"}),
        ("Martin Luther King Jr.", {"family": "King", "given": "Martin Luther", "suffix": "Jr."}),
        ("ATLAS Collaboration", {"literal": "ATLAS Collaboration"}),
        ("山田 太郎", {"family": "山田", "given": "太郎"}),
    ],
)
def test_names(name: str, written: dict[str, str]) -> None:
    assert read(authors=(name,))["author"] == [written]


def test_a_reference_of_which_nothing_is_known() -> None:
    empty = dict.fromkeys(("title", "container", "url", "language"), "")
    told = read(**empty, authors=(), issued=None, identifiers=Identifiers(), keywords=(), details=())
    assert told == {"id": "lovelace1843notes", "type": "article-journal"}


@pytest.mark.parametrize("issued", [PartialDate(2018), PartialDate(2018, 4), PartialDate(2018, 4, 13)])
def test_dates_are_as_precise_as_they_are_known(issued: PartialDate) -> None:
    parts = read(issued=issued)["issued"]["date-parts"][0]
    assert "-".join(f"{part:02d}" for part in parts) == str(issued)


@given(HOSTILE)
@settings(max_examples=150, deadline=None)
def test_no_text_breaks_the_schema(text: str) -> None:
    written = write_csl_json(a_hostile_reference(text))
    assert "\n" not in written
    written.encode()
    check(json.loads(written))


def test_it_may_do_without_its_abstract() -> None:
    brief, whole = write_both(a_reference(abstract="It computes."))
    assert "It computes." in whole
    assert brief == write_both(a_reference())[0] == write_both(a_reference())[1]
