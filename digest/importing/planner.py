"""Items to entries: what to write, what is there already, what looks like something else. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from digest.formats import identifiers, slugs
from digest.importing.duplicates import TextIndex
from digest.importing.identity import (
    entry_fields,
    entry_id,
    field_texts,
    fingerprint_fields,
    identity_of,
    normalise_words,
    paper_names,
    text_identity,
    trim_body,
)
from digest.importing.plan import ImportPlan, KeptEntry, NewEntry, State
from digest.importing.titles import DerivedTitle, derive_title
from digest.model import Entry, Identifiers, Item, PartialDate, Problem, SourceReading, Span

Suggest = Callable[[str, str], tuple[str, ...]]

_DAY_PREFIX: Final = re.compile(r"\d{4}-\d{2}-\d{2}-")
_DUPLICATE_HINT: Final = "both are kept: delete one of them if they are the same"


def plan_import(
    readings: Sequence[SourceReading],
    existing: Iterable[Entry],
    suggest: Suggest,
    *,
    now: datetime,
    day: date | None = None,
    tags: Iterable[str] = (),
    occupied: Collection[str] = (),
) -> ImportPlan:
    """Decide for every item whether it is new, where it goes and under which name.

    `now` is in the time zone of the site; `day` and `tags` are what the command line says; `occupied` are the keys of
    all files under content/, entries or not. The problems of the readings come first.
    """
    planner = _Planner(suggest, now.date(), day, _kebab(tags), frozenset(occupied))
    for entry in existing:
        planner.know_entry(entry)
    for reading in readings:
        for found in reading.found:
            if isinstance(found, Problem):
                planner.problems.append(found)
            elif isinstance(found, Item):
                planner.take(found, reading)
    return ImportPlan(tuple(planner.new), tuple(planner.kept), tuple(planner.repeated), tuple(planner.problems))


@dataclass(frozen=True, slots=True)
class _Known:
    """An entry that is there or will be: where to look for it, and its text."""

    place: str
    span: Span | None
    body: str
    entry: Entry | None = None


@dataclass(slots=True)
class _Planner:
    """What is known while the items pass by, one after the other."""

    suggest: Suggest
    today: date
    day: date | None
    tags: tuple[str, ...]
    occupied: frozenset[str]
    new: list[NewEntry] = field(default_factory=list)
    kept: list[KeptEntry] = field(default_factory=list)
    repeated: list[Span] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    known: dict[str, _Known] = field(default_factory=dict)
    titles: dict[str, list[tuple[tuple[str, ...], str]]] = field(default_factory=dict)
    texts: TextIndex = field(default_factory=TextIndex)
    keys: set[str] = field(default_factory=set)
    urls: set[str] = field(default_factory=set)
    numbers: dict[tuple[date, str], int] = field(default_factory=dict)

    def know_entry(self, entry: Entry) -> None:
        """An entry that content/ holds already."""
        known = _Known(entry.path, None, entry.body, entry)
        self.known.setdefault(entry.id, known)
        if entry.kind == "abstract":
            for name in paper_names(entry.identifiers):
                self.known.setdefault(name, known)
            if not entry.title_from:
                self.titles.setdefault(normalise_words(entry.title), []).append((entry.authors, entry.path))
        self.texts.add(entry.path, entry.body)
        self.keys.add(entry.key)
        self.urls |= {entry.url, *entry.aliases}

    def take(self, item: Item, reading: SourceReading) -> None:
        """Decide about one item."""
        given = " ".join(item.title.split())
        title = DerivedTitle(given) if given else derive_title(item.body)
        if not title.text:
            hint = "an entry needs a title or at least one word"
            self.problems.append(Problem("error", "DG303", "neither title nor text", item.span, hint))
            return
        identity = self._settle(item)
        if identity is None:
            return
        new = self._name(item, reading, title, identity)
        if new is not None:
            self._suspect(new)
            self._know_new(new)
            self.new.append(new)

    def _settle(self, item: Item) -> str | None:
        """The identity of an item that is new; nothing for one that is there already."""
        identity = identity_of(item)
        names = (entry_id(identity), *(paper_names(item.identifiers) if item.kind == "abstract" else ()))
        found = next((self.known[name] for name in names if name in self.known), None)
        if found is None:
            return identity
        if found.body == item.body or normalise_words(found.body) == normalise_words(item.body):
            self._pass_over(found, item)
            return None
        # One paper and two texts: none is lost. The second stands under the identity of its words.
        other = text_identity(item.body)
        twin = self.known.get(entry_id(other))
        if twin is not None or found.entry is not None:
            self._pass_over(twin or found, item)
            return None
        self._warn(f"the same paper as {found.place}, with another text", item.span)
        return other

    def _pass_over(self, found: _Known, item: Item) -> None:
        if found.entry is not None:
            self.kept.append(KeptEntry(found.entry.path, item.span, _state(found.entry, item)))
        else:
            self.repeated.append(item.span)
            message = f"the same text as {found.place}: imported once"
            hint = "nothing is to be done; delete it from the document to be rid of this note"
            self.problems.append(Problem("note", "DG304", message, item.span, hint))

    def _name(self, item: Item, reading: SourceReading, title: DerivedTitle, identity: str) -> NewEntry | None:
        """The item as an entry to be, under a key and an address that nothing else has."""
        published = item.published or _month_beside(item.day, item.identifiers)
        day = self.day or item.day or (item.published.full if item.published else None) or self.today
        key = self._free_key(day, _slug(title.text), item)
        if key is None:
            return None
        # A derived title is text already: it is not to count twice.
        tags = _kebab(item.tags) or self.suggest("" if title.title_from else title.text, item.body)
        tags = tuple(dict.fromkeys((*tags, *self.tags)))
        fields = field_texts(
            title=title.text,
            published=str(published or ""),
            updated=str(item.updated or ""),
            authors=item.authors,
            tags=tags,
            venue=item.venue,
            links=item.links,
            body=item.body,
        )
        return NewEntry(
            key=key,
            id=entry_id(identity),
            title=title.text,
            title_from=title.title_from,
            date=day,
            published=published,
            tags=tags,
            item=item,
            format=reading.format,
            file=_file_name(reading.document.name),
            fingerprints=fingerprint_fields(fields),
        )

    def _free_key(self, day: date, slug: str, item: Item) -> str | None:
        """The first key of the day that no entry has: `slug`, `slug-2`, …; DG306 where a file that is none has it."""
        folder = f"{day.year:04d}/{day.month:02d}/{day.day:02d}"
        number = self.numbers.get((day, slug), 0)
        while True:
            number += 1
            name = slug if number == 1 else f"{slug}-{number}"
            key, url = f"{folder}/{name}.md", f"/{folder}/{name}/"
            if key not in self.keys and url not in self.urls:
                break
        self.numbers[day, slug] = number
        if key in self.occupied:
            hint = "move that file away, or give it front matter"
            message = f"content/{key} is in the way, and is no entry"
            self.problems.append(Problem("error", "DG306", message, item.span, hint))
            return None
        self.keys.add(key)
        self.urls.add(url)
        return key

    def _suspect(self, new: NewEntry) -> None:
        """Warn of an entry that nearly is another one: in its text, or an abstract by its title."""
        item = new.item
        near = self.texts.find(item.body)
        if near is not None:
            self._warn(f"suspected duplicate: nearly the same text as {near}", item.span)
            return
        if item.kind != "abstract" or new.title_from:
            return
        for authors, place in self.titles.get(normalise_words(new.title), ()):
            if not authors or not item.authors or _share_a_name(authors, item.authors):
                self._warn(f"suspected duplicate: the same title as {place}", item.span)
                return

    def _know_new(self, new: NewEntry) -> None:
        item = new.item
        place = f"{item.span.path}:{item.span.line} (content/{new.key})"
        known = _Known(place, item.span, item.body)
        self.known.setdefault(new.id, known)
        if item.kind == "abstract":
            for name in paper_names(item.identifiers):
                self.known.setdefault(name, known)
            if not new.title_from:
                self.titles.setdefault(normalise_words(new.title), []).append((item.authors, place))
        self.texts.add(place, item.body)

    def _warn(self, message: str, span: Span) -> None:
        self.problems.append(Problem("warning", "DG304", message, span, _DUPLICATE_HINT))


def _state(entry: Entry, item: Item) -> State:
    """What became of an entry since its import: nothing, an edit, or a new text at its source."""
    imported = dict(entry.source.fingerprints)
    told = dict(fingerprint_fields({"title": " ".join(item.title.split()), "body": trim_body(item.body)}))
    if any(name in imported and imported[name] != value for name, value in told.items()):
        return "outdated"
    current = dict(fingerprint_fields(entry_fields(entry)))
    return "unchanged" if current == imported else "edited"


def _month_beside(day: date | None, names: Identifiers) -> PartialDate | None:
    """The month that an arXiv id tells; nothing where the listing day tells as much and more."""
    month = identifiers.arxiv_month(names.arxiv)
    return None if month and day and (day.year, day.month) == (month.year, month.month) else month


def _share_a_name(one: Iterable[str], two: Iterable[str]) -> bool:
    """Whether two lists of authors have a family name in common, whatever became of the given names."""

    def families(authors: Iterable[str]) -> set[str]:
        return {words[-1] for author in authors if (words := normalise_words(author).split())}

    return bool(families(one) & families(two))


def _slug(title: str) -> str:
    """The slug of a title. One that opens with a date would be read as the day of the file, not as its name."""
    slug = slugs.slugify(title)
    return f"of-{slug}" if _DAY_PREFIX.match(slug) else slug


def _kebab(tags: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(slugs.slugify(tag) for tag in tags if normalise_words(tag)))


def _file_name(name: str) -> str:
    """The name of the file alone: where it lay is nobody's business. Nothing for standard input."""
    return "" if name == "-" else name.replace("\\", "/").rstrip("/").rpartition("/")[2]
