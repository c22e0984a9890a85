"""What Ovid exports as text with labels: `<1>`, then a label on a line and its text indented under it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from digest.formats import person_names
from digest.model import Document, Found, Item, PartialDate, Span
from digest.sources.bibliographies import bibliography
from digest.sources.records import Field, Record

_NUMBER: Final = re.compile(r"\s*<[0-9]+\.?\s*>[ \t]*")
_LABEL: Final = re.compile(r"[A-Z][A-Za-z/() -]{2,60}[ \t]*")
# Another export has tags for labels, a name a line.
_TAGGED: Final = re.compile(r"[ \ufeff]?(?P<tag>[A-Z]{2}|SCORE) {1,2}- (?P<text>.*)")
_TAGS: Final = {
    "AU": "Authors", "TI": "Title", "SO": "Source", "AB": "Abstract", "LG": "Language", "LA": "Language", "IS": "ISSN",
    "KW": "Author Keywords", "DE": "Author Keywords", "ID": "Author Keywords", "DI": "DOI", "DO": "DOI",
    "PT": "Publication Type", "DT": "Publication Type", "YR": "Year of Publication", "DP": "Date of Publication",
    "UI": "Unique Identifier", "PM": "PMID", "MH": "MeSH Subject Headings",
}  # fmt: skip
_SURE_TAGGED: Final = re.compile(r"(?m)^ ?<[0-9]+\. ?>[ \t]*\n ?VN {1,2}- Ovid")
_SURE: Final = re.compile(
    r"(?m)^<[0-9]+>[ \t]*\n(?:Score|Accession Number|Unique Identifier|Authors?|Title|Source|Status|Database)[ \t]*\n"
    r"[ \t]+\S"
)
_SOURCE: Final = re.compile(
    r"(?P<journal>.+?)\.\s+(?:(?P<volume>[\w-]+)?(?:\s?\((?P<issue>[^()]*)\))?[:,]?\s?(?:pp\.?\s)?(?P<page>[\w-]+)[,.;]\s+)?"
    r"(?P<date>.*?[0-9]{4}.*)"
)
# `Journal of Gardens June 2015;58(6):688-696`
_DATED_SOURCE: Final = re.compile(
    r"(?P<journal>.+?)\s+(?P<date>[A-Z][a-z]+(?:/[A-Z][a-z]+)?\s+(?:[0-9]{1,2},?\s+)?[0-9]{4});"
    r"(?P<volume>[\w-]+)(?:\((?P<issue>[^()]*)\))?:(?P<page>[\w-]+)\.?$"
)
_TITLE_TYPE: Final = re.compile(r"\s*\[(?P<genre>[A-Z][^\[\]]{2,40})\]\.?$")
# Numbers and signs that lead to an institution, and academic degrees; these may also stand where a name should.
_DEGREE: Final = (
    r"(?:M\.?D|Ph\.?D|RN|M\.?Sc|MPH|FAAN|B\.?Sc|MBBS|DrPH|PharmD|EdD|DNP|MBA|DO|MS|BS|MA|BA|F[A-Z]{3,4})\.?"
)
_ROLE: Final = re.compile(r"\s*\[[^\[\]]*\]\s*$")
_OF_EDITORS: Final = re.compile(r".*\[Editor\b.*")  # of a book: who made it, and not what it is called
_LONGEST: Final = 400
_BEHIND: Final = re.compile(rf"(?:(?:^|,?\s+)(?:[0-9,*+]+|\[[A-Za-z]+\]|{_DEGREE}))+\.?$")


class Ovid:
    """Citations from Ovid, labelled."""

    name = "ovid"

    def recognise(self, document: Document) -> float:
        """Sure where a number in angles stands above a label that Ovid writes."""
        return 0.995 if _SURE.search(document.head) or _SURE_TAGGED.search(document.head) else 0.0

    def read(self, document: Document) -> Iterator[Found]:
        """The citations in their order."""
        if _SURE_TAGGED.search(document.head):
            return _read_tagged(document)
        return _read_labelled(document)


SOURCE: Final = Ovid()


def _read_labelled(document: Document) -> Iterator[Found]:
    fields: list[Field] = []
    label, texts, start, first = "", list[str](), 1, 0
    for number, line in enumerate((*document.lines(), "<0>"), start=1):
        is_number = _NUMBER.fullmatch(line)
        if is_number or _LABEL.fullmatch(line):
            if label or any(texts):
                fields.append(Field(label, "\n".join(texts).strip(), start))
            label, texts, start = "" if is_number else line.strip(), [], number
            if is_number:
                if fields:
                    yield from _read_citation(document.name, fields, first)
                fields, first = [], number
        else:
            texts.append(line.strip())


def _read_tagged(document: Document) -> Iterator[Found]:
    """Records of tagged lines, those of one tag together."""
    told: dict[str, list[str]] = {}
    lines: dict[str, int] = {}
    label, first = "", 0
    for number, line in enumerate((*document.lines(), "<0>"), start=1):
        if _NUMBER.fullmatch(line):
            fields = [Field(name, "\n".join(texts).strip(), lines[name]) for name, texts in told.items()]
            if fields:
                yield from _read_citation(document.name, fields, first)
            told, lines, label, first = {}, {}, "", number
        elif found := _TAGGED.fullmatch(line):
            label = _TAGS.get(found["tag"], found["tag"])
            text = _ROLE.sub("", found["text"]) if label == "Authors" else found["text"]
            if found["tag"] in {"DE", "ID"} and ";" not in text:
                text = text.replace(", ", "; ")
            told.setdefault(label, []).append(text.strip())
            lines.setdefault(label, number)
        elif line.strip():
            told.setdefault(label, []).append(line.strip())
            lines.setdefault(label, number)


def _read_citation(path: str, fields: list[Field], line: int) -> Iterator[Found]:
    record = Record(path, fields)
    if not line:
        yield from (bibliography.as_noise(path, found.line, f"{found.name} {found.value}".strip()) for found in fields)
        return
    title = bibliography.plain_line(record.take("Title", "Chapter Title"))
    kind = _TITLE_TYPE.search(title)
    written = " ".join(record.peek("Source").split())
    told = _DATED_SOURCE.match(written) or _SOURCE.match(written)
    source = record.take("Source")
    where = told.groupdict() if told else {"journal": source.split("\n")[0].strip().rstrip(".")}
    language = record.take("Language").rstrip(".")
    number = record.take("Unique Identifier")
    yield Item(
        "abstract",
        bibliography.body_of(record.take("Abstract", "Abstract English")),
        Span(path, line),
        title=title[: kind.start()] if kind else title,
        published=_date(record, where.get("date") or ""),
        authors=_authors(record.take("Author", "Authors", "Authors Full Name")),
        identifiers=bibliography.name_paper(
            doi=record.take("DOI Number", "Digital Object Identifier", "DOI"), pmid=record.take("PMID") or number
        ),
        venue=bibliography.plain_line(record.take("Journal Name") or _OF_EDITORS.sub("", where.get("journal") or "")),
        links=bibliography.name_links(bibliography.split_addresses(record.take("URL"))),
        tags=tuple(bibliography.split_keywords(record.take("Author Keywords", "Keyword Heading", "Keyword"))),
        lang=bibliography.language_tag(language),
        details=bibliography.tell_details(
            ("type", "article-journal"),
            ("volume", where.get("volume") or ""),
            ("issue", where.get("issue") or ""),
            ("page", bibliography.page_range(where.get("page") or "")),
            ("ISSN", record.take("ISSN", "ISSN Print")),
            ("genre", kind["genre"] if kind else record.take("Publication Type", "Document Type").rstrip(".")),
            ("mesh", "; ".join(record.take("MeSH Subject Headings").split("\n"))),
            ("language", "" if bibliography.language_tag(language) else language),
        ),
    )
    yield from record.noise()


def _authors(text: str) -> tuple[str, ...]:
    names = (name.strip() for name in re.split(r"[;\n]", text))
    return person_names.natural_names([_BEHIND.sub("", name) if len(name) < _LONGEST else name for name in names])


def _date(record: Record, written: str) -> PartialDate | None:
    told = bibliography.read_date(record.peek("Date of Publication", "Year of Publication", "Publication Year"))
    return bibliography.refine(bibliography.read_date(written), told) or bibliography.read_date(
        record.peek("Status").rpartition(", ")[2]
    )
