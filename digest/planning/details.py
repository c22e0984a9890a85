"""What else is known of a publication, as a list that people read: `volume` is `Volume`, `msc` `MSC classes`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from digest.model import Catalogue, Entry

_HIDDEN: Final = frozenset(["citation-key", "type"])  # names for programs: bibliographies have them


def name_details(words: Catalogue) -> Mapping[str, str]:
    """How details are called in the language of the site, by the names that sources give them."""
    say = words.gettext
    return {
        "volume": say("Volume"),
        "issue": say("Issue"),
        "number": say("Number"),
        "page": say("Pages"),
        "pages": say("Pages"),
        "number-of-pages": say("Number of pages"),
        "chapter-number": say("Chapter"),
        "section": say("Section"),
        "edition": say("Edition"),
        "series": say("Series"),
        "collection-title": say("Series"),
        "event-title": say("Event"),
        "event-place": say("Place of the event"),
        "publisher": say("Publisher"),
        "publisher-place": say("Place of publication"),
        "editor": say("Editors"),
        "contributor": say("Contributors"),
        "comment": say("Comment"),
        "note": say("Comment"),
        "categories": say("Subjects"),
        "subjects": say("Subjects"),
        "keywords": say("Keywords"),
        "mesh": say("MeSH terms"),
        "msc": say("MSC classes"),
        "acm": say("ACM classes"),
        "report": say("Report number"),
        "genre": say("Genre"),
        "medium": say("Medium"),
        "status": say("Status"),
        "language": say("Language"),
        "original-title": say("Original title"),
    }


def describe_details(entry: Entry, names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Each detail under its name; one that nobody foresaw has the name that its source gave it."""
    return tuple((names.get(name) or _unfold(name), text) for name, text in entry.details if name not in _HIDDEN)


def _unfold(name: str) -> str:
    """`report-no` as `Report no`; what is written in capitals stays: `ISSN`."""
    text = name.replace("-", " ").replace("_", " ").strip()
    return text[:1].upper() + text[1:]
