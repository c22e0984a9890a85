"""What became of the addresses that a site ever had: where they lead now, and which have vanished.

All of it follows from the site and from its past, content/addresses.txt, alone, so that a clean build finds what the
one before found. A build adds the addresses of today to the past; that changes nothing of what follows from it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import Final

from digest.formats import venue_names
from digest.formats.identifiers import path_id
from digest.formats.spellings import fold_spelling
from digest.model import Entry, Feed, Past, Problem, Redirect, Sketch, Span, dataclass, replace
from digest.planning import addresses as at
from digest.planning.atlas import FRAME, Atlas
from digest.planning.marks import mark, mark_value
from digest.planning.sketching import give

_UUID: Final = "urn:uuid:"
_UUID_LENGTH: Final = 45
_WITNESSES: Final = 3  # entries by which a tag is known again under another name
_DAY_PARTS: Final = 6  # of `/2024/02/26/flash/`


@dataclass(frozen=True, slots=True)
class Moves:
    """Old addresses and where they lead; those of them that have feeds; what vanished; the past as it is from now on.

    `renamed` are entries without an id of their own whose files were renamed, with the lines by which they were known.
    A site without a past, which was never published or does not remember it, has nothing of all this.
    """

    leads: Mapping[str, str]
    topics: Mapping[str, str]
    vanished: tuple[Past, ...]
    past: tuple[Past, ...]
    renamed: tuple[tuple[Past, Entry], ...] = ()


def find_moves(atlas: Atlas) -> Moves:
    """What became of all addresses in the past of a site; nothing where nobody has read it."""
    past = atlas.site.past
    return Moves({}, {}, (), ()) if past is None else _Finder(atlas, past).find()


def tell_renamed(moves: Moves) -> Iterator[Problem]:
    """DG406 for each entry that readers of feeds would take for a new one, as long as nobody has built the site."""
    for line, entry in moves.renamed:
        message = f"the file was renamed: {line.url} leads here, but feeds know the entry by another id"
        hint = f'write the id that it had into it, and it stays the same for readers of feeds: id: "{_UUID}{line.told}"'
        yield Problem("warning", "DG406", message, Span(entry.path), hint)


def sketch_moves(atlas: Atlas, moves: Moves) -> Iterator[Sketch]:
    """A page at each old address that leads to the new one."""
    frame = atlas.masthead
    for url, target in moves.leads.items():
        redirect = Redirect(url, atlas.href(target), atlas.permalink(target), frame.language, frame.direction)
        marks = (*atlas.frame, mark_value(redirect))
        yield Sketch(url, "redirect", (*FRAME, "where it leads"), marks, partial(give, redirect), "an old address")


def sketch_moved_feeds(atlas: Atlas, moves: Moves, others: Iterable[Sketch]) -> Iterator[Sketch]:
    """The feeds of a topic at its old address, too: a reader of feeds follows no page, but goes on with what it finds.

    It is the feed of today, which calls itself by its new address.
    """
    feeds = {sketch.url: sketch for sketch in others if sketch.kind == "feed"} if moves.topics else {}
    for url, target in moves.topics.items():
        for form in atlas.settings.feeds:
            old = at.feed_url(url, form)
            if feed := feeds.get(at.feed_url(target, form)):
                marks = (*feed.marks, mark(feed.url))
                make = partial(_move_feed, feed, old)
                yield feed._replace(url=old, names=(*feed.names, "its address"), told=marks, make=make)


def _move_feed(feed: Sketch, url: str) -> Feed:
    made = feed.make()
    if not isinstance(made, Feed):
        raise TypeError(made)
    return replace(made, url=url)


def tell_entry(line: Past | None, entry: Entry) -> Past:
    """The line of an entry: the one that its address has, if it says what it is."""
    url, name, key = entry.url, _bare(entry.id), entry.key
    if line is not None:
        _, holder, told, file, title, _ = line
        same = holder == "id" and told == name and (title == entry.title or not title)
        if same and (file == key or (not file and key == f"{url[1:-1]}.md")):  # as nearly always
            return line
    file = "" if key == f"{url[1:-1]}.md" else key
    title = " ".join(entry.title.split()) if entry.id == path_id(entry.key) else ""
    new = Past(url, "id", name, file, title, line.line if line else 0)
    return line if line == new else new


class _Finder:
    """Works it out: one look at each line where nothing has changed."""

    def __init__(self, atlas: Atlas, past: Sequence[Past]) -> None:
        self.atlas, site = atlas, atlas.site
        self.past = {line.url: line for line in past}
        self.entries = {entry.url: entry for entry in site.entries}
        self.pages = {page.url: page for page in atlas.pages}
        self.topics = {
            urls_of[slug]: entries
            for urls_of, named in (
                (atlas.tag_urls, site.by_tag),
                (atlas.author_urls, site.by_author),
                (atlas.venue_urls, site.by_venue),
            )
            if urls_of  # nobody else may ask who wrote what
            for name, entries in named.items()
            if (slug := atlas.slugs[name]) in urls_of
        }
        self.leads: dict[str, str] = {}

    def find(self) -> Moves:
        """All of it."""
        now = {
            **{url: self._tell_page(url, " ".join(page.title.split()) or url) for url, page in self.pages.items()},
            **{url: self._tell_topic(url, entries) for url, entries in self.topics.items()},
            **{url: tell_entry(self.past.get(url), entry) for url, entry in self.entries.items()},
        }
        kept = self.past | now
        vanished, renamed = [], []
        for url, line in self.past.items():
            if url in now:
                continue
            if target := self._follow(line, {url}):
                self.leads[url] = target
                if line.holder != "to" and (line.holder != "id" or line.told not in self._by_id):
                    kept[url] = Past(url, "to", target, line=line.line)  # so that the next build need not guess
                    if line.holder == "id" and target in self.entries:
                        renamed.append((line, self.entries[target]))
            elif line.told not in self._withheld:
                vanished.append(line)
        topics = {url: target for url, target in self.leads.items() if target in self.topics}
        self.leads |= self._lead_days()
        return Moves(self.leads, topics, tuple(vanished), tuple(kept.values()), tuple(renamed))

    def _tell_page(self, url: str, title: str) -> Past:
        line = self.past.get(url)
        return line if line and (line.holder, line.told) == ("page", title) else Past(url, "page", title)

    def _tell_topic(self, url: str, entries: Sequence[Entry]) -> Past:
        """The line of a tag, an author or a venue: the one that is there while its entries are still among them."""
        told = " ".join(_shorten(entry.id) for entry in entries[: -_WITNESSES - 1 : -1])
        line = self.past.get(url)
        if line is None or line.holder != "of":
            return Past(url, "of", told)
        if line.told == told:
            return line
        names = line.told.split(" ")
        known = len(names) >= min(_WITNESSES, len(entries)) and {_shorten(entry.id) for entry in entries}.issuperset(
            names
        )
        return line if known else line._replace(told=told)

    def _follow(self, line: Past, seen: set[str]) -> str:
        """Where what stood at an address is now, if anywhere."""
        match line.holder:
            case "id":
                entry = self._by_id.get(line.told) or self._find_renamed(line.title)
                return entry.url if entry else ""
            case "page":
                found = self._new_pages.get(line.told, ())
                return found[0] if len(found) == 1 else ""
            case "of":
                return self._find_topic(line)
            case "to":
                target = line.told
                if target in self.entries or target in self.pages or target in self.topics:
                    return target
                if target in seen or target not in self.past:
                    return target if target.endswith("/") and target in self.atlas.linker.urls else ""
                return self._follow(self.past[target], seen | {target})

    def _find_renamed(self, title: str) -> Entry | None:
        """The one entry of this title that is new, if its file was renamed and its id was made of the file's name."""
        found = self._new_entries.get(title, ()) if title else ()
        return found[0] if len(found) == 1 else None

    def _find_topic(self, line: Past) -> str:
        """Another topic of the same kind on all of its entries: the only new one, else one of nearly the same name."""
        kind = line.url.split("/", 2)[1]
        entries = [entry for name in line.told.split(" ") if (entry := self._by_short.get(name))]
        if not entries:
            return ""
        shared = set.intersection(*(self._topics_of(entry, kind) for entry in entries))
        new = [url for url in shared if url not in self.past]
        if len(new) == 1:
            return new[0]
        spelling = fold_spelling(line.url.strip("/"))
        alike = [url for url in shared if fold_spelling(url.strip("/")) == spelling]
        return alike[0] if len(alike) == 1 else ""

    def _topics_of(self, entry: Entry, kind: str) -> set[str]:
        atlas = self.atlas
        match f"/{kind}/":
            case at.TAGS:
                return {atlas.tag_urls[atlas.slugs[tag]] for tag in entry.tags if atlas.slugs[tag] in atlas.tag_urls}
            case at.AUTHORS:
                slugs = {atlas.slugs[name] for name in entry.authors}
                return {atlas.author_urls[slug] for slug in slugs if slug in atlas.author_urls}
            case at.VENUES:
                slug = atlas.slugs[venue_names.name_series(entry.venue)] if entry.venue else ""
                return {atlas.venue_urls[slug]} if slug in atlas.venue_urls else set()
        return set()

    def _lead_days(self) -> dict[str, str]:
        """A day on which nothing is left leads to the day to which all of its entries went, if that is one."""
        went: defaultdict[str, set[str]] = defaultdict(set)
        for url, target in self.leads.items():
            if target in self.entries and len(parts := url.split("/")) == _DAY_PARTS:
                went["/".join(parts[:4]) + "/"].add(at.day_url(self.entries[target].date))
        here = {at.day_url(day) for day in self.atlas.site.by_day} if went else ()
        return {day: min(days) for day, days in went.items() if len(days) == 1 and day not in here}

    @cached_property
    def _withheld(self) -> frozenset[str]:
        return frozenset(_bare(entry.id) for entry in self.atlas.site.withheld)

    @cached_property
    def _by_id(self) -> Mapping[str, Entry]:
        return {_bare(entry.id): entry for entry in self.atlas.site.entries}

    @cached_property
    def _by_short(self) -> Mapping[str, Entry]:
        return {_shorten(entry.id): entry for entry in self.atlas.site.entries}

    @cached_property
    def _new_entries(self) -> Mapping[str, Sequence[Entry]]:
        """By title, those whose id is that of their file, and in no line of the past."""
        known = {line.told for line in self.past.values() if line.holder == "id"}
        found: defaultdict[str, list[Entry]] = defaultdict(list)
        for entry in self.atlas.site.entries:
            if _bare(entry.id) not in known and entry.id == path_id(entry.key):
                found[" ".join(entry.title.split())].append(entry)
        return found

    @cached_property
    def _new_pages(self) -> Mapping[str, Sequence[str]]:
        """By title, plain pages that no line of the past knows."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for url, page in self.pages.items():
            if url not in self.past:
                found[" ".join(page.title.split())].append(url)
        return found


def _bare(name: str) -> str:
    return name.removeprefix(_UUID)


def _shorten(name: str) -> str:
    """What an id of an entry begins with; one that is no UUID is told whole."""
    return name[9:17] if len(name) == _UUID_LENGTH and name.startswith(_UUID) else name
