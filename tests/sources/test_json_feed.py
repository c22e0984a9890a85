"""Feeds in JSON."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from digest.model import Document, Identifiers, PartialDate, Reading
from digest.sources.web.json_feed import SOURCE

ITEM = {
    "id": "https://garden.example/1", "url": "https://garden.example/1", "title": "Beds &amp; bark",
    "content_html": "<p>We built <b>beds</b>.</p>", "summary": "Bark is cheap.", "tags": ["soil", "bark"],
    "date_published": "2024-09-20T10:00:00Z", "date_modified": "2024-09-22T10:00:00Z", "_odd": {"x": 1},
}  # fmt: skip
FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Garden",
    "language": "en",
    "authors": [{"name": "Ann Author"}],
}


def read(*items: object) -> Reading:
    return Reading.gather(SOURCE.read(Document("feed.json", json.dumps({**FEED, "items": items}, indent=1))))


def test_an_item() -> None:
    found = read(ITEM)
    (item,) = found.items
    assert (item.kind, item.title, item.body, item.summary) == (
        "note", "Beds & bark", "We built **beds**.", "Bark is cheap.",
    )  # fmt: skip
    assert (item.day, item.updated) == (datetime(2024, 9, 20, 10, tzinfo=UTC), PartialDate(2024, 9, 22))
    assert (item.authors, item.tags, item.lang) == (("Ann Author",), ("soil", "bark"), "en")
    assert item.links == (("paper", "https://garden.example/1"),)
    assert [each.text for each in found.noise] == ['_odd: {"x": 1}']


def test_plain_text_ids_of_any_type_and_the_paper_it_is_about() -> None:
    (item,) = read({"id": 7, "external_url": "https://arxiv.org/abs/2409.12345", "content_text": "a *b*\nc"}).items
    assert (item.kind, item.body) == ("abstract", "a \\*b\\* c")
    assert item.identifiers == Identifiers(arxiv="2409.12345")


def test_nothing_of_the_wrong_type_hurts() -> None:
    found = read(
        {"id": [], "title": 1, "tags": "x", "authors": ["y"], "content_html": None, "date_published": 3}, 4, "z"
    )
    assert [item.title for item in found.items] == ["1"]


def test_a_cut_file_gives_its_whole_items_and_an_empty_feed_says_so() -> None:
    text = json.dumps({**FEED, "items": [ITEM, ITEM]})
    found = Reading.gather(SOURCE.read(Document("x", text[:-80])))
    assert len(found.items) == 1
    assert [problem.severity for problem in found.problems] == ["error"]
    assert [problem.severity for problem in read().problems] == ["note"]


@pytest.mark.parametrize(
    ("head", "sure"),
    [
        (json.dumps(FEED), 0.98),
        ('{"items": [{"id": 1, "content_html": "x"}]}', 0.7),
        ('{"items": [{"id": 1, "type": "book"}]}', 0.0),
        ('[{"version": "https://jsonfeed.org/version/1"}]', 0.0),
        ("https://jsonfeed.org/version/1", 0.0),
    ],
)
def test_recognised_by_its_version(head: str, sure: float) -> None:
    assert SOURCE.recognise(Document("x", head)) == sure
