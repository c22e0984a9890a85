"""PubMed as XML (`efetch` with `retmode=xml`, https://dtd.nlm.nih.gov/ncbi/pubmed/doc/out/250101/)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from digest.formats import html_to_markdown, identifiers, markup
from digest.model import Document, Found, Identifiers, Item, Noise, PartialDate, Problem, Span
from digest.sources.arxiv import arxiv_records
from digest.sources.arxiv.arxiv_records import Parts
from digest.sources.bibliographies import bibliography

_RECORDS: Final = frozenset({"PubmedArticle", "PubmedBookArticle"})
_ROOTS: Final = frozenset({"PubmedArticleSet", "PubmedBookArticleSet", *_RECORDS})
# Who indexed and funded it, what it cites, when the record changed.
_DROPPED: Final = (
    "DateCompleted", "DateRevised", "DateCreated", "MedlineJournalInfo", "ChemicalList", "CitationSubset", "GrantList",
    "CoiStatement", "InvestigatorList", "NumberOfReferences", "SupplMeshList", "GeneSymbolList", "DataBankList",
    "AuthorList", "Language", "CommentsCorrectionsList",
)  # fmt: skip


class PubmedXml:
    """Articles and books of PubMed."""

    name = "pubmed-xml"

    def recognise(self, document: Document) -> float:
        """By the root of the document."""
        root = markup.read_root(document.head)
        return 1.0 if root and root[0] in _ROOTS else 0.0

    def read(self, document: Document) -> Iterator[Found]:
        """Article by article."""
        count = 0
        for found in markup.read_elements(document.pieces(), _RECORDS):
            count += 1
            if isinstance(found, markup.Fault):
                yield arxiv_records.told_fault(document.name, found)
            else:
                yield from _read_article(document.name, found)
        if not count and markup.read_root(document.head):
            yield Problem("note", "DG301", "the answer holds no articles", Span(document.name))


SOURCE: Final = PubmedXml()


def _read_article(path: str, record: markup.Element) -> Iterator[Found]:
    citation = record.child("MedlineCitation", "BookDocument") or record
    told = citation.child("Article") or citation
    parts, around = Parts(path, told), Parts(path, citation)
    journal = next(iter(parts.elements("Journal")), markup.Element(""))
    book = next(iter(parts.elements("Book")), markup.Element(""))
    title, book_title = _line(told, "ArticleTitle"), _line(book, "BookTitle")
    names = _read_names(record, citation, told)
    languages = [part.text().strip() for part in told.children("Language")]
    abstracts = [
        part for name in ("Abstract", "OtherAbstract") for part in (*told.children(name), *citation.children(name))
    ]
    venue = _line(journal, "Title") or _line(journal, "ISOAbbreviation")
    details = (
        ("type", "article-journal" if venue else "book"),
        ("volume", _found(journal, "Volume")),
        ("issue", _found(journal, "Issue")),
        ("page", _pages(told)),
        ("publisher", _found(book, "PublisherName")),
        ("publisher-place", _found(book, "PublisherLocation")),
        ("ISSN", _found(journal, "ISSN")),
        ("ISBN", _found(book, "Isbn")),
        ("editor", "; ".join(_people(part for part in book.children("AuthorList") if part.get("Type") == "editors"))),
        ("original-title", _line(told, "VernacularTitle")),
        ("genre", "; ".join(part.text().strip() for part in told.find_all("PublicationType"))),
        ("mesh", "; ".join(_headings(citation))),
    )
    texts = [_section(part) for group in abstracts for part in group.children("AbstractText")]
    yield Item(
        "abstract",
        "\n\n".join(text for text in texts if text),
        Span(path, record.line),
        title=title or book_title,
        published=_published(journal, told, book, record),
        authors=_writers(told) or _writers(book),
        identifiers=names,
        venue=venue or (book_title if title else ""),
        details=bibliography.tell_details(*details),
        tags=tuple(
            dict.fromkeys(" ".join(part.text().split()) for part in citation.find_all("Keyword") if part.text().strip())
        ),
        lang=bibliography.language_tag(languages[0]) if languages else "",
    )
    rest = (" ".join(part.text().split()) for part in told.find_all("Affiliation", "CopyrightInformation"))
    yield from (Noise(Span(path, record.line), text) for text in dict.fromkeys(rest) if text)
    parts.drop("ArticleTitle", "Abstract", "ELocationID", "Pagination", "ArticleDate", "PublicationTypeList", *_DROPPED)
    parts.drop("VernacularTitle", "PMID", "ArticleIdList", "KeywordList", "PublicationType", "LocationLabel")
    around.drop("PMID", "Article", "OtherAbstract", "KeywordList", "MeshHeadingList", *_DROPPED)
    yield from parts.noise()
    if around.of is not parts.of:
        yield from around.noise()


def _line(element: markup.Element, name: str) -> str:
    """A title on one line, without the full stop that PubMed puts behind it in brackets."""
    part = element.child(name)
    text = " ".join(part.text().split()) if part is not None else ""
    return text.removeprefix("[").removesuffix("].").removesuffix("]") if text.startswith("[") else text


def _found(element: markup.Element, name: str) -> str:
    part = element.find(name)
    return " ".join(part.text().split()) if part is not None else ""


def _section(part: markup.Element) -> str:
    """A part of an abstract behind its label."""
    label = part.get("Label").strip()
    text = html_to_markdown.render_markdown(part) if any(part.children()) else bibliography.body_of(part.text())
    return f"{label}: {text}" if label and label.upper() != "UNLABELLED" else text


def _writers(told: markup.Element) -> tuple[str, ...]:
    """Those of an article, or of a whole book."""
    return _people(part for part in told.children("AuthorList") if part.get("Type", "authors") == "authors")


def _people(lists: Iterator[markup.Element]) -> tuple[str, ...]:
    """Persons and groups in natural order."""
    names: list[str] = []
    for group in lists:
        for person in group.children("Author"):
            told = {part.name: " ".join(part.text().split()) for part in person.children()}
            first = told.get("ForeName") or told.get("FirstName") or told.get("Initials", "")
            whole = " ".join(part for part in (first, told.get("LastName", ""), told.get("Suffix", "")) if part)
            names.append(told.get("CollectiveName", "") or whole)
    return tuple(name for name in names if name)


def _read_names(record: markup.Element, citation: markup.Element, told: markup.Element) -> Identifiers:
    """PMID, DOI and PMCID of the article itself, not of what it cites."""
    data = record.child("PubmedData", "PubmedBookData") or markup.Element("")
    ids = [
        part
        for group in (*data.children("ArticleIdList"), *citation.children("ArticleIdList"))
        for part in group.children()
    ]
    dois = [part.text() for part in told.children("ELocationID") if part.get("EIdType") == "doi"]
    dois += [part.text() for part in ids if part.get("IdType") == "doi"]
    pmid = citation.child("PMID")
    return bibliography.name_paper(
        doi=next((doi for text in dois if (doi := identifiers.parse_doi(text))), ""),
        pmid=pmid.text()
        if pmid is not None
        else next((part.text() for part in ids if part.get("IdType") == "pubmed"), ""),
        pmcid=next((part.text() for part in ids if part.get("IdType") in {"pmc", "pmcid"}), ""),
    )


def _pages(told: markup.Element) -> str:
    if pages := _found(told, "MedlinePgn"):
        return bibliography.page_range(pages)
    return bibliography.page_range(_found(told, "StartPage"), _found(told, "EndPage"))


def _headings(citation: markup.Element) -> Iterator[str]:
    """Headings of MeSH with their qualifiers, those of the main topics with a star, as in MEDLINE."""
    for heading in citation.find_all("MeshHeading"):
        marks = (("*" if part.get("MajorTopicYN") == "Y" else "") + part.text().strip() for part in heading.children())
        yield "/".join(marks)


def _published(
    journal: markup.Element, told: markup.Element, book: markup.Element, record: markup.Element
) -> PartialDate | None:
    """The date of the issue, or the electronic one where that tells more of it; else the day of entry."""
    issue = _date(journal.find("PubDate") or book.find("PubDate"))
    electronic = _date(told.child("ArticleDate"))
    entered = (part for part in record.find_all("PubMedPubDate") if part.get("PubStatus") in {"pubmed", "entrez"})
    return bibliography.refine(issue, electronic) or _date(next(entered, None))


def _date(part: markup.Element | None) -> PartialDate | None:
    """`Year`, `Month`, `Day`, or all of it in words (`MedlineDate`)."""
    if part is None:
        return None
    told = [_found(part, name) for name in ("Year", "Month", "Day")]
    if not told[0]:
        return bibliography.read_date(_found(part, "MedlineDate"))
    sign = "-" if told[1].isdecimal() else " "
    return bibliography.read_date(sign.join(text for text in told if text))
