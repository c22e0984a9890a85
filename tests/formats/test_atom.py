"""Atom: the same feed, in the format that asks the most."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from xml.etree import ElementTree

import feedparser
import pytest
from feed_values import FEED, FORBIDDEN, HOSTILE, ITEM, LATER, an_archive, document, with_item
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.formats import atom, feed_rules
from digest.model import Feed, Html

NAMESPACES = {"a": "http://www.w3.org/2005/Atom", "fh": "http://purl.org/syndication/history/1.0"}
ATOM = replace(FEED, format="atom", url="/atom.xml", permalink="https://example.org/repo/atom.xml")
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def tree(feed: Feed) -> ElementTree.Element:
    return ElementTree.fromstring(document(feed))


def entry_of(feed: Feed) -> ElementTree.Element:
    entry = tree(feed).find("a:entry", NAMESPACES)
    assert entry is not None
    return entry


def links_of(element: ElementTree.Element) -> dict[str | None, str | None]:
    return {link.get("rel"): link.get("href") for link in element.findall("a:link", NAMESPACES)}


def test_the_feed_says_what_it_is() -> None:
    feed = tree(ATOM)
    assert feed.get(LANGUAGE) == "en"
    assert feed.findtext("a:id", namespaces=NAMESPACES) == ATOM.permalink
    assert feed.findtext("a:title", namespaces=NAMESPACES) == "Digest"
    assert feed.findtext("a:subtitle", namespaces=NAMESPACES) == "Papers, read."
    assert feed.findtext("a:updated", namespaces=NAMESPACES) == "2019-12-06T12:05:09+01:00"
    assert feed.findtext("a:author/a:name", namespaces=NAMESPACES) == "Ann Author"
    assert feed.findtext("a:rights", namespaces=NAMESPACES) == "CC BY 4.0"
    assert links_of(feed) == {"self": ATOM.permalink, "alternate": ATOM.home}
    assert [child.tag for child in feed][-1].endswith("entry")


def test_all_documents_of_a_feed_have_one_id() -> None:
    archive = an_archive("atom")
    feed = tree(archive)
    assert feed.find("fh:archive", NAMESPACES) is not None
    assert feed.findtext("a:id", namespaces=NAMESPACES) == archive.current
    assert links_of(feed) == {
        "self": archive.permalink,
        "alternate": archive.home,
        "current": archive.current,
        "prev-archive": archive.previous,
        "next-archive": archive.next,
    }


def test_an_entry_is_whole() -> None:
    entry = entry_of(ATOM)
    assert entry.findtext("a:id", namespaces=NAMESPACES) == ITEM.id
    assert [name.text for name in entry.findall("a:author/a:name", NAMESPACES)] == list(ITEM.authors)
    assert [category.get("term") for category in entry.findall("a:category", NAMESPACES)] == list(ITEM.tags)
    assert entry.findtext("a:published", namespaces=NAMESPACES) == "2019-12-06T12:05:09+01:00"
    assert entry.findtext("a:updated", namespaces=NAMESPACES) == "2019-12-06T12:05:09+01:00"
    assert entry.findtext("a:summary", namespaces=NAMESPACES) == ITEM.summary
    content = entry.find("a:content", NAMESPACES)
    assert content is not None
    assert (content.get("type"), content.text) == ("html", ITEM.content)
    assert links_of(entry) == {"alternate": ITEM.permalink}
    assert entry.get(LANGUAGE) is None


def test_what_an_entry_has_of_its_own() -> None:
    entry = entry_of(
        with_item("atom", updated=LATER, language="de", license="CC0", external_url="https://doi.org/10.1/x")
    )
    assert entry.get(LANGUAGE) == "de"
    assert entry.findtext("a:updated", namespaces=NAMESPACES) == "2020-02-01T12:00:07+00:00"
    assert entry.findtext("a:rights", namespaces=NAMESPACES) == "CC0"
    assert links_of(entry) == {"alternate": ITEM.permalink, "related": "https://doi.org/10.1/x"}


def test_offsets_with_seconds_become_utc() -> None:
    old = datetime(1843, 10, 1, 12, tzinfo=timezone(timedelta(minutes=53, seconds=28)))
    entry = entry_of(with_item("atom", time=old, updated=old))
    assert entry.findtext("a:published", namespaces=NAMESPACES) == "1843-10-01T11:06:32+00:00"
    with pytest.raises(ValueError, match="offset"):
        entry_of(with_item("atom", time=old.replace(tzinfo=None)))


def test_a_feed_without_items_has_changed_at_some_time() -> None:
    feed = replace(ATOM, pieces=(), updated=None, author="", description="", license="")
    assert tree(feed).findtext("a:updated", namespaces=NAMESPACES) == "2000-01-01T00:00:00+00:00"
    assert tree(feed).findtext("a:author/a:name", namespaces=NAMESPACES) == "Digest"
    assert list(feed_rules.faults_of_frame(feed, *atom.write_frame(feed))) == []
    assert feedparser.parse(document(feed)).bozo == 0


@pytest.mark.parametrize("title", HOSTILE)
def test_hostile_titles_come_through_as_plain_text(title: str) -> None:
    data = document(with_item("atom", title=title, summary=title, content=Html(f"<p>{title}</p>"), tags=(title,)))
    entry = ElementTree.fromstring(data).find("a:entry", NAMESPACES)
    assert entry is not None
    assert entry.findtext("a:title", namespaces=NAMESPACES) == title.strip()
    assert entry.findtext("a:content", namespaces=NAMESPACES) == f"<p>{title}</p>"
    assert feedparser.parse(data).bozo == 0


@pytest.mark.parametrize("bad", FORBIDDEN)
def test_what_xml_forbids_is_dropped(bad: str) -> None:
    entry = entry_of(with_item("atom", title=f"a{bad}b", authors=(f"a{bad}b",), content=Html(f"]]{bad}>")))
    assert entry.findtext("a:title", namespaces=NAMESPACES) == "ab"
    assert entry.findtext("a:author/a:name", namespaces=NAMESPACES) == "ab"
    assert entry.findtext("a:content", namespaces=NAMESPACES) == "]]>"


@settings(deadline=None, max_examples=60)
@given(st.text(), st.text(min_size=1), st.lists(st.text(min_size=1), max_size=3))
def test_any_text_makes_a_valid_entry(title: str, body: str, names: list[str]) -> None:
    feed = with_item("atom", title=title, summary=body, content=Html(body), authors=tuple(names), tags=tuple(names))
    assert feedparser.parse(document(feed)).bozo == 0
    assert [entry.tag for entry in tree(feed)][-1].endswith("entry")


def test_feedparser_shows_all() -> None:
    parsed = feedparser.parse(document(ATOM))
    assert parsed.bozo == 0
    entry = parsed.entries[0]
    assert (entry.id, entry.link, entry.title) == (ITEM.id, ITEM.permalink, ITEM.title)
    assert [author.name for author in entry.authors] == list(ITEM.authors)
    assert entry.content[0].value == ITEM.content
    assert entry.summary == ITEM.summary
    assert entry.published_parsed[:6] == datetime(2019, 12, 6, 11, 5, 9, tzinfo=UTC).timetuple()[:6]
