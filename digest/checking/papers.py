"""Papers that stand in the digest twice, or in a version that a newer one replaced."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from digest.checking.places import place_of_key
from digest.model import CheckedSite, Entry, Problem

_NAMES = ("arxiv", "doi", "pmid", "pmcid", "openreview")


def check_papers(checked: CheckedSite) -> Iterator[Problem]:
    """DG911 at the older versions of a paper, DG912 at the newer of two entries about the same.

    The abstract of a paper and a summary of it are two texts, and no problem.
    """
    told: set[tuple[str, str]] = set()
    for name in _NAMES:
        found: defaultdict[tuple[str, str], list[Entry]] = defaultdict(list)
        for entry in checked.site.entries:
            if value := getattr(entry.identifiers, name):
                found[value.casefold(), entry.kind].append(entry)
        for entries in found.values():
            if len(entries) > 1:
                yield from _compare(checked, name, entries, told)
    yield from _compare_titles(checked, told)


def _compare(
    checked: CheckedSite, name: str, entries: Sequence[Entry], told: set[tuple[str, str]]
) -> Iterator[Problem]:
    """Entries of one kind and identifier: the one with the highest version, and of these the oldest, stays."""
    best, *others = sorted(entries, key=lambda entry: (-(entry.identifiers.version or 0), entry.date, entry.key))
    for entry in others:
        if (entry.key, best.key) in told:
            continue
        told.add((entry.key, best.key))
        span = place_of_key(checked, entry.path, name)
        version, newest = entry.identifiers.version, best.identifiers.version
        if newest and version != newest:
            message = f"version {newest} of this paper has an entry of its own: {best.path}"
            hint = f"delete this one and add its address to the `aliases` of the other: {entry.url}"
            yield Problem("warning", "DG911", message, span, hint)
        else:
            message = f"{best.path} is about the same paper: {getattr(entry.identifiers, name)}"
            hint = f"keep one, and add the address of the other to its `aliases`: {entry.url}"
            yield Problem("warning", "DG912", message, span, hint)


def _compare_titles(checked: CheckedSite, told: set[tuple[str, str]]) -> Iterator[Problem]:
    """Entries of one kind, title and first author, of which no identifier says that they are two papers."""
    found: defaultdict[tuple[str, str, str], list[Entry]] = defaultdict(list)
    for entry in checked.site.entries:
        if entry.authors and not entry.title_from:
            found[entry.title.casefold(), entry.authors[0].casefold(), entry.kind].append(entry)
    for entries in found.values():
        *others, oldest = entries
        for entry in others:
            if (entry.key, oldest.key) in told or (oldest.key, entry.key) in told or _are_two(entry, oldest):
                continue
            message = f"{oldest.path} has the same title and the same first author"
            hint = "if it is the same paper, keep one, and add the address of the other to its `aliases`"
            yield Problem("note", "DG912", message, place_of_key(checked, entry.path, "title"), hint)


def _are_two(one: Entry, other: Entry) -> bool:
    """Whether an identifier that both have is another."""
    pairs = ((getattr(one.identifiers, name), getattr(other.identifiers, name)) for name in _NAMES)
    return any(mine and theirs and mine != theirs for mine, theirs in pairs)
