from __future__ import annotations

import re
from typing import Any

import pytest
from citation_values import HOSTILE, a_hostile_reference, a_reference
from hypothesis import given, settings

from digest.formats.citations.page_metadata import describe_paper
from digest.model import Identifiers, PartialDate

# What the translator `Embedded Metadata` of Zotero takes (HIGHWIRE_MAPPINGS, addHighwireMetadata; April 2026), and what
# its part for RDF takes by the prefixes `z` and `article`.
ZOTERO = {
    "citation_title", "citation_publication_date", "citation_cover_date", "citation_date", "citation_journal_title",
    "citation_journal_abbrev", "citation_inbook_title", "citation_book_title", "citation_volume", "citation_issue",
    "citation_series_title", "citation_conference_title", "citation_conference", "citation_dissertation_institution",
    "citation_technical_report_institution", "citation_technical_report_number", "citation_publisher", "citation_isbn",
    "citation_abstract", "citation_doi", "citation_public_url", "citation_language", "citation_author",
    "citation_authors", "citation_firstpage", "citation_lastpage", "citation_issn", "citation_eIssn",
    "citation_pdf_url", "citation_abstract_html_url", "citation_fulltext_html_url", "citation_pmid",
    "citation_online_date", "citation_year", "citation_keywords", "z:itemType", "article:published_time",
}  # fmt: skip
OTHERS = {"citation_arxiv_id"}  # of arXiv and Google Scholar
DAY = "2019-12-06"


def describe(**changes: Any) -> list[tuple[str, str]]:
    return list(describe_paper(a_reference(**changes), DAY))


def test_a_paper_of_a_journal() -> None:
    names = Identifiers(arxiv="1804.00222", doi="10.1000/engine_1", pmid="123")
    details = (
        ("volume", "3"),
        ("issue", "2"),
        ("page", "666-731"),
        ("ISSN", "1234-5678, 8765-4321"),
        ("publisher", "P"),
    )
    assert describe(identifiers=names, details=details, pdf="https://example.org/a.pdf", abstract="It computes.") == [
        ("citation_title", "Notes on the Analytical Engine"),
        ("citation_author", "Lovelace, Ada"),
        ("citation_author", "Babbage, Charles"),
        ("citation_publication_date", "1843/09"),
        ("citation_journal_title", "Scientific Memoirs"),
        ("citation_volume", "3"),
        ("citation_issue", "2"),
        ("citation_firstpage", "666"),
        ("citation_lastpage", "731"),
        ("citation_publisher", "P"),
        ("citation_issn", "1234-5678"),
        ("citation_doi", "10.1000/engine_1"),
        ("citation_arxiv_id", "1804.00222"),
        ("citation_pmid", "123"),
        ("citation_abstract_html_url", "https://doi.org/10.1000/engine_1"),
        ("citation_public_url", "https://doi.org/10.1000/engine_1"),
        ("citation_pdf_url", "https://example.org/a.pdf"),
        ("citation_keywords", "engines; numbers"),
        ("citation_language", "en"),
        ("citation_abstract", "It computes."),
        ("article:published_time", DAY),
    ]


@pytest.mark.parametrize(
    ("type_", "container", "told"),
    [
        ("paper-conference", "ICLR 2018", ("citation_conference_title", "ICLR 2018")),
        ("chapter", "A Book", ("citation_inbook_title", "A Book")),
        ("thesis", "Nowhere", ("citation_dissertation_institution", "Nowhere")),
        ("report", "Nowhere", ("citation_technical_report_institution", "Nowhere")),
        ("article", "", ("z:itemType", "preprint")),
        ("article", "bioRxiv", ("z:itemType", "preprint")),
        ("article-journal", "", ("z:itemType", "journalArticle")),
        ("dataset", "", ("z:itemType", "dataset")),
    ],
)
def test_zotero_knows_the_type(type_: str, container: str, told: tuple[str, str]) -> None:
    assert told in describe(type=type_, container=container)


def test_every_name_is_one_that_somebody_reads() -> None:
    every: set[str] = set()
    for type_ in ("article-journal", "paper-conference", "thesis", "report", "chapter", "article", "book"):
        every |= {name for name, _ in describe_paper(a_hostile_reference("word", type=type_), DAY)}
    assert every <= ZOTERO | OTHERS
    assert every >= ZOTERO & {"citation_title", "z:itemType"} | OTHERS


@pytest.mark.parametrize("issued", [PartialDate(2018), PartialDate(2018, 4), PartialDate(2018, 4, 13)])
def test_dates_are_as_precise_as_they_are_known(issued: PartialDate) -> None:
    assert ("citation_publication_date", str(issued).replace("-", "/")) in describe(issued=issued)


def test_the_day_of_the_digest_is_never_that_of_the_paper() -> None:
    assert DAY not in dict(describe(issued=None)).values()


def test_a_note_about_no_paper_is_a_post() -> None:
    here = "https://example.org/2019/12/06/note/"
    told = describe(type="post-weblog", url=here, permalink=here)
    assert told == [("z:itemType", "blogPost"), ("article:published_time", DAY)]


def zotero_authors(contents: list[str]) -> list[str]:
    """How processHighwireCreators takes authors apart."""
    people = []
    for content in contents:
        parts = re.split(r"\s*;\s*", content)
        if len(parts) == 1 and len(contents) == 1:
            commas = re.split(r"\s*,\s*", parts[0])
            if len(commas) > 1 and " " in commas[0] and " " in commas[1]:
                parts = commas
        people += [part.strip() for part in parts if re.search(r"[^\s,-.;]", part)]
    return people


@pytest.mark.parametrize(
    "authors",
    [
        ("Ada Lovelace",),
        ("Jan Maria van der Berg",),
        ("Jan Maria van der Berg", "Ada Lovelace"),
        ("Martin Luther King Jr.",),
    ],
)
def test_zotero_reads_as_many_authors_as_there_are(authors: tuple[str, ...]) -> None:
    contents = [content for name, content in describe(authors=authors) if name == "citation_author"]
    people = zotero_authors(contents)
    assert len(people) == len(authors)
    assert all("," in person for person in people)


@given(HOSTILE)
@settings(max_examples=100)
def test_every_content_is_one_line_that_says_something(text: str) -> None:
    for _, content in describe_paper(a_hostile_reference(text), DAY):
        assert content.strip()
        assert len(content.splitlines()) == 1
        content.encode()
