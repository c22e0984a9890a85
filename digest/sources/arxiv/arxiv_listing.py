"""Pages of arXiv that list papers, as HTML of today or of before 2024: /list, /catchup, an author, a search."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Final

from digest.formats import arxiv_pages, author_lines, identifiers, markup, tex_accents
from digest.formats.arxiv_pages import Heading
from digest.formats.html_to_markdown import plain_line, render_markdown
from digest.formats.markup import Element
from digest.model import Document, Found, Identifiers, Item, Noise, PartialDate, Problem, Span

_HOST: Final = "https://arxiv.org"
_LISTED: Final = re.compile(
    r"<(?:dt|span)\b[^<>]*>(?:[^<]|<(?!/dt)){0,400}?<a[^<>]*href\s*=\s*[\"']?[^<>\"']*?/abs/", re.IGNORECASE
)
_FOUND: Final = re.compile(r"<li\b[^<>]*class\s*=\s*[\"']?arxiv-result", re.IGNORECASE)
_DATED: Final = re.compile(r"(?i)<h[1-4][^<>]*>\s*(?:showing new listings for|catchup results for)\s")
_HEADINGS: Final = ("h1", "h2", "h3", "h4")


class ArxivListing:
    """A page that lists papers of arXiv."""

    name = "arxiv-listing"

    def recognise(self, document: Document) -> float:
        """By an id in a list and the class of a title."""
        head = document.head
        if not head.lstrip("\ufeff \t\n").startswith("<"):
            return 0.0
        if _DATED.search(head):
            return 0.97
        if _FOUND.search(head) or (_LISTED.search(head) and re.search(r"class\s*=\s*[\"']?list-title", head)):
            return 0.97
        return 0.0

    def read(self, document: Document) -> Iterator[Found]:
        """Every paper, with the day that the page states above it."""
        root = markup.parse_html(document.text)
        heading = Heading()
        term: Element | None = None
        for element in root.find_all(*_HEADINGS, "dt", "dd", "li"):
            if element.name in _HEADINGS:
                if read := arxiv_pages.read_heading("".join(islice(element.texts(), 40))):
                    heading = Heading(read.day or heading.day, read.section)
            elif element.name == "dt":
                if term is not None:
                    yield from _read_paper(document.name, term, Element("dd"), heading)
                term = element if _abs_link(element) else None
            elif element.name == "dd" and term is not None:
                yield from _read_paper(document.name, term, element, heading)
                term = None
            elif element.name == "li" and "arxiv-result" in element.get("class"):
                yield from _read_result(document.name, element)
        if term is not None:
            yield from _read_paper(document.name, term, Element("dd"), heading)
        if not _abs_link(root) and any(root.children()):
            yield Problem(
                "note", "DG301", "the page lists no papers, as on days without an announcement", Span(document.name)
            )


SOURCE: Final = ArxivListing()


def _read_paper(path: str, term: Element, about: Element, heading: Heading) -> Iterator[Found]:
    """The paper of a `dt` and its `dd`."""
    span = Span(path, term.line)
    names, links = _names_and_links(term)
    if not names.arxiv:
        yield Problem("error", "DG308", "a paper of the listing has no arXiv id", span, "look at it on the page")
        return
    note = " ".join(plain_line(term).split())
    section = "cross" if "(cross-list" in note else "replace" if "(replaced" in note else heading.section
    fields = _fields(about)
    authors, noise = _authors(fields.get("authors"))
    doi = identifiers.parse_doi(_value(fields.get("doi")))
    details: list[tuple[str, str]] = [("announcement", section)] if section else []
    if codes := arxiv_pages.category_codes(_value(fields.get("subjects"))):
        details.append(("categories", codes))
    details += [(name, text) for label, name in arxiv_pages.DETAIL_NAMES.items() if (text := _value(fields.get(label)))]
    abstract = next((each for each in about.find_all("p") if "mathjax" in each.get("class")), None)
    item = Item(
        "abstract",
        _abstract(abstract),
        span,
        title=re.sub(r"^Title:\s*", "", _value(fields.get("title"))),
        day=heading.day,
        authors=authors,
        identifiers=replace(names, doi=doi or ""),
        venue=_value(fields.get("journal-ref")),
        links=links,
        details=tuple(details),
    )
    yield item
    yield from (Noise(span, text) for text in noise)
    if not item.title:
        hint = "get the whole page and import it again"
        yield Problem("warning", "DG308", f"the paper {names.arxiv} of the listing has no title", span, hint)


def _read_result(path: str, result: Element) -> Iterator[Found]:
    """A result of a search."""
    span = Span(path, result.line)
    names, links = _names_and_links(result)
    doi = next((found for link in result.find_all("a") if (found := _doi_of(link))), "")
    parts = {name: part for part in result.find_all("p") for name in part.get("class").split()[:1]}
    tags = [tag.text().strip() for tag in result.find_all("span") if tag.get("data-tooltip")]
    abstract = parts.get("abstract")
    spans = {name: each for each in abstract.find_all("span") for name in each.get("class").split()} if abstract else {}
    authors, noise = _authors(parts.get("authors"))
    details = [("categories", " ".join(tags))] if tags else []
    venue, published, updated = "", None, None
    for part in result.find_all("p"):
        text = plain_line(part)
        label, value = arxiv_pages.split_label(text)
        if label == "journal-ref":
            venue = value
        elif label in arxiv_pages.DETAIL_NAMES:
            details.append((arxiv_pages.DETAIL_NAMES[label], value))
        elif text.startswith("Submitted "):
            published, updated = read_history(text)
    title = parts.get("title")
    yield Item(
        "abstract",
        _abstract(spans.get("abstract-full") or spans.get("abstract-short") or abstract),
        span,
        title=_letters(plain_line(title)) if title else "",
        published=published,
        updated=updated,
        authors=authors,
        identifiers=replace(names, doi=doi),
        venue=venue,
        links=links,
        details=tuple(details),
    )
    yield from (Noise(span, text) for text in noise)


def read_history(text: str) -> tuple[PartialDate | None, PartialDate | None]:
    """(first version, this version) of `Submitted 20 May, 2024; v1 submitted 2 May, 2024; originally announced …`."""
    this = arxiv_pages.read_day(text)
    first = re.search(r"v1\s+submitted\s+(?P<day>[^;]+)", text)
    origin = arxiv_pages.read_day(first["day"]) if first else this
    days = [PartialDate(day.year, day.month, day.day) if day else None for day in (origin, this)]
    return days[0], days[1] if first else None


def _names_and_links(element: Element) -> tuple[Identifiers, tuple[tuple[str, str], ...]]:
    """The id that a paper is listed under, its version where a link tells it, the pages of the paper and its PDF."""
    links: dict[str, str] = {}
    names = Identifiers()
    for link in element.find_all("a"):
        address = link.get("href")
        address = f"{_HOST}{address}" if address.startswith("/") else address
        if "/abs/" in address and not names.arxiv and (parsed := identifiers.parse_arxiv(address)):
            names = Identifiers(arxiv=parsed[0], version=parsed[1])
            links["paper"] = address
        elif names.arxiv and names.version is None and (version := arxiv_pages.version_in(address, names.arxiv)):
            names = replace(names, version=version)
        if "/pdf/" in address:
            links.setdefault("pdf", address)
    return names, tuple(links.items())


def _abs_link(element: Element) -> bool:
    return any("/abs/" in link.get("href") for link in element.find_all("a"))


def _doi_of(link: Element) -> str:
    return (identifiers.parse_doi(link.get("href")) or "") if "doi.org/" in link.get("href") else ""


def _fields(about: Element) -> dict[str, Element]:
    """The parts of a `dd` by their labels, of which each loses its label."""
    fields: dict[str, Element] = {}
    for part in about.find_all("div", "p"):
        named = re.match(r"list-(?P<name>[a-z-]+)", part.get("class"))
        label = next((each for each in part.children("span") if "descriptor" in each.get("class")), None)
        name = arxiv_pages.split_label(plain_line(label))[0] if label else named["name"] if named else ""
        if name:
            rest = tuple(_spelt_out(each) for each in part.content if each is not label)
            fields.setdefault(name, Element(part.name, "", {}, rest, part.line))
    return fields


def _spelt_out(part: Element | str) -> Element | str:
    """The address that arXiv hides behind `this https URL`."""
    hidden = isinstance(part, Element) and re.fullmatch(r"this \w+ URL", part.text().strip())
    return part.get("href") if isinstance(part, Element) and hidden else part


def _value(element: Element | None) -> str:
    return _letters(plain_line(element)) if element else ""


def _letters(text: str) -> str:
    return " ".join(tex_accents.letters_from_tex(text).split())


def _authors(element: Element | None) -> tuple[tuple[str, ...], list[str]]:
    """(the names, what else stands among them)."""
    if element is None:
        return (), []
    linked = [*element.find_all("a")]
    if not linked:
        text = arxiv_pages.split_label(plain_line(element))[1]
        read = author_lines.parse_authors(text)
        return ((), [text]) if "author list is unavailable" in text else (read.names, [*read.rest])
    beside = [part for part in element.content if isinstance(part, str) or part not in linked]
    between = " ".join(part if isinstance(part, str) else part.text() for part in beside)
    other = re.sub(r"^\s*authors?:|[\s,;]+|\band\b", " ", between, flags=re.IGNORECASE).strip(" :")
    names = (_letters(plain_line(link)) for link in linked)
    return tuple(name for name in names if name), [other] if any(map(str.isalpha, other)) else []


def _abstract(element: Element | None) -> str:
    """An abstract without its buttons."""
    if element is None:
        return ""
    parts = tuple(part for part in element.content if isinstance(part, str) or not _is_button(part))
    text = render_markdown(Element("div", "", {}, parts, element.line), f"{_HOST}/")
    return tex_accents.letters_from_tex(re.sub(r"^(?:Abstract)?:\s*", "", text.strip()))


def _is_button(element: Element) -> bool:
    """Whether an element is the label of an abstract or what opens and shuts it."""
    return bool(re.search(r"[▽△]", element.text())) or "has-text-black" in element.get("class")
