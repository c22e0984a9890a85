"""Who an item is: the identity from which its permanent id comes, and compact fingerprints of its fields."""

from __future__ import annotations

import hashlib
import re
import unicodedata
import uuid
from collections.abc import Iterable, Mapping
from typing import Final

from digest.formats import identifiers
from digest.model import Entry, Identifiers, Item

# Of this project alone and for ever: every id ever given out depends on it.
_NAMESPACE: Final = uuid.UUID("01cae574-3bc2-424f-9d4b-d0281e498aae")
_WORD: Final = re.compile(r"[^\W_]+")


def entry_id(identity: str) -> str:
    """The permanent id of an identity, `urn:uuid:…` (RFC 9562 §5.5)."""
    return f"urn:uuid:{uuid.uuid5(_NAMESPACE, identity)}"


def identity_of(item: Item) -> str:
    """The strongest name that an item has.

    An abstract is that of its paper: its identifier, else title, first author and year where the source has a title.
    A summary or note is a text of its own, since two people may write about one paper.
    """
    if item.kind != "abstract":
        return text_identity(item.body)
    names = paper_names(item.identifiers)
    if names:
        return names[0]
    if normalise_words(item.title):
        author = normalise_words(item.authors[0]) if item.authors else ""
        published = item.published.year if item.published else item.day.year if item.day else ""
        return f"title:{normalise_words(item.title)}|{author}|{published}"
    return text_identity(item.body)


def paper_names(names: Identifiers) -> tuple[str, ...]:
    """All names of a paper, the strongest first; the DOI that arXiv gives a paper is its arXiv id again."""
    known: dict[str, None] = {}
    if names.arxiv:
        known[f"arxiv:{names.arxiv}"] = None
    if names.doi:
        arxiv = identifiers.parse_arxiv(names.doi)
        known[f"arxiv:{arxiv[0]}" if arxiv else f"doi:{names.doi.lower()}"] = None
    if names.pmid:
        known[f"pmid:{names.pmid}"] = None
    if names.openreview:
        known[f"openreview:{names.openreview}"] = None
    return tuple(known)


def text_identity(text: str) -> str:
    """The identity of a text: its words, so that it outlives another way to mark them up."""
    return f"text:{_hash(normalise_words(text), 16)}"


def normalise_words(text: str) -> str:
    """The words of a text and nothing else: no case, no marks, no compatibility forms."""
    return " ".join(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def trim_body(body: str) -> str:
    """A body as a file of content/ keeps it: without blank lines at its ends."""
    return re.sub(r"\A(?:[ \t]*\n)+", "", body).rstrip()


def fingerprint_fields(fields: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Eight hexadecimal digits for every field that is not empty."""
    return tuple((name, _hash(value, 4)) for name, value in fields.items() if value)


def entry_fields(entry: Entry) -> dict[str, str]:
    """The fields of an entry that an import sets and a person may edit, each as one text."""
    return field_texts(
        title=entry.title,
        published=str(entry.published or ""),
        updated=str(entry.updated or ""),
        authors=entry.authors,
        tags=entry.tags,
        venue=entry.venue,
        links=entry.links,
        body=entry.body,
    )


def field_texts(
    *,
    title: str,
    published: str,
    updated: str,
    authors: Iterable[str],
    tags: Iterable[str],
    venue: str,
    links: Iterable[tuple[str, str]],
    body: str,
) -> dict[str, str]:
    """The fields that a re-import compares, each as one text."""
    return {
        "title": title,
        "published": published,
        "updated": updated,
        "authors": "\n".join(authors),
        "tags": "\n".join(tags),
        "venue": venue,
        "links": "\n".join(f"{name} {address}" for name, address in links),
        "body": trim_body(body),
    }


def _hash(text: str, size: int) -> str:
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=size).hexdigest()
