"""An item and what can be told from it alone; and what of it an entry that is there has not."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from digest.formats import identifiers, slugs
from digest.formats.frontmatter import Plain
from digest.importing.fields import fingerprint_fields, item_fields
from digest.importing.identity import normalise_words, paper_names
from digest.importing.known import KnownEntry
from digest.importing.plan import Origin, RenewedEntry
from digest.importing.sketches import Sketch, sketch_text
from digest.importing.soundness import make_sound
from digest.importing.titles import DerivedTitle, derive_title
from digest.model import Item, PartialDate, Problem

# What the services that give out identifiers are asked for.
_FILLED: Final = ("title", "authors", "published", "arxiv", "doi", "pmid", "pmcid")


@dataclass(frozen=True, slots=True)
class ToldItem:
    """An item with its title, the names of its paper, and its fields as front matter has them.

    An empty title is that of an item without a word.
    """

    item: Item
    origin: Origin
    title: DerivedTitle
    names: tuple[str, ...]
    published: PartialDate | None
    fields: Mapping[str, Plain]
    fingerprints: Mapping[str, str]
    sketch: Sketch
    problems: tuple[Problem, ...] = ()


def tell_item(item: Item, origin: Origin) -> ToldItem:
    """All that can be told of an item without looking at anything else."""
    item, problems = make_sound(item)
    given = " ".join(item.title.split())
    title = DerivedTitle(given) if given else derive_title(item.body)
    # The month that an arXiv id tells stands in where the source states no day at all.
    published = item.published or (identifiers.arxiv_month(item.identifiers.arxiv) if item.day is None else None)
    fields = item_fields(item, title=title.text, published=published, tags=kebab_tags(item.tags), slug=item.slug)
    names = paper_names(item.identifiers) if item.kind == "abstract" else ()
    fingerprints, sketch = fingerprint_fields(fields), sketch_text(item.body)
    return ToldItem(item, origin, title, names, published, fields, fingerprints, sketch, problems)


def compare_versions(item: Item, entry: KnownEntry) -> tuple[bool, bool]:
    """Whether the item is newer than the entry, and whether it is older: by version, else by the day of revision."""
    version = item.identifiers.version
    if version and entry.version and version != entry.version:
        return version > entry.version, version < entry.version
    updated = str(item.updated or "")
    if not updated or not entry.updated or len(updated) != len(entry.updated):
        return False, False
    return updated > entry.updated, updated < entry.updated


def compare_fields(
    told: ToldItem, entry: KnownEntry, *, renew: bool, foreign: Collection[str] = ()
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The fields to renew or fill, and those in which a person's edit stands against what the source says now.

    A field is filled where the entry never had one; it is renewed where it still is as it was imported, and the source
    is the entry's own or newer. What is `foreign` is neither.
    """
    renewed: list[str] = []
    kept: list[str] = []
    for name, value in told.fingerprints.items():
        before, now = entry.imported.get(name), entry.current.get(name)
        if now == value or name in foreign or (name == "title" and told.title.title_from):
            continue
        derived = name == "title" and bool(entry.title_from) and now == before
        if derived or _adds(told, entry, name):
            renewed.append(name)
        elif now != before:
            kept.append(name)
        elif renew and name != "tags":  # of which some came with the import, whatever the source says
            renewed.append(name)
    return tuple(renewed), tuple(kept)


def fill_entry(entry: KnownEntry, item: Item) -> RenewedEntry | None:
    """What an entry lacks of the names of its paper, and the item tells; what a person took away stays away."""
    told = tell_item(item, Origin(""))
    filled = []
    for name in _FILLED:
        if name not in told.fields or (name == "title" and told.title.title_from):
            continue
        before, now = entry.imported.get(name), entry.current.get(name)
        derived = name == "title" and bool(entry.title_from) and before in {now, None}
        if derived or _adds(told, entry, name):
            filled.append(name)
    if not filled:
        return None
    changes = {name: told.fields[name] for name in filled}
    if "title" in changes:
        changes["title_from"] = None
    return RenewedEntry(entry.key, item.span, tuple(filled), (), changes, None)


def _adds(told: ToldItem, entry: KnownEntry, name: str) -> bool:
    """Whether the item tells what the entry never had, or tells it more precisely."""
    before, now = entry.imported.get(name), entry.current.get(name)
    return (now is None and before is None) or (before in {None, now} and _is_more_precise(told, name, now))


def _is_more_precise(told: ToldItem, name: str, now: str | None) -> bool:
    """Whether the item tells the day of which the entry tells the month, or the month of its year."""
    if name not in {"published", "updated"}:
        return False
    whole = str(told.fields[name])
    return any(now == fingerprint_fields({name: whole[:size]})[name] for size in (4, 7) if size < len(whole))


def says_nothing_new(told: ToldItem, entry: KnownEntry) -> bool:
    """Whether every field of the item is as the entry has it."""
    return all(entry.current.get(name) == value for name, value in told.fingerprints.items() if name != "tags")


def has_same_text(told: ToldItem, entry: KnownEntry) -> bool:
    """Whether the item's text is that of the entry, as it is or as it was imported."""
    return told.fingerprints.get("body") in {entry.current.get("body"), entry.imported.get("body")}


def kebab_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Tags as front matter has them, each once; what holds no word is none."""
    return tuple(dict.fromkeys(slugs.slugify(tag) for tag in tags if normalise_words(tag)))
