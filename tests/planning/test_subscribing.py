"""The page that lists all feeds, and the outline of them."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

from planning_values import MadePlan, a_plan, an_entry, the

from digest.model import SubscribePage

ENTRIES = [
    an_entry("One", authors=("Ada Lovelace",), tags=("graphs",)),
    an_entry("Two", authors=("Ada Lovelace", "Ann Author"), tags=("trees", "graphs")),
]


def plan_of(**changes: Any) -> MadePlan:
    return a_plan(ENTRIES, title="Notes", base_url="https://example.org/repo/", **changes)


def outline_of(plan: MadePlan) -> ElementTree.Element:
    (text,) = (text.text for text in plan.texts if text.url == "/feeds.opml")
    return ElementTree.fromstring(text.encode())


def test_the_feeds_of_the_site_come_first_then_tags_then_authors() -> None:
    page = the(plan_of(), SubscribePage)
    assert [choice.subject.text for choice in page.site_feeds] == ["All entries", "Day by day"]
    assert [(choice.subject.text, choice.subject.count) for choice in page.tag_feeds] == [("graphs", 2), ("trees", 1)]
    assert [choice.subject.href for choice in page.author_feeds] == ["/repo/authors/ada-lovelace/"]
    assert page.outline.href == "/repo/feeds.opml"
    assert page.masthead.subscribe == "/repo/subscribe/"


def test_addresses_are_whole_to_be_copied() -> None:
    page = the(plan_of(), SubscribePage)
    assert [(feed.text, feed.href) for feed in page.site_feeds[0].feeds] == [
        ("RSS", "https://example.org/repo/feed.xml"),
        ("Atom", "https://example.org/repo/atom.xml"),
        ("JSON Feed", "https://example.org/repo/feed.json"),
    ]
    assert page.site_feeds[1].feeds[0].href == "https://example.org/repo/days.xml"
    assert page.tag_feeds[1].feeds[0].href == "https://example.org/repo/tags/trees/feed.xml"


def test_every_feed_on_the_page_is_there() -> None:
    plan = plan_of(feed_size=1)
    page = the(plan, SubscribePage)
    shown = {feed.href for choice in (*page.site_feeds, *page.tag_feeds, *page.author_feeds) for feed in choice.feeds}
    assert shown == {feed.permalink for feed in plan.feeds if not feed.current}


def test_the_outline_has_each_feed_once() -> None:
    outline = outline_of(plan_of())
    assert outline.findtext("head/title") == "Notes"
    assert [one.get("text") for one in outline.findall("body/outline")] == [
        "Notes",
        "Notes, day by day",
        "Tags",
        "Authors",
    ]
    assert [one.get("xmlUrl") for one in outline.iter("outline") if one.get("xmlUrl")] == [
        "https://example.org/repo/feed.xml",
        "https://example.org/repo/days.xml",
        "https://example.org/repo/tags/graphs/feed.xml",
        "https://example.org/repo/tags/trees/feed.xml",
        "https://example.org/repo/authors/ada-lovelace/feed.xml",
    ]
    first = next(one for one in outline_of(plan_of(feeds=("json",))).iter("outline"))
    assert first.get("xmlUrl") == "https://example.org/repo/feed.json"


def test_a_site_without_feeds_has_neither() -> None:
    plan = plan_of(feeds=())
    assert not [page for page in plan.pages if isinstance(page, SubscribePage)]
    assert not [text for text in plan.texts if text.url == "/feeds.opml"]
