"""The feed in the readers that people use: every item whole, and nothing that a validator warns of."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import feedparser
import pytest

CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"


@pytest.fixture(params=["demo", "seeds"])
def feed_file(request: pytest.FixtureRequest) -> Path:
    output: Path = request.getfixturevalue(f"{request.param}_output")
    return output / "feed.xml"


def words(html: str) -> list[str]:
    return re.findall(r"\w+", re.sub(r"<[^>]*>|&\w+;|&#\w+;", " ", html))


def test_feedparser_reads_every_item_whole(feed_file: Path) -> None:
    parsed = feedparser.parse(feed_file.read_bytes())
    assert parsed.bozo == 0, parsed.get("bozo_exception")
    raw = ElementTree.parse(feed_file).getroot().findall("channel/item")
    assert len(parsed.entries) == len(raw) > 20
    for entry, item in zip(parsed.entries, raw, strict=True):
        assert entry.title
        assert entry.link.startswith("https://demo.example/")
        assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", entry.id)
        assert entry.published_parsed
        assert words(entry.content[0].value) == words(item.findtext(CONTENT) or "")
        assert 'href="/' not in entry.content[0].value
        assert 'src="/' not in entry.content[0].value


def test_a_real_reader_keeps_every_item(feed_file: Path, tmp_path: Path) -> None:
    from reader import make_reader

    reader = make_reader(str(tmp_path / "reader.sqlite"), feed_root=str(feed_file.parent))
    reader.add_feed(feed_file.name)
    reader.update_feeds()
    feed = next(iter(reader.get_feeds()))
    assert feed.last_exception is None
    items = ElementTree.parse(feed_file).getroot().findall("channel/item")
    kept = {entry.id: entry for entry in reader.get_entries()}
    assert set(kept) == {item.findtext("guid") for item in items}
    for item in items:
        entry = kept[item.findtext("guid") or ""]
        assert entry.title == item.findtext("title")
        assert entry.content
        assert words(entry.content[0].value) == words(item.findtext(CONTENT) or "")
    reader.close()


def test_the_rules_of_the_feed_validator_hold(feed_file: Path) -> None:
    text = feed_file.read_text(encoding="utf-8")
    channel = ElementTree.fromstring(text).find("channel")
    assert channel is not None
    for name in ("title", "link", "description", "language"):
        assert channel.findtext(name)
    own = channel.find("{http://www.w3.org/2005/Atom}link")
    assert own is not None
    assert own.get("rel") == "self"
    assert (own.get("href") or "").endswith("/feed.xml")
    children = [child.tag for child in channel]
    assert children.index("item") == len(children) - children.count("item"), "items come last"
    stamps, guids = [], []
    for item in channel.findall("item"):
        tags = [child.tag for child in item]
        assert tags.index("description") < tags.index(CONTENT)
        assert "author" not in tags
        stamp = item.findtext("pubDate") or ""
        assert re.fullmatch(
            r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} [+-]\d{4}", stamp
        )
        stamps.append(stamp)
        guid = item.find("guid")
        assert guid is not None
        assert guid.get("isPermaLink") == "false"
        guids.append(guid.text)
        content = item.findtext(CONTENT) or ""
        assert not re.search(r"<(script|style|iframe|form|object|embed|meta)\b|\son\w+=|\sstyle=", content)
        assert not re.search(r"<[a-z]", item.findtext("title") or "")
    assert len(set(guids)) == len(guids)
    assert len(set(stamps)) == len(stamps), "a reader that sorts by time keeps the order"
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", text)
