"""NBIB: the MEDLINE format of PubMed, PubMed Central and ERIC (https://www.nlm.nih.gov/bsd/mms/medlineelements.html)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from digest.formats import person_names, tagged_lines
from digest.formats.tagged_lines import MEDLINE, TaggedField
from digest.model import Document, Found, Item, PartialDate, Span
from digest.sources.bibliographies import bibliography
from digest.sources.records import Field, Record

# With one of these a record begins, if a blank line stands above it.
_STARTS: Final = frozenset({"PMID", "OWN", "PMC", "UI", "STAT", "VN", "TI"})
_SURE: Final = re.compile(r"(?m)^(?:PMID- ?[0-9]+|OWN {1,2}- [A-Z]+)[ \t]*$")
_FIELD_LINE: Final = re.compile(r"(?m)^[A-Z]{2,4} {0,2}- \S")
_ISSN: Final = re.compile(r"[0-9]{4}-[0-9]{3}[0-9Xx]")
_SHORT: Final = re.compile(r"([^,]*[a-z][^,]*) ([A-Z]{1,4}(?: (?:Jr|Sr|2nd|3rd))?)")
_BARE_DOI: Final = re.compile(r"(?i:doi:)\s*10\.|10\.[0-9]{4,9}/\S+$")
_WANTING: Final = re.compile(r"(?i)publisher: abstract available from the publisher\.?")


class Nbib:
    """`.nbib` files, and what PubMed shows as text."""

    name = "nbib"

    def recognise(self, document: Document) -> float:
        """Sure where a line gives a PMID or an owner, and others are of the format."""
        if _SURE.search(document.head) and len(_FIELD_LINE.findall(document.head)) > 1:
            return 1.0
        named = document.name.lower().endswith((".nbib", ".medline"))
        return 0.9 if named and len(_FIELD_LINE.findall(document.head)) > 2 else 0.0

    def read(self, document: Document) -> Iterator[Found]:
        """The records in their order."""
        return bibliography.read_records(document, _split_records(document), _read_record)


SOURCE: Final = Nbib()


def _split_records(document: Document) -> Iterator[list[TaggedField]]:
    gathered: list[TaggedField] = []
    for found in tagged_lines.read_fields(document.lines(), MEDLINE, frozenset()):
        again = found.tag == "PMID" and any(other.tag == "PMID" for other in gathered)
        if gathered and (again or (found.after_blank and found.tag in {*_STARTS, gathered[0].tag})):
            yield [*gathered[:-1], tagged_lines.without_numbering(gathered[-1])]
            gathered = []
        gathered.append(found)
    if gathered:
        yield gathered


def _read_record(path: str, fields: list[TaggedField]) -> Iterator[Found]:
    record = Record(path, [Field(found.tag, found.text, found.line) for found in fields])
    title, book = bibliography.plain_line(record.take("TI")), bibliography.plain_line(record.take("BTI"))
    journal = record.take("JT", "TA")
    record.take_all("TA")
    numbers = [*record.take_all("LID"), *record.take_all("AID")]
    addresses = [text for text in numbers if re.match(r"(?:https?://|www\.)", text)]
    doi = next((text.removesuffix("[doi]") for text in numbers if text.endswith("[doi]")), "")
    abstracts = [text for text in (*record.take_all("AB"), *record.take_all("OAB")) if not _WANTING.fullmatch(text)]
    serial = next((found[0] for text in record.take_all("IS", "ISSN") if (found := _ISSN.search(text))), "")
    language = record.take("LA")
    full_editors, short_editors = record.take_all("FED"), record.take_all("ED")
    editors = person_names.natural_names(full_editors or [_spelt(name) for name in short_editors])
    yield Item(
        "abstract",
        "\n\n".join(bibliography.body_of(text) for text in abstracts),
        Span(path, next(found.line for found in fields if found.tag)),
        title=title or book,
        published=_date(record),
        authors=_authors(record, fields),
        identifiers=bibliography.name_paper(
            doi=doi,
            pmid=record.take("PMID", "UI"),
            pmcid=record.take("PMC"),
            others=(*record.take_all("DO"), *(text for text in numbers if _BARE_DOI.match(text)), *addresses),
        ),
        venue=journal or (book if title else ""),
        links=bibliography.name_links(addresses),
        tags=bibliography.list_keywords(record.take_all("OT", "KW")),
        lang=bibliography.language_tag(language),
        details=bibliography.tell_details(
            ("type", "article-journal" if journal else "book" if book else "document"),
            ("volume", record.take("VI", "VO")),
            ("issue", record.take("IP")),
            ("page", bibliography.page_range(record.take("PG"))),
            ("publisher", record.take("PB")),
            ("publisher-place", record.take("PL")),
            ("ISSN", serial),
            ("ISBN", record.take("ISBN")),
            ("edition", record.take("EN")),
            ("editor", "; ".join(editors)),
            ("collection-title", record.take("CTI")),
            ("original-title", bibliography.plain_line(record.take("TT"))),
            ("genre", "; ".join(record.take_all("PT"))),
            ("mesh", "; ".join(" ".join(text.split()) for text in record.take_all("MH"))),
            ("language", "" if bibliography.language_tag(language) else language),
        ),
    )
    yield from record.noise()


def _authors(record: Record, fields: list[TaggedField]) -> tuple[str, ...]:
    """Full names, short ones where a record has no others, and the names of groups, as they are listed."""
    record.take_all("FAU", "AU", "CN", "FCN")
    full = any(found.tag == "FAU" for found in fields)
    names: list[str] = []
    for found in fields:
        if found.tag == "FAU":
            names += person_names.natural_names([found.text])
        elif found.tag == "AU" and not full:
            names += person_names.natural_names([_spelt(found.text)])
        elif found.tag in {"CN", "FCN"}:
            names.append(" ".join(found.text.split()))
    return tuple(dict.fromkeys(names))


def _spelt(name: str) -> str:
    """`Lovelace AA` with the comma that full names have."""
    found = _SHORT.fullmatch(name)
    return f"{found[1]}, {found[2]}" if found else name


def _date(record: Record) -> PartialDate | None:
    """The date of the issue, or the electronic one where that tells more of it; else the day of entry."""
    issue = bibliography.read_date(record.take("DP", "YR"))
    electronic = bibliography.read_date(record.take("DEP"))
    return bibliography.refine(issue, electronic) or bibliography.read_date(record.peek("EDAT", "CRDT"))
