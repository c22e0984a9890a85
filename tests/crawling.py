"""Every address that a site holds, in pages, styles, feeds, indexes and texts, as GitHub Pages would answer it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree

from built_sites import HOST
from pages_host import PagesHost, host_folder

LEADING = {"href", "src", "poster", "action", "data", "cite", "formaction"}
FEED_LEADING = {"href", "src", "url", "xmlUrl", "htmlUrl", "template"}
STYLE = re.compile(r"""url\(\s*["']?([^"')\s]+)|@import\s+["']([^"']+)""")
ENDS = re.compile(r"""[\s"'<>\\(){}\[\]|`*,;]""")


class Page(HTMLParser):
    """The addresses and ids of a piece of HTML."""

    def __init__(self, html: str, origin: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self._origin = origin
        self._inside = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value for name, value in attrs if value is not None}
        self._inside = f"{tag} {given.get('type', '')}"
        for name, value in given.items():
            if name == "id":
                self.ids.append(value)
            elif name in LEADING or (value.startswith(self._origin) and not re.search(r"\s", value)):
                self.links.append(value)
            elif name == "srcset":
                self.links += [part.split()[0] for part in value.split(",") if part.strip()]
            elif name == "style":
                self.links += addresses_of_styles(value)
            elif name == "content" and (found := re.match(r"\d+\s*;\s*url=(.+)", value, re.IGNORECASE)):
                self.links.append(found[1])
            elif name == "data-index":
                self.links.append(value + "index.json")

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside.startswith("style "):
            self.links += addresses_of_styles(data)
        elif self._inside == "script application/ld+json":
            self.links += [text for text in texts_of_json(json.loads(data)) if text.startswith(self._origin)]


def addresses_of_styles(css: str) -> list[str]:
    return [one or other for one, other in STYLE.findall(css) if not (one or other).startswith("data:")]


def texts_of_json(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from texts_of_json(each)


def files_of_index(index: Any) -> Iterator[str]:
    """The files that the index of a search consists of, as its script calls them."""
    for kind in ("terms", "texts"):
        yield from (f"{kind}-{mark}.json" for _, mark in index[kind])
    yield from (f"facet-{kind}-{mark}.json" for kind, mark in index["facets"].items())


def addresses_in_text(text: str, origin: str) -> list[str]:
    """Whole addresses of the site wherever they stand in a text."""
    return [ENDS.split(origin + rest, maxsplit=1)[0].rstrip(".:!") for rest in text.split(origin)[1:]]


def addresses_in_feed(xml: str, origin: str) -> Iterator[str]:
    """Those of XML: of attributes, of elements, and of the HTML within them; they must be whole."""
    for element in ElementTree.fromstring(xml).iter():
        for name, value in element.attrib.items():
            if name in FEED_LEADING:
                yield value.partition("{")[0]
        for text in filter(None, (element.text, element.tail)):
            if text.strip().startswith(origin) and not re.search(r"\s", text.strip()):
                yield text.strip()
            elif "<" in text:
                yield from Page(text, origin).links


def broken_links(output: Path, base_path: str = "/", host: str = HOST) -> list[str]:
    """`file → address` for each address of a built site that the host does not answer with a file."""
    return crawl(host_folder(output, base_path), host)


def crawl(site: PagesHost, origin: str = HOST) -> list[str]:
    """What is wrong with the addresses of a site that is built for this origin, `https://demo.example`."""
    texts = {name: data.decode(errors="replace") for name, data in site.files.items()}
    pages = {name: Page(text, origin) for name, text in texts.items() if name.endswith(".html")}
    assert pages
    broken = [
        f"{name}: the id {id_} twice"
        for name, page in pages.items()
        for id_ in set(page.ids)
        if page.ids.count(id_) > 1
    ]
    asked: dict[str, str] = {}
    for name, text in texts.items():
        here = urljoin(origin + site.base_path, name)
        for link in _addresses_of(name, text, pages, origin, site.base_path):
            if name.endswith((".xml", ".opml")) and not re.match(r"[a-z][a-z0-9+.-]*:|#", link):
                broken.append(f"{name} → {link} is not whole")
            target = urlsplit(urljoin(here, link))
            if f"{target.scheme}://{target.netloc}" != origin:
                continue
            if not target.path.startswith(site.base_path):
                broken.append(f"{name} → {link} leaves the base path")
                continue
            file = asked.get(target.path)
            if file is None:
                answer = site.answer(target.path)
                if answer.status == 301:
                    answer = site.answer(answer.location)
                file = asked[target.path] = answer.path if answer.status == 200 else ""
            if not file:
                broken.append(f"{name} → {link}")
            elif target.fragment and file in pages and unquote(target.fragment) not in pages[file].ids:
                broken.append(f"{name} → {link}: no such place on that page")
    return broken


def _addresses_of(name: str, text: str, pages: dict[str, Page], origin: str, base_path: str) -> Iterator[str]:
    if name in pages:
        yield from pages[name].links
    elif name.endswith(".css"):
        yield from addresses_of_styles(text)
    elif name.endswith((".xml", ".opml")):
        yield from addresses_in_feed(text, origin)
    elif name.endswith(".json"):
        value = json.loads(text)
        if name.endswith("search/index.json"):
            yield from files_of_index(value)
        for each in texts_of_json(value):
            if each.startswith((origin, base_path)) and not re.search(r"\s", each):
                yield each
            elif "<" in each:
                yield from Page(each, origin).links
    elif not name.endswith((".png", ".js", ".woff2", ".ico")):
        yield from addresses_in_text(text, origin)
