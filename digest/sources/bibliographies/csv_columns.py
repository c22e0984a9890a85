"""What the columns of tables of papers hold, as their heads tell in the exports of services and in sheets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

# What the columns are called, in small letters and with nothing but blanks between words; the surest first.
_COLUMNS: Final = {
    "title": ("title", "document title", "article title", "item title", "paper title", "primary title", "papertitle",
              "title of paper", "paper name", "paper"),
    "subtitle": ("subtitle",),
    "authors": ("author full names", "authors", "author", "author names", "author s", "author list", "first authors",
                "creators", "author name", "authors names", "all authors", "authorships author display name"),
    "editors": ("editors", "editor"),
    "date": ("publication date", "published", "date published", "published date", "date", "online date", "issue date",
             "pub date", "submitted", "publication cover date", "coverdate", "submitted date", "date of publication",
             "epub date", "posted"),
    "year": ("year", "publication year", "pub year", "year of publication", "published year", "pubyear", "py"),
    "month": ("month", "publication month", "published month"),
    "day": ("day",),
    "updated": ("updated", "update date", "last updated"),
    "venue": ("publication title", "source title", "journal book", "journal", "journal title", "publication name",
              "booktitle", "book title", "container title", "venue", "conference", "proceedings title",
              "conference name", "journal name", "source", "publication", "published in", "journal ref",
              "primary location display name", "primary location source display name"),
    "abstract": ("abstract", "abstract note", "abstracts", "abstract text", "paper abstract"),
    "summary": ("tl dr", "tldr", "summary"),
    "text": ("notes", "note", "my notes", "text", "review", "key points", "takeaways"),
    "doi": ("doi", "item doi", "doi link", "doi url", "digital object identifier"),
    "pmid": ("pmid", "pubmed id", "pubmedid"),
    "pmcid": ("pmcid", "pmc id", "pmc"),
    "arxiv": ("arxiv id", "arxiv", "arxivid", "arxiv number", "arxiv link", "arxiv url", "eprint"),
    "name": ("id", "paper id", "paperid", "entry id"),
    "link": ("url", "link", "paper url", "paper link", "article url", "articleurl", "urls", "links", "fulltexturl",
             "full text url", "source url", "external url", "landing page url", "primary location landing page url",
             "web address"),
    "pdf": ("pdf link", "pdf url", "pdf", "best oa location pdf url", "primary location pdf url"),
    "code": ("code", "code link", "github", "code url", "repository"),
    "keywords": ("author keywords", "keywords", "keyword", "manual tags", "tags", "topics", "tag"),
    "tags": ("automatic tags",),
    "categories": ("categories", "arxiv categories", "primary category", "category"),
    "language": ("language", "language of original document", "lang"),
    "license": ("license", "licence", "rights"),
    "comment": ("comments", "comment", "arxiv comment"),
    "extra": ("extra",),
    "citation": ("citation",),
    "volume": ("volume", "journal volume", "vol"),
    "issue": ("issue", "journal issue", "number", "issue number"),
    "pages": ("pages", "page range", "page", "pagination"),
    "first page": ("page start", "start page", "first page", "startpage", "biblio first page"),
    "last page": ("page end", "end page", "last page", "endpage", "biblio last page"),
    "number of article": ("art no", "article number", "article no"),
    "publisher": ("publisher",),
    "place": ("place", "publisher place", "place published", "conference location"),
    "serial": ("issn", "issns"),
    "book": ("isbn", "isbns"),
    "kind": ("item type", "document type", "content type", "type", "type of reference", "publication type"),
    "series": ("series", "book series title", "series title"),
    "key": ("citation key", "bibtex key", "citekey"),
    "more keywords": ("index keywords", "keywords plus", "ieee terms"),
}  # fmt: skip
_ROLES: Final = {head: (role, rank) for role, heads in _COLUMNS.items() for rank, head in enumerate(heads)}
# Beside a title one of these says that a table is of papers.
_OF_PAPERS: Final = frozenset(
    {"authors", "abstract", "doi", "pmid", "arxiv", "venue", "year", "keywords", "date", "text", "summary", "link"}
)


def _words(head: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", head.casefold()))


def roles_of(heads: Sequence[str]) -> dict[int, tuple[str, int]]:
    """What the columns hold, and how sure that is: the lower the surer."""
    return {place: _ROLES[words] for place, head in enumerate(heads) if (words := _words(head)) in _ROLES}


def count_of_papers(cells: Sequence[str]) -> int:
    """How many of the columns are such as tables of papers have beside titles."""
    return len({role for role, _ in roles_of(cells).values()} & _OF_PAPERS)


def are_heads(cells: Sequence[str]) -> bool:
    """Whether columns are called so that every row is a paper."""
    roles = {role for role, _ in roles_of(cells).values()}
    named = "title" in roles or ("name" in roles and bool({"abstract", "text"} & roles))
    return is_web_of_science(cells) or (named and bool(count_of_papers(cells)))


def is_web_of_science(heads: Sequence[str]) -> bool:
    """Whether the columns are called by the tags of Web of Science."""
    return {"AU", "TI", "SO"} <= set(heads)
