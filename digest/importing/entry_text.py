"""Entries as the Markdown files that a person will read and edit: a new one, and one of which some keys are renewed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from digest.formats import frontmatter
from digest.formats.frontmatter import Plain
from digest.formats.frontmatter_edits import edit_front_matter
from digest.importing.fields import fingerprint_fields
from digest.importing.identity import trim_body
from digest.importing.plan import NewEntry, RenewedEntry
from digest.model import ENTRY_KEYS, Entry, Provenance

_FINGERPRINTS: Final = re.compile(r"(?m)^([ \t]+fingerprints:[ \t]+)[^\n\"'{}#]+$")


def render_entry(new: NewEntry) -> str:
    """The whole file: front matter in the order of the handbook, a blank line, the body."""
    values = {**new.values, **_own_values(new)}
    front = frontmatter.dump_front_matter({name: values[name] for name in ENTRY_KEYS if _says(values.get(name))})
    return frontmatter.join_document(front, trim_body(new.item.body))


def renew_entry(text: str, entry: Entry, renewed: RenewedEntry) -> str:
    """The text of an entry's file with the renewed fields in it; all else stays as it was written."""
    document = frontmatter.split_document(text, entry.path)
    front = document.front or ""
    changes = dict(renewed.changes)
    if "date" in changes and entry.url not in entry.aliases:
        changes["aliases"] = (*entry.aliases, entry.url)
    fields = {name: value for name, value in changes.items() if name in renewed.fields}
    if renewed.body is not None:
        fields["body"] = trim_body(renewed.body)
    prints = _line_of({**dict(entry.source.fingerprints), **fingerprint_fields(fields)})
    if _FINGERPRINTS.search(front):
        # What else a person wrote there stays.
        front = _FINGERPRINTS.sub(lambda found: f"{found[1]}{prints}", front, count=1)
    else:
        changes["source"] = _source_of(entry.source, prints)
    front = edit_front_matter(front, changes, ENTRY_KEYS)
    return frontmatter.join_document(front, document.body if renewed.body is None else trim_body(renewed.body))


def _own_values(new: NewEntry) -> Mapping[str, Plain]:
    """What the import adds to what the item gives."""
    origin = new.origin
    told = Provenance(origin.format, origin.file, origin.url, new.item.guid, new.imported)
    return {
        "title_from": new.title_from,
        "date": new.moment,
        "announced": new.announced,
        "kind": new.item.kind,
        "draft": new.item.draft or None,
        # The file is named by the slug already.
        "slug": None,
        "id": new.id,
        "source": _source_of(told, _line_of(new.fingerprints)),
    }


def _source_of(told: Provenance, fingerprints: str) -> Mapping[str, Plain]:
    source: dict[str, Plain] = {
        "format": told.format,
        "file": told.file,
        "url": told.url,
        "guid": told.guid,
        "imported": told.imported,
        "fingerprints": fingerprints,
    }
    return {name: value for name, value in source.items() if _says(value)}


def _line_of(fingerprints: Mapping[str, str]) -> str:
    """All of them on one line, which the eye passes over."""
    return " ".join(f"{name}={value}" for name, value in fingerprints.items())


def _says(value: Plain) -> bool:
    """Whether a value is worth a line."""
    return value is not None and not (isinstance(value, (str, Sequence, Mapping)) and not value)
