"""Answers of the arXiv API (Atom, https://info.arxiv.org/help/api/user-manual.html)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from digest.formats import dates, markup
from digest.model import Document, Found, Item, Noise, PartialDate, Problem, Span
from digest.sources.arxiv import arxiv_records

_OWN: Final = re.compile(
    r"(?i)arxiv\.org/api/|<title[^>]*>\s*arxiv query:|<(?:\w+:)?id>\s*https?://(?:\w+\.)?arxiv\.org/abs/|<arxiv:primary_category"
)
# The feeds of new papers are Atom as well, with other fields: a format of their own.
_ANNOUNCED: Final = re.compile(r"announce_type|<(?:\w+:)?id>\s*oai:arxiv\.org|rss\.arxiv\.org", re.IGNORECASE)


class ArxivApi:
    """A page of search results, or of papers asked for by their ids."""

    name = "arxiv-api"

    def recognise(self, document: Document) -> float:
        """An Atom feed that arXiv's API names as its own, or one of papers of arXiv."""
        root = markup.read_root(document.head)
        if root is None or root[0] not in {"feed", "entry"} or _ANNOUNCED.search(document.head):
            return 0.0
        return 1.0 if _OWN.search(document.head) else 0.0

    def read(self, document: Document) -> Iterator[Found]:
        """Entry by entry."""
        head: markup.Element | None = None
        count = 0
        for found in markup.read_elements(document.pieces(), {"entry"}, {"feed"}):
            if isinstance(found, markup.Fault):
                count += found.lost
                yield arxiv_records.told_fault(document.name, found)
            elif found.name == "feed":
                yield from _told_short(document.name, head, count)
                head, count = found, 0
            else:
                count += 1
                yield from _read_entry(document.name, found)
        yield from _told_short(document.name, head, count)


SOURCE: Final = ArxivApi()


def _read_entry(path: str, entry: markup.Element) -> Iterator[Found]:
    parts = arxiv_records.Parts(path, entry)
    address = parts.take("id")
    if "arxiv.org/api/errors" in address:
        yield _told_error(path, entry, parts)
        return
    people = [arxiv_records.Parts(path, person) for person in parts.elements("author")]
    names = [arxiv_records.title_line(person.take("name")) for person in people]
    links, doi_links = _read_links(parts.elements("link"), address)
    names_of, left = arxiv_records.name_arxiv(address, *(href for _, href in links), doi=parts.take("doi") or doi_links)
    terms = [category.get("term").strip() for category in parts.elements("category")]
    primary = [category.get("term").strip() for category in parts.elements("primary_category")]
    details = [("comment", arxiv_records.title_line(parts.take("comment")))]
    details += arxiv_records.sort_subjects(term for term in (terms or primary) if term)
    published = dates.parse_partial(parts.take("published"))
    updated = dates.parse_partial(parts.take("updated"))
    yield Item(
        "abstract",
        arxiv_records.abstract_markdown(parts.take("summary")),
        Span(path, entry.line),
        title=arxiv_records.title_line(parts.take("title")),
        published=published,
        updated=_later(updated, published),
        authors=tuple(name for name in names if name),
        identifiers=names_of,
        venue=arxiv_records.title_line(parts.take("journal_ref")),
        links=links,
        details=tuple((name, text) for name, text in details if text),
        license=next((part.get("href") or part.text().strip() for part in parts.elements("license", "rights")), ""),
    )
    affiliations = [text for person in people for text in person.take_all("affiliation")]
    for text in (*dict.fromkeys(affiliations), left):
        if text:
            yield Noise(Span(path, entry.line), text)
    yield from parts.noise()


def _later(updated: PartialDate | None, published: PartialDate | None) -> PartialDate | None:
    """The day of the last change, where there was one behind the day of publication."""
    return updated if updated != published else None


def _read_links(elements: list[markup.Element], address: str) -> tuple[tuple[tuple[str, str], ...], str]:
    """The page and the PDF as links, and the address of the DOI."""
    links: dict[str, str] = {}
    doi = ""
    for link in elements:
        href = link.get("href").strip()
        if link.get("title") == "doi":
            doi = doi or href
        elif href:
            pdf = link.get("title") == "pdf" or link.get("type") == "application/pdf"
            links.setdefault("pdf" if pdf else "paper", href)
    if arxiv_records.is_arxiv_address(address):
        links.setdefault("paper", address)
    return tuple(links.items()), doi


def _told_error(path: str, entry: markup.Element, parts: arxiv_records.Parts) -> Problem:
    told = " ".join(parts.take("summary").split())
    span = Span(path, entry.line)
    return Problem("error", "DG302", f"arXiv answered with an error: {told}", span, "correct the query and ask again")


def _told_short(path: str, head: markup.Element | None, count: int) -> Iterator[Problem]:
    """What the head of a page says of its entries, where it does not hold so many."""
    if head is None:
        return
    counts = {part.name: int(text) for part in head.children() if (text := part.text().strip()).isdecimal()}
    total, start = counts.get("totalResults"), counts.get("startIndex", 0)
    if total is None:
        return
    span = Span(path, head.line)
    expected = min(max(total - start, 0), counts.get("itemsPerPage", 0))
    if count < expected:
        message = f"the page holds {count} of the {expected} entries that it announces"
        yield Problem("warning", "DG308", message, span, "ask for the page again: arXiv cuts pages short at times")
    elif not count:
        yield Problem("note", "DG301", "the answer holds no papers", span)
