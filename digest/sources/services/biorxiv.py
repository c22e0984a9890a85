"""bioRxiv and medRxiv as their API tells them (https://api.biorxiv.org/, `details` and `pubs`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from digest.formats import identifiers, json_records, person_names
from digest.model import Document, Found, Identifiers, Item, Problem, Span
from digest.sources.bibliographies import bibliography
from digest.sources.services import json_fields

_OWN: Final = re.compile(r"\"(?:jatsxml|author_corresponding|preprint_doi|biorxiv_doi|preprint_platform)\"\s*:")
_EMPTY: Final = re.compile(r"\"collection\"\s*:\s*\[\s*\]")
_STATUS: Final = re.compile(r"\"status\"\s*:\s*\"(?P<told>[^\"]*)\"")
# What the server made of headings and lists within abstracts.
_HEADING: Final = re.compile(r"O_ST_ABS(?P<text>.*?)C_ST_ABS", re.DOTALL)
_ITEM: Final = re.compile(r"O_LI\s*(?P<text>.*?)\s*C_LI", re.DOTALL)


class Biorxiv:
    """Preprints of bioRxiv and medRxiv, each in the version that was asked for."""

    name = "biorxiv"

    def recognise(self, document: Document) -> float:
        """By names of fields that no other service has."""
        head = document.head
        if head.lstrip("\ufeff \n\t")[:1] not in {"[", "{"}:
            return 0.0
        if '"collection"' in head and '"messages"' in head:
            return 1.0
        return 0.9 if _OWN.search(head) and '"doi"' in head else 0.0

    def read(self, document: Document) -> Iterator[Found]:
        """Preprint by preprint."""
        if "collection" in document.head and _EMPTY.search(document.head):
            status = _STATUS.search(document.head)
            told = f": {status['told']}" if status else ""
            yield Problem("note", "DG301", f"the answer holds no preprints{told}", Span(document.name))
            return
        yield from json_fields.read_each(document, {"collection"}, _read_preprint)


SOURCE: Final = Biorxiv()


def _read_preprint(path: str, record: json_records.JsonRecord) -> Iterator[Found]:
    fields = json_fields.JsonFields(path, record.line, record.value)
    title = bibliography.plain_line(fields.take("title", "preprint_title"))
    abstract = fields.take("abstract", "preprint_abstract")
    if not title and not abstract:
        yield json_fields.lost_record(path, record.line, "the record tells no title and no abstract")
        return
    names = [person_names.natural_name(name) for name in fields.take("authors", "preprint_authors").split(";")]
    doi = fields.take("preprint_doi", "biorxiv_doi", "medrxiv_doi", "doi")
    printed = fields.take("published", "published_doi")
    jats = fields.take("jatsxml")
    details = (
        ("categories", fields.take("category", "preprint_category")),
        ("type", fields.take("type")),
        ("version", fields.take("version")),
        ("published-doi", identifiers.parse_doi(printed) or ""),
        ("funder", "; ".join(fields.take_list("funder"))),
    )
    venue = fields.take("published_journal")
    server = fields.take("server", "preprint_platform")
    yield Item(
        "abstract",
        _render(abstract),
        Span(path, record.line),
        title=title,
        published=bibliography.read_date(fields.take("date", "preprint_date")),
        authors=tuple(name for name in names if name),
        identifiers=Identifiers(doi=identifiers.parse_doi(doi) or doi),
        venue=venue or server,
        links=(("jats", jats),) if jats and jats != "NA" else (),
        details=bibliography.tell_details(*details),
        license=fields.take("license"),
    )
    fields.drop("preprint_date" if "date" in record.value else "", "published")
    yield from fields.noise()


def _render(text: str) -> str:
    """An abstract as Markdown; headings and items of lists that the server flattened are such again."""
    text = _HEADING.sub(lambda found: f"\n\n{found['text'].strip()}: ", text)
    if not _ITEM.search(text):
        return bibliography.body_of(text)
    blocks: list[str] = []
    place = 0
    for found in _ITEM.finditer(text):
        before = bibliography.body_of(text[place : found.start()].strip())
        item = f"- {bibliography.body_of(found['text'])}"
        blocks += [before] if before else []
        if blocks and blocks[-1].startswith("- "):
            blocks[-1] += f"\n{item}"
        else:
            blocks.append(item)
        place = found.end()
    after = bibliography.body_of(text[place:].strip())
    return "\n\n".join([*blocks, after] if after else blocks)
