"""The feeds in the readers that people use: every item whole, and back to the first entry."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest
from built_sites import HOST, ROOT, build_site, serve_site

from digest.reading import read_content, read_settings

NAMESPACES = {
    "a": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
}
NODE = ROOT / ".venv/node/node_modules/rss-parser"
PARSER = """
const Parser = require(process.argv[1]);
const parser = new Parser({customFields: {item: [["dc:creator", "creators", {keepArray: true}]]}});
(async () => {
  const found = [];
  for (const url of process.argv.slice(2)) found.push(await parser.parseURL(url));
  console.log(JSON.stringify(found));
})();
"""
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


@pytest.fixture(params=["demo", "seeds"])
def output(request: pytest.FixtureRequest) -> Path:
    found: Path = request.getfixturevalue(f"{request.param}_output")
    return found


@pytest.fixture(scope="module")
def short_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo with feeds so short that there are many archives."""
    site = tmp_path_factory.mktemp("short")
    shutil.copytree(ROOT / "content", site / "content")
    settings = site / "content" / "site.yml"
    lines = [line for line in settings.read_text("utf-8").splitlines() if not line.startswith("feed_size:")]
    settings.write_text("\n".join([*lines, "feed_size: 6", "feed_archives: all", ""]), encoding="utf-8")
    return site


