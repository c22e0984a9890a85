"""JSON Feed 1.1: the same feed, for programs."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from feed_values import FEED, FORBIDDEN, HOSTILE, ITEM, LATER, an_archive, document, pieces_of, with_item
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model import Feed, Html

JSON = replace(FEED, format="json", url="/feed.json", permalink="https://example.org/repo/feed.json")


def read(feed: Feed) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(document(feed))
    return found


def test_the_feed_says_what_it_is() -> None:
    feed = read(JSON)
    del feed["items"]
    assert feed == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Digest",
        "home_page_url": "https://example.org/repo/",
        "feed_url": "https://example.org/repo/feed.json",
        "description": "Papers, read.",
        "authors": [{"name": "Ann Author"}],
        "language": "en",
        "_digest": {"license": "CC BY 4.0", "generator": "digest"},
    }


def test_an_archive_goes_on_with_what_is_older() -> None:
    feed = read(an_archive("json"))
    assert feed["next_url"] == "https://example.org/repo/feeds/feed-1.xml"
    assert feed["_digest"]["current_url"] == "https://example.org/repo/feed.xml"


def test_an_item_is_whole() -> None:
    assert read(JSON)["items"] == [
        {
            "id": ITEM.id,
            "url": ITEM.permalink,
            "title": "On Things",
            "content_html": ITEM.content,
            "summary": "Things, summarised.",
            "date_published": "2019-12-06T12:05:09+01:00",
            "authors": [{"name": "Ada Lovelace"}, {"name": "Ann Author"}],
            "tags": ["things", "more-things"],
        }
    ]


def test_what_an_item_has_of_its_own() -> None:
    own = {"updated": LATER, "language": "de", "license": "CC0", "external_url": "https://doi.org/10.1/x"}
    item = read(with_item("json", **own))["items"][0]
    assert item["date_modified"] == "2020-02-01T12:00:07+00:00"
    assert item["language"] == "de"
    assert item["external_url"] == "https://doi.org/10.1/x"
    assert item["_digest"] == {"license": "CC0"}


@pytest.mark.parametrize("items", [0, 1, 3])
def test_any_number_of_items_is_json(items: int) -> None:
    assert len(read(replace(JSON, pieces=pieces_of(ITEM) * items))["items"]) == items


def test_an_item_without_a_text_has_a_content() -> None:
    assert read(with_item("json", content=Html("")))["items"][0]["content_html"] == "<p>On Things</p>"


@pytest.mark.parametrize("title", HOSTILE)
def test_hostile_titles_come_through_as_plain_text(title: str) -> None:
    item = read(with_item("json", title=title, content=Html(f"<p>{title}</p>")))["items"][0]
    assert item["title"] == title.strip()
    assert item["content_html"] == f"<p>{title}</p>"


@pytest.mark.parametrize("bad", FORBIDDEN)
def test_what_no_text_may_hold_is_dropped(bad: str) -> None:
    item = read(with_item("json", title=f"a{bad}b", authors=(f"a{bad}b",), content=Html(f"a{bad}b")))["items"][0]
    assert (item["title"], item["authors"], item["content_html"]) == ("ab", [{"name": "ab"}], "ab")


@settings(deadline=None, max_examples=60)
@given(st.text(), st.text(), st.lists(st.text(), max_size=3))
def test_any_text_makes_json(title: str, body: str, names: list[str]) -> None:
    feed = with_item("json", title=title, summary=body, content=Html(body), authors=tuple(names), tags=tuple(names))
    assert len(read(feed)["items"]) == 1
