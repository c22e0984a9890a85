"""The kinds of publications, as CSL, BibTeX, RIS, Zotero and search engines call them.

https://docs.citationstyles.org/en/stable/specification.html#appendix-iii-types
"""

from __future__ import annotations

from typing import Final

from digest.model import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of CSL in other words.

    `container` is the field of BibTeX for what the paper is in, `meta` the `meta` element of it; both are empty where
    it has none. `ris` is a type of RIS, `zotero` one of Zotero.
    """

    bibtex: str
    ris: str
    zotero: str
    container: str = ""
    meta: str = ""


PREPRINT: Final = "article"
POST: Final = "post-weblog"
_JOURNAL: Final = ("journal", "citation_journal_title")
_BOOK: Final = ("booktitle", "citation_inbook_title")
KINDS: Final[dict[str, Kind]] = {
    "article": Kind("misc", "UNPB", "preprint"),
    "article-journal": Kind("article", "JOUR", "journalArticle", *_JOURNAL),
    "article-magazine": Kind("article", "MGZN", "magazineArticle", *_JOURNAL),
    "article-newspaper": Kind("article", "NEWS", "newspaperArticle", *_JOURNAL),
    "paper-conference": Kind("inproceedings", "CPAPER", "conferencePaper", "booktitle", "citation_conference_title"),
    "chapter": Kind("incollection", "CHAP", "bookSection", *_BOOK),
    "entry-encyclopedia": Kind("incollection", "ENCYC", "encyclopediaArticle", *_BOOK),
    "book": Kind("book", "BOOK", "book"),
    "thesis": Kind("phdthesis", "THES", "thesis", "school", "citation_dissertation_institution"),
    "report": Kind("techreport", "RPRT", "report", "institution", "citation_technical_report_institution"),
    "manuscript": Kind("unpublished", "MANSCPT", "manuscript"),
    "dataset": Kind("misc", "DATA", "dataset"),
    "software": Kind("misc", "COMP", "computerProgram"),
    "patent": Kind("misc", "PAT", "patent"),
    "speech": Kind("misc", "SLIDE", "presentation"),
    "motion_picture": Kind("misc", "VIDEO", "videoRecording"),
    "webpage": Kind("misc", "ELEC", "webpage"),
    POST: Kind("misc", "BLOG", "blogPost"),
    "document": Kind("misc", "GEN", "document"),
}


def kind_of(csl: str) -> Kind:
    """The other names of a type of CSL."""
    return KINDS.get(csl) or KINDS["document"]
