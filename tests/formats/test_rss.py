"""RSS that readers and validators take without a murmur, whatever stands in the texts."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.formats import rss
from digest.model import Feed, FeedItem, Html

NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
}
NOON = datetime(2019, 12, 6, 12, 5, 9, tzinfo=timezone(timedelta(hours=1)))
ITEM = FeedItem(
    id="urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8",
    title="On Things",
    permalink="https://example.org/repo/2019/12/06/on-things/",
    time=NOON,
    authors=("Ada Lovelace", "Ann Author"),
    tags=("things", "more-things"),
    summary="Things, summarised.",
    content=Html('<p>Things. <a href="https://example.org/x">More</a></p>'),
)
FEED = Feed(
    url="/feed.xml",
    permalink="https://example.org/repo/feed.xml",
    title="Digest",
    description="Papers, read.",
    home="https://example.org/repo/",
    language="en",
    license="CC BY 4.0",
    generator="digest",
    updated=NOON,
    items=(ITEM,),
)


def tree(feed: Feed) -> ElementTree.Element:
    channel = ElementTree.fromstring(rss.write_feed(feed)).find("channel")
    assert channel is not None
    return channel


def with_item(**changes: object) -> Feed:
    return replace(FEED, items=(replace(ITEM, **changes),))  # type: ignore[arg-type] # fields by name


def test_the_channel_says_what_it_is() -> None:
    channel = tree(FEED)
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


def test_an_item_is_whole() -> None:
    item = tree(FEED).find("item")
    assert item is not None
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


def test_a_feed_without_items_is_valid() -> None:
    feed = replace(FEED, items=(), updated=None, license="", description="")
    channel = tree(feed)
    assert channel.find("item") is None
    assert channel.find("lastBuildDate") is None
    assert channel.find("copyright") is None
    assert channel.findtext("description") == "Digest"
    assert feedparser.parse(rss.write_feed(feed)).bozo == 0


@pytest.mark.parametrize(
    "title",
    [
        "a < b & c ]]> </item>",
        "<script>alert(1)</script>",
        "&amp; is not &nbsp;",
        "$x<y$ \\& $\\frac{1}{2}$",
        "لغة عربية \u200fمع\u200f English",
        "🎉 Party 👩‍🔬",
        "“Quotes” 'and' \"more\"",
    ],
)
def test_hostile_titles_come_through_as_plain_text(title: str) -> None:
    data = rss.write_feed(with_item(title=title, summary=title, content=Html(f"<p>{title}</p>")))
    item = ElementTree.fromstring(data).find("channel/item")
    assert item is not None
    assert item.findtext("title") == title
    assert item.findtext("content:encoded", namespaces=NAMESPACES) == f"<p>{title}</p>"
    parsed = feedparser.parse(data)
    assert parsed.bozo == 0
    assert len(parsed.entries) == 1


def test_titles_are_escaped_as_the_profile_asks() -> None:
    assert b"<title>a &#x3C; b &#x26; c</title>" in rss.write_feed(with_item(title="a < b & c"))


def test_a_summary_is_html_to_readers_and_stays_text() -> None:
    parsed = feedparser.parse(rss.write_feed(with_item(summary="if a<b then <b>")))
    assert parsed.entries[0].summary == "if a&lt;b then &lt;b&gt;"


@pytest.mark.parametrize("bad", ["\x00", "\x0b", "\x1f", "\x85", "\ud800", "\ufffe", "\ufdd0", "\U0001ffff"])
def test_what_xml_forbids_is_dropped(bad: str) -> None:
    data = rss.write_feed(
        replace(with_item(title=f"a{bad}b", authors=(f"a{bad}b",), content=Html(f"]]{bad}>")), title=f"a{bad}b")
    )
    item = ElementTree.fromstring(data).find("channel/item")
    assert item is not None
    assert item.findtext("title") == "ab"
    assert item.findtext("content:encoded", namespaces=NAMESPACES) == "]]>"


def test_a_plus_stays_a_plus() -> None:
    assert b"c++" in rss.write_feed(with_item(permalink="https://example.org/c++/"))


def test_bytes_are_stable() -> None:
    assert rss.write_feed(FEED) == rss.write_feed(replace(FEED))
    assert b"\r" not in rss.write_feed(with_item(content=Html("a\r\nb\rc")))


@settings(deadline=None, max_examples=60)
@given(st.text(), st.text(), st.lists(st.text(min_size=1), max_size=3))
def test_any_text_makes_a_valid_feed(title: str, body: str, names: list[str]) -> None:
    feed = with_item(title=title, summary=body, content=Html(body), authors=tuple(names), tags=tuple(names))
    assert feed_faults(rss.write_feed(feed)) == []


def feed_faults(data: bytes) -> list[str]:
    """What the validator of the W3C would say, as far as it applies to what we write."""
    faults = []
    text = data.decode()
    channel = ElementTree.fromstring(data).find("channel")
    assert channel is not None
    faults += [f"no {name}" for name in ("title", "link", "description") if not channel.findtext(name)]
    links = channel.findall("atom:link", NAMESPACES)
    faults += [] if [link.get("rel") for link in links] == ["self"] else ["no self link"]
    tags = [child.tag for child in channel]
    first = tags.index("item") if "item" in tags else len(tags)
    faults += [] if set(tags[first:]) <= {"item"} else ["items are not last"]
    items = channel.findall("item")
    guids = [item.findtext("guid") for item in items]
    faults += [] if len(set(guids)) == len(guids) else ["a guid twice"]
    for item in items:
        faults += [] if item.findtext("title") or item.findtext("description") else ["neither title nor description"]
        date = item.findtext("pubDate") or ""
        moment = parsedate_to_datetime(date)
        faults += [] if moment.tzinfo and moment.strftime("%a") == date[:3] else [f"bad date {date}"]
    faults += [
        f"undefined entity {name}" for name in re.findall(r"&(?!#x)\w+;", re.sub(r"(?s)<!\[CDATA.*?]]>", "", text))
    ]
    return faults


def test_the_own_validator_sees_faults() -> None:
    data = rss.write_feed(replace(FEED, items=(ITEM, ITEM)))
    assert feed_faults(data) == ["a guid twice"]
    assert feed_faults(data.replace(b"Fri,", b"Sat,"))[1:] == ["bad date Sat, 06 Dec 2019 12:05:09 +0100"] * 2


def test_feedparser_shows_all() -> None:
    parsed = feedparser.parse(rss.write_feed(FEED))
    assert parsed.bozo == 0
    assert parsed.feed.title == "Digest"
    entry = parsed.entries[0]
    assert entry.id == ITEM.id
    assert entry.link == ITEM.permalink
    assert [author.name for author in entry.authors] == list(ITEM.authors)
    assert entry.content[0].value == ITEM.content
    assert entry.summary == ITEM.summary
    assert tuple(entry.published_parsed[:6]) == NOON.astimezone(UTC).timetuple()[:6]
