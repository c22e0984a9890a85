"""CITATION.cff: how a piece of software or a set of data wants to be cited, by itself or by a paper.

https://github.com/citation-file-format/citation-file-format/blob/main/schema-guide.md
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, cast

from digest.formats import frontmatter
from digest.formats.json_records import Json, JsonObject
from digest.formats.yaml_nodes import plain
from digest.model import Document, Found
from digest.sources.bibliographies import bibliography, csl_json

_VERSION: Final = re.compile(r"(?m)^cff-version:")
_MARKS: Final = re.compile(r"(?m)^(?:---|\.\.\.|%YAML [0-9.]+)[ \t]*$")
# The names of CSL for those that mean the same; an object tells itself by its name.
_NAMES: Final = {
    "title": "title", "abstract": "abstract", "doi": "DOI", "url": "URL", "keywords": "keyword", "volume": "volume",
    "journal": "container-title", "issue": "issue", "pages": "page", "publisher": "publisher", "isbn": "ISBN",
    "issn": "ISSN", "edition": "edition", "version": "version", "license": "license", "languages": "language",
    "status": "status", "pmcid": "PMCID", "section": "section", "number": "number", "medium": "medium",
}  # fmt: skip
_TYPES: Final = {
    "article": "article-journal", "conference-paper": "paper-conference", "proceedings": "book", "thesis": "thesis",
    "report": "report", "book": "book", "software": "software", "data": "dataset", "dataset": "dataset",
    "unpublished": "manuscript", "website": "webpage",
}  # fmt: skip
_PARTS: Final = (
    ("given-names", "given"), ("family-names", "family"), ("name-particle", "non-dropping-particle"),
    ("name-suffix", "suffix"), ("name", "literal"),
)  # fmt: skip
_OF_DATES: Final = ("date-published", "date-released", "year", "month")


class CitationFile:
    """One file of a repository."""

    name = "cff"

    def recognise(self, document: Document) -> float:
        """By the version of the format, which every file tells."""
        return 1.0 if _VERSION.search(document.head) and "\nauthors:" in f"\n{document.head}" else 0.0

    def read(self, document: Document) -> Iterator[Found]:
        """The paper that is to be cited, else the software itself, and the works that it names."""
        mapping, problems = frontmatter.parse_mapping(_MARKS.sub("", document.text), document.name, "DG308")
        yield from problems
        told = plain(mapping)
        if not isinstance(told, Mapping) or not told:
            return
        own = {name: cast("Json", value) for name, value in told.items()}
        own.pop("cff-version", None)
        own.pop("message", None)
        preferred, references = own.pop("preferred-citation", None), own.pop("references", None)
        if isinstance(preferred, Mapping):
            yield from _read_work(document.name, dict(preferred))
            for name, value in own.items():
                if value:
                    yield bibliography.as_noise(document.name, 1, f"{name}: {value}")
        else:
            yield from _read_work(document.name, own)
        for reference in references if isinstance(references, Sequence) else ():
            if isinstance(reference, Mapping):
                yield from _read_work(document.name, dict(reference))


SOURCE: Final = CitationFile()


def _read_work(path: str, told: JsonObject) -> Iterator[Found]:
    """A work by the names of CSL, read as those are."""
    work: JsonObject = {_NAMES[name]: _text(told.pop(name)) for name in list(told) if name in _NAMES}
    kind = _text(told.pop("type", "software"))
    work["type"] = _TYPES.get(kind, kind) if isinstance(kind, str) else "document"
    work["author"] = _people(told.pop("authors", None))
    work["editor"] = _people(told.pop("editors", None))
    dates = [str(told.pop(name, None) or "") for name in _OF_DATES]
    work["issued"] = dates[0] or dates[1] or "-".join(part.zfill(2) for part in dates[2:] if part)
    first, last = (str(told.pop(name, None) or "") for name in ("start", "end"))
    if first:
        work["page"] = f"{first}-{last}" if last else first
    for name in ("conference", "collection-title"):
        if "container-title" not in work and name in told:
            work["container-title"] = _text(told.pop(name))
    ids = told.get("identifiers")
    for each in ids if isinstance(ids, list) else ():
        if isinstance(each, dict) and each.get("type") == "doi" and "DOI" not in work:
            work["DOI"] = each.get("value")
            ids = told.pop("identifiers", None)
    yield from csl_json.read_work(path, 1, {**work, **told})


def _text(value: Json) -> Json:
    """The name of an object, the lines of a text joined."""
    return value.get("name") if isinstance(value, dict) else value


def _people(value: Json) -> Json:
    people = [person for person in value if isinstance(person, dict)] if isinstance(value, list) else []
    return [{csl: person[name] for name, csl in _PARTS if person.get(name)} for person in people]
