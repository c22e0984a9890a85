"""The feeds of arXiv's new papers: RSS 2.0, Atom and the RSS 1.0 of old (https://info.arxiv.org/help/rss.html)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from digest.formats import feed_dates, html_to_markdown, identifiers, markup
from digest.model import Document, Found, Item, Noise, Problem, Span
from digest.sources.arxiv import arxiv_records
from digest.sources.arxiv.arxiv_records import Parts

_OWN: Final = re.compile(
    r"(?i)//(?:rss\.|export\.|www\.)?arxiv\.org/(?:rss|atom)/|//rss\.arxiv\.org|announce_type|oai:arxiv\.org:"
    r"|updates on arxiv\.org|feed error for query"
)
_PAPER: Final = re.compile(r"(?i)<(?:\w+:)?(?:link|id|guid)\b[^<>]*>\s*(?:https?://arxiv\.org/abs/|oai:arxiv\.org)")
_HEAD: Final = re.compile(
    r"(?is)\s*arXiv:\s*(?P<id>\S+)\s+Announce(?:ment)? Type:\s*(?P<type>[\w-]+)\s*(?:Abstract:\s*)?|\s*Abstract:\s+"
)
# `Title. (arXiv:1304.4214v2 [cs.CL] UPDATED)`: the full stop is the feed's.
_TITLE: Final = re.compile(
    r"(?s)(?P<title>.*?)\.?\s*\((?i:arxiv):(?P<id>[^\s()]+)(?:\s*\[(?P<category>[^\[\]]*)\])?(?P<type>[\s\w-]*)\)\s*"
)
_TYPES: Final = {"": "new", "updated": "replace", "cross list": "cross", "cross listed": "cross"}
_TAG: Final = re.compile(r"</?[A-Za-z][^<>]*>")
_MARKUP: Final = re.compile(r"</(?:p|a|div|span|i|b|em)>|<br\s*/?>")


class ArxivRss:
    """A batch of announced papers, each with the kind of its announcement."""

    name = "arxiv-rss"

    def recognise(self, document: Document) -> float:
        """A feed that arXiv's address names, or one of papers of arXiv with announcements."""
        head = document.head
        root = markup.read_root(head)
        if root is None or root[0] not in {"rss", "RDF", "feed", "channel"}:
            return 0.0
        if not _OWN.search(head):
            return 0.0
        # A feed of somebody else may tell of papers of arXiv, or link to its feeds.
        return 1.0 if _PAPER.search(head) or ("<item" not in head and "<entry" not in head) else 0.3

    def read(self, document: Document) -> Iterator[Found]:
        """Item by item."""
        head = markup.Element("")
        count = 0
        for found in markup.read_elements(document.pieces(), {"item", "entry"}, {"channel", "feed"}):
            if isinstance(found, markup.Fault):
                count += found.lost
                yield arxiv_records.told_fault(document.name, found)
            elif found.name in {"channel", "feed"}:
                head = found
                if error := _error(document.name, head):
                    count += 1
                    yield error
            else:
                count += 1
                yield from _read_item(document.name, found, head)
        if not count and head.name:
            message = "the feed holds no papers, as on days without an announcement"
            yield Problem("note", "DG301", message, Span(document.name))


SOURCE: Final = ArxivRss()


def _error(path: str, head: markup.Element) -> Problem | None:
    """What a feed says that is an error and no feed."""
    title = head.child("title")
    if title is None or "feed error" not in title.text().lower():
        return None
    told = [" ".join(part.text().split()) for part in head.children("title", "description", "subtitle")]
    message = f"arXiv answered with an error: {': '.join(text for text in told if text)}"
    return Problem("error", "DG302", message, Span(path, title.line), "correct the names of the categories")


