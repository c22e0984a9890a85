"""PubMed's exports as text: "Abstract (text)", and "Summary (text)" without abstracts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from digest.formats import identifiers, mail, plain_text, pubmed_records
from digest.formats.pubmed_records import PubmedRecord
from digest.model import Document, Found, Identifiers, Item, Noise, Problem, Span


class PubmedText:
    """Numbered records, each a few paragraphs of text."""

    name: Final = "pubmed-text"

    def recognise(self, document: Document) -> float:
        """Nearly sure where the first line is a numbered citation and PubMed ids are named; `mail` opens mails."""
        told = pubmed_records.looks_like_pubmed(document.head) and not mail.looks_like_mail(document.head)
        return 0.99 if told else 0.0

    def read(self, document: Document) -> Iterator[Found]:
        """Every record; affiliations, rights and mentions of other records are noise."""
        for found in pubmed_records.read_records(document.lines()):
            if isinstance(found, PubmedRecord):
                yield from _read_record(document.name, found)
            else:
                yield Noise(Span(document.name, found[0]), found[1])


SOURCE: Final = PubmedText()


def _read_record(path: str, record: PubmedRecord) -> Iterator[Found]:
    citation = pubmed_records.parse_citation(record.citation)
    details = (("volume", citation.volume), ("issue", citation.issue), ("page", citation.page))
    title = record.title
    # A title that was translated stands in brackets.
    if match := re.fullmatch(r"\[(.+?)\]?\.?", title) if title.startswith("[") else None:
        title = match[1]
    yield Item(
        kind="abstract",
        body="\n\n".join(plain_text.markdown_from_plain(text) for text in record.abstract),
        span=Span(path, record.line),
        title=re.sub(r"(?<!\.)\.$", "", title),
        published=citation.published,
        authors=pubmed_records.natural_names(record.authors),
        identifiers=_identifiers(record, citation.doi),
        venue=citation.journal,
        details=tuple((name, text) for name, text in details if text),
    )
    if citation.rest:
        yield Noise(Span(path, record.line), citation.rest)
    for line, text in record.others:
        yield Noise(Span(path, line), text)
    if not record.title:
        hint = "look at the record in the document; all the same, it was taken as it is"
        yield Problem("warning", "DG308", "a record has no title", Span(path, record.line), hint)


def _identifiers(record: PubmedRecord, doi: str) -> Identifiers:
    """The ids of a record; a DOI of arXiv is an id of arXiv."""
    doi = identifiers.parse_doi(record.ids.get("DOI", doi)) or ""
    arxiv = identifiers.parse_arxiv(doi) if doi else None
    return Identifiers(
        arxiv=arxiv[0] if arxiv else "",
        doi="" if arxiv else doi,
        pmid=record.ids.get("PMID", ""),
        pmcid=record.ids.get("PMCID", ""),
    )
