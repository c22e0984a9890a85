"""RSS that readers and validators take without a murmur, whatever stands in the texts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC
from xml.etree import ElementTree

import feedparser
import pytest
from feed_values import FEED, FORBIDDEN, HOSTILE, ITEM, LATER, NOON, an_archive, document, with_item, write_item
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.formats import feed_rules, rss
from digest.model import Feed, Html

NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "fh": "http://purl.org/syndication/history/1.0",
}


def channel_of(feed: Feed) -> ElementTree.Element:
    channel = ElementTree.fromstring(document(feed)).find("channel")
    assert channel is not None
    return channel


def item_of(feed: Feed) -> ElementTree.Element:
    item = channel_of(feed).find("item")
    assert item is not None
    return item


def test_the_channel_says_what_it_is() -> None:
    channel = channel_of(FEED)
    link = channel.find("atom:link", NAMESPACES)
    assert link is not None
    assert link.attrib == {"href": FEED.permalink, "rel": "self", "type": "application/rss+xml"}
    found = {child.tag: child.text for child in channel if child.tag != "item"}
    assert found["title"] == "Digest"
    assert found["link"] == FEED.home
    assert found["description"] == "Papers, read."
    assert found["language"] == "en"
    assert found["copyright"] == "CC BY 4.0"
    assert found["generator"] == "digest"
    assert found["lastBuildDate"] == "Fri, 06 Dec 2019 12:05:09 +0100"
    assert [child.tag for child in channel][-1] == "item"
    assert channel.find("fh:archive", NAMESPACES) is None


def test_what_a_channel_says_of_itself_is_plain_text() -> None:
    assert channel_of(replace(FEED, description="Q & A\non <papers>")).findtext("description") == "Q & A on <papers>"


def test_an_archive_says_where_it_stands() -> None:
    channel = channel_of(an_archive("rss"))
    assert channel.find("fh:archive", NAMESPACES) is not None
    links = {link.get("rel"): link.get("href") for link in channel.findall("atom:link", NAMESPACES)}
    assert links == {
        "self": "https://example.org/repo/feeds/feed-2.xml",
        "current": "https://example.org/repo/feed.xml",
        "prev-archive": "https://example.org/repo/feeds/feed-1.xml",
        "next-archive": "https://example.org/repo/feeds/feed-3.xml",
    }


def test_an_item_is_whole() -> None:
    item = item_of(FEED)
    guid = item.find("guid")
    assert guid is not None
    assert (guid.text, guid.attrib) == (ITEM.id, {"isPermaLink": "false"})
    assert [creator.text for creator in item.findall("dc:creator", NAMESPACES)] == list(ITEM.authors)
    assert [category.text for category in item.findall("category")] == list(ITEM.tags)
    assert item.findtext("pubDate") == "Fri, 06 Dec 2019 12:05:09 +0100"
    order = [child.tag for child in item]
    assert order.index("description") < order.index(f"{{{NAMESPACES['content']}}}encoded")
    assert item.findtext("content:encoded", namespaces=NAMESPACES) == ITEM.content
    assert "author" not in order  # both `author` and `dc:creator` is one too many
    assert item.find("atom:updated", NAMESPACES) is None


def test_what_an_item_has_of_its_own() -> None:
    item = item_of(
        with_item(updated=LATER, language="de", license="CC0", external_url="https://doi.org/10.1/x?a=1&b=2")
    )
    assert item.findtext("atom:updated", namespaces=NAMESPACES) == "2020-02-01T12:00:07+00:00"
    assert item.findtext("dc:language", namespaces=NAMESPACES) == "de"
    assert item.findtext("dc:rights", namespaces=NAMESPACES) == "CC0"
    link = item.find("atom:link", NAMESPACES)
    assert link is not None
    assert link.attrib == {"rel": "related", "href": "https://doi.org/10.1/x?a=1&b=2"}


def test_a_feed_without_items_is_valid() -> None:
    feed = replace(FEED, pieces=(), updated=None, license="", description="")
    channel = channel_of(feed)
    assert channel.find("item") is None
    assert channel.find("lastBuildDate") is None
    assert channel.find("copyright") is None
    assert channel.findtext("description") == "Digest"
    assert feedparser.parse(document(feed)).bozo == 0


@pytest.mark.parametrize("title", HOSTILE)
def test_hostile_titles_come_through_as_plain_text(title: str) -> None:
    data = document(with_item(title=title, summary=title, content=Html(f"<p>{title}</p>")))
    item = ElementTree.fromstring(data).find("channel/item")
    assert item is not None
    assert item.findtext("title") == title.strip()
    assert item.findtext("content:encoded", namespaces=NAMESPACES) == f"<p>{title}</p>"
    parsed = feedparser.parse(data)
    assert parsed.bozo == 0
    assert len(parsed.entries) == 1


def test_titles_are_escaped_as_the_profile_asks() -> None:
    assert b"<title>a &#x3C; b &#x26; c</title>" in document(with_item(title="a < b & c"))


def test_a_summary_is_html_to_readers_and_stays_text() -> None:
    parsed = feedparser.parse(document(with_item(summary="if a<b then <b>")))
    assert parsed.entries[0].summary == "if a&lt;b then &lt;b&gt;"


@pytest.mark.parametrize("bad", FORBIDDEN)
def test_what_xml_forbids_is_dropped(bad: str) -> None:
    data = document(
        replace(with_item(title=f"a{bad}b", authors=(f"a{bad}b",), content=Html(f"]]{bad}>")), title=f"a{bad}b")
    )
    item = ElementTree.fromstring(data).find("channel/item")
    assert item is not None
    assert item.findtext("title") == "ab"
    assert item.findtext("content:encoded", namespaces=NAMESPACES) == "]]>"


def test_a_title_of_nothing_is_the_address() -> None:
    assert item_of(with_item(title=" \x00 ")).findtext("title") == ITEM.permalink


def test_a_plus_stays_a_plus() -> None:
    assert b"c++" in document(with_item(permalink="https://example.org/c++/"))


def test_bytes_are_stable() -> None:
    assert document(FEED) == document(replace(FEED))
    assert b"\r" not in document(with_item(content=Html("a\r\nb\rc")))


@settings(deadline=None, max_examples=60)
@given(st.text(), st.text(), st.lists(st.text(min_size=1), max_size=3))
def test_any_text_makes_a_valid_feed(title: str, body: str, names: list[str]) -> None:
    feed = with_item(title=title, summary=body, content=Html(body), authors=tuple(names), tags=tuple(names))
    (item,) = feed.items
    assert list(feed_rules.faults_of_item(item, write_item("rss", item), "rss")) == []
    assert list(feed_rules.faults_of_frame(feed, *rss.write_frame(feed))) == []
    assert feedparser.parse(document(feed)).bozo == 0


def test_feedparser_shows_all() -> None:
    parsed = feedparser.parse(document(FEED))
    assert parsed.bozo == 0
    assert parsed.feed.title == "Digest"
    entry = parsed.entries[0]
    assert entry.id == ITEM.id
    assert entry.link == ITEM.permalink
    assert [author.name for author in entry.authors] == list(ITEM.authors)
    assert entry.content[0].value == ITEM.content
    assert entry.summary == ITEM.summary
    assert tuple(entry.published_parsed[:6]) == NOON.astimezone(UTC).timetuple()[:6]
