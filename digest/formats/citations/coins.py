"""Papers of a list for Zotero to pick from: COinS, an OpenURL ContextObject in an attribute (ANSI/NISO Z39.88-2004)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from urllib.parse import quote_plus

from digest.formats.citations.kinds import kind_of
from digest.formats.citations.texts import one_line, turned_name
from digest.model import Reference

_FORMAT: Final = "info:ofi/fmt:kev:mtx:"
_SAFE: Final = "/:,;()@!*'"  # what no reader takes for a separator
_GENRES: Final = {"paper-conference": "proceeding", "chapter": "bookitem", "report": "report", "book": "book"}
# Of longer lists Zotero is given none: it then asks for the whole record by its identifier.
_MOST_AUTHORS: Final = 30


def write_coins(reference: Reference) -> str:
    """The value of the attribute, not yet escaped for HTML; empty where there is no paper."""
    if not reference.is_paper:
        return ""
    told = (("ctx_ver", "Z39.88-2004"), *_describe(reference))
    return "&".join(
        f"{name}={quote_plus(text, safe=_SAFE, errors='ignore')}" for name, value in told if (text := one_line(value))
    )


def _describe(reference: Reference) -> Iterator[tuple[str, str]]:
    details, names = dict(reference.details), reference.identifiers
    doi = names.doi or (names.arxiv and f"10.48550/arXiv.{names.arxiv}")  # which arXiv gives every paper
    # Without a title Zotero asks for the whole record: better than a title that is none.
    title = reference.title if reference.titled or not doi else ""
    if reference.type in {"article-journal", "article-magazine", "article-newspaper"}:
        yield "rft_val_fmt", f"{_FORMAT}journal"
        yield "rft.genre", "article"
        yield "rft.atitle", title
        yield "rft.jtitle", reference.container
        yield "rft.volume", details.get("volume", "")
        yield "rft.issue", details.get("issue", "")
    elif genre := _GENRES.get(reference.type):
        whole = genre in {"report", "book"}
        yield "rft_val_fmt", f"{_FORMAT}book"
        yield "rft.genre", genre
        yield "rft.btitle" if whole else "rft.atitle", title
        yield "rft.series" if whole else "rft.btitle", reference.container
    elif reference.type == "thesis":
        yield "rft_val_fmt", f"{_FORMAT}dissertation"
        yield "rft.title", title
        yield "rft.inst", reference.container or details.get("publisher", "")
    else:
        yield "rft_val_fmt", f"{_FORMAT}dc"
        yield "rft.type", kind_of(reference.type).zotero
        yield "rft.title", title
        yield "rft.source", reference.container
    yield "rft.pages", details.get("page", "")
    yield "rft.date", str(reference.issued or "")
    for person in reference.authors if len(reference.authors) <= _MOST_AUTHORS or not doi else ():
        yield "rft.au", turned_name(person)
    yield "rft_id", f"info:doi/{doi}" if doi else ""
    yield "rft_id", f"info:pmid/{names.pmid}" if names.pmid else ""
    # Zotero reads addresses of the DOI service as addresses, so the DOI is told once.
    yield "rft_id", reference.url if not (names.doi and "doi.org/" in reference.url) else ""
