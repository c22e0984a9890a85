"""Services' JSON: Hugging Face Daily Papers, bioRxiv and medRxiv, OpenReview."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model import Document, Identifiers, Item, Noise, PartialDate, Problem, Reading, Source
from digest.sources.services import biorxiv, huggingface, openreview

PAPER = {
    "id": "2607.21557",
    "title": "Straw for\n  $x$ gardens",
    "summary": "We water $a_1$\nwith *care*.",
    "authors": [
        {"_id": "1", "name": "Ada Lovelace", "hidden": False},
        {"name": "Ann  Author", "user": {"name": "ann"}},
    ],
    "publishedAt": "2026-07-23T00:00:00.000Z",
    "submittedOnDailyAt": "2026-07-24T00:00:00.000Z",
    "submittedOnDailyBy": {"fullname": "Somebody"},
    "upvotes": 5,
    "ai_summary": "Straw helps.",
    "ai_keywords": ["straw", "mulch"],
    "githubRepo": "https://github.com/example/straw",
    "projectPage": "https://straw.example/",
    "organization": {"name": "garden", "fullname": "The Garden"},
}
DAILY: list[Any] = [
    {"paper": PAPER, "title": "Straw for $x$ gardens", "publishedAt": "2026-07-22T20:00:00.000Z", "odd": [{"a": "b"}]}
]
PREPRINT = {
    "doi": "10.1101/2024.01.16.575895",
    "title": "A <i>Drosophila</i> tale",
    "authors": "Lovelace, A. M.; Author, A.; ",
    "author_corresponding": "Ada Lovelace",
    "date": "2024-05-02",
    "version": "2",
    "type": "new results",
    "license": "cc_by",
    "category": "cell biology",
    "jatsxml": "https://www.biorxiv.org/content/source.xml",
    "abstract": "O_ST_ABSBackgroundC_ST_ABSWe study <i>cells</i>. O_LIoneC_LIO_LItwoC_LI",
    "published": "10.1000/straw",
    "server": "bioRxiv",
}
COLLECTION = {"messages": [{"status": "ok", "count": 1, "total": "1"}], "collection": [PREPRINT]}
CONTENT = {
    "title": "On straw",
    "abstract": "We water $x$.\n\n- one  \n- two",
    "authors": ["Ada Lovelace", "Ann Author"],
    "authorids": ["~Ada1"],
    "keywords": ["mulch", "bark"],
    "TL;DR": "Straw helps.",
    "venue": "Garden 2024 poster",
    "venueid": "Garden/2024",
    "pdf": "/pdf/1234.pdf",
    "odd": "kept",
}
NOTE = {
    "id": "AbC123xYz",
    "forum": "AbC123xYz",
    "cdate": 1695550000000,
    "pdate": 1705410000000,
    "invitations": ["Garden/-/Submission"],
}


def wrapped(content: dict[str, Any]) -> dict[str, Any]:
    return {key: {"value": value} for key, value in content.items()}


def read(source: Source, value: object) -> Reading:
    text = value if isinstance(value, str) else json.dumps(value, indent=1)
    return Reading.gather(source.read(Document("answer.json", text)))


def test_a_daily_paper_gives_all_that_it_says() -> None:
    reading = read(huggingface.SOURCE, DAILY)
    (item,) = reading.items
    assert (item.title, item.body) == ("Straw for $x$ gardens", "We water $a_1$ with \\*care\\*.")
    assert (item.day, item.published) == (date(2026, 7, 24), PartialDate(2026, 7, 23))
    assert item.authors == ("Ada Lovelace", "Ann Author")
    assert item.identifiers == Identifiers(arxiv="2607.21557")
    assert item.summary == "Straw helps."
    assert item.links == (("project", "https://straw.example/"), ("code", "https://github.com/example/straw"))
    assert item.details == (("keyword", "straw; mulch"), ("organization", "The Garden"))
    assert item.tags == ()
    assert [noise.text for noise in reading.noise] == ["odd: b"]


def test_a_paper_comes_alone_as_well_and_may_be_on_no_list() -> None:
    (item,) = read(huggingface.SOURCE, {key: value for key, value in PAPER.items() if "Daily" not in key}).items
    assert (item.identifiers.arxiv, item.day) == ("2607.21557", None)


def test_a_preprint_gives_all_that_it_says() -> None:
    reading = read(biorxiv.SOURCE, COLLECTION)
    (item,) = reading.items
    assert item.title == "A Drosophila tale"
    assert item.body == "Background: We study *cells*.\n\n- one\n- two"
    assert item.authors == ("A. M. Lovelace", "A. Author")
    assert item.identifiers == Identifiers(doi="10.1101/2024.01.16.575895")
    assert (item.day, item.published) == (None, PartialDate(2024, 5, 2))
    assert (item.venue, item.license) == ("bioRxiv", "cc_by")
    assert item.links == (("jats", "https://www.biorxiv.org/content/source.xml"),)
    assert item.details == (
        ("categories", "cell biology"),
        ("type", "new results"),
        ("version", "2"),
        ("published-doi", "10.1000/straw"),
    )
    assert [noise.text for noise in reading.noise] == ["author_corresponding: Ada Lovelace"]


def test_a_preprint_that_was_not_printed_has_no_other_doi() -> None:
    (item,) = read(biorxiv.SOURCE, {"collection": [PREPRINT | {"published": "NA", "version": 1}]}).items
    assert dict(item.details) == {"categories": "cell biology", "type": "new results", "version": "1"}


@pytest.mark.parametrize("content", [CONTENT, wrapped(CONTENT)], ids=["first", "second"])
def test_a_submission_gives_all_that_it_says_in_both_versions(content: dict[str, Any]) -> None:
    reading = read(openreview.SOURCE, {"notes": [NOTE | {"content": content, "license": "CC BY 4.0"}], "count": 1})
    (item,) = reading.items
    assert (item.title, item.body, item.summary) == ("On straw", "We water $x$.\n\n- one\n- two", "Straw helps.")
    assert item.authors == ("Ada Lovelace", "Ann Author")
    assert item.tags == ("mulch", "bark")
    assert item.identifiers == Identifiers(openreview="AbC123xYz")
    assert (item.day, item.published) == (None, PartialDate(2024, 1, 16))
    assert (item.venue, item.license) == ("Garden 2024 poster", "CC BY 4.0")
    assert item.links == (("pdf", "https://openreview.net/pdf/1234.pdf"),)
    assert [noise.text for noise in reading.noise] == ["odd: kept"]


def test_a_reply_is_no_paper() -> None:
    reply = NOTE | {"id": "Rev123456", "replyto": "AbC123xYz", "content": wrapped({"title": "Review", "rating": "8"})}
    reading = read(openreview.SOURCE, {"notes": [reply]})
    assert reading.items == ()
    assert [noise.text for noise in reading.noise] == ["reply: Review rating: 8"]


def test_a_withdrawn_submission_says_so_and_nobody_is_named_where_nobody_is() -> None:
    note = NOTE | {"invitations": ["Garden/-/Withdrawn_Submission"], "content": CONTENT | {"authors": ["Anonymous"]}}
    (item,) = read(openreview.SOURCE, {"notes": [note]}).items
    assert item.details[0] == ("status", "withdrawn")
    assert item.authors == ()


@pytest.mark.parametrize(
    ("source", "text", "severity"),
    [
        (huggingface.SOURCE, "[]", "note"),
        (biorxiv.SOURCE, '{"messages":[{"status":"no posts found"}],"collection":[]}', "note"),
        (openreview.SOURCE, '{"notes":[],"count":0}', "note"),
        (huggingface.SOURCE, '[{"paper": {"id": "1"}}]', "error"),
        (biorxiv.SOURCE, '{"collection":[{"doi": "10.1/x"}]}', "error"),
        (openreview.SOURCE, '{"notes":[{"id": "x", "content": {}}]}', "error"),
    ],
)
def test_what_is_no_paper_is_told(source: Source, text: str, severity: str) -> None:
    reading = read(source, text)
    assert reading.items == ()
    assert [problem.severity for problem in reading.problems] == [severity]


SOURCES: dict[str, tuple[Source, object]] = {
    "huggingface": (huggingface.SOURCE, DAILY),
    "biorxiv": (biorxiv.SOURCE, COLLECTION),
    "openreview": (openreview.SOURCE, {"notes": [NOTE | {"content": CONTENT}]}),
}


@pytest.mark.parametrize("name", SOURCES)
def test_each_knows_its_own_and_nothing_of_the_others(name: str) -> None:
    document = Document("x.json", json.dumps(SOURCES[name][1]))
    assert [other for other, (source, _) in SOURCES.items() if source.recognise(document) > 0] == [name]


@pytest.mark.parametrize("name", SOURCES)
@pytest.mark.parametrize(
    "text", ["", "text", "[1, 2]", '{"a": {"title": "x", "paper": 1}}', '[{"id": "x", "title": "y"}]']
)
def test_other_documents_are_not_theirs(name: str, text: str) -> None:
    assert SOURCES[name][0].recognise(Document("x", text)) == 0.0


Value = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(sorted({*PAPER, *CONTENT, "value"})), inner, max_size=3)
    ),
    max_leaves=6,
)


@pytest.mark.parametrize("name", SOURCES)
@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_no_value_in_any_field_raises(name: str, data: st.DataObject) -> None:
    source, whole = SOURCES[name]
    found: Any = json.loads(json.dumps(whole))
    record = (
        found[0] if isinstance(found, list) else next(value for value in found.values() if isinstance(value, list))[0]
    )
    part = data.draw(st.sampled_from([record, *(value for value in record.values() if isinstance(value, dict))]))
    part[data.draw(st.sampled_from(sorted(part)))] = data.draw(Value)
    for thing in source.read(Document("x", json.dumps(found))):
        assert isinstance(thing, Item | Noise | Problem)
