"""The metadata of arXiv as JSON Lines."""

from __future__ import annotations

import json

from digest.model import Document, Identifiers, PartialDate, Reading
from digest.sources.arxiv.arxiv_snapshot import SOURCE

PAPER = {
    "id": "0704.0001",
    "submitter": "Ada Lovelace",
    "authors": "Jos\\'e Author (Garden, West), Ada Lovelace",
    "title": "On straw and\n  the mulch",
    "comments": "12 pages",
    "journal-ref": "J. Straw 1 (2024)",
    "doi": "10.1000/straw",
    "report-no": None,
    "categories": "hep-ph cs.CL",
    "license": None,
    "abstract": "  We water straw,\nwith care.\n",
    "versions": [
        {"version": "v1", "created": "Mon, 2 Apr 2007 19:18:42 GMT"},
        {"version": "v2", "created": "Tue, 24 Jul 2007 20:10:27 GMT"},
    ],
    "update_date": "2008-11-26",
    "authors_parsed": [["Author", "José", "", "Garden, West"], ["Lovelace", "Ada", ""]],
}


def read(text: str) -> Reading:
    return Reading.gather(SOURCE.read(Document("snapshot.json", text)))


def test_a_paper_gives_all_that_it_says() -> None:
    reading = read(json.dumps(PAPER) + "\n")
    (item,) = reading.items
    assert (item.title, item.body) == ("On straw and the mulch", "We water straw, with care.")
    assert item.authors == ("José Author", "Ada Lovelace")
    assert item.identifiers == Identifiers(arxiv="0704.0001", version=2, doi="10.1000/straw")
    assert (item.published, item.updated) == (PartialDate(2007, 4, 2), PartialDate(2007, 7, 24))
    assert item.venue == "J. Straw 1 (2024)"
    assert item.details == (
        ("comment", "12 pages"),
        ("categories", "hep-ph cs.CL"),
        ("versions", "v1 2007-04-02, v2 2007-07-24"),
    )
    assert [noise.text for noise in reading.noise] == ["(Garden, West)", "submitter: Ada Lovelace"]


def test_names_that_were_parsed_stand_in_for_the_line() -> None:
    (item,) = read(json.dumps(PAPER | {"authors": ""})).items
    assert item.authors == ("José Author", "Ada Lovelace")


def test_a_broken_line_costs_only_itself() -> None:
    line = json.dumps(PAPER)
    reading = read(f"{line}\n{line[:200]}\n{line}\n")
    assert len(reading.items) == 2
    assert [problem.span and problem.span.line for problem in reading.problems] == [2]


def test_it_knows_its_own() -> None:
    assert SOURCE.recognise(Document("x", json.dumps(PAPER))) == 1.0
    assert SOURCE.recognise(Document("x", '{"title": "x", "abstract": "y", "doi": "10.1/x"}')) == 0.0
