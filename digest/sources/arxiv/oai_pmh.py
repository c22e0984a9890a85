"""Answers of OAI-PMH: arXiv's own metadata formats, Dublin Core of any repository, MARC (OAI-PMH 2.0)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from digest.formats import feed_dates, markup
from digest.model import Document, Found, Identifiers, Item, Noise, PartialDate, Problem, Span
from digest.sources.arxiv import arxiv_records, dublin_core
from digest.sources.arxiv.arxiv_records import Parts
from digest.sources.bibliographies import marc_records

_ARXIV_FORMATS: Final = frozenset({"arXiv", "arXivRaw", "arXivOld"})
_DUBLIN_CORE: Final = frozenset({"dc", "qualifieddc", "qdc", "dublincore", "simpledc"})
_DEEPER: Final = ("oai_dc:dc", "http://www.openarchives.org/OAI/2.0/", "http://arxiv.org/OAI/")


class OaiPmh:
    """Records as a repository tells them to harvesters; one record alone and a list kept by a harvester too."""

    name = "oai-pmh"

    def recognise(self, document: Document) -> float:
        """By the root of the document, or by records of OAI in it."""
        root = markup.read_root(document.head)
        if root is None:
            return 0.0
        if root[0] == "OAI-PMH" or root[0] in _ARXIV_FORMATS or (root[0] == "dc" and "oai_dc" in root[1]):
            return 1.0
        own = any(mark in document.head for mark in _DEEPER)
        return (
            0.9 if own and root[0] in {"record", "records", "ListRecords", "GetRecord", "metadata", "harvest"} else 0.0
        )

    def read(self, document: Document) -> Iterator[Found]:
        """Record by record."""
        bare = markup.read_root(document.head)
        root = bare[0] if bare else ""
        names = {"record", "error"} if root not in {*_ARXIV_FORMATS, "dc", "metadata"} else {root}
        count = 0
        for found in markup.read_elements(document.pieces(), names):
            count += 1
            if isinstance(found, markup.Fault):
                yield arxiv_records.told_fault(document.name, found)
            elif found.name == "error":
                yield _told_error(document.name, found)
            else:
                yield from _read_record(document.name, found)
        if not count and bare:
            yield Problem("note", "DG301", "the answer holds no records", Span(document.name))


SOURCE: Final = OaiPmh()


def _told_error(path: str, error: markup.Element) -> Problem:
    """An error of the repository; that nothing has changed in the days asked for is none (§3.6)."""
    code, told = error.get("code"), " ".join(error.text().split())
    span = Span(path, error.line)
    if code == "noRecordsMatch":
        return Problem("note", "DG301", "the repository has no records for this question", span)
    message = f"the repository answered with an error: {code}{f', {told}' if told else ''}"
    return Problem("error", "DG302", message, span, "correct the request and ask again")


def _read_record(path: str, record: markup.Element) -> Iterator[Found]:
    header = record.child("header")
    metadata = record.child("metadata") or record
    name = _identifier(header)
    if header is not None and header.get("status") == "deleted":
        yield Noise(Span(path, record.line), f"deleted: {name}")
        return
    told = record if record.name in {*_ARXIV_FORMATS, "dc"} else None
    for part in metadata.children():
        if told is None and part.name not in {"header", "about"}:
            told = part
    if told is None or not any(told.children()):
        message = f"the record {name} holds no metadata".replace("  ", " ")
        yield Problem("error", "DG308", message, Span(path, record.line), "ask the repository for the record again")
    elif told.name in _ARXIV_FORMATS:
        yield from _read_arxiv(path, record.line, told, name)
    elif told.name.lower() in _DUBLIN_CORE or told.child("title") is not None:
        yield from dublin_core.read_dublin_core(path, record.line, told, name)
    elif marc_records.is_marc(told):
        yield from marc_records.read_marc(path, record.line, told, name)
    else:
        message = f"the record {name} is in a metadata format that is not read: {told.name}"
        hint = "ask the repository with metadataPrefix=oai_dc"
        yield Problem("error", "DG308", message, Span(path, told.line), hint)


def _identifier(header: markup.Element | None) -> str:
    part = header.child("identifier") if header is not None else None
    return part.text().strip() if part is not None else ""


def _read_arxiv(path: str, line: int, told: markup.Element, name: str) -> Iterator[Found]:
    """A paper in a format of arXiv; all three differ in how they tell authors and versions only."""
    parts = Parts(path, told)
    authors, affiliations = _read_authors(parts)
    versions = [_read_version(part) for part in parts.elements("version")]
    names, left = arxiv_records.name_arxiv(parts.take("id"), name, doi=parts.take("doi"))
    published = feed_dates.parse_when(parts.take("created", "date"))
    updated = feed_dates.parse_when(parts.take("updated"))
    if versions:
        published, updated = published or versions[0][1], updated or versions[-1][1]
        names = Identifiers(names.arxiv, names.version or versions[-1][0], names.doi)
    details = [
        ("comment", arxiv_records.title_line(parts.take("comments", "comment"))),
        ("categories", " ".join(parts.take("categories").split())),
        ("report", " ".join(parts.take("report-no").split())),
        ("msc", " ".join(parts.take("msc-class").split())),
        ("acm", " ".join(parts.take("acm-class").split())),
        ("versions", ", ".join(f"v{number} {day}" for number, day in versions if day) if len(versions) > 1 else ""),
    ]
    yield Item(
        "abstract",
        arxiv_records.abstract_markdown(parts.take("abstract")),
        Span(path, line),
        title=arxiv_records.title_line(parts.take("title")),
        published=published,
        updated=updated if updated != published else None,
        authors=authors,
        identifiers=names,
        venue=arxiv_records.title_line(parts.take("journal-ref")),
        details=tuple((name, text) for name, text in details if text),
        license=parts.take("license"),
    )
    for text in (*dict.fromkeys(affiliations), left):
        if text:
            yield Noise(Span(path, line), text)
    yield from parts.noise()


def _read_version(part: markup.Element) -> tuple[int | None, PartialDate | None]:
    """The number of a version and its day."""
    number = part.get("version").removeprefix("v")
    day = part.child("date")
    return int(number) if number.isdecimal() else None, feed_dates.parse_when(day.text()) if day is not None else None


def _read_authors(parts: Parts) -> tuple[tuple[str, ...], list[str]]:
    """Names and affiliations: a name in its parts each, or all in one line."""
    names: list[str] = []
    affiliations: list[str] = []
    for group in parts.elements("authors"):
        people = list(group.children("author"))
        if not people:
            found, rest = arxiv_records.read_names(group.text())
            names += found
            affiliations += rest
        for person in people:
            told: dict[str, str] = {}
            for part in person.children():
                text = " ".join(part.text().split())
                if part.name in {"affiliation", "ORCID"} or part.name in told:  # a second name is another's, or wrong
                    affiliations.append(text)
                else:
                    told[part.name] = text
            name = " ".join(told[part] for part in ("forenames", "keyname", "suffix") if told.get(part))
            names.append(arxiv_records.title_line(name or person.text()))
    return tuple(name for name in names if name), affiliations
