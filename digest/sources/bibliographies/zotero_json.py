"""Items of Zotero as JSON: its web API, Better BibTeX JSON, and what its translators make (https://www.zotero.org/support/dev/web_api/v3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from digest.formats import json_records, person_names
from digest.formats.json_records import Json, JsonFault, JsonObject
from digest.model import Document, Found, Item, Span
from digest.sources.bibliographies import bibliography
from digest.sources.bibliographies.csl_json import told_in_note
from digest.sources.records import Field, Record

_ITEM: Final = re.compile(r"\"itemType\"\s*:\s*\"[a-zA-Z]+\"")
_WORK: Final = re.compile(r"\"(?:creators|data|tags|dateAdded|abstractNote|title)\"\s*:")
_PARTS: Final = frozenset({"note", "attachment", "annotation"})
_AUTHORS: Final = frozenset(
    {"author", "inventor", "artist", "programmer", "presenter", "director", "podcaster", "composer"}
)
_CHORES: Final = (
    "key", "version", "itemType", "itemID", "itemKey", "uri", "libraryID", "dateAdded", "dateModified", "accessDate",
    "libraryCatalog", "shortTitle", "journalAbbreviation", "select", "citekey", "parentItem", "createdByUser",
)  # fmt: skip
_TYPES: Final = {
    "journalArticle": "article-journal", "magazineArticle": "article-magazine", "newspaperArticle": "article-newspaper",
    "conferencePaper": "paper-conference", "bookSection": "chapter", "book": "book", "thesis": "thesis",
    "report": "report", "webpage": "webpage", "blogPost": "post-weblog", "preprint": "article", "dataset": "dataset",
    "computerProgram": "software", "manuscript": "manuscript", "presentation": "speech", "patent": "patent",
}  # fmt: skip


class ZoteroJson:
    """Lists of items of a library."""

    name = "zotero-json"

    def recognise(self, document: Document) -> float:
        """Sure where something has a type of Zotero."""
        head = document.head
        is_json = head.lstrip("\ufeff \n\t")[:1] in {"[", "{"}
        return 1.0 if is_json and _ITEM.search(head) and _WORK.search(head) else 0.0

    def read(self, document: Document) -> Iterator[Found]:
        """The works in their order; notes and attachments are noise."""
        for found in json_records.read_records(document.text, ("items",)):
            if isinstance(found, JsonFault):
                hint = "mend it, or export the library again"
                yield bibliography.malformed(document.name, found.line, found.column, found.message, hint)
                continue
            data = found.value.get("data")
            yield from _read_item(document.name, found.line, data if isinstance(data, dict) else found.value)


SOURCE: Final = ZoteroJson()


def _read_item(path: str, line: int, data: JsonObject) -> Iterator[Found]:
    record = Record(path, [Field(name, value, line) for name, value in _texts(data)])
    kind = record.peek("itemType")
    if kind in _PARTS or not kind:
        record.drop("key", "version", "dateAdded", "dateModified")
        yield from record.noise()
        return
    notes = told_in_note(record.take("extra"))
    title = bibliography.plain_line(record.take("title", "caseName", "nameOfAct", "subject"))
    venue = bibliography.plain_line(
        record.take("publicationTitle", "proceedingsTitle", "bookTitle", "websiteTitle", "blogTitle")
    )
    addresses = bibliography.split_addresses(record.take("url"))
    authors, editors = _creators(data, _AUTHORS), _creators(data, frozenset({"editor"}))
    language = record.take("language")
    yield Item(
        "abstract",
        bibliography.body_of(record.take("abstractNote")),
        Span(path, line),
        title=title,
        published=bibliography.read_date(record.take("date", "dateDecided", "dateEnacted", "issueDate", "filingDate")),
        authors=authors or (editors if kind == "book" else ()),
        identifiers=bibliography.name_paper(
            doi=record.take("DOI") or notes.get("doi", ""),
            arxiv=notes.get("arxiv", ""),
            pmid=record.take("PMID") or notes.get("pmid", ""),
            pmcid=record.take("PMCID") or notes.get("pmcid", ""),
            others=(*addresses, venue, record.peek("archiveID"), record.peek("reportNumber"), record.peek("number")),
        ),
        venue=venue,
        links=bibliography.name_links(addresses),
        tags=_tags(data),
        lang=bibliography.language_tag(language),
        license=record.take("rights"),
        details=bibliography.tell_details(
            ("type", _TYPES.get(kind, kind)),
            ("citation-key", record.take("citationKey", "citekey")),
            ("volume", record.take("volume")),
            ("issue", record.take("issue")),
            ("page", bibliography.page_range(record.take("pages"))),
            ("number", record.take("number", "reportNumber", "patentNumber")),
            ("publisher", record.take("publisher", "university", "institution", "company", "repository")),
            ("publisher-place", record.take("place")),
            ("ISSN", record.take("ISSN")),
            ("ISBN", record.take("ISBN")),
            ("edition", record.take("edition")),
            ("editor", "; ".join(editors) if authors or kind != "book" else ""),
            ("collection-title", record.take("series", "seriesTitle")),
            ("event-title", record.take("conferenceName", "meetingName")),
            (
                "genre",
                record.take("genre", "thesisType", "reportType", "manuscriptType", "websiteType", "presentationType"),
            ),
            ("note", notes[""]),
            ("language", "" if bibliography.language_tag(language) else language),
        ),
    )
    record.drop(*_CHORES)
    yield from record.noise()


def _texts(data: JsonObject) -> Iterator[tuple[str, str]]:
    """The fields that are text; a note that hangs on an item is a text as well."""
    for name, value in data.items():
        if isinstance(value, str):
            yield name, value
        elif isinstance(value, int) and not isinstance(value, bool):
            yield name, str(value)
        elif name in {"notes", "attachments"} and isinstance(value, list):
            for part in value:
                told = (
                    part
                    if isinstance(part, str)
                    else (part.get("note") or part.get("title"))
                    if isinstance(part, dict)
                    else ""
                )
                if isinstance(told, str) and told:
                    yield name, told


def _creators(data: JsonObject, kinds: frozenset[str]) -> tuple[str, ...]:
    creators = data.get("creators")
    told = [part for part in creators if isinstance(part, dict)] if isinstance(creators, list) else []
    return tuple(name for part in told if part.get("creatorType", "author") in kinds and (name := _name(part)))


def _name(part: dict[str, Json]) -> str:
    first, last, whole = (
        bibliography.plain_line(str(part.get(name) or "")) for name in ("firstName", "lastName", "name")
    )
    return whole or person_names.join_name(first, last)


def _tags(data: JsonObject) -> tuple[str, ...]:
    tags = data.get("tags")
    told = (part.get("tag") if isinstance(part, dict) else part for part in tags) if isinstance(tags, list) else ()
    return bibliography.list_keywords((text for text in told if isinstance(text, str)), "\n")
