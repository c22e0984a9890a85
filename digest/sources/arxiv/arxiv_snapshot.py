"""The metadata of arXiv as JSON Lines, as its data set at Kaggle has it: the fields of `arXivRaw`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from digest.formats import feed_dates, json_records
from digest.model import Document, Found, Identifiers, Item, Noise, Span
from digest.sources.arxiv import arxiv_records
from digest.sources.bibliographies import bibliography
from digest.sources.services import json_fields

_OWN: Final = re.compile(r"\"(?:authors_parsed|submitter|update_date|journal-ref|report-no)\"\s*:")


class ArxivSnapshot:
    """Papers of arXiv, a line each."""

    name = "arxiv-snapshot"

    def recognise(self, document: Document) -> float:
        """By names of fields that stand together nowhere else."""
        head = document.head
        if head.lstrip("\ufeff \n\t")[:1] not in {"[", "{"} or '"abstract"' not in head:
            return 0.0
        return 1.0 if len(set(_OWN.findall(head))) > 2 else 0.0

    def read(self, document: Document) -> Iterator[Found]:
        """Paper by paper."""
        return json_fields.read_each(document, (), _read_paper)


SOURCE: Final = ArxivSnapshot()


def _read_paper(path: str, record: json_records.JsonRecord) -> Iterator[Found]:
    fields = json_fields.JsonFields(path, record.line, record.value)
    title, abstract = arxiv_records.title_line(fields.take("title")), fields.take("abstract")
    if not title and not abstract:
        yield json_fields.lost_record(path, record.line, "the record tells no title and no abstract")
        return
    versions = [
        (part.take("version").removeprefix("v"), feed_dates.parse_when(part.take("created")))
        for part in fields.take_objects("versions")
    ]
    number, updated = versions[-1] if versions else ("", None)
    published = versions[0][1] if versions else None
    names, left = arxiv_records.name_arxiv(fields.take("id"), doi=fields.take("doi"))
    authors, affiliations = _read_authors(fields)
    details = (
        ("comment", arxiv_records.title_line(fields.take("comments"))),
        ("categories", " ".join(fields.take("categories").split())),
        ("report", fields.take("report-no")),
        ("versions", ", ".join(f"v{version} {day}" for version, day in versions if day) if len(versions) > 1 else ""),
    )
    yield Item(
        "abstract",
        arxiv_records.abstract_markdown(abstract),
        Span(path, record.line),
        title=title,
        published=published,
        updated=updated if updated != published else None,
        authors=authors,
        identifiers=Identifiers(names.arxiv, int(number) if number.isdecimal() else names.version, names.doi),
        venue=arxiv_records.title_line(fields.take("journal-ref")),
        details=bibliography.tell_details(*details),
        license=fields.take("license"),
    )
    for text in (*dict.fromkeys(affiliations), left):
        if text:
            yield Noise(Span(path, record.line), text)
    fields.drop("update_date", "authors_parsed")
    yield from fields.noise()


def _read_authors(fields: json_fields.JsonFields) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The parsed names (`[family, given, suffix, affiliation…]`) where they are, else those of the line."""
    parsed = fields.value.get("authors_parsed")
    names, rest = arxiv_records.read_names(fields.take("authors"))
    if not isinstance(parsed, list) or names:
        return names, rest
    people = [[json_fields.text_of(part) for part in person] for person in parsed if isinstance(person, list)]
    told = (" ".join(part for part in (*person[1:2], *person[:1], *person[2:3]) if part) for person in people)
    return tuple(arxiv_records.title_line(name) for name in told if name), ()
