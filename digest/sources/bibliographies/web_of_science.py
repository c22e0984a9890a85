"""The field-tagged files of Web of Science (`.ciw`, `.isi`): two letters and a blank, lines that go on indented."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from digest.formats import person_names, tagged_lines
from digest.formats.tagged_lines import WEB_OF_SCIENCE, TaggedField
from digest.model import Document, Found, Item, PartialDate, Span
from digest.sources.bibliographies import bibliography
from digest.sources.records import Field, Record

_ENDS: Final = frozenset({"ER", "EF"})
_SURE: Final = re.compile(r"FN [^\n]+\nVR 1|(?:^|\n)PT [JBSPC][ \t]*\n(?:[A-Z][A-Z0-9] )")
_MAIL: Final = re.compile(r"\s*\([^()\s]*@[^()\s]*\)")
_TYPES: Final = {"J": "article-journal", "B": "book", "S": "chapter", "P": "patent", "C": "paper-conference"}
_HEAD: Final = frozenset({"FN", "VR"})


class WebOfScience:
    """Files for other programs, as Web of Science writes them."""

    name = "web-of-science"

    def recognise(self, document: Document) -> float:
        """Sure where the file says so, or a record starts as only these do."""
        return 1.0 if _SURE.search(document.head) else 0.0

    def read(self, document: Document) -> Iterator[Found]:
        """The records in their order."""
        gathered: list[TaggedField] = []
        for found in tagged_lines.read_fields(document.lines(), WEB_OF_SCIENCE, _ENDS):
            if found.tag in _HEAD or (not found.tag and not gathered):
                yield bibliography.as_noise(document.name, found.line, f"{found.tag} {found.text}".strip())
            elif found.tag in _ENDS or (found.tag == "PT" and any(other.tag == "TI" for other in gathered)):
                if gathered:
                    yield from read_record(document.name, gathered)
                gathered = [] if found.tag in _ENDS else [found]
            else:
                gathered.append(found)
        if gathered:
            yield from read_record(document.name, gathered)


SOURCE: Final = WebOfScience()


def read_record(path: str, fields: list[TaggedField]) -> Iterator[Found]:
    """What the fields of one record tell."""
    record = Record(path, [Field(found.tag, found.text, found.line) for found in fields])
    kind = record.take("PT")
    genre = record.take("DT")
    conference = _joined(record.take("CT"))
    type_ = "paper-conference" if conference or "Proceedings Paper" in genre else _TYPES.get(kind, kind)
    title, venue = _joined(record.take("TI")), _joined(record.take("SO"))
    full, short = _names(record.take_all("AF")), _names(record.take_all("AU"))
    corporate, editors = _names(record.take_all("CA")), _names(record.take_all("BE", "ED"))
    authors = (full if len(full) >= len(short) else short) + corporate
    language = record.take("LA")
    yield Item(
        "abstract",
        "\n\n".join(bibliography.body_of(text) for text in record.take_all("AB")),
        Span(path, fields[0].line),
        title=title,
        published=_date(record),
        authors=authors,
        identifiers=bibliography.name_paper(doi=record.take("DI"), arxiv=record.take("AX"), pmid=record.take("PM")),
        venue="" if venue == title else venue,
        links=bibliography.name_links(record.take_all("UR")),
        tags=bibliography.list_keywords([_joined(record.take("DE"))], ";"),
        lang=bibliography.language_tag(language),
        details=bibliography.tell_details(
            ("type", type_),
            ("volume", record.take("VL")),
            ("issue", record.take("IS")),
            ("page", bibliography.page_range(record.take("BP") or record.take("PS"), record.take("EP"))),
            ("number", record.take("AR", "PN")),
            ("publisher", _joined(record.take("PU"))),
            ("publisher-place", _joined(record.take("PI"))),
            ("ISSN", record.take("SN", "EI")),
            ("ISBN", record.take("BN")),
            ("editor", "; ".join(editors)),
            ("collection-title", _joined(record.take("SE"))),
            ("event-title", conference),
            ("event-place", _joined(record.take("CL"))),
            ("genre", genre),
            ("keywords-plus", _joined(record.take("ID"))),
            ("archive_location", record.take("UT")),
            ("language", "" if bibliography.language_tag(language) else language),
        ),
    )
    yield from record.noise()


def _joined(text: str) -> str:
    return bibliography.plain_line(text)


def _names(told: tuple[str, ...]) -> tuple[str, ...]:
    lines = [_MAIL.sub("", line) for text in told for line in text.split("\n")]
    return person_names.natural_names([name for line in lines for name in line.split(";")])


def _date(record: Record) -> PartialDate | None:
    """`PY` and what `PD` tells of that year: `DEC 16 2020`, `MAR-APR`; an article in advance has its `EA`."""
    year = bibliography.read_date(record.take("PY"))
    told = record.take("PD")
    for text in (told, f"{told} {year}" if year else "", record.take("EA")):
        year = bibliography.refine(year, bibliography.read_date(text))
    return year
