"""RIS, as reference managers, databases and publishers write it (RIS 2001 and 2011)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from digest.formats import person_names, tagged_lines, tex_text
from digest.formats.tagged_lines import RIS, TaggedField
from digest.model import Document, Found, Item, PartialDate, Span
from digest.sources.bibliographies import bibliography
from digest.sources.records import Field, Record

_ENDS: Final = frozenset({"ER"})
_TYPE_LINE: Final = re.compile(r"(?m)^[ \ufeff]{0,3}TY[ \t]{0,3}-[ \t]*[A-Za-z]{2,}")
_FIELD_LINE: Final = re.compile(r"(?m)^[A-Z][A-Z0-9]  ?- ")
_CHORES: Final = re.compile(
    r"(?i)(?:cited by|times cited|export date|accession number|copyright -|database copyright|last updated|source:|doi:"
    r"|funding (?:details|text)|correspondence address|references:|coden:|pmid:|source info"
    r"|zuletzt aktualisiert|name - )"
)
_TEX: Final = re.compile(r"\\[&%#_]|\\['\"`^~]\{?[A-Za-z]|\{\\|\{[^{}\s]{1,3}\}")
_ISBN: Final = re.compile(r"(?:97[89][- ]?)?(?:[0-9][- ]?){9}[0-9Xx]\b")
_ISSN: Final = re.compile(r"[0-9]{4}-?[0-9]{3}[0-9Xx]\b")
_NUMBER_KIND: Final = re.compile(r"\((?:ISSN|ISBN|Print|Electronic)\)")
_TYPES: Final = {
    "JOUR": "article-journal", "JFULL": "article-journal", "EJOU": "article-journal", "ABST": "article-journal",
    "INPR": "article-journal", "MGZN": "article-magazine", "NEWS": "article-newspaper", "CONF": "paper-conference",
    "CPAPER": "paper-conference", "CHAP": "chapter", "ECHAP": "chapter", "BOOK": "book", "EBOOK": "book",
    "EDBOOK": "book", "WHOLE": "book", "THES": "thesis", "RPRT": "report", "UNPB": "manuscript", "UNPD": "manuscript",
    "MANSCPT": "manuscript", "ELEC": "webpage", "BLOG": "post-weblog", "DATA": "dataset", "COMP": "software",
    "PAT": "patent", "SLIDE": "speech", "VIDEO": "motion_picture", "ENCYC": "entry-encyclopedia", "GEN": "document",
}  # fmt: skip
_BOOKS: Final = frozenset({"book", "thesis", "report", "patent"})


class Ris:
    """`.ris` files."""

    name = "ris"

    def recognise(self, document: Document) -> float:
        """Sure where a line gives the type of a record."""
        head = document.head
        fields = len(_FIELD_LINE.findall(head))
        if _TYPE_LINE.search(head) and fields > 1:
            return 1.0
        return 0.9 if fields > 3 and "\nER  -" in head and document.name.lower().endswith(".ris") else 0.0

    def read(self, document: Document) -> Iterator[Found]:
        """The records in their order; what stands between them is noise."""
        return bibliography.read_records(document, _split_records(document), read_record)


SOURCE: Final = Ris()


def _split_records(document: Document) -> Iterator[list[TaggedField]]:
    """The fields of each record; text outside of records is a field without a tag, alone."""
    gathered: list[TaggedField] = []
    for found in tagged_lines.read_fields(document.lines(), RIS, _ENDS):
        if found.tag == "ER":
            if gathered:
                yield gathered
            gathered = []
            # A program forgot the newline sign: `ER  - TY  - PAT`.
            if next_start := RIS.match(found.text):
                gathered = [TaggedField(next_start["tag"], next_start["text"], found.line)]
        elif not found.tag and not gathered:
            if found.text:
                yield [found]
        elif gathered and gathered[-1].tag == found.tag == "TY":
            gathered[-1] = found
        elif gathered and (found.tag == "TY" or (found.after_blank and found.tag == gathered[0].tag != "AU")):
            yield [*gathered[:-1], tagged_lines.without_numbering(gathered[-1])]
            gathered = [found]
        else:
            gathered.append(found)
    if gathered:
        yield gathered


def read_record(path: str, fields: list[TaggedField]) -> Iterator[Found]:
    """What the fields of one record tell."""
    record = Record(path, [Field(found.tag, found.text, found.line) for found in fields])
    told_type = record.take("TY").upper()
    kind = _TYPES.get(told_type, told_type.lower())
    title, book = _plain(record.take("TI", "T1", "CT")), _plain(record.take("BT"))
    title, book = (title, book) if title else (book, "")
    if not title:
        title = _plain(record.take("ST")) or _plain(record.take("T2"))
    secondary = _plain(record.take("T2"))
    journal = _plain(record.take("JF", "JO", "JA", "J2", "J1"))
    record.take_all("JF", "JO", "JA", "J2", "J1", "ST")
    venue = journal or book or secondary
    if kind in _BOOKS:
        venue = journal
    elif secondary and journal and record.peek("JF") == "":
        venue = secondary  # beside it `JO` and `J2` are short forms
    authors = _names(record.take_all("AU", "A1"))
    editors = _names(record.take_all("ED", "A2"))
    abstracts = [text for text in record.take_all("AB", "N2") if text not in {"NA", "N/A"}]
    pages = [part for text in record.take_all("UR", "L2", "LK") for part in bibliography.split_addresses(text)]
    files = [part for text in record.take_all("L1") for part in bibliography.split_addresses(text)]
    notes = [text for text in record.take_all("N1") if not _CHORES.match(text)]
    others = [
        *record.take_all("DO")[1:],
        *files,
        record.peek("L3"),
        record.peek("M3"),
        *pages,
        venue,
        record.peek("N1"),
    ]
    serials = [part for text in record.take_all("SN") for part in text.split("\n")]
    numbers = [number for text in serials if (number := _NUMBER_KIND.sub("", text).strip(" ;"))]
    isbns = [number for number in numbers if _ISBN.match(number) and not _ISSN.match(number)]
    if not (title or abstracts or authors or pages or any(map(record.peek, ("DO", "N1", "M3", "L3")))):
        if told_type:
            hint = "give it a title, or leave the record out"
            yield bibliography.malformed(path, fields[0].line, 1, "the record tells nothing of a paper", hint)
        # Ovid adds fields behind the end of a record, which are of none.
        yield from (bibliography.as_noise(path, found.line, f"{found.tag}: {found.text}") for found in fields)
        return
    language = record.take("LA")
    first, last = record.take("SP"), record.take("EP")
    if (first, last) == ("No", "Specified"):
        first = last = ""
    yield Item(
        "abstract",
        "\n\n".join(bibliography.body_of(text) for text in dict.fromkeys(abstracts)),
        Span(path, fields[0].line),
        title=title,
        published=_date(record),
        authors=authors or (editors if kind == "book" else ()),
        identifiers=bibliography.name_paper(
            doi=record.take("DO"),
            pmid=_pmid(record, pages),
            pmcid=next((p for p in pages if "/PMC" in p), ""),
            others=others,
        ),
        venue=venue,
        links=bibliography.name_links(pages, files),
        tags=bibliography.list_keywords(record.take_all("KW")),
        lang=bibliography.language_tag(language),
        details=bibliography.tell_details(
            ("type", kind),
            ("volume", record.take("VL", "VO")),
            ("issue", record.take("IS", "CP")),
            ("page", bibliography.page_range(first, last)),
            ("number", record.take("C7")),
            ("event-title", _plain(record.take("C3")) if kind in {"chapter", "paper-conference"} else ""),
            ("publisher", _plain(record.take("PB"))),
            ("publisher-place", _plain(record.take("CY", "PP"))),
            ("ISSN", ", ".join(number for number in numbers if number not in isbns)),
            ("ISBN", ", ".join(isbns)),
            ("edition", record.take("ET")),
            ("editor", "; ".join(editors) if authors or kind != "book" else ""),
            (
                "collection-title",
                _plain(record.take("T3")) or (secondary if kind in _BOOKS and secondary != title else ""),
            ),
            ("genre", "" if bibliography.name_paper(doi=record.peek("M3")).doi else _plain(record.take("M3"))),
            ("note", bibliography.plain_line("; ".join(notes))),
            ("language", "" if bibliography.language_tag(language) else language),
        ),
    )
    yield from record.noise()


def _plain(text: str) -> str:
    """One line; TeX where a bibliography of BibTeX was turned into RIS without much thought."""
    if _TEX.search(text):
        text = tex_text.plain_from_tex(text)
    return bibliography.plain_line(text) if text else ""


def _names(told: tuple[str, ...]) -> tuple[str, ...]:
    parted = [name for text in told for name in _split_names(text)]
    return tuple(map(_plain, person_names.natural_names(parted)))


def _split_names(text: str) -> list[str]:
    """One name a field is the rule; some write all of them, by semicolons, line by line or as BibTeX does."""
    if ";" in text:
        return text.split(";")
    names = text.split(" and ")
    return names if len(names) > 1 and all(name.count(",") == 1 for name in names) else text.split("\n")


def _pmid(record: Record, pages: list[str]) -> str:
    """Where databases put it: Scopus in `C2`, Ovid and PubMed in `AN`, others in a field, an address or a note."""
    if told := record.take("PMID"):
        return told
    base, database = record.peek("DB").lower(), record.peek("DP", "DB").lower()
    if base == "scopus" and record.peek("C2").isdecimal():
        return record.take("C2")
    if ("medline" in base or "pubmed" in database) and record.peek("AN").isdecimal():
        return record.take("AN")
    address = next((page for page in pages if "pubmed" in page), "")
    if address or not (found := re.match(r"(?i)PMID:?\s*([0-9]{4,8})\b", record.peek("U2", "N1", "M1"))):
        return address
    return found[1]


def _date(record: Record) -> PartialDate | None:
    """`PY` tells the year at least; `DA` and `Y1` may tell more of it: `2020/05/03/`, `MAY 3`."""
    told: PartialDate | None = None
    for text in (*record.take_all("PY"), *record.take_all("DA"), *record.take_all("Y1"), *record.take_all("C6")):
        told = bibliography.refine(told, bibliography.read_date(text))
        if told and not told.month and re.match(r"[A-Za-z]{3}", text):
            told = bibliography.refine(told, bibliography.read_date(f"{text} {told.year}"))
    return told
