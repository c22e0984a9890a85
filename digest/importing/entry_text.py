"""A new entry as the Markdown file that a person will read and edit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final
from urllib.parse import quote

from digest.formats import frontmatter
from digest.importing.identity import trim_body
from digest.importing.plan import NewEntry

Value = frontmatter.Plain

# Everything but blanks, quotes, angles and the like, which no address may hold; `%` is an escape already.
_ADDRESS_SAFE: Final = ":/?#[]@!$&'()*+,;=%-._~"


def render_entry(new: NewEntry) -> str:
    """The whole file: front matter in the order of the handbook, a blank line, the body."""
    front = frontmatter.dump_front_matter({name: value for name, value in _front_matter(new).items() if _says(value)})
    return frontmatter.join_document(front, trim_body(new.item.body))


def _front_matter(new: NewEntry) -> Mapping[str, Value]:
    item = new.item
    names = item.identifiers
    return {
        "title": new.title,
        "title_from": new.title_from,
        "date": new.date,
        "published": new.published,
        "updated": item.updated,
        "authors": item.authors,
        "tags": new.tags,
        "kind": item.kind,
        "arxiv": names.arxiv,
        "version": names.version,
        "doi": names.doi,
        "pmid": names.pmid,
        "openreview": names.openreview,
        "venue": item.venue,
        "links": _links(item.links),
        "lang": item.lang,
        "license": item.license,
        "id": new.id,
        "source": _source(new),
    }


def _source(new: NewEntry) -> Mapping[str, Value]:
    told: dict[str, Value] = {"format": new.format, "file": new.file, "fingerprints": dict(new.fingerprints)}
    return {name: value for name, value in told.items() if _says(value)}


def _links(links: Iterable[tuple[str, str]]) -> Mapping[str, Value]:
    """Addresses by name; where a name comes twice, the second is `name-2`."""
    named: dict[str, Value] = {}
    for name, address in links:
        free, number = name, 2
        while free in named and named[free] != quote(address, safe=_ADDRESS_SAFE):
            free, number = f"{name}-{number}", number + 1
        named[free] = quote(address, safe=_ADDRESS_SAFE)
    return named


def _says(value: Value) -> bool:
    """Whether a value is worth a line."""
    return value is not None and not (isinstance(value, (str, Sequence, Mapping)) and not value)
