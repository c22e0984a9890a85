"""References as RIS: a tag a line, UTF-8 (https://en.wikipedia.org/wiki/RIS_(file_format), RIS 2011)."""

from __future__ import annotations

from collections.abc import Iterator

from digest.formats import identifiers
from digest.formats.citations.kinds import kind_of
from digest.formats.citations.texts import first_last, list_editors, one_line, turned_name
from digest.model import Reference


def write_ris(reference: Reference) -> tuple[str, str]:
    """The record without its abstract and with it, a blank line behind it."""
    lines = "".join(f"{tag}  - {text}\n" for tag, value in _fields(reference) if value and (text := one_line(value)))
    brief = f"TY  - {kind_of(reference.type).ris}\n{lines}"
    abstract = one_line(reference.abstract)
    return f"{brief}ER  - \n\n", f"{brief}AB  - {abstract}\nER  - \n\n" if abstract else f"{brief}ER  - \n\n"


def _fields(reference: Reference) -> Iterator[tuple[str, str]]:
    details = dict(reference.details)
    yield "TI", reference.title
    for person in reference.authors:
        yield "AU", turned_name(person).replace(";", ",")
    for person in list_editors(reference):
        yield "ED", turned_name(person)
    if issued := reference.issued:
        yield "PY", f"{issued.year:04d}"
        if issued.month:
            yield "DA", f"{issued.year:04d}/{issued.month:02d}/{f'{issued.day:02d}' if issued.day else ''}/"
    yield "T2", reference.container
    yield "VL", details.get("volume", "")
    yield "IS", details.get("issue", "")
    first, last = first_last(details.get("page", ""))
    yield "SP", first
    yield "EP", last
    yield "C7", details.get("number", "")
    yield "PB", details.get("publisher", "")
    yield "CY", details.get("publisher-place", "")
    yield "ET", details.get("edition", "")
    yield "T3", details.get("collection-title", "")
    for number in (*details.get("ISSN", "").split(","), *details.get("ISBN", "").split(",")):
        yield "SN", number
    yield "DO", reference.identifiers.doi
    # RIS has no tags for other identifiers: their addresses tell them.
    for address in dict.fromkeys(
        (reference.url, *(to for _, to in identifiers.identifier_links(reference.identifiers)))
    ):
        yield "UR", address
    yield "L1", reference.pdf
    for word in reference.keywords:
        yield "KW", word
    yield "LA", reference.language
    yield "ID", reference.key
