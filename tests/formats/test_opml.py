"""Subscriptions as feed readers exchange them."""

from __future__ import annotations

from xml.etree import ElementTree

from digest.formats import opml


def test_feeds_stand_in_groups() -> None:
    site = opml.Subscription("Notes & <more>", "https://example.org/feed.xml", "https://example.org/")
    tag = opml.Subscription("Notes: a\x00 b", "https://example.org/t/feed.xml?a=1&b=2", "https://example.org/t/")
    text = opml.write_outline("Notes", "Ann Author", [("", [site]), ("Tags", [tag]), ("Authors", [])])
    root = ElementTree.fromstring(text.encode())
    assert (root.tag, root.attrib) == ("opml", {"version": "2.0"})
    assert root.findtext("head/title") == "Notes"
    assert root.findtext("head/ownerName") == "Ann Author"
    first, group = root.findall("body/outline")
    assert first.attrib == {
        "type": "rss",
        "text": "Notes & <more>",
        "title": "Notes & <more>",
        "xmlUrl": "https://example.org/feed.xml",
        "htmlUrl": "https://example.org/",
    }
    assert group.attrib == {"text": "Tags"}
    assert [one.get("text") for one in group] == ["Notes: a b"]
    assert [one.get("xmlUrl") for one in group] == ["https://example.org/t/feed.xml?a=1&b=2"]
