"""Papers as INSPIRE and ADS tell them, the services of physics and of astronomy, as JSON.

https://github.com/inspirehep/rest-api-doc, https://ui.adsabs.harvard.edu/help/api/
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from digest.formats.json_records import Json, JsonObject, JsonRecord
from digest.model import Document, Found
from digest.sources.services import json_fields, paper_records

_LISTS: Final = frozenset({"hits", "response", "docs"})
_INSPIRE: Final = re.compile(r"\"(?:arxiv_eprints|texkeys|control_number|preprint_date|publication_info)\"\s*:")
_ADS: Final = re.compile(r"\"(?:bibcode|pubdate|identifier|pub|bibstem)\"\s*:")
# Counts, and what a paper is called at the service.
_DROPPED: Final = (
    "arxiv_eprints", "dois", "publication_info", "titles", "abstracts", "control_number", "citation_count", "texkeys",
    "preprint_date", "earliest_date", "document_type", "number_of_pages", "bibcode", "pubdate", "identifier", "pub",
    "page", "keyword", "doctype", "property", "bibstem", "page_range", "score",
)  # fmt: skip


class PhysicsJson:
    """What a search found, or one record."""

    name = "physics-json"

    def recognise(self, document: Document) -> float:
        """By names of fields that no other service has."""
        head = document.head
        if head.lstrip("\ufeff \n\t")[:1] not in {"[", "{"}:
            return 0.0
        inspire = '"titles"' in head and len(set(_INSPIRE.findall(head))) > 1
        return 0.98 if inspire or ('"title"' in head and len(set(_ADS.findall(head))) > 2) else 0.0

    def read(self, document: Document) -> Iterator[Found]:
        """Paper by paper."""
        return json_fields.read_each(document, _LISTS, _read_record, "the search found no papers")


SOURCE: Final = PhysicsJson()


def _read_record(path: str, record: JsonRecord) -> Iterator[Found]:
    told = record.value.get("metadata")
    value = told if isinstance(told, dict) else record.value
    plain = _of_inspire(value) if "titles" in value else _of_ads(value)
    rest = {name: part for name, part in value.items() if name not in _DROPPED}
    return paper_records.read_paper(path, JsonRecord({**rest, **plain}, record.line), None)


def _of_inspire(value: JsonObject) -> JsonObject:
    """A record by the names that most services use."""
    eprint, printed = _first(value, "arxiv_eprints"), _first(value, "publication_info")
    pages = [str(printed[name]) for name in ("page_start", "page_end") if printed.get(name)]
    groups = [{"name": part.get("value")} for part in _objects(value, "collaborations")]
    people = _objects(value, "authors")
    return {
        "title": _first(value, "titles").get("title"),
        "abstract": _first(value, "abstracts").get("value"),
        "authors": [{"name": part.get("full_name")} for part in people] if people else list[Json](groups),
        "collaborations": None,
        "arxiv_id": eprint.get("value"),
        "categories": eprint.get("categories"),
        "doi": _first(value, "dois").get("value"),
        "venue": printed.get("journal_title"),
        "volume": printed.get("journal_volume"),
        "number": printed.get("journal_issue"),
        "pages": "-".join(pages) or printed.get("artid"),
        "published": value.get("preprint_date") or value.get("earliest_date") or printed.get("year"),
        "keywords": [part.get("value") for part in _objects(value, "keywords")],
    }


def _of_ads(value: JsonObject) -> JsonObject:
    """A document by the names that most services use."""
    known = [text for text in _texts(value, "identifier") if text.lower().startswith("arxiv:")]
    return {
        "title": next(iter(_texts(value, "title")), None),
        "authors": list[Json](_texts(value, "author")),
        "author": None,
        "arxiv_id": known[0] if known else None,
        "doi": next(iter(_texts(value, "doi")), None),
        "venue": value.get("pub"),
        "published": value.get("pubdate"),
        "pages": next(iter(_texts(value, "page")), None) or value.get("page_range"),
        "keywords": list[Json](_texts(value, "keyword")),
        "type": value.get("doctype"),
    }


def _objects(value: JsonObject, name: str) -> list[JsonObject]:
    told = value.get(name)
    return [part for part in told if isinstance(part, dict)] if isinstance(told, list) else []


def _first(value: JsonObject, name: str) -> JsonObject:
    return next(iter(_objects(value, name)), {})


def _texts(value: JsonObject, name: str) -> list[str]:
    told = value.get(name)
    return [part for part in (told if isinstance(told, list) else [told]) if isinstance(part, str)]
