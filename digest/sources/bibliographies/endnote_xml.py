"""EndNote's XML, which Zotero, Mendeley and JabRef write as well: what its tagged files hold, by longer names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from digest.formats import markup
from digest.formats.tagged_lines import TaggedField
from digest.model import Document, Found, Problem, Span
from digest.sources.arxiv import arxiv_records
from digest.sources.bibliographies import endnote

# The tag that a field has in a tagged file, by the names of the elements that it is in.
_TAGS: Final = {
    "authors/author": "A", "secondary-authors/author": "E", "titles/title": "T", "periodical/full-title": "J",
    "titles/secondary-title": "B", "titles/tertiary-title": "S", "record/pages": "P", "record/volume": "V",
    "record/number": "N", "record/issue": "N", "record/edition": "7", "keywords/keyword": "K", "dates/year": "D",
    "pub-dates/date": "8", "record/pub-location": "C", "record/publisher": "I", "record/isbn": "@",
    "record/accession-num": "M", "record/label": "F", "record/abstract": "X", "record/notes": "Z",
    "record/electronic-resource-num": "R", "record/language": "G", "record/work-type": "9", "record/custom2": "2",
    "record/remote-database-name": "~", "record/remote-database-provider": "W", "related-urls/url": "U",
    "web-urls/url": "U", "urls/url": "U", "pdf-urls/url": "U", "text-urls/url": "U", "titles/short-title": "!",
    "record/ref-type": "0", "record/auth-address": "+", "record/call-num": "L", "record/database": "1",
    "record/source-app": "1", "record/rec-number": "1", "foreign-keys/key": "1", "record/research-notes": "<",
    "periodical/abbr-1": "1", "titles/alt-title": "1", "alt-periodical/full-title": "1", "alt-periodical/abbr-1": "1",
    "access-date/date": "[", "record/caption": "F",
}  # fmt: skip
_DEEPEST: Final = 6


class EndNoteXml:
    """`.xml` files of EndNote."""

    name = "endnote-xml"

    def recognise(self, document: Document) -> float:
        """By its root, which is called no more than `xml`, and by types that only EndNote gives."""
        root = markup.read_root(document.head)
        if not root or root[0] not in {"xml", "records", "record"}:
            return 0.0
        return 1.0 if "<ref-type" in document.head and "<titles" in document.head else 0.0

    def read(self, document: Document) -> Iterator[Found]:
        """The records in their order."""
        count = 0
        for found in markup.read_elements(document.pieces(), frozenset({"record"})):
            count += 1
            if isinstance(found, markup.Fault):
                yield arxiv_records.told_fault(document.name, found)
            else:
                yield from endnote.read_record(document.name, list(_fields(found)))
        if not count:
            yield Problem("note", "DG301", "the file holds no records", Span(document.name))


SOURCE: Final = EndNoteXml()


def _fields(record: markup.Element) -> Iterator[TaggedField]:
    """The fields of a record by their tags; the title of a journal that stands twice comes once."""
    journals: list[str] = []
    for path, element in sorted(_leaves(record, "", _DEEPEST), key=lambda pair: pair[0] != "periodical/full-title"):
        text = element.get("name") if path == "record/ref-type" else element.text().replace("\r", "\n").strip()
        tag = _TAGS.get(path, path.partition("/")[2])
        if tag == "J":
            journals.append(text)
        if text and not (tag == "B" and text in journals):
            for part in text.split("\n") if tag in {"A", "E", "K"} else (text,):
                yield TaggedField(tag, part.strip(), element.line)


def _leaves(element: markup.Element, above: str, left: int) -> Iterator[tuple[str, markup.Element]]:
    """The elements that hold text, styled or not, with the names of their own and of the one around them."""
    parts = [part for part in element.children() if part.name != "style"]
    if not parts or not left:
        yield f"{above}/{element.name}", element
    for part in parts if left else ():
        yield from _leaves(part, element.name, left - 1)
