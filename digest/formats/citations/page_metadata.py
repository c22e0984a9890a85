"""What the page of an entry says of its paper in `meta` elements, as Zotero and Google Scholar read them.

Zotero's translator `Embedded Metadata` (2026) reads the names; it is told `z:itemType` where no name tells the type,
and `citation_public_url`, for else it would take the address of the page for that of the paper. Scholar wants papers,
not what is written about them: `citation_abstract_html_url` sends it to the source
(https://scholar.google.com/intl/en/scholar/inclusion.html#indexing).
"""

from __future__ import annotations

from collections.abc import Iterator

from digest.formats.citations.kinds import kind_of
from digest.formats.citations.texts import first_last, one_line, turned_name
from digest.model import Person, Reference


def describe_paper(reference: Reference, day: str) -> tuple[tuple[str, str], ...]:
    """The names and contents; of an entry that is about no paper its type and its `day` alone."""
    if not reference.is_paper:
        return (("z:itemType", kind_of(reference.type).zotero), ("article:published_time", day))
    return tuple((name, text) for name, content in _describe(reference, day) if (text := one_line(content)))


def _describe(reference: Reference, day: str) -> Iterator[tuple[str, str]]:
    details, names, kind = dict(reference.details), reference.identifiers, kind_of(reference.type)
    yield "citation_title", reference.title
    for person in reference.authors:
        yield "citation_author", _name(person, alone=len(reference.authors) == 1)
    yield "citation_publication_date", str(reference.issued or "").replace("-", "/")
    institution = reference.container or details.get("publisher", "")
    named = institution if reference.type in {"thesis", "report"} else reference.container
    if kind.meta and named:
        yield kind.meta, named
    else:
        yield "z:itemType", kind.zotero
    yield "citation_volume", details.get("volume", "")
    yield "citation_issue", details.get("issue", "")
    first, last = first_last(details.get("page", ""))
    yield "citation_firstpage", first
    yield "citation_lastpage", last
    yield "citation_publisher", details.get("publisher", "")
    yield "citation_issn", details.get("ISSN", "").partition(",")[0]
    yield "citation_isbn", details.get("ISBN", "").partition(",")[0]
    yield "citation_doi", names.doi
    yield "citation_arxiv_id", names.arxiv
    yield "citation_pmid", names.pmid
    yield "citation_abstract_html_url", reference.url
    yield "citation_public_url", reference.url
    yield "citation_pdf_url", reference.pdf
    yield "citation_keywords", "; ".join(reference.keywords)
    yield "citation_language", reference.language
    yield "citation_abstract", reference.abstract
    if reference.issued:  # else Zotero would take the day of the entry for that of the paper
        yield "article:published_time", day


def _name(person: Person, *, alone: bool) -> str:
    """`van der Maaten, Laurens Jan`. Zotero takes the only author of that look for two, unless a semicolon ends it."""
    name = turned_name(person).replace(";", ",")
    family, _, given = name.partition(", ")
    return f"{name};" if alone and " " in family and " " in given else name
