"""The fields that an import sets and a person may edit, as front matter has them, and their compact fingerprints."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Final
from urllib.parse import quote

from digest.formats import characters
from digest.formats.frontmatter import Plain
from digest.importing.identity import trim_body
from digest.model import Entry, Identifiers, Item, PartialDate

# Everything but blanks, quotes, angles and the like, which no address may hold; `%` is an escape already.
_ADDRESS_SAFE: Final = ":/?#[]@!$&'()*+,;=%-._~"


def item_fields(
    item: Item, *, title: str, published: PartialDate | None, tags: Sequence[str], slug: str = ""
) -> dict[str, Plain]:
    """What an item says, by key of front matter, and its `body`; keys of which it says nothing are left out."""
    return _fields(
        title=title,
        published=published,
        updated=item.updated,
        # As a reader of the file will see them: on one line each, none empty.
        authors=tuple(filter(None, map(_one_line, item.authors))),
        tags=tags,
        names=item.identifiers,
        venue=_one_line(item.venue),
        summary=item.summary.strip(),
        links=tidy_links(item.links),
        details=_by_name((_one_line(name), _one_line(value)) for name, value in item.details),
        slug=slug,
        aliases=item.aliases,
        lang=item.lang,
        licence=_one_line(item.license),
        body=item.body,
    )


def entry_fields(entry: Entry) -> dict[str, Plain]:
    """The same of an entry, as it is now."""
    return _fields(
        title=entry.title,
        published=entry.published,
        updated=entry.updated,
        authors=entry.authors,
        tags=entry.tags,
        names=entry.identifiers,
        venue=entry.venue,
        summary=entry.summary,
        links=dict(entry.links),
        details=dict(entry.details),
        # Nobody asks whether a person has changed these: an address changes by hand alone.
        slug="",
        aliases=(),
        lang=entry.lang,
        licence=entry.license,
        body=entry.body,
    ) | {"date": entry.date}


def fingerprint_fields(fields: Mapping[str, Plain]) -> dict[str, str]:
    """Eight hexadecimal digits for every field; slug and aliases are the person's once they are set."""
    return {name: _fingerprint(value) for name, value in fields.items() if name not in {"slug", "aliases"}}


def tidy_links(links: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Addresses by name, as an address is written; where a name comes twice, the second is `name-2`."""
    return _by_name((name, quote(address.strip(), safe=_ADDRESS_SAFE)) for name, address in links)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _by_name(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    named: dict[str, str] = {}
    for name, value in pairs:
        if not name or not value:
            continue
        free, number = name, 2
        while free in named and named[free] != value:
            free, number = f"{name}-{number}", number + 1
        named[free] = value
    return named


def _fields(
    *,
    title: str,
    published: PartialDate | None,
    updated: PartialDate | None,
    authors: Sequence[str],
    tags: Sequence[str],
    names: Identifiers,
    venue: str,
    summary: str,
    links: Mapping[str, str],
    details: Mapping[str, str],
    slug: str,
    aliases: Sequence[str],
    lang: str,
    licence: str,
    body: str,
) -> dict[str, Plain]:
    fields: dict[str, Plain] = {
        "title": title,
        "published": published,
        "updated": updated,
        "authors": authors,
        "tags": tags,
        "arxiv": names.arxiv,
        "version": names.version,
        "doi": names.doi,
        "pmid": names.pmid,
        "pmcid": names.pmcid,
        "openreview": names.openreview,
        "venue": venue,
        "summary": summary,
        "links": links,
        "details": details,
        "slug": slug,
        "aliases": aliases,
        "lang": lang,
        "license": licence,
        "body": trim_body(body),
    }
    return {name: value for name, value in fields.items() if value is not None and value not in ("", (), {}, [])}


def _fingerprint(value: Plain) -> str:
    if isinstance(value, Mapping):
        text = "\n".join(f"{name} {part}" for name, part in value.items())
    elif isinstance(value, Sequence) and not isinstance(value, str):
        text = "\n".join(map(str, value))
    else:
        text = str(value)
    if not text.isascii():
        text = characters.FORBIDDEN.sub("\ufffd", text)  # as whoever reads the file will have it
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=4).hexdigest()
