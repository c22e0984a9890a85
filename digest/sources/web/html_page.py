"""A saved page of one paper or post, by what it says for machines: Highwire, Dublin Core, JSON-LD, Open Graph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final
from urllib.parse import urljoin

from digest.formats import (
    arxiv_pages,
    feed_dates,
    feed_names,
    feed_texts,
    identifiers,
    markup,
    page_metadata,
    page_texts,
    person_names,
)
from digest.formats.html_to_markdown import plain_line
from digest.formats.markup import Element
from digest.formats.page_metadata import Metadata, json_text
from digest.model import Document, Found, Identifiers, Item, Kind, Noise, PartialDate, Problem, Span
from digest.sources.web.feed_ids import names_in

_HTML: Final = re.compile(r"(?i)<!doctype\s+html|<html[\s>]|<head[\s>]")
_SIGNS: Final = (
    (0.9, re.compile(r"(?i)citation_title[\"'\s>]")),
    (0.85, re.compile(r"(?i)=\s*[\"']?dc(?:terms)?[.:]title\b|\"ScholarlyArticle\"|eprints\.title")),
    (0.7, re.compile(r"(?i)[\"']og:title[\"']|application/ld\+json")),
)
_TITLES: Final = ("citation_title", "wkhealth.title", "dc.title", "dcterms.title", "eprints.title", "prism.title")
_PRINTED: Final = (
    "citation_publication_date", "citation_date", "citation_online_date", "citation_cover_date", "citation_year",
    "prism.publicationdate", "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "eprints.date",
)  # fmt: skip
_VENUES: Final = (
    "citation_journal_title", "citation_conference_title", "citation_conference", "citation_inbook_title",
    "citation_book_title", "prism.publicationname", "citation_dissertation_institution",
    "citation_technical_report_institution", "eprints.publication",
)  # fmt: skip
_DETAILS: Final = {
    "volume": ("citation_volume", "prism.volume"),
    "issue": ("citation_issue", "prism.number"),
    "publisher": ("citation_publisher", "dc.publisher", "dcterms.publisher"),
    "ISSN": ("citation_issn", "prism.issn"),
    "ISBN": ("citation_isbn",),
    "number": ("citation_technical_report_number",),
    "type": ("citation_article_type",),
}
_CELLS: Final = {
    "comments": "comment", "subjects": "categories", "report-number": "report", "msc-classes": "msc",
    "acm-classes": "acm",
}  # fmt: skip
# What is in the item, and the papers that this one cites.
_READ_NAMES: Final = (
    "citation_author citation_authors citation_doi citation_pmid citation_arxiv_id citation_abstract citation_pdf_url "
    "citation_abstract_html_url citation_public_url citation_fulltext_html_url citation_firstpage citation_lastpage "
    "citation_keywords citation_keyword citation_language citation_reference"
)
_READ: Final = frozenset(
    [*_READ_NAMES.split(), *_TITLES, *_PRINTED, *_VENUES, *(name for names in _DETAILS.values() for name in names)]
)
_CUT: Final = re.compile(r"(?:\.\.\.|…)\s*$")
# No abstract is shorter or longer, in words.
_SHORTEST, _LONGEST = 20, 1500


class HtmlPage:
    """A page of one paper or post."""

    name = "html-page"

    def recognise(self, document: Document) -> float:
        """By its metadata; a page without any is read for its title and text."""
        head = document.head
        if not head.lstrip("\ufeff \t\n").startswith("<") or not _HTML.search(head[:2000]):
            return 0.0
        return next((sure for sure, sign in _SIGNS if sign.search(head)), 0.5)

    def read(self, document: Document) -> Iterator[Found]:
        """The paper, then what the page says of it besides."""
        page = markup.parse_html(document.text)
        yield from _read_page(document.name, page, page_metadata.read_metadata(page))


SOURCE: Final = HtmlPage()


def _read_page(path: str, page: Element, data: Metadata) -> Iterator[Found]:
    span = Span(path)
    names = _names(data)
    cited = any(key.startswith("citation_") for key, _ in data.fields)
    kind: Kind = "abstract" if cited or names != Identifiers() or data.all("dc.title") else "note"
    article = data.article
    base = _page_address(data)
    title = data.first(*_TITLES) or json_text(article.get("headline") or article.get("name"))
    title = title or data.first("og.title", "twitter.title") or data.title
    body, summary = _texts(page, data, kind, base)
    published, updated, day = _dates(data, kind)
    authors = _authors(page, data)
    if not (body or authors or names != Identifiers()):
        message = f"the page tells of no paper and holds no text: {title or 'it has no title either'}"
        yield Problem("error", "DG308", message, span, "open it in a browser and save it again")
        return
    yield Item(
        kind,
        body,
        span,
        title=feed_texts.title_line(title),
        day=day,
        published=published,
        updated=updated,
        authors=authors,
        identifiers=names,
        venue=_venue(page, data) if kind == "abstract" else "",
        summary=summary,
        links=tuple(_links(data, base)),
        details=(*_details(data), *_cells(page)),
        tags=_tags(data),
        lang=_language(data),
        license=_license(data),
    )
    left = (pair for pair in data.fields if pair[0].startswith("citation_") and pair[0] not in _READ)
    yield from (Noise(span, f"{key}: {value}") for key, value in left)


def _venue(page: Element, data: Metadata) -> str:
    reference = next((cell for cell in page.find_all("td") if "jref" in cell.get("class").split()), None)
    return plain_line(reference) if reference else feed_texts.title_line(data.first(*_VENUES))


def _page_address(data: Metadata) -> str:
    stated = data.first("citation_abstract_html_url", "citation_public_url")
    address = stated or data.links.get("canonical") or data.first("og.url") or data.first("citation_fulltext_html_url")
    return address or json_text(data.article.get("url"))


def _links(data: Metadata, base: str) -> Iterator[tuple[str, str]]:
    if re.match(r"https?://", base):
        yield "paper", base
    if pdf := data.first("citation_pdf_url", "eprints.document_url"):
        yield "pdf", _join(base, pdf)


def _join(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:
        return address


def _names(data: Metadata) -> Identifiers:
    """The ids that the page states, then those in its addresses; of other papers it may tell in its text."""
    arxiv = identifiers.parse_arxiv(data.first("citation_arxiv_id"))
    stated = Identifiers(arxiv=arxiv[0], version=arxiv[1]) if arxiv else Identifiers()
    dois = [data.first("citation_doi"), data.first("prism.doi"), *data.all("dc.identifier", "dcterms.identifier")]
    dois += [json_text(data.article.get(key)) for key in ("sameAs", "identifier", "@id")]
    stated = identifiers.merge_identifiers(stated, names_in(*(text for text in dois if text)))
    pmid = identifiers.parse_pmid(data.first("citation_pmid"))
    stated = identifiers.merge_identifiers(stated, Identifiers(pmid=pmid or ""))
    addresses = [data.links.get("canonical", ""), data.first("og.url"), data.first("citation_abstract_html_url")]
    for address in (*addresses, data.first("citation_public_url")):
        addressed = names_in(address)
        if stated.arxiv and addressed.arxiv == stated.arxiv and stated.version is None:
            stated = replace(stated, version=addressed.version)
        stated = identifiers.merge_identifiers(stated, addressed)
    return stated


def _authors(page: Element, data: Metadata) -> tuple[str, ...]:
    values = data.all("citation_author")
    if not values and (several := data.first("citation_authors")):
        full = [link.text() for link in page.find_all("a") if "full-name" in link.get("class").split()]
        values = full if full and len(dict.fromkeys(full)) >= several.strip("; ").count(";") else several.split(";")
    values = values or data.all("dc.creator", "dcterms.creator", "dc.contributor.author", "eprints.creators.name")
    values = values or [*_split_names(page)]
    values = values or page_metadata.json_names(data.article.get("author") or data.article.get("creator"))
    values = values or [each for each in data.all("author", "article.author", "parsely-author") if "://" not in each]
    if len(values) == 1:
        return feed_names.parse_credit(plain_line(values[0]))
    names = (person_names.natural_name(plain_line(value).strip(" ;")) for value in values)
    return tuple(dict.fromkeys(filter(None, names)))


def _split_names(page: Element) -> Iterator[str]:
    """Names whose halves the page marks."""
    given = ""
    for part in page.find_all("span"):
        marks = part.get("class").split()
        if "given-name" in marks:
            given = part.text()
        elif "surname" in marks and given:
            yield f"{given} {part.text()}"
            given = ""


def _dates(data: Metadata, kind: Kind) -> tuple[PartialDate | None, PartialDate | None, date | None]:
    """(when the paper came out, when it was changed, the day of a post)."""
    written = [when for name in _PRINTED for text in data.all(name)[:1] if (when := feed_dates.parse_when(text))]
    first = json_text(data.article.get("datePublished")) or data.first("article.published.time")
    changed = json_text(data.article.get("dateModified")) or data.first("article.modified.time")
    if kind == "note":
        day = feed_dates.parse_instant(first)
        later = feed_dates.parse_when(changed)
        return None, later if later and later != feed_dates.day_of(day) else None, day
    published = next(iter(written), None) or feed_dates.parse_when(first)
    # The issue says the month, the page says the day.
    finer = (when for when in written if published and str(when).startswith(str(published)))
    published = max(finer, key=lambda when: len(str(when)), default=published)
    updated = None
    if data.first("citation_arxiv_id"):
        updated = feed_dates.parse_when(data.first("citation_online_date"))
    return published, updated if updated != published else None, None


def _texts(page: Element, data: Metadata, kind: Kind, base: str) -> tuple[str, str]:
    """(the body, a summary that says more)."""
    stated = data.first("citation_abstract", "dcterms.abstract", "eprints.abstract")
    told = [stated, json_text(data.article.get("abstract")), json_text(data.article.get("articleBody"))]
    told += data.all("dc.description", "dcterms.description")
    told += [json_text(data.article.get("description")), data.first("og.description"), data.first("description")]
    told = [page_texts.without_label(feed_texts.render_text(text)) for text in told if text]
    if kind == "note":
        texts = feed_texts.settle_texts([*page_texts.find_contents(page, base), *told])
        heading, _, rest = texts.body.partition("\n")
        again = heading.startswith("# ") and feed_texts.words_of(heading) in feed_texts.words_of(data.title)
        return rest.lstrip("\n") if again else texts.body, texts.summary
    if _size(stated) >= _SHORTEST and not _CUT.search(stated):
        return told[0], ""
    told = [text for text in told if not _is_citation(text, data)]
    shown = [text for text in page_texts.find_abstracts(page, base) if _SHORTEST <= _size(text) <= _LONGEST]
    # The narrowest part of the page that begins as the page says that its abstract begins.
    openings = [feed_texts.words_of(text)[:40] for text in (told or shown[:1])]
    same = [text for text in shown if any(feed_texts.words_of(text).startswith(each) for each in openings if each)]
    if chosen := min(same, key=_size, default=""):
        return chosen, ""
    whole = [text for text in (*shown[:1], *told) if not _CUT.search(text)]
    return (whole or told or [""])[0], ""


def _is_citation(text: str, data: Metadata) -> bool:
    """Whether a description but names authors and venue, or the host of the page."""
    venue, host = data.first(*_VENUES), data.first("og.site.name", "citation_publisher")
    names = data.all("citation_author", "dc.creator")
    family = [name.partition(",")[0].split()[-1] for name in names if name.partition(",")[0].split()]
    return _size(text) < 80 and bool(
        (venue and venue in text) or (host and host in text) or (family and all(name in text for name in family))
    )


def _size(text: str) -> int:
    return len(text.split())


def _details(data: Metadata) -> Iterator[tuple[str, str]]:
    for name, keys in _DETAILS.items():
        if value := data.first(*keys):
            yield name, feed_texts.title_line(value)
    pages = [
        data.first("citation_firstpage", "prism.startingpage"),
        data.first("citation_lastpage", "prism.endingpage"),
    ]
    if joined := "–".join(dict.fromkeys(filter(None, pages))):
        yield "page", joined


def _cells(page: Element) -> Iterator[tuple[str, str]]:
    """What arXiv tells of a paper in a table."""
    for cell in page.find_all("td"):
        name = _CELLS.get(cell.get("class").removeprefix("tablecell ").removesuffix(" mathjax"), "")
        text = plain_line(cell) if name else ""
        text = arxiv_pages.category_codes(text) if name == "categories" else text
        if text:
            yield name, text


def _tags(data: Metadata) -> tuple[str, ...]:
    values: Sequence[str] = data.all("citation_keywords", "citation_keyword", "dc.subject", "article.tag")
    values = values or _texts_of(data.article.get("keywords"))
    if len(values) == 1:
        values = re.split(r";|,(?![^()]*\))|\|", values[0])
    return tuple(dict.fromkeys(tag for value in values if 0 < len(tag := feed_texts.title_line(value)) <= 80))


def _texts_of(value: page_metadata.Json) -> Sequence[str]:
    return [json_text(each) for each in value] if isinstance(value, list) else [json_text(value)]


def _language(data: Metadata) -> str:
    text = data.first("citation_language", "dc.language", "dcterms.language") or data.lang
    return text.replace("_", "-") if re.fullmatch(r"[A-Za-z]{2}(?:[-_][A-Za-z0-9]{2,8})*", text) else ""


def _license(data: Metadata) -> str:
    stated = [data.links.get("license", ""), json_text(data.article.get("license"))]
    stated += data.all("dc.rights", "dcterms.license")
    return next((text for text in stated if re.search(r"(?i)creativecommons\.org|\bcc[ -]by|licen[cs]e", text)), "")
