"""References as CSL-JSON (https://github.com/citation-style-language/schema, 1.0.2)."""

from __future__ import annotations

import json
from typing import Final, TypeAlias

from digest.formats.citations.kinds import KINDS, PREPRINT
from digest.formats.citations.texts import list_editors, one_line
from digest.model import Person, Reference

Json: TypeAlias = str | int | list["Json"] | dict[str, "Json"]

_ENCODE: Final = json.JSONEncoder(ensure_ascii=False).encode
_VARIABLES: Final = (
    "volume", "issue", "page", "number", "publisher", "publisher-place", "collection-title", "collection-number",
    "edition", "chapter-number", "event-title", "event-place", "genre", "ISSN", "ISBN", "status", "version", "medium",
    "section", "original-title",
)  # fmt: skip


def write_csl_json(reference: Reference) -> tuple[str, str]:
    """The object without its abstract and with it, on one line."""
    brief = _ENCODE(_describe(reference))
    abstract = one_line(reference.abstract)
    whole = f'{brief[:-1]}, "abstract": {_ENCODE(abstract)}}}' if abstract else brief
    return brief, whole


def _describe(reference: Reference) -> dict[str, Json]:
    names = reference.identifiers
    details = {name: value for name, text in reference.details if (value := one_line(text))}
    is_preprint = reference.type == PREPRINT
    if is_preprint and names.arxiv:
        details = {"number": f"arXiv:{names.arxiv}", "publisher": "arXiv"} | details
    # What CSL has no variable for stands in the note, a line each, as Zotero keeps it.
    notes = [] if not names.arxiv or details.get("number", "").startswith("arXiv:") else [f"arXiv: {names.arxiv}"]
    if names.openreview and "openreview.net" not in reference.url:
        notes.append(f"OpenReview: {names.openreview}")
    issued: list[Json] = []
    if reference.issued:
        parts = (reference.issued.year, reference.issued.month, reference.issued.day)
        issued = [part for part in parts if part is not None]
    told: dict[str, Json] = {
        "id": one_line(reference.key),
        "type": reference.type if reference.type in KINDS else "document",
        "title": one_line(reference.title),
        "author": [_name(person) for person in reference.authors],
        "editor": [_name(person) for person in list_editors(reference)],
        "issued": {"date-parts": [issued]} if issued else "",
        "container-title": one_line(reference.container),
        **{name: details[name] for name in _VARIABLES if name in details},
        "DOI": one_line(names.doi),
        "PMID": one_line(names.pmid),
        "PMCID": one_line(names.pmcid),
        "URL": one_line(reference.url),
        "language": one_line(reference.language),
        "keyword": ", ".join(one_line(word.replace(",", " ")) for word in reference.keywords),
        "note": "\n".join(map(one_line, notes)),
    }
    return {name: value for name, value in told.items() if value}


def _name(person: Person) -> dict[str, Json]:
    if not person.family:
        return {"literal": one_line(person.name)}
    told: dict[str, Json] = {"family": one_line(person.family), "given": one_line(person.given)}
    if person.particle:
        told["non-dropping-particle"] = one_line(person.particle)
    if person.suffix:
        told["suffix"] = one_line(person.suffix)
    return told