@pytest.fixture(scope="module")
def short_output(short_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("short-output")
    build_site(short_site, output)
    return output


@pytest.fixture(scope="module")
def short_url(short_output: Path) -> Iterator[str]:
    yield from serve_site(short_output)


def words(html: str) -> list[str]:
    return re.findall(r"\w+", unescape(re.sub(r"<[^>]*>", " ", html)))


def xml_feeds(output: Path) -> list[Path]:
    names = ("feed*.xml", "atom*.xml", "days*.xml")
    return sorted(path for name in names for path in output.rglob(name))


def items_of(path: Path) -> list[dict[str, Any]]:
    """Items as the file says: an RSS feed by hand, with nothing of a reader in between."""
    return [
        {
            "id": item.findtext("guid"),
            "title": item.findtext("title"),
            "content": item.findtext("content:encoded", "", NAMESPACES),
            "authors": [creator.text for creator in item.findall("dc:creator", NAMESPACES)],
        }
        for item in ElementTree.parse(path).getroot().findall("channel/item")
    ]


def ids_of_entries(site: Path) -> set[str]:
    settings, _ = read_settings(site)
    return {entry.id for entry in read_content(site, settings).entries if not entry.draft}


@pytest.mark.parametrize("name", ["feed.xml", "atom.xml", "days.xml", "days-atom.xml"])
def test_feedparser_reads_every_item_whole(output: Path, name: str) -> None:
    parsed = feedparser.parse((output / name).read_bytes())
    assert parsed.bozo == 0, parsed.get("bozo_exception")
    written = items_of(output / name.replace("atom", "feed").replace("days-feed", "days"))
    assert len(parsed.entries) == len(written) > 3
    for entry, item in zip(parsed.entries, written, strict=True):
        assert entry.title
        assert entry.link.startswith(f"{HOST}/")
        assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", entry.id)
        assert entry.id == item["id"]
        assert entry.published_parsed
        assert [author.name for author in entry.get("authors", []) if author] == item["authors"]
        content = entry.content[0].value
        assert set(words(item["content"])) - set(words(content)) == set(), "no word is lost"
        assert not re.search(r'(?:href|src)="(?!https?:|mailto:)', content)
        assert content.count("<math") == item["content"].count("<math")


def test_every_feed_is_sound(output: Path) -> None:
    found = xml_feeds(output)
    assert len(found) > 50
    for path in found:
        parsed = feedparser.parse(path.read_bytes())
        assert parsed.bozo == 0, (path, parsed.get("bozo_exception"))
        own = next(link.href for link in parsed.feed.links if link.rel == "self")
        assert own.endswith(f"/{path.relative_to(output).as_posix()}")
        ids = [entry.id for entry in parsed.entries]
        assert len(ids) == len(set(ids))


def test_xmllint_finds_every_feed_well_formed(output: Path) -> None:
    xmllint = shutil.which("xmllint")
    if xmllint is None:
        pytest.skip("no xmllint here")
    files = [*xml_feeds(output), output / "feeds.opml"]
    done = subprocess.run([xmllint, "--noout", *map(str, files)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", ["feed.xml", "atom.xml"])
def test_xml_archives_lead_back_to_the_first_entry(short_site: Path, short_output: Path, name: str) -> None:
    ids: list[str] = []
    address, newer, first = f"{HOST}/{name}", "", f"{HOST}/{name}"
    while address:
        parsed = feedparser.parse((short_output / address.removeprefix(f"{HOST}/")).read_bytes())
        links = {link.rel: link.href for link in parsed.feed.links}
        assert links["self"] == address
        assert links.get("current", first) == first
        assert links.get("next-archive", "") == ("" if newer == first else newer)
        ids += (entry.id for entry in parsed.entries)
        newer, address = address, links.get("prev-archive", "")
    assert len(ids) == len(set(ids)) > 40
    assert set(ids) == ids_of_entries(short_site)


def test_json_pages_lead_back_to_the_first_entry(short_site: Path, short_output: Path) -> None:
    ids: list[str] = []
    address = f"{HOST}/feed.json"
    while address:
        feed = json.loads((short_output / address.removeprefix(f"{HOST}/")).read_bytes())
        assert feed["feed_url"] == address
        ids += (item["id"] for item in feed["items"])
        address = feed.get("next_url", "")
    assert len(ids) == len(set(ids)) > 40
    assert set(ids) == ids_of_entries(short_site)


def test_days_lead_back_to_the_first_day(short_output: Path) -> None:
    days: list[str] = []
    address = f"{HOST}/days.json"
    while address:
        feed = json.loads((short_output / address.removeprefix(f"{HOST}/")).read_bytes())
        days += (item["url"] for item in feed["items"])
        address = feed.get("next_url", "")
    pages = list(short_output.glob("2*/*/*/index.html"))
    assert days == sorted(
        (f"{HOST}/{path.parent.relative_to(short_output).as_posix()}/" for path in pages), reverse=True
    )


def json_faults(feed: dict[str, Any]) -> list[str]:
    """What https://www.jsonfeed.org/version/1.1/ would not have, part by part."""
    faults: list[str] = []

    def check(where: str, value: dict[str, Any], kinds: dict[str, Any], needed: tuple[str, ...]) -> None:
        faults.extend(f"{where}: no {name}" for name in needed if not value.get(name))
        for name, given in value.items():
            kind = kinds.get(name)
            if name.startswith("_"):
                faults.extend([] if isinstance(given, dict) else [f"{where}.{name}: an extension is an object"])
            elif kind is None:
                faults.append(f"{where}: {name} is not known")
            elif kind == "url":
                faults.extend([] if re.match(r"https?://[^\s/]+/\S*$", given) else [f"{where}.{name}: {given!r}"])
            elif kind == "date":
                faults.extend([] if RFC_3339.fullmatch(given) else [f"{where}.{name}: {given!r}"])
            elif not isinstance(given, kind):
                faults.append(f"{where}.{name} is a {type(given).__name__}")

    author = {"name": str, "url": "url", "avatar": "url"}
    top = {"version": "url", "title": str, "home_page_url": "url", "feed_url": "url", "description": str}
    top |= {"user_comment": str, "next_url": "url", "icon": "url", "favicon": "url", "authors": list, "language": str}
    top |= {"expired": bool, "hubs": list, "items": list}
    check("feed", feed, top, ("version", "title"))
    item_kinds = {"id": str, "url": "url", "external_url": "url", "title": str, "content_html": str, "summary": str}
    item_kinds |= {"content_text": str, "image": "url", "banner_image": "url", "date_published": "date"}
    item_kinds |= {"date_modified": "date", "authors": list, "tags": list, "language": str, "attachments": list}
    for item in feed["items"]:
        check(item.get("id", "?"), item, item_kinds, ("id",))
        faults += [] if item.get("content_html") or item.get("content_text") else [f"{item['id']}: no content"]
        faults += [] if all(isinstance(tag, str) for tag in item.get("tags", [])) else [f"{item['id']}: tags"]
    for one in (author_of for part in (feed, *feed["items"]) for author_of in part.get("authors", [])):
        check("author", one, author, ("name",))
    faults += [] if feed["version"] == "https://jsonfeed.org/version/1.1" else ["version"]
    faults += [] if len({item["id"] for item in feed["items"]}) == len(feed["items"]) else ["an id twice"]
    return faults


def test_json_feeds_keep_to_their_format(output: Path) -> None:
    found = sorted(path for name in ("feed*.json", "days*.json") for path in output.rglob(name))
    assert len(found) > 30
    for path in found:
        assert json_faults(json.loads(path.read_bytes())) == [], path
    written = {item["id"]: item for item in items_of(output / "feed.xml")}
    feed = json.loads((output / "feed.json").read_bytes())
    assert {item["id"]: item["content_html"] for item in feed["items"]} == {
        name: item["content"] for name, item in written.items()
    }


def test_the_check_of_json_feeds_sees_faults() -> None:
    feed = {"version": "https://jsonfeed.org/version/1", "title": "", "nope": 1, "_own": 1}
    item = {"id": "1", "url": "/x", "date_published": "2019-12-06", "authors": [{"nom": "x"}], "tags": [1]}
    assert json_faults({**feed, "items": [item, item]})[:4] == [
        "feed: no title",
        "feed: nope is not known",
        "feed._own: an extension is an object",
        "1.url: '/x'",
    ]
    assert len(json_faults({**feed, "items": [item, item]})) == 17


@pytest.mark.parametrize("name", ["feed.xml", "atom.xml", "feed.json", "days.xml", "days.json"])
def test_a_real_reader_keeps_every_item(output: Path, name: str, tmp_path: Path) -> None:
    from reader import make_reader

    with make_reader(str(tmp_path / "reader.sqlite"), feed_root=str(output)) as reader:
        reader.add_feed(name)
        reader.update_feeds()
        feed = next(iter(reader.get_feeds()))
        assert feed.last_exception is None
        items = items_of(output / ("days.xml" if "days" in name else "feed.xml"))
        kept = {entry.id: entry for entry in reader.get_entries()}
        assert set(kept) == {item["id"] for item in items}
        for item in items:
            entry = kept[item["id"]]
            assert entry.title == item["title"]
            assert entry.content
            assert set(words(item["content"])) - set(words(entry.content[0].value)) == set()


def test_newsboat_keeps_every_item_of_every_document(
    short_site: Path, short_output: Path, short_url: str, tmp_path: Path
) -> None:
    newsboat = shutil.which("newsboat")
    if newsboat is None:
        pytest.skip("no newsboat here")
    files = [short_output / "feed.xml", *short_output.glob("feeds/feed-*.xml"), short_output / "days-atom.xml"]
    urls = [f"{short_url}{path.relative_to(short_output).as_posix()}" for path in files]
    (tmp_path / "urls").write_text("\n".join(urls) + "\n", encoding="utf-8")
    (tmp_path / "config").write_text("reload-threads 1\n", encoding="utf-8")
    cache = tmp_path / "cache.db"
    options = ("-u", str(tmp_path / "urls"), "-C", str(tmp_path / "config"), "-c", str(cache), "-x", "reload")
    environment = {"HOME": str(tmp_path), "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"}
    subprocess.run([newsboat, *options], env=environment, check=True, capture_output=True, timeout=120)
    with sqlite3.connect(cache) as database:
        kept = {
            (feed, guid): (title, content)
            for feed, guid, title, content in database.execute("select feedurl, guid, title, content from rss_item")
        }
    papers = {guid for feed, guid in kept if "atom" not in feed}
    assert papers == ids_of_entries(short_site)
    for path in files[:-1]:
        for item in items_of(path):
            title, content = kept[f"{short_url}{path.relative_to(short_output).as_posix()}", item["id"]]
            assert title == item["title"]
            assert content == item["content"]
    assert sum("atom" in feed for feed, _ in kept) == len(items_of(short_output / "days.xml"))


def test_a_reader_of_node_keeps_every_item(short_output: Path, short_url: str) -> None:
    node = shutil.which("node")
    if node is None or not NODE.is_dir():
        pytest.skip("no Node, or no npm to bring rss-parser: see the Makefile")
    done = subprocess.run(
        [node, "-e", PARSER, str(NODE), f"{short_url}feed.xml", f"{short_url}atom.xml"],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    rss, atom = json.loads(done.stdout)
    items = items_of(short_output / "feed.xml")
    assert rss["feedUrl"] == f"{HOST}/feed.xml"
    for found, item in zip(rss["items"], items, strict=True):
        assert (found["guid"], found["title"]) == (item["id"], item["title"])
        assert found["content:encoded"] == item["content"]
        assert found["creators"] == item["authors"]
        assert found["isoDate"]
    for found, item in zip(atom["items"], items, strict=True):
        assert (found["id"], found["title"], found["content"]) == (item["id"], item["title"], item["content"])
        assert found["link"].startswith(HOST)


def test_the_outline_leads_to_every_feed(output: Path) -> None:
    outline = ElementTree.parse(output / "feeds.opml").getroot()
    addresses = [one.get("xmlUrl") or "" for one in outline.iter("outline") if one.get("xmlUrl")]
    base = addresses[0].removesuffix("feed.xml")
    assert all((output / address.removeprefix(base)).is_file() for address in addresses)
    subscribed = [path for path in xml_feeds(output) if path.name in {"feed.xml", "days.xml"}]
    assert len(addresses) == len(subscribed)


def test_the_rules_of_the_feed_validator_hold(output: Path) -> None:
    """Those that a look at the text of a whole document can tell, beside what the build itself asks of each."""
    text = (output / "feed.xml").read_text(encoding="utf-8")
    channel = ElementTree.fromstring(text).find("channel")
    assert channel is not None
    for name in ("title", "link", "description", "language"):
        assert channel.findtext(name)
    children = [child.tag for child in channel]
    assert children.index("item") == len(children) - children.count("item"), "items come last"
    stamps = []
    for item in channel.findall("item"):
        tags = [child.tag for child in item]
        assert tags.index("description") < tags.index(f"{{{NAMESPACES['content']}}}encoded")
        assert "author" not in tags
        stamps.append(item.findtext("pubDate"))
        guid = item.find("guid")
        assert guid is not None
        assert guid.get("isPermaLink") == "false"
        assert not re.search(r"<[a-z]", item.findtext("title") or "")
    assert len(set(stamps)) == len(stamps), "a reader that sorts by time keeps the order"
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", text)
