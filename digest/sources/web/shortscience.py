"""Pages of ShortScience: the summaries that readers wrote of a paper, each in its own Markdown.

Shape: the templates of the site (ShortScience-org/shortscience.org).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from digest.formats import feed_dates, feed_texts, identifiers, markup, page_metadata, person_names
from digest.formats.html_to_markdown import plain_line, render_markdown
from digest.formats.markup import Element
from digest.model import Document, Found, Identifiers, Item, Noise, PartialDate, Problem, Span
from digest.sources.web.feed_ids import names_in

_SUMMARY: Final = re.compile(r"class\s*=\s*[\"']?vignette\b")
_SITE: Final = re.compile(r"(?i)shortscience\.org")
_KEY: Final = re.compile(r"bibtexKey=(?P<key>[^&#\"']+)")
# What the key of DBLP says: `journals/corr/1708.09259`, `journals/corr/abs-1708-09259`.
_KEY_OF_ARXIV: Final = re.compile(r"journals/corr/(?:abs-)?(?P<year>[0-9]{4})[.-](?P<number>[0-9]{4,5})$")
# Searches and copies, not pages of the paper.
_NO_PAGES: Final = re.compile(r"scholar\.google\.|sci-hub|arxiv-vanity\.com|dblp\.uni-trier")
_BY: Final = re.compile(r"Summary by\s+(?P<name>.*?)\s*(?P<ago>(?:just now|[0-9]+ \w+(?:, [0-9]+ \w+)* ago))?\s*$")
_PUBLISHED: Final = re.compile(r"First published:?\s*(?P<day>[0-9]{4}/[0-9]{2}/[0-9]{2})")


@dataclass(frozen=True, slots=True)
class _Paper:
    """What stands in the box of a paper above its summaries."""

    title: str = ""
    authors: tuple[str, ...] = ()
    identifiers: Identifiers = field(default_factory=Identifiers)
    venue: str = ""
    links: tuple[tuple[str, str], ...] = ()
    tags: tuple[str, ...] = ()
    published: PartialDate | None = None
    abstract: str = ""


class ShortScience:
    """A page of summaries."""

    name = "shortscience"

    def recognise(self, document: Document) -> float:
        """By the name of the site and the box of a summary."""
        head = document.head
        if not head.lstrip("\ufeff \t\n").startswith("<") or not _SITE.search(head):
            return 0.0
        return 0.98 if _SUMMARY.search(head) or "papertitle" in head else 0.0

    def read(self, document: Document) -> Iterator[Found]:
        """Every summary, with the paper above it."""
        page = markup.parse_html(document.text)
        data = page_metadata.read_metadata(page)
        address = data.first("og.url") or page_metadata.json_text(data.article.get("mainEntityOfPage"))
        boxes = [box for box in page.find_all("div") if _is_box(box)]
        alone = sum("vignette" in box.get("class").split() for box in boxes) == 1
        day = feed_dates.parse_instant(page_metadata.json_text(data.article.get("datePublished"))) if alone else None
        paper = _Paper()
        for box in boxes:
            if "papertitle" in box.get("class").split():
                paper = _read_paper(box, address)
                continue
            yield from _read_summary(document.name, box, paper, address, day)


SOURCE: Final = ShortScience()


def _is_box(box: Element) -> bool:
    marks = box.get("class").split()
    return ("papertitle" in marks and box.find("span") is not None) or (
        "vignette" in marks and "vignette-preview" not in marks
    )


def _read_summary(path: str, box: Element, paper: _Paper, address: str, day: date | None) -> Iterator[Found]:
    span = Span(path, box.line)
    source = next((each for each in box.find_all("pre") if "source" in each.get("class").split()), None)
    shown = next((each for each in box.find_all("div") if "rendered" in each.get("class").split()), None)
    body = source.text().strip() if source else render_markdown(shown) if shown else ""
    if not body:
        hint = "save the page again when it has loaded"
        yield Problem("error", "DG308", "a summary has no text", span, hint)
        return
    banner = next((each for each in box.find_all() if "authorbanner" in each.get("class").split()), None)
    by = _BY.search(plain_line(banner)) if banner else None
    name = by["name"] if by and by["name"] != "Anonymous" else ""
    links = list(paper.links)
    if address:
        links.append(("summary", f"{address.partition('#')[0]}#{box.get('id') or 'anon'}"))
    details = [("contributor", name)] if name else []
    details += [("abstract", paper.abstract)] if paper.abstract else []
    yield Item(
        "summary",
        body,
        span,
        title=paper.title,
        day=day,
        published=paper.published,
        authors=paper.authors,
        identifiers=paper.identifiers,
        venue=paper.venue,
        links=tuple(links),
        details=tuple(details),
        tags=paper.tags,
    )
    votes = next((each.text() for each in box.find_all("span") if "votevalue" in each.get("class").split()), "")
    told = [f"votes: {votes.strip()}" if votes.strip() else "", by["ago"] or "" if by else ""]
    yield from (Noise(span, text) for text in told if text)


def _read_paper(box: Element, address: str) -> _Paper:
    title = next((each for each in box.find_all("span") if "papertitle" in each.get("class").split()), None)
    people = next((each for each in box.find_all("span") if "paperauthors" in each.get("class").split()), None)
    hidden = next((each for each in box.find_all("div") if each.get("id").startswith("more-")), None)
    pages = [link.get("href") for link in box.find_all("a") if re.match(r"https?://", link.get("href"))]
    pages = [page for page in pages if not _NO_PAGES.search(page)]
    key = next((found["key"] for text in (address, *_own_links(box)) if (found := _KEY.search(text))), "")
    searches = [link for link in box.find_all("a") if link.get("href").startswith(("search?", "venue?"))]
    after = [link for link in searches if people is None or link not in [*people.find_all("a")]]
    text = plain_line(box)
    keywords = text.partition("Keywords:")[2]
    told = hidden.text() if hidden else ""
    published = _PUBLISHED.search(" ".join(told.split()))
    return _Paper(
        feed_texts.title_line(title.text()) if title else "",
        _names(people),
        identifiers.merge_identifiers(names_in(*pages), _named_by(key)),
        re.sub(r"\s+-\s+[0-9]{4}$", "", plain_line(after[0])) if after else "",
        _named_links(pages),
        tuple(tag for link in after[1:] if (tag := plain_line(link)) and tag in keywords),
        feed_dates.parse_when(published["day"]) if published else None,
        feed_texts.render_text(told.partition("Abstract:")[2]) if hidden else "",
    )


def _own_links(box: Element) -> Iterator[str]:
    return (link.get("href") for link in box.find_all("a") if "bibtexKey=" in link.get("href"))


def _names(people: Element | None) -> tuple[str, ...]:
    names = (plain_line(link) for link in people.find_all("a")) if people else ()
    return tuple(person_names.natural_name(name) for name in names if name)


def _named_by(key: str) -> Identifiers:
    """What the key of the paper says: an id of arXiv, a DOI."""
    if match := _KEY_OF_ARXIV.search(key):
        parsed = identifiers.parse_arxiv(f"{match['year']}.{match['number']}")
        return Identifiers(arxiv=parsed[0]) if parsed else Identifiers()
    return Identifiers(doi=identifiers.parse_doi(key) or "")


def _named_links(pages: list[str]) -> tuple[tuple[str, str], ...]:
    """The pages of the paper, each under a name of its own."""
    links: dict[str, str] = {}
    for page in dict.fromkeys(pages):
        name = "pdf" if page.lower().endswith(".pdf") or "/pdf/" in page else "paper"
        count = sum(each.partition("-")[0] == name for each in links)
        links[f"{name}-{count + 1}" if count else name] = page
    return tuple(links.items())
