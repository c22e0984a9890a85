"""The keys under which heads of posts tell what an entry has a place for, those asked first in front."""

from __future__ import annotations

import re
from typing import Final

DAY: Final = (
    "date", "published_at", "publishdate", "publish_date", "pubdate", "pub_date", "published_date", "date_published",
    "created", "created_at", "date_created", "posted", "date_string", "note_date",
)  # fmt: skip
UPDATED: Final = (
    "updated", "lastmod", "last_modified_at", "last_modified", "modified", "updated_at", "update", "date_modified",
)  # fmt: skip
SUMMARY: Final = ("summary", "excerpt", "description", "tldr", "tl;dr", "desc")
TAGS: Final = ("tags", "tag", "keywords", "topics", "topic", "keyword", "taxonomies.tags", "categories", "category")
MORE_TAGS: Final = ("taxonomies.categories", "taxonomies.keywords")
# Names of shelves that every post of a blog stands on: they tell nothing.
SHELVES: Final = frozenset(["post", "posts", "blog", "blogs", "article", "articles", "uncategorized", "uncategorised"])
PAPER: Final = (
    "arxiv", "arxiv_id", "arxivid", "arxiv_url", "arxiv_link", "arxiv_number", "eprint", "doi", "doi_url", "paper_doi",
    "article_doi", "pmid", "pmcid", "openreview", "openreview_url", "paper", "paper_url", "paper_link", "paperurl",
    "paperlink", "link_paper", "links.paper", "links.arxiv", "links.doi", "links.openreview", "hugoblox.ids.arxiv",
    "hugoblox.ids.doi", "url_paper", "url_arxiv", "url_preprint", "paper_id", "links.abs",
)  # fmt: skip
# What may be the address of the paper or of anything else: it counts where it names a paper.
PERHAPS: Final = (
    "link", "url", "external_url", "externalurl", "source", "source_url", "ref", "external_link", "links.url", "pdf",
    "pdf_url", "url_pdf", "links.pdf", "pdf_link",
)  # fmt: skip
LINKS: Final = {
    "pdf": ("pdf", "pdf_url", "url_pdf", "links.pdf", "pdf_link", "paper_pdf"),
    "code": (
        "code", "code_url", "url_code", "github", "github_url", "repo", "repository", "links.code", "links.github",
        "implementation", "replication.repo", "url_source",
    ),
    "project": ("project", "project_url", "url_project", "project_page", "links.project", "website", "links.website"),
    "data": ("dataset", "url_dataset", "data_url", "links.dataset", "links.data"),
    "slides": ("slides", "url_slides", "links.slides"),
    "poster": ("poster", "url_poster", "links.poster"),
    "video": ("video", "url_video", "video_url", "links.video"),
    "link": ("link", "external_url", "externalurl", "source_url", "source", "external_link", "links.url", "url"),
}  # fmt: skip
VENUE: Final = (
    "venue", "conference", "journal", "publication", "publication_short", "article_venue", "booktitle", "links.venue",
    "container_title",
)  # fmt: skip
YEAR: Final = ("year", "publication_year", "article_publication_year", "paper_year", "publication_date", "paper_date")
PAPER_AUTHORS: Final = ("paper_authors", "paper_author", "article_article_authors", "article_authors")
# A head that has one of these is the record of a paper, and its `author` the paper's; of the others, `authors` is.
RECORD: Final = ("citekey", "citation_key", "bibtex", "abstract", "publication_types", "isbn", "issn")
TELLS_OF_A_PAPER: Final = (*PAPER, *VENUE, *YEAR, *RECORD)
DETAILS: Final = {
    "subtitle": "subtitle", "citekey": "citation-key", "citation_key": "citation-key", "paper_ref": "reference",
    "reference": "reference", "citation": "reference", "publisher": "publisher", "volume": "volume", "issue": "issue",
    "pages": "page", "isbn": "ISBN", "issn": "ISSN", "affiliation": "affiliation", "institution": "affiliation",
    "rating": "rating", "series": "collection-title",
}  # fmt: skip
NESTED_TAGS: Final = re.compile(r"(?:tags|keywords|categories)\.\w+\[\]")
LICENSE: Final = ("license", "licence", "copyright", "rights")
