"""What the pages of the demo tell Zotero and search engines, read as they read it."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qs

ENTRY = "2026/03/14/sphere-packing-in-dimension-24/index.html"


class Page(HTMLParser):
    """The elements of a page, each with its attributes, and its JSON-LD."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.data = ""
        self._within = False
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        self.found.append((tag, told))
        self._within = told.get("type") == "application/ld+json"

    def handle_data(self, data: str) -> None:
        if self._within:
            self.data += data

    def handle_endtag(self, tag: str) -> None:
        self._within = False

    def meta(self, name: str) -> list[str]:
        return [
            told["content"]
            for tag, told in self.found
            if tag == "meta" and name in {told.get("name"), told.get("property")}
        ]

    def coins(self) -> list[dict[str, list[str]]]:
        return [parse_qs(told["title"]) for tag, told in self.found if tag == "span" and told.get("class") == "Z3988"]


def test_an_entry(demo_output: Path) -> None:
    page = Page(demo_output / ENTRY)
    assert page.meta("citation_title") == ["The sphere packing problem in dimension 24"]
    assert page.meta("citation_author")[:2] == ["Cohn, Henry", "Kumar, Abhinav"]
    assert page.meta("citation_journal_title") == ["Annals of Mathematics"]
    assert page.meta("citation_publication_date") == ["2016/03/21"]
    assert page.meta("citation_abstract_html_url") == ["https://doi.org/10.4007/annals.2017.185.3.8"]
    assert page.meta("article:published_time") == ["2026-03-14"]
    about = json.loads(page.data)["about"]
    assert about["url"] == "https://doi.org/10.4007/annals.2017.185.3.8"
    assert page.coins() == []  # Zotero would take the related entries for the page


def test_no_page_offers_a_pdf_of_its_own(demo_output: Path) -> None:
    for path in demo_output.glob("20*/*/*/*/index.html"):
        page = Page(path)
        assert all(url.startswith("https://arxiv.org/pdf/") for url in page.meta("citation_pdf_url"))


def test_a_list(demo_output: Path) -> None:
    for path in ("2026/03/14/index.html", "tags/geometry/index.html"):
        coins = Page(demo_output / path).coins()
        assert ["The sphere packing problem in dimension 24"] in [found.get("rft.atitle") for found in coins]
        assert all(found["ctx_ver"] == ["Z39.88-2004"] for found in coins)


def test_every_link_to_a_bibliography_leads_to_one(demo_output: Path) -> None:
    for name in ("index.html", "archive/index.html", "tags/geometry/index.html", "2026/03/14/index.html", ENTRY):
        for tag, told in Page(demo_output / name).found:
            target = told.get("data-copy") or told.get("href", "")
            if tag in {"a", "link", "button"} and ("/citations." in target or target.endswith(".md")):
                assert (demo_output / target.lstrip("/")).is_file(), target
