"""What can be told of an entry that is broken: each key is read alone, and what makes no sense is left out."""

from __future__ import annotations

import codecs
import json
from datetime import tzinfo
from itertools import product
from typing import Final

from digest.formats import frontmatter
from digest.formats.patterns import lazily
from digest.model import Entry, Problem
from digest.reading.entries import parse_entry
from digest.reading.files import MarkdownFile, read_source
from digest.reading.scanning import ScannedFile

_KEY = lazily(r"(?m)^(?=[A-Za-z_]+[ \t]*:)")
# What takes the place of a day and a title that cannot be told: the day of the path, that of no paper; no words.
_DAYS: Final = ("", "date:\n", "date: 1000-01-01\n")
_TITLES: Final = ("", "title: …\n")


def salvage_entry(file: ScannedFile, zone: tzinfo) -> Entry | None:
    """An entry of what is sound in a file that is meant as one; none where it cannot be opened or is not meant so."""
    source = read_source(file)
    if isinstance(source, Problem):
        return None
    encoding = "utf-16" if source.raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8"
    document = frontmatter.split_document(source.raw.decode(encoding, "replace"), file.shown)
    if document.front is None:
        return None
    front, body = document.front, document.body
    if document.problems:  # it is not closed: a blank line is where most would have closed it
        front, _, body = front.partition("\n\n")
    parts: dict[str, str] = {}
    for part in _KEY.split(front):
        parts.setdefault(part.partition(":")[0].strip(), _mend(part))
    for title, day in product(_TITLES, _DAYS):
        told = parts | ({"title": title} if title else {}) | ({"date": day} if day else {})
        text = frontmatter.join_document("".join(told.values()), body)
        document = frontmatter.split_document(text, file.shown)
        entry, _ = parse_entry(MarkdownFile(file.key, file.shown, text, source.fingerprint, document), zone)
        if entry is not None:
            return entry
    return None


def _mend(part: str) -> str:
    """One key and its value as YAML: as it is, else with its first line as text, else nothing."""
    name, _, value = part.partition("\n")[0].partition(":")
    quoted = json.dumps(value.strip(" \t\"'[]{}"), ensure_ascii=False)
    plain = f"{name.strip()}: {quoted}\n"
    for written in (part if part.endswith("\n") else f"{part}\n", plain):
        mapping, faults = frontmatter.parse_front_matter(written, "")
        if mapping.pairs and not any(fault.severity == "error" for fault in faults):
            return written
    return ""
