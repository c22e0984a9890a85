"""CSL-JSON, as Zotero, Better BibTeX, Pandoc and DOI services write it, and the works of Crossref's REST API.

https://docs.citationstyles.org/en/stable/specification.html, https://api.crossref.org/swagger-ui/
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Final

from digest.formats import json_records, person_names
from digest.formats.json_records import Json, JsonFault, JsonObject
from digest.model import Document, Found, Item, Noise, PartialDate, Span
from digest.sources.bibliographies import bibliography

_START: Final = re.compile(r"[\s\ufeff]*[\[{]")
_TYPE: Final = re.compile(
    r"\"type\"\s*:\s*\"(?:article|article-journal|article-magazine|article-newspaper|paper-conference|chapter|book|thesis"
    r"|report|webpage|post|post-weblog|dataset|software|manuscript|speech|patent|entry|entry-encyclopedia|document|review"
    r"|journal-article|proceedings-article|posted-content|book-chapter|monograph|dissertation|legislation|personal_"
    r"communication|broadcast|motion_picture|song|map|graphic|figure|interview|bill|legal_case|pamphlet|periodical)\""
)
_STRUCTURE: Final = re.compile(r"\"(?:date-parts|family|literal|non-dropping-particle|container-title)\"\s*:")
_CROSSREF: Final = re.compile(r"\"message-type\"\s*:\s*\"work(?:-list)?\"")
_TYPES: Final = {
    "journal-article": "article-journal", "proceedings-article": "paper-conference", "book-chapter": "chapter",
    "posted-content": "article", "monograph": "book", "dissertation": "thesis", "edited-book": "book",
}  # fmt: skip
# Details that keep their names; what has none of its own comes by that of CSL.
_TEXTS: Final = (
    "volume", "issue", "number", "publisher-place", "edition", "event-title", "event-place", "genre",
    "chapter-number", "collection-number", "status", "annote", "original-title", "medium", "version", "section",
)  # fmt: skip
_SEASONS: Final = frozenset(range(13, 25))  # Better BibTeX writes seasons as months that are none


class CslJson:
    """Lists of works in CSL-JSON."""

    name = "csl-json"

    def recognise(self, document: Document) -> float:
        """Sure where a work has one of the types and the structures that CSL has."""
        head = document.head
        if not _START.match(head) or '"itemType"' in head:
            return 0.0
        if _CROSSREF.search(head):
            return 1.0
        return 0.95 if _TYPE.search(head) and _STRUCTURE.search(head) else 0.0

    def read(self, document: Document) -> Iterator[Found]:
        """The works in their order."""
        for found in json_records.read_records(document.text, ("items", "references")):
            if isinstance(found, JsonFault):
                hint = "mend it, or take the file from its source again"
                yield bibliography.malformed(document.name, found.line, found.column, found.message, hint)
                continue
            for work in _works(found.value):
                yield from read_work(document.name, found.line, work)


SOURCE: Final = CslJson()


def _works(value: JsonObject) -> Iterator[JsonObject]:
    """The works of an answer of Crossref, or the work that the value is."""
    message = value.get("message")
    if not isinstance(message, dict):
        yield value
        return
    items = message.get("items")
    yield from (item for item in items if isinstance(item, dict)) if isinstance(items, list) else (message,)


def read_work(path: str, line: int, work: JsonObject) -> Iterator[Found]:
    """What the fields of a work tell."""
    fields = _Fields(work)
    title, subtitle = fields.line("title"), fields.line("subtitle")
    told_type = fields.line("type")
    abstract = fields.text("abstract")
    note = fields.text("note", "extra")
    journal, publisher = fields.line("container-title", "journal", "short-container-title"), fields.line("publisher")
    address = fields.line("URL", "url", "link")
    pages, number = fields.line("page"), fields.line("article-number")
    authors = fields.names("author")
    editors = fields.names("editor")
    language = fields.line("language")
    keywords = [word for text in fields.texts("keyword", "subject", "keywords") for word in re.split("[;,]", text)]
    notes = told_in_note(note)
    item = Item(
        "abstract",
        bibliography.body_of(re.sub(r"^(?i:<jats:title>\s*abstract\s*</jats:title>|abstract\s*\n)\s*", "", abstract)),
        Span(path, line),
        title=f"{title}: {subtitle}" if title and subtitle else title,
        published=fields.date("issued", "published", "published-print", "published-online", "posted"),
        authors=authors or (editors if told_type in {"book", "edited-book"} else ()),
        identifiers=bibliography.name_paper(
            doi=fields.line("DOI", "doi") or notes.get("doi", ""),
            arxiv=notes.get("arxiv", ""),
            pmid=fields.line("PMID") or notes.get("pmid", ""),
            pmcid=fields.line("PMCID") or notes.get("pmcid", ""),
            others=(
                *(address, journal, str(work.get("number", "")), str(work.get("archive_location", ""))),
                f"openreview.net/forum?id={notes.get('openreview', '')}" if "openreview" in notes else "",
            ),
        ),
        venue=journal,
        links=bibliography.name_links(bibliography.split_addresses(address)),
        tags=bibliography.list_keywords(keywords),
        lang=bibliography.language_tag(language),
        license=_license(work),
        details=bibliography.tell_details(
            ("type", _TYPES.get(told_type, told_type)),
            ("citation-key", fields.line("citation-key", "citation-label") or _key(work)),
            ("page", bibliography.page_range(pages) or number),
            ("publisher", publisher),
            ("ISSN", ", ".join(fields.texts("ISSN"))),
            ("ISBN", ", ".join(fields.texts("ISBN"))),
            ("editor", "; ".join(editors) if authors else ""),
            ("collection-title", fields.line("collection-title")),
            *((name, fields.line(name)) for name in _TEXTS),
            ("submitted", str(fields.date("submitted") or "")),
            ("available-date", str(fields.date("available-date") or "")),
            ("note", notes.get("", "")),
            ("language", "" if bibliography.language_tag(language) else language),
        ),
    )
    yield item
    fields.drop("id", "license")
    yield from fields.noise(path, line)


def _key(work: JsonObject) -> str:
    """A name that a person gave the work; no address or number of a program."""
    key = work.get("id")
    return key if isinstance(key, str) and re.fullmatch(r"[A-Za-z][\w:.+-]{2,80}", key) else ""


def _license(work: JsonObject) -> str:
    told = work.get("license")
    first = told[0] if isinstance(told, list) and told else told
    address = first.get("URL") if isinstance(first, dict) else first
    return address if isinstance(address, str) else ""


def told_in_note(text: str) -> dict[str, str]:
    """Identifiers that Zotero keeps in a note, a line each, by their names; the rest of the note has none."""
    told: dict[str, str] = {}
    rest: list[str] = []
    for line in text.split("\n"):
        found = re.fullmatch(r"(?i)\s*(DOI|PMID|PMCID|arXiv|OpenReview)(?:\s*ID)?:\s*(\S.*?)\s*", line)
        if found:
            told.setdefault(found[1].lower(), found[2].partition(" ")[0])
        elif line.strip():
            rest.append(" ".join(line.split()))
    return {**told, "": "; ".join(rest)}


class _Fields:
    """The fields of a work, taken by their names; what nobody takes is noise."""

    def __init__(self, work: JsonObject) -> None:
        self._work = work
        self._taken: set[str] = set()

    def texts(self, *names: str) -> list[str]:
        """Every text of the first of these fields that has one."""
        for name in names:
            self._taken.add(name)
            value = self._work.get(name)
            texts = [_text(part) for part in (value if isinstance(value, list) else [value])]
            if texts := [text for text in texts if text]:
                return texts
        return []

    def text(self, *names: str) -> str:
        """The text of the first of these fields that has one, its lines kept."""
        return next(iter(self.texts(*names)), "")

    def line(self, *names: str) -> str:
        """The text of the first of these fields that has one, on one line."""
        return bibliography.plain_line(self.text(*names))

    def names(self, name: str) -> tuple[str, ...]:
        """Persons in natural order."""
        self._taken.add(name)
        value = self._work.get(name)
        told = (
            value
            if isinstance(value, list)
            else re.split(r"\s*;\s*|\s+and\s+", value)
            if isinstance(value, str)
            else []
        )
        return tuple(person for part in told if (person := _person(part)))

    def date(self, *names: str) -> PartialDate | None:
        """The first of these dates that is one."""
        for name in names:
            self._taken.add(name)
            if told := _date(self._work.get(name)):
                return told
        return None

    def drop(self, *names: str) -> None:
        """Leave out what says nothing about the work."""
        self._taken |= set(names)

    def noise(self, path: str, line: int) -> Iterator[Noise]:
        """What nobody took."""
        for name, value in self._work.items():
            if name not in self._taken and value not in (None, "", [], {}):
                text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
                yield bibliography.as_noise(path, line, f"{name}: {text}")


def _text(value: Json) -> str:
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def _person(value: Json) -> str:
    if isinstance(value, str):
        return next(iter(person_names.natural_names([value])), "")
    if not isinstance(value, dict):
        return ""
    told = {name: bibliography.plain_line(_text(part)) for name, part in value.items()}
    if literal := told.get("literal") or told.get("name"):
        return literal
    particle = f"{told.get('dropping-particle', '')} {told.get('non-dropping-particle', '')}".strip()
    return person_names.join_name(told.get("given", ""), told.get("family", ""), particle, told.get("suffix", ""))


def _date(value: Json) -> PartialDate | None:
    """A date of CSL: parts (numbers or text, of a range the first), else what a person wrote."""
    if not isinstance(value, dict):
        return bibliography.read_date(_text(value))
    parts = value.get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts else None
    numbers = [_text(part) for part in first if _text(part)] if isinstance(first, list) else [_text(first)]
    if numbers and numbers[0]:
        if len(numbers) > 1 and numbers[1].isdecimal() and int(numbers[1]) in _SEASONS:
            numbers = numbers[:1]
        return bibliography.read_date("-".join(number.zfill(2) for number in numbers))
    return next(
        (told for name in ("raw", "literal", "date-time") if (told := bibliography.read_date(_text(value.get(name))))),
        None,
    )
