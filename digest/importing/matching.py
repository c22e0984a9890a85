"""Which entry an item is, beyond doubt: by the names of its paper, by what its source calls it, by its place there."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Final

from digest.importing.comparison import ToldItem, has_same_text, says_nothing_new
from digest.importing.identity import entry_id, named_papers, nameless_identities, place_name, weak_identity
from digest.importing.known import KnownEntries, KnownEntry
from digest.importing.sketches import NEAR, resemblance

# Where two records of one document and title differ in any of these, they are two.
_TELLING: Final = ("arxiv", "doi", "pmid", "pmcid", "openreview", "published", "links")
_IDS: Final = _TELLING[:5]

Candidate = tuple[int, KnownEntry]


@dataclass(frozen=True, slots=True)
class Match:
    """The entry that an item is. `foreign` are fields of the item that name the paper of another entry, `other`."""

    number: int
    entry: KnownEntry
    foreign: frozenset[str] = frozenset()
    other: KnownEntry | None = None


def find_match(told: ToldItem, known: KnownEntries, seen: Collection[int]) -> Match | None:
    """The entry that the item is; of `seen`, the numbers that this import has met, none is another record's place."""
    if match := _by_names(told, known):
        return match
    if told.item.guid and not told.names:
        called = [pair for pair in known.find_all(f"guid:{told.item.guid}") if is_of_kind(told, pair[1])]
        own = entry_id(weak_identity(told.item))
        # Where a source gives one to several, the entry that has its id from it is the one.
        called.sort(key=lambda pair: (pair[1].id != own, not has_same_text(told, pair[1])))
        return Match(*called[0]) if called else None
    found = _by_place(told, known, seen) or _by_text(told, known)
    return Match(*found) if found else None


def holders_of(identity: str, known: KnownEntries) -> Iterator[Candidate]:
    """The entries whose ids were made from an identity: that of the first, and of those that came to share it."""
    for number in count(1):
        found = known.find([entry_id(numbered(identity, number))])
        if found is None:
            return
        yield found


def numbered(identity: str, number: int) -> str:
    """The identity of the first, second, … entry that would have it."""
    return identity if number == 1 else f"{identity}|{number}"


def is_of_kind(told: ToldItem, entry: KnownEntry) -> bool:
    """Whether both are the abstract of a paper, or neither is."""
    return (told.item.kind == "abstract") == (entry.kind == "abstract")


def may_be(told: ToldItem, entry: KnownEntry) -> bool:
    """Whether no name of the item's paper speaks against it: those of a broken entry are told as they were imported."""
    held = ({entry.current.get(name), entry.imported.get(name)} - {None} for name in _IDS)
    return all(
        not values or told.fingerprints.get(name) in {None, *values} for name, values in zip(_IDS, held, strict=True)
    )


def _by_names(told: ToldItem, known: KnownEntries) -> Match | None:
    """By the strongest name that any entry has, unless a stronger one says that it is another paper."""
    named = named_papers(told.item.identifiers) if told.names else ()
    for field, name in named:
        stronger = _IDS[: _IDS.index(field)]
        # An entry whose kind or id a person has changed still has the id that was made of the name.
        called = known.find_all(name) or known.find_all(entry_id(name))
        holders = [pair for pair in called if not _contradicts(told, pair[1], stronger)]
        if holders:
            number, entry = _closest(told, holders)
            return _with_foreign(known, number, entry, dict(named))
    return None


def _closest(told: ToldItem, holders: list[Candidate]) -> Candidate:
    """Of several entries of one paper, that of the same version, else the newest."""
    version, updated = told.item.identifiers.version, str(told.item.updated or "")
    same = [
        pair for pair in holders if (pair[1].version == version if version else updated and pair[1].updated == updated)
    ]
    return same[0] if same else max(holders, key=lambda pair: (pair[1].version or 0, pair[1].updated))


def _with_foreign(known: KnownEntries, number: int, entry: KnownEntry, named: dict[str, str]) -> Match:
    """The match, with the names of the item that are another entry's."""
    foreign: set[str] = set()
    other: KnownEntry | None = None
    for field, name in named.items():
        holders = known.find_all(name)
        if holders and all(holder != number for holder, _ in holders):
            foreign.add(field)
            other = other or holders[0][1]
    return Match(number, entry, frozenset(foreign), other)


def _by_place(told: ToldItem, known: KnownEntries, seen: Collection[int]) -> Candidate | None:
    """By document, title and first author: the record is there still, and its text was edited, not exchanged."""
    if told.title.title_from or not told.origin.name:
        return None
    item, origin = told.item, told.origin
    place = place_name(item.kind, origin.format, origin.name, told.title.text, item.authors)
    there = [pair for pair in known.find_all(place) if pair[0] not in seen] if place else []
    there = [pair for pair in there if not _contradicts(told, pair[1], _IDS)]
    same = [pair for pair in there if has_same_text(told, pair[1])]
    # Of several records of one title, the very one; one that says something else has been edited.
    if same:
        return next((pair for pair in same if says_nothing_new(told, pair[1])), same[0])
    for number, entry in there:
        bare = "body" not in told.fields or "body" not in entry.current
        if bare and not _contradicts(told, entry, _TELLING):
            return number, entry
        if not bare and resemblance(told.sketch, known.sketch_of(number)) >= NEAR:
            return number, entry
    return None


def _by_text(told: ToldItem, known: KnownEntries) -> Candidate | None:
    """By what has no name: a text by its words, an abstract by title, author, year and its text."""
    for identity in nameless_identities(told.item):
        for number, entry in holders_of(identity, known):
            # An abstract and a summary may hold the same words, and are two all the same.
            if not is_of_kind(told, entry) or _contradicts(told, entry, _IDS):
                continue
            if told.item.kind != "abstract" or (has_same_text(told, entry) and not _differs(told, entry)):
                return number, entry
    return None


def _differs(told: ToldItem, entry: KnownEntry) -> bool:
    """Whether two records without a text, of one title, author and year, stand in different places all the same."""
    return "body" not in told.fields and _contradicts(told, entry, (*_TELLING, "details", "venue"))


def _contradicts(told: ToldItem, entry: KnownEntry, fields: Collection[str]) -> bool:
    """Whether both have one of these fields, and each another."""
    return any(
        name in told.fingerprints
        and (entry.current.get(name) or entry.imported.get(name, told.fingerprints[name])) != told.fingerprints[name]
        for name in fields
    )
