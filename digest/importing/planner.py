"""What becomes of an item: a new entry, a renewed one, or none. Decides, and writes nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from itertools import count
from typing import Final

from digest.formats import slugs
from digest.importing.comparison import (
    ToldItem,
    compare_fields,
    compare_versions,
    has_same_text,
    kebab_tags,
    says_nothing_new,
)
from digest.importing.fields import fingerprint_fields
from digest.importing.identity import (
    entry_id,
    place_name,
    text_identity,
    title_name,
    weak_identity,
)
from digest.importing.known import KnownEntries, KnownEntry, family_names
from digest.importing.plan import Decision, KeptEntry, NewEntry, RenewedEntry, RepeatedItem
from digest.importing.sketches import Sketch
from digest.model import Item, OnKnown, Problem, Span

Suggest = Callable[[str, str], tuple[str, ...]]

_DAY_PREFIX: Final = re.compile(r"\d{4}-\d{2}-\d{2}-")
_DUPLICATE_HINT: Final = "both are kept: delete one of them if they are the same"


@dataclass(frozen=True, slots=True)
class ImportRules:
    """What the site and the command line say about an import; `day` and `tags` are for every entry of it."""

    now: datetime
    zone: tzinfo
    policy: OnKnown = "update"
    day: date | None = None
    tags: tuple[str, ...] = ()


@dataclass(slots=True)
class Planner:
    """Decides about items, one after the other; what it decided about one it knows at the next."""

    known: KnownEntries
    suggest: Suggest
    rules: ImportRules
    is_taken: Callable[[str], bool]
    problems: list[Problem] = field(default_factory=list)
    # Entries of this import, by number: they are not renewed by a second record of the same paper.
    _new: set[int] = field(default_factory=set)
    _seen: set[int] = field(default_factory=set)
    _crowded: dict[tuple[date, str], int] = field(default_factory=dict)

    def decide(self, told: ToldItem) -> Decision | None:
        """The decision about one item; none, and a problem more, for one that no entry can be made of."""
        item = told.item
        if not told.title.text:
            hint = "an entry needs a title or at least one word"
            self.problems.append(Problem("error", "DG303", "neither title nor text", item.span, hint))
            return None
        found = self._find_same(told)
        if found is None:
            return self._name(told, self._fresh_identity(told))
        number, entry = found
        newer, older = compare_versions(item, entry)
        if newer and self.rules.policy == "new":
            identity = f"{told.names[0]}|v{item.identifiers.version}" if told.names else text_identity(item.body)
            again = self.known.find([entry_id(identity)])
            if again is None:
                return self._name(told, identity)
            number, entry = again
            newer = False
        return self._meet(told, number, entry, newer=newer, older=older)

    def _find_same(self, told: ToldItem) -> tuple[int, KnownEntry] | None:
        """The entry that the item is, beyond doubt."""
        item = told.item
        found = self.known.find(told.names)
        if found is not None:
            return found
        if item.guid and not told.names:
            called = self.known.find_all(f"guid:{item.guid}")
            return next((pair for pair in called if _is_of_kind(item, pair[1])), None)
        file = told.origin.url or told.origin.file
        if not told.title.title_from and (
            place := place_name(item.kind, told.origin.format, file, told.title.text, item.authors)
        ):
            # The same title in the same document, edited there since; two of one title in one document are two.
            same = [pair for pair in self.known.find_all(place) if pair[0] not in self._seen]
            if same:
                return next((pair for pair in same if has_same_text(told, pair[1])), same[0])
        for identity in dict.fromkeys((weak_identity(item), text_identity(item.body))):
            for candidate in self._holders(identity):
                # An abstract and a summary may hold the same words, and are two all the same.
                if _is_of_kind(item, candidate[1]) and (item.kind != "abstract" or has_same_text(told, candidate[1])):
                    return candidate
        return None

    def _holders(self, identity: str) -> Iterator[tuple[int, KnownEntry]]:
        """The entries whose ids were made from an identity: that of the first, and of those that came to share it."""
        for number in count(1):
            found = self.known.find([entry_id(_numbered(identity, number))])
            if found is None:
                return
            yield found

    def _fresh_identity(self, told: ToldItem) -> str:
        """An identity that no entry has: a title alone is no proof, so that a second paper of one title is another."""
        wanted = [*told.names[:1], weak_identity(told.item), text_identity(told.item.body)]
        free = (identity for identity in wanted if not self.known.has(entry_id(identity)))
        if identity := next(free, ""):
            return identity
        return next(
            identity for number in count(2) if not self.known.has(entry_id(identity := _numbered(wanted[-1], number)))
        )

    def _meet(self, told: ToldItem, number: int, entry: KnownEntry, *, newer: bool, older: bool) -> Decision:
        """What becomes of an item whose entry is there."""
        item, first = told.item, number not in self._seen
        self._seen.add(number)
        if not first and not newer and says_nothing_new(told, entry):
            message = f"the same as {entry.place}: imported once"
            hint = "nothing is to be done; delete it from the document to be rid of this note"
            self.problems.append(Problem("note", "DG304", message, item.span, hint))
            return RepeatedItem(entry.key, item.span)
        if self.rules.policy == "ignore":
            return KeptEntry(entry.key, item.span, "ignored")
        if older:
            return KeptEntry(entry.key, item.span, "older")
        file = told.origin.url or told.origin.file
        own = first and number not in self._new and (told.origin.format, file) == (entry.format, entry.file)
        renewed, kept = compare_fields(told, entry, renew=own or newer)
        if not renewed:
            other = not own and "body" in told.fields and not has_same_text(told, entry)
            if other and not kept:
                self._note_other_text(item, entry)
                return KeptEntry(entry.key, item.span, "other-text")
            return KeptEntry(entry.key, item.span, "edited" if entry.edited else "unchanged")
        changes = {name: told.fields[name] for name in renewed if name != "body"}
        if "title" in changes and entry.title_from:
            changes["title_from"] = None
        if newer and self.rules.policy == "revise" and (day := self._stated_day(item)):
            changes |= {"date": day}
        body = str(told.fields["body"]) if "body" in renewed else None
        return RenewedEntry(entry.key, item.span, renewed, kept, changes, body)

    def _note_other_text(self, item: Item, entry: KnownEntry) -> None:
        hint = "the text of the entry is kept; edit it, or import the other one with --on-known new"
        message = f"another text of the paper of {entry.place}"
        self.problems.append(Problem("note", "DG304", message, item.span, hint))

    def _name(self, told: ToldItem, identity: str) -> NewEntry | None:
        """The item as an entry to be, under a key and an address that nothing else has."""
        item, rules = told.item, self.rules
        stated = self._stated_day(item)
        moment = rules.day or stated or (item.published.full if item.published else None) or self._today()
        if isinstance(moment, datetime) and item.kind == "abstract":
            moment = moment.date()  # when a listing was sent out tells nothing of the paper
        day = moment.date() if isinstance(moment, datetime) else moment
        key = self._free_key(day, _slug(item.slug or told.title.text), item)
        if key is None:
            return None
        # A derived title is text already: it is not to count twice.
        tags = kebab_tags(item.tags) or self.suggest("" if told.title.title_from else told.title.text, item.body)
        tags = tuple(dict.fromkeys((*tags, *kebab_tags(rules.tags))))
        fields = {**told.fields, "tags": tags} if tags else told.fields
        announced = stated.date() if isinstance(stated, datetime) else stated
        new = NewEntry(
            key=key,
            id=entry_id(identity),
            title=told.title.text,
            title_from=told.title.title_from,
            moment=moment,
            announced=announced if announced != day else None,
            published=told.published,
            tags=tags,
            item=item,
            origin=told.origin,
            imported=self._today(),
            values=fields,
            fingerprints=fingerprint_fields(fields),
        )
        self._suspect(new, told.sketch)
        self._remember(new, told)
        return new

    def _today(self) -> date:
        return self.rules.now.astimezone(self.rules.zone).date()

    def _stated_day(self, item: Item) -> date | None:
        """The day that the source states; of an instant, the site's clock tells the day."""
        if isinstance(item.day, datetime):
            return item.day.astimezone(self.rules.zone) if item.day.tzinfo else item.day
        return item.day

    def _free_key(self, day: date, slug: str, item: Item) -> str | None:
        """The first key of the day that no entry has: `slug`, `slug-2`, …; DG306 where a file that is none has it."""
        folder = f"{day.year:04d}/{day.month:02d}/{day.day:02d}"
        number = self._crowded.get((day, slug), 1)
        while self.known.has(f"url:/{folder}/{slug if number == 1 else f'{slug}-{number}'}/"):
            number += 1
            self._crowded[day, slug] = number
        key = f"{folder}/{slug if number == 1 else f'{slug}-{number}'}.md"
        if self.is_taken(key):
            hint = "move that file away, or give it front matter"
            message = f"content/{key} is in the way, and is no entry"
            self.problems.append(Problem("error", "DG306", message, item.span, hint))
            return None
        return key

    def _suspect(self, new: NewEntry, sketch: Sketch) -> None:
        """Warn of an entry that nearly is another one: in its text, or an abstract by its title."""
        item = new.item
        near = self.known.near(sketch)
        if near is not None:
            self._warn(f"suspected duplicate: nearly the same text as {near.place}", item.span)
            return
        if item.kind != "abstract" or new.title_from:
            return
        families = set(family_names(item.authors))
        for _, entry in self.known.find_all(title_name(new.title)):
            known_names = set(entry.families)
            if not families or not known_names or families & known_names:
                self._warn(f"suspected duplicate: the same title as {entry.place}", item.span)
                return

    def _remember(self, new: NewEntry, told: ToldItem) -> None:
        item, origin = new.item, new.origin
        file = origin.url or origin.file
        entry = KnownEntry(
            key=new.key,
            id=new.id,
            kind=item.kind,
            format=origin.format,
            file=file,
            version=item.identifiers.version,
            updated=str(item.updated or ""),
            title_from=new.title_from,
            date=new.key[:10].replace("/", "-"),
            families=family_names(item.authors),
            imported=dict(new.fingerprints),
            current=dict(new.fingerprints),
        )
        names = [new.id, *told.names, f"url:/{new.key.removesuffix('.md')}/", *(f"url:{url}" for url in item.aliases)]
        if item.guid:
            names.append(f"guid:{item.guid}")
        if not new.title_from:
            names.append(place_name(item.kind, origin.format, file, new.title, item.authors))
            names.append(title_name(new.title) if item.kind == "abstract" else "")
        number = self.known.add(entry, filter(None, names), told.sketch)
        self._new.add(number)
        self._seen.add(number)

    def _warn(self, message: str, span: Span) -> None:
        self.problems.append(Problem("warning", "DG304", message, span, _DUPLICATE_HINT))


def _is_of_kind(item: Item, entry: KnownEntry) -> bool:
    """Whether both are the abstract of a paper, or neither is."""
    return (item.kind == "abstract") == (entry.kind == "abstract")


def _numbered(identity: str, number: int) -> str:
    return identity if number == 1 else f"{identity}|{number}"


def _slug(title: str) -> str:
    """The slug of a title. One that opens with a date would be read as the day of the file, not as its name."""
    slug = slugs.slugify(title)
    return f"of-{slug}" if _DAY_PREFIX.match(slug) else slug