def _read_item(path: str, item: markup.Element, head: markup.Element) -> Iterator[Found]:
    parts = Parts(path, item)
    title, titled = _split_title(parts.take("title"))
    body, announced = _split_text(parts.take("description", "summary", "encoded", "content"))
    links = _read_links(item, parts)
    told = (
        parts.take("guid", "id"),
        parts.take("identifier"),
        item.get("rdf:about"),
        announced.get("id", ""),
        titled.get("id", ""),
    )
    doi = parts.take("DOI", "doi")
    names, left = arxiv_records.name_arxiv(*told, *(href for _, href in links), doi=doi)
    authors, affiliations = _read_authors(parts)
    terms = [part.get("term") or part.text() for part in parts.elements("category", "subject")]
    terms = [term.strip() for term in terms] or titled.get("category", "").split()
    kind = parts.take("announce_type") or announced.get("type", "") or titled.get("type", "")
    details = [("announcement", kind), ("comment", arxiv_records.title_line(parts.take("comment", "comments")))]
    details += arxiv_records.sort_subjects(term for term in terms if term)
    yield Item(
        "abstract",
        body,
        Span(path, item.line),
        title=title,
        day=_announced_on(parts, head),
        authors=authors,
        identifiers=names,
        venue=arxiv_records.title_line(parts.take("journal_reference", "journal_ref")),
        links=links,
        details=tuple((name, text) for name, text in details if text),
        license=_license(parts),
    )
    for text in (*dict.fromkeys(affiliations), left):
        if text:
            yield Noise(Span(path, item.line), text)
    parts.drop("updated", "pubDate", "published", "date", "source")
    yield from parts.noise()


def _split_title(text: str) -> tuple[str, dict[str, str]]:
    """The title, and what the feed of old wrote behind it."""
    text = html_to_markdown.plain_line(text) if _MARKUP.search(text) else text
    found = _TITLE.fullmatch(text)
    if not found or not identifiers.parse_arxiv(found["id"]):
        return arxiv_records.title_line(text), {}
    told = " ".join(found["type"].split()).lower()
    return arxiv_records.title_line(found["title"]), {
        "id": found["id"],
        "category": found["category"] or "",
        "type": _TYPES.get(told, told),
    }


def _split_text(text: str) -> tuple[str, dict[str, str]]:
    """The abstract as Markdown, and what stands before it."""
    head = _HEAD.match(text)
    rest = text[head.end() :] if head else text
    body = html_to_markdown.render_markdown(rest) if _MARKUP.search(rest) else arxiv_records.abstract_markdown(rest)
    return body, {name: told for name, told in head.groupdict().items() if told} if head else {}


def _read_authors(parts: Parts) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """All authors: one field for all of them, a field each, or links as the feed of old had them."""
    names: list[str] = []
    rest: list[str] = []
    for part in parts.elements("creator") or parts.elements("author"):
        person = part.child("name")
        text = (person or part).text()
        found, other = arxiv_records.read_names(_TAG.sub("", text) if "<" in text else text)
        names += found
        rest += other
    return tuple(names), tuple(rest)


def _read_links(item: markup.Element, parts: Parts) -> tuple[tuple[str, str], ...]:
    addresses = [(part.get("href") or part.text()).strip() for part in parts.elements("link")]
    addresses.append(item.get("rdf:about").strip())
    links: dict[str, str] = {}
    for address in addresses:
        if address.startswith("http") and address not in links.values():
            links.setdefault("pdf" if "/pdf/" in address else "paper", address)
    return tuple(links.items())


def _announced_on(parts: Parts, head: markup.Element) -> date | None:
    """The day as it is stated for the item, else for the feed; `updated` of the Atom feed is when it was made."""
    told = [parts.take("pubDate", "published"), parts.take("date")]
    told += [part.text() for name in ("pubDate", "published", "date", "updated") for part in head.children(name)]
    for text in told:
        if found := feed_dates.parse_when(text):
            return found.full
    return None


def _license(parts: Parts) -> str:
    """The license, and not whose the feed is."""
    told = [
        part.get("href") or part.get("rdf:resource") or part.text().strip()
        for part in parts.elements("rights", "license")
    ]
    return next((text for text in told if text), "")
