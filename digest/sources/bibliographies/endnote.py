"""EndNote's tagged files (`.enw`), as Google Scholar, publishers and the ACL Anthology write them; refer before it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from digest.formats import person_names, tagged_lines
from digest.formats.tagged_lines import ENDNOTE, TaggedField
from digest.model import Document, Found, Item, PartialDate, Span
from digest.sources.bibliographies import bibliography
from digest.sources.records import Field, Record

_TYPE_LINE: Final = re.compile(r"(?m)^[ \ufeff]?%0[ \t]+[A-Z][a-z]")
_FIELD_LINE: Final = re.compile(r"(?m)^[ \ufeff]?%(?P<tag>[A-Z0-9@])[ \t]+\S")
_TYPES: Final = {
    "journal article": "article-journal", "electronic article": "article-journal",
    "magazine article": "article-magazine", "newspaper article": "article-newspaper",
    "conference proceedings": "paper-conference", "conference paper": "paper-conference",
    "conference": "paper-conference", "book section": "chapter", "electronic book section": "chapter",
    "book": "book", "edited book": "book", "electronic book": "book",
    "thesis": "thesis", "report": "report", "unpublished work": "manuscript", "manuscript": "manuscript",
    "preprint": "article", "dataset": "dataset", "computer program": "software", "patent": "patent",
    "web page": "webpage", "generic": "document",
}  # fmt: skip
_PUBMED: Final = re.compile(r"(?i)\b(?:pubmed|medline|nlm)\b")
_ASIDE: Final = re.compile(r"\s*\([^()]*\)|^\s+|\s+$")  # `1234-5678 (Electronic)`
_BOOKS: Final = frozenset({"book", "thesis", "report", "patent"})
# Short title, label, call and accession numbers, databases, attachments, addresses of authors, when it was looked at.
_CHORES: Final = ("!", "L", "M", "W", "~", ">", "[", "+", "#", "$", "=", "1", "2", "3", "4")


class EndNote:
    """`.enw` files."""

    name = "endnote"

    def recognise(self, document: Document) -> float:
        """Sure where a line gives the type of a record; refer has none, and more fields tell."""
        head = document.head
        if "%T" not in head:
            return 0.0
        tags = {found["tag"] for found in _FIELD_LINE.finditer(head)}
        if _TYPE_LINE.search(head) and {"T"} < tags:
            return 0.99
        return 0.9 if {"T", "A", "D"} <= tags else 0.0

    def read(self, document: Document) -> Iterator[Found]:
        """The records in their order; what stands between them is noise."""
        return bibliography.read_records(document, _split_records(document), read_record)


SOURCE: Final = EndNote()


def _split_records(document: Document) -> Iterator[list[TaggedField]]:
    """The fields of each record; text outside of records is a field without a tag, alone."""
    gathered: list[TaggedField] = []
    typed = bool(_TYPE_LINE.search(document.head))
    for found in tagged_lines.read_fields(document.lines(), ENDNOTE, frozenset()):
        if not found.tag:
            if found.text:
                yield [found]
            continue
        if gathered and _begins(found, [other.tag for other in gathered], typed=typed):
            yield [*gathered[:-1], tagged_lines.without_numbering(gathered[-1])]
            gathered = []
        gathered.append(found)
    if gathered:
        yield gathered


def _begins(found: TaggedField, tags: Sequence[str], *, typed: bool) -> bool:
    """Whether a record begins: with its type or, where others stand before that, with what began the one above."""
    if typed and (found.tag == "0" or tags[0] == "0"):
        return found.tag == "0" and (found.after_blank or "0" in tags)
    return found.after_blank and (not typed or found.tag == tags[0])


def read_record(path: str, fields: list[TaggedField]) -> Iterator[Found]:
    """What the fields of one record tell."""
    record = Record(path, [Field(found.tag, found.text, found.line) for found in fields])
    title = bibliography.plain_line(record.take("T"))
    abstract = "\n\n".join(bibliography.body_of(text) for text in dict.fromkeys(record.take_all("X")))
    if not title and not abstract:
        hint = "give it a title, or leave the record out"
        yield bibliography.malformed(path, fields[0].line, 1, "the record tells no title and no abstract", hint)
        return
    told_type = record.take("0")
    kind = _TYPES.get(told_type.lower(), told_type.lower())
    authors = tuple(person_names.natural_names([name.rstrip(",") for name in record.take_all("A")]))
    editors = tuple(person_names.natural_names([name.rstrip(",") for name in record.take_all("E", "Y")]))
    journal, book, series = (bibliography.plain_line(record.take(tag)) for tag in "JBS")
    pages = [part for text in record.take_all("U") for part in bibliography.split_addresses(text)]
    notes = [bibliography.plain_line(text) for text in record.take_all("O", "Z")]
    numbered = record.take_all("M")
    ids = bibliography.name_paper(
        doi=record.take("R"),
        pmid=next(iter(numbered), "") if _PUBMED.search(record.peek("~", "W")) else "",
        pmcid=record.peek("2"),
        others=[*pages, journal, *notes, *numbered],
    )
    numbers = [_ASIDE.sub("", part) for text in record.take_all("@") for part in re.split(r"[\n;]", text)]
    language, label = record.take("G"), record.take("F")
    in_series = kind == "paper-conference" and not journal and not book
    yield Item(
        "abstract",
        abstract,
        Span(path, fields[0].line),
        title=title,
        published=_date(record),
        authors=authors or (editors if kind == "book" else ()),
        identifiers=ids,
        venue=journal or ("" if kind in _BOOKS else series if in_series else book),
        links=bibliography.name_links(page for page in pages if not (ids.doi and "doi.org/" in page)),
        tags=bibliography.list_keywords(record.take_all("K")),
        lang=bibliography.language_tag(language),
        details=bibliography.tell_details(
            ("type", kind),
            ("citation-key", label if re.fullmatch(r"[A-Za-z][\w:.+/-]{2,80}", label) else ""),
            ("volume", record.take("V")),
            ("issue", record.take("N")),
            ("page", bibliography.page_range(record.take("P").replace("--", "-"))),
            ("publisher", bibliography.plain_line(record.take("I"))),
            ("publisher-place", bibliography.plain_line(record.take("C"))),
            ("edition", record.take("7")),
            ("ISSN", ", ".join(number for number in numbers if len(re.sub(r"[^0-9Xx]", "", number)) == 8)),
            ("ISBN", ", ".join(number for number in numbers if len(re.sub(r"[^0-9Xx]", "", number)) != 8)),
            ("editor", "; ".join(editors) if authors or kind != "book" else ""),
            ("collection-title", "" if in_series else series or (book if journal or kind in _BOOKS else "")),
            ("genre", bibliography.plain_line(record.take("9"))),
            ("note", "; ".join(notes)),
            ("language", "" if bibliography.language_tag(language) else language),
        ),
    )  # fmt: skip
    record.drop(*_CHORES)
    yield from record.noise()


def _date(record: Record) -> PartialDate | None:
    """`%D` tells the year at least; `%8` may tell the day: `2020 July`, `May 3`."""
    told = bibliography.read_date(record.take("D"))
    for text in record.take_all("8"):
        for written in (text, f"{text} {told.year}" if told else text):
            told = bibliography.refine(told, bibliography.read_date(written))
    return told
