"""What becomes of an item: a new entry, a renewed one, or none. Decides, and writes nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
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
from digest.importing.identity import entry_id, nameless_identities, paper_names, place_name, text_identity, title_name
from digest.importing.known import KnownEntries, KnownEntry, family_names
from digest.importing.matching import Match, find_match, may_be, numbered
from digest.importing.plan import Decision, KeptEntry, NewEntry, RenewedEntry, RepeatedItem
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
    """Decides about items, one after the other; what it decided about one it knows at the next.

    The entries that are `broken`, by key, are left alone, and so is whatever may be one of them.
    """

    known: KnownEntries
    suggest: Suggest
    rules: ImportRules
    is_taken: Callable[[str], bool]
    broken: Collection[str] = ()
    problems: list[Problem] = field(default_factory=list)
    # Entries of this import, by number: they are not renewed by a second record of the same paper.
    _new: set[int] = field(default_factory=set)
    _seen: set[int] = field(default_factory=set)
    _crowded: dict[tuple[date, str], int] = field(default_factory=dict)

    def decide(self, told: ToldItem) -> Decision | None:
        """The decision about one item; none, and a problem more, for one that no entry can be made of."""
        item = told.item
        self.problems += told.problems
        if not told.title.text:
            hint = "an entry needs a title or at least one word"
            self.problems.append(Problem("error", "DG303", "neither title nor text", item.span, hint))
            return None
        match = find_match(told, self.known, self._seen)
        if self.broken and (key := match.entry.key if match else self._guess(told)) in self.broken:
            return KeptEntry(key, item.span, "broken")
        if match is None:
            return self._name(told, self._fresh_identity(told))
        if match.other is not None:
            both = f"{match.entry.place} and {match.other.place}"
            hint = "they are one paper: keep one of them, and give it the identifiers of both"
            self.problems.append(Problem("warning", "DG304", f"two entries of one paper: {both}", item.span, hint))
        newer, older = compare_versions(item, match.entry)
        if newer and self.rules.policy == "new":
            told_version = item.identifiers.version or item.updated
            identity = f"{told.names[0]}|v{told_version}" if told.names else text_identity(item.body)
            if not self.known.has(entry_id(identity)):
                return self._name(told, identity)
        return self._meet(told, match, newer=newer, older=older)

    def _guess(self, told: ToldItem) -> str:
        """The broken entry that an item may be, of which not all can be told; empty where there is none."""
        paper = paper_names(told.item.identifiers)
        names = [title_name(told.title.text), *paper, *(f"about:{name}" for name in paper)]
        alike = [entry for name in filter(None, names) for _, entry in self.known.find_all(name)]
        near = self.known.near(told.sketch)
        alike += [near] if near else []
        return next((entry.key for entry in alike if entry.key in self.broken and may_be(told, entry)), "")

    def _fresh_identity(self, told: ToldItem) -> str:
        """An identity that no entry has: a title alone is no proof, so that a second paper of one title is another."""
        wanted = [*told.names[:1], *nameless_identities(told.item)]
        free = (identity for identity in wanted if not self.known.has(entry_id(identity)))
        if identity := next(free, ""):
            return identity
        return next(
            identity for number in count(2) if not self.known.has(entry_id(identity := numbered(wanted[-1], number)))
        )

    def _meet(self, told: ToldItem, match: Match, *, newer: bool, older: bool) -> Decision:
        """What becomes of an item whose entry is there."""
        item, number, entry = told.item, match.number, match.entry
        first = number not in self._seen
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
        origin = told.origin
        own = (
            first
            and number not in self._new
            and bool(origin.name)
            and (origin.format, origin.name) == (entry.format, entry.origin)
        )
        renewed, kept = compare_fields(told, entry, renew=own or newer, foreign=match.foreign)
        day = self._day_of_revision(told, entry) if newer and self.rules.policy == "revise" else None
        if not renewed and day is None:
            other = not own and "body" in told.fields and not has_same_text(told, entry)
            if other and not kept:
                self._note_other("text", item, entry)
                return KeptEntry(entry.key, item.span, "other-text")
            if not own and self._has_other_title(told, number):
                self._note_other("title", item, entry)
            return KeptEntry(entry.key, item.span, "edited" if entry.edited else "unchanged")
        changes = {name: told.fields[name] for name in renewed if name != "body"}
        if "title" in changes and entry.title_from:
            changes["title_from"] = None
        if day is not None:
            changes["date"] = day
            renewed = (*renewed, "date")
        body = str(told.fields["body"]) if "body" in renewed else None
        return RenewedEntry(entry.key, item.span, renewed, kept, changes, body)

    def _day_of_revision(self, told: ToldItem, entry: KnownEntry) -> date | None:
        """The day to which a new version moves its entry; none where a person, or another entry, is in the way."""
        day = self.rules.day or self._stated_day(told.item)
        day = day.date() if isinstance(day, datetime) else day
        if day is None or entry.current.get("date") != entry.imported.get("date", entry.current.get("date")):
            return None
        url = f"/{day.year:04d}/{day.month:02d}/{day.day:02d}/{entry.url.rstrip('/').rpartition('/')[2]}/"
        if url == entry.url:
            return None
        if self.known.has(f"url:{url}"):
            hint = "give one of the two a `slug` of its own, and import again"
            message = f"{entry.place} stays on its day: another entry has the address {url}"
            self.problems.append(Problem("warning", "DG304", message, told.item.span, hint))
            return None
        return day

    def _has_other_title(self, told: ToldItem, number: int) -> bool:
        """Whether the words of the title are others than those of the entry."""
        name = "" if told.title.title_from or told.item.kind != "abstract" else title_name(told.title.text)
        return bool(name) and all(holder != number for holder, _ in self.known.find_all(name))

    def _note_other(self, what: str, item: Item, entry: KnownEntry) -> None:
        hint = f"the {what} of the entry is kept; take over by hand what you want of the other"
        message = f"another {what} of the paper of {entry.place}"
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
        fields = {**told.fields, "tags": tags} if tags else dict(told.fields)
        if aliases := self._free_aliases(item):
            fields["aliases"] = aliases
        else:
            fields.pop("aliases", None)
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
            fingerprints=fingerprint_fields({**fields, "date": day}),
        )
        self._suspect(new, told)
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
        while True:
            name = slug if number == 1 else f"{slug}-{number}"
            key = f"{folder}/{name}.md"
            # An entry that a person has moved to another day still has its file here.
            if not self.known.has(f"url:/{folder}/{name}/") and not self.known.has_key(key):
                break
            number += 1
            self._crowded[day, slug] = number
        if self.is_taken(key):
            hint = "move that file away, or give it front matter"
            message = f"content/{key} is in the way, and is no entry"
            self.problems.append(Problem("error", "DG306", message, item.span, hint))
            return None
        return key

    def _free_aliases(self, item: Item) -> tuple[str, ...]:
        """The old addresses that no entry has; DG304 for another."""
        taken = [alias for alias in item.aliases if self.known.has(f"url:{alias}")]
        if taken:
            message = f"another entry has the address {taken[0]}: imported without it"
            self.problems.append(Problem("warning", "DG304", message, item.span, "give it to one of them by hand"))
        return tuple(alias for alias in item.aliases if alias not in taken)

    def _suspect(self, new: NewEntry, told: ToldItem) -> None:
        """Warn of an entry that nearly is another one: in its text, or an abstract by its title."""
        item = new.item
        for name in told.names:
            for _, entry in self.known.find_all(f"about:{name}", 1):
                hint = "both stay: an abstract, and what somebody says of it"
                message = f"{entry.place} is about the same paper"
                self.problems.append(Problem("note", "DG304", message, item.span, hint))
        near = self.known.near(told.sketch)
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
        entry = KnownEntry(
            key=new.key,
            id=new.id,
            kind=item.kind,
            format=origin.format,
            origin=origin.name,
            version=item.identifiers.version,
            updated=str(item.updated or ""),
            title_from=new.title_from,
            url=f"/{new.key.removesuffix('.md')}/",
            families=family_names(item.authors),
            imported=dict(new.fingerprints),
            current=dict(new.fingerprints),
        )
        names = [new.id, *told.names, f"url:{entry.url}", *(f"url:{alias}" for alias in item.aliases)]
        if item.kind != "abstract":
            names += (f"about:{name}" for name in paper_names(item.identifiers))
        if item.guid:
            names.append(f"guid:{item.guid}")
        if not new.title_from:
            names.append(place_name(item.kind, origin.format, origin.name, new.title, item.authors))
            names.append(title_name(new.title) if item.kind == "abstract" else "")
        number = self.known.add(entry, filter(None, names), told.sketch)
        self._new.add(number)
        self._seen.add(number)

    def _warn(self, message: str, span: Span) -> None:
        self.problems.append(Problem("warning", "DG304", message, span, _DUPLICATE_HINT))


def _slug(title: str) -> str:
    """The slug of a title. One that opens with a date would be read as the day of the file, not as its name."""
    slug = slugs.slugify(title)
    return f"of-{slug}" if _DAY_PREFIX.match(slug) else slug
