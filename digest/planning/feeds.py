"""The feeds of the site, of its days, of each tag and each author: the newest items, and archives back to the first.

A feed is cut into chunks from its oldest item on, each closed when it holds enough. The document that people subscribe
to holds the last closed chunk and what came since, so at least `feed_size` items and fewer than twice as many; the
chunks before are archive documents (RFC 5005 §4), which never change when entries are added: every item stands in one
document and is followed to without a gap. An entry that is dated back, or deleted, moves the cuts behind it: the
archive documents from there on are written anew, and whoever follows them all still meets every item once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache, partial
from typing import Final, TypeVar

from digest.model import Entry, Feed, FeedFormat, FeedItem, Piece, Sketch, dataclass
from digest.planning import addresses as at
from digest.planning.asking import ALL, Asked
from digest.planning.atlas import Atlas
from digest.planning.feed_items import make_day_item, make_item, mark_item
from digest.planning.feed_times import first_day, noon_of
from digest.planning.lazily import Lazily, Once
from digest.planning.marks import mark, mark_all, mark_contents, mark_value

Thing = TypeVar("Thing")
_ARCHIVES: Final = "/feeds/"  # where the archive documents of the site's own feeds are
_WEEK: Final = 7  # days that a feed of days holds at least, however many entries they have
_KEPT: Final = 1_000  # items that are kept: those of a document are written in every format, one after another
_DAYS_KEPT: Final = 32
_LIGHT: Final = 4  # items that take as long as an entry on a page
_NAMES: Final = ("the settings", "the words", "what it is about", "its entries", "the documents around it")


@dataclass(frozen=True, slots=True)
class _Subject:
    """What a feed is about; `home` is the address of its page."""

    title: str
    description: str
    home: str


@dataclass(frozen=True, slots=True)
class _Chunk:
    """What a document holds: its items, newest first, and the mark of them; what they show, and how many entries."""

    pieces: Callable[[], tuple[Piece[FeedItem], ...]]
    updated: Callable[[], datetime | None]
    mark: Callable[[], bytes]
    entries: int


@dataclass(frozen=True, slots=True)
class _Document:
    """A document of a feed, and the permalinks of those around it, see `Feed`."""

    form: FeedFormat
    url: str
    chunk: _Chunk
    previous: str
    next: str
    current: str


class _Items:
    """The items of a site, made when a document is, and what they are made of."""

    def __init__(self, atlas: Atlas) -> None:
        self.atlas = atlas
        self.times = atlas.times
        self.frame = (mark_contents(atlas.settings), mark_value(atlas.words))
        self._made: Mapping[str, FeedItem] = Lazily(atlas.by_key, partial(make_item, atlas, self.times), most=_KEPT)
        self._made_day = lru_cache(maxsize=_DAYS_KEPT)(self._make_day)
        self._marks: dict[str, bytes] = {}

    def of_entries(self, entries: Sequence[Entry]) -> tuple[Piece[FeedItem], ...]:
        """An item for each entry."""
        make = self._made.__getitem__
        return tuple([Piece(self._whole(self._mark(entry)), partial(make, entry.key)) for entry in entries])

    def of_days(self, days: Sequence[date]) -> tuple[Piece[FeedItem], ...]:
        """An item for each day."""
        return tuple([Piece(self._whole(self.mark_days((day,))), partial(self._made_day, day)) for day in days])

    def last_of_entries(self, entries: Sequence[Entry]) -> datetime | None:
        """The newest change of an item."""
        return max([self.times.of(entry).updated for entry in entries], default=None)

    def last_of_days(self, days: Sequence[date]) -> datetime | None:
        """The newest change of an item."""
        return max(map(self._last_of_day, days), default=None)

    def mark_entries(self, entries: Sequence[Entry]) -> bytes:
        """The mark of the items of entries."""
        if not self.atlas.marked:
            return b""
        return mark_all(map(self._mark, entries))

    def mark_days(self, days: Sequence[date]) -> bytes:
        """The mark of the items of days."""
        return mark_all(self.mark_entries(self.atlas.site.by_day[day]) for day in days)

    def _whole(self, own: bytes) -> bytes:
        """The mark of an item, the settings and words with it; of a site that is not marked nothing is known."""
        return b"".join((*self.frame, own)) if self.atlas.marked else b""

    def _mark(self, entry: Entry) -> bytes:
        found = self._marks.get(entry.key)
        if found is None:
            found = self._marks[entry.key] = mark_item(self.atlas, self.times, entry)
        return found

    def _make_day(self, day: date) -> FeedItem:
        entries = self.atlas.site.by_day[day]
        items = [self._made[entry.key] for entry in entries]
        return make_day_item(self.atlas, day, entries, items, self._last_of_day(day))

    def _last_of_day(self, day: date) -> datetime:
        changes = [self.times.of(entry).updated for entry in self.atlas.site.by_day[day]]
        return max([noon_of(day, self.atlas.site.zone), *changes])


def sketch_feeds(atlas: Atlas, asked: Asked = ALL) -> Iterator[Sketch]:
    """Every document of every feed. The same entries make the same feeds whenever they are built."""
    settings, words, site = atlas.settings, atlas.words, atlas.site
    if not settings.feeds or not asked.ends(".xml", ".json"):
        return
    items = _Items(atlas)
    if asked.url.count("/") < 2 or asked.is_below(_ARCHIVES):
        subject = _Subject(settings.title, settings.description, at.HOME)
        yield from _sketch_papers(items, subject, site.entries, asked, archived=settings.feed_archives != "none")
        if settings.day_feeds:
            title = words.gettext("%(site)s, day by day", site=settings.title)
            yield from _sketch_days(items, _Subject(title, settings.description, at.HOME))
    if not settings.topic_feeds:
        return
    archived = settings.feed_archives == "all"
    for tag in asked.topics(at.TAGS, atlas.written_tags, site.by_tag):
        title = words.gettext("%(site)s: %(topic)s", site=settings.title, topic=tag)
        about = words.gettext("Entries tagged %(tag)s.", tag=tag)
        subject = _Subject(title, about, atlas.tag_urls[atlas.slugs[tag]])
        yield from _sketch_papers(items, subject, site.by_tag[tag], asked, archived=archived)
    for name in asked.topics(at.AUTHORS, atlas.written_authors, site.by_author):
        if url := atlas.author_urls.get(atlas.slugs[name], ""):
            title = words.gettext("%(site)s: %(topic)s", site=settings.title, topic=name)
            about = words.gettext("Entries by %(author)s.", author=name)
            subject = _Subject(title, about, url)
            yield from _sketch_papers(items, subject, site.by_author[name], asked, archived=archived)


def _sketch_papers(
    items: _Items, subject: _Subject, entries: Sequence[Entry], asked: Asked, *, archived: bool
) -> Iterator[Sketch]:
    """A feed of one item an entry, in every format."""
    settings = items.atlas.settings
    size = settings.feed_size
    if not archived and not asked.shows_since(first_day(entries, size)):
        return
    newest = items.times.newest(entries, None if archived else size)
    chunks = _cut([(entry, 1) for entry in newest], size, size) if archived else [newest]
    told = [
        _Chunk(
            partial(items.of_entries, chunk),
            Once(partial(items.last_of_entries, chunk)),
            Once(partial(items.mark_entries, chunk)),
            len(chunk),
        )
        for chunk in chunks
    ]
    for form in settings.feeds:
        yield from _sketch_chain(items, subject, form, at.feed_url(subject.home, form), told)


def _sketch_days(items: _Items, subject: _Subject) -> Iterator[Sketch]:
    """The feed of one item a day, in every format; a document is large enough by its entries, not by its days."""
    settings, by_day = items.atlas.settings, items.atlas.site.by_day
    chunks = _cut([(day, len(entries)) for day, entries in by_day.items()], settings.feed_size, _WEEK)
    chunks = chunks if settings.feed_archives != "none" else chunks[:1]
    told = [
        _Chunk(
            partial(items.of_days, days),
            Once(partial(items.last_of_days, days)),
            Once(partial(items.mark_days, days)),
            sum(len(by_day[day]) for day in days),
        )
        for days in chunks
    ]
    for form in settings.feeds:
        yield from _sketch_chain(items, subject, form, at.day_feed_url(form), told)


def _cut(weighed: Sequence[tuple[Thing, int]], weight: int, least: int) -> list[list[Thing]]:
    """Things, newest first, in chunks, newest first; each but the newest weighs just enough."""
    closed: list[list[Thing]] = []
    open_chunk: list[Thing] = []
    total = 0
    for thing, own in reversed(weighed):
        open_chunk.append(thing)
        total += own
        if total >= weight and len(open_chunk) >= min(least, weight):
            closed.append(open_chunk)
            open_chunk, total = [], 0
    closed[-1:] = [[*(closed[-1] if closed else []), *open_chunk]]
    return [chunk[::-1] for chunk in reversed(closed)]


def _sketch_chain(
    items: _Items, subject: _Subject, form: FeedFormat, url: str, chunks: Sequence[_Chunk]
) -> Iterator[Sketch]:
    """The documents of a feed in one format, each with its neighbours; their numbers count from the oldest."""
    addresses = [url, *(at.archive_url(url, number) for number in range(len(chunks) - 1, 0, -1))]
    permalinks = [items.atlas.permalink(address) for address in addresses]
    for index, chunk in enumerate(chunks):
        document = _Document(
            form,
            addresses[index],
            chunk,
            previous=permalinks[index + 1] if index + 1 < len(chunks) else "",
            next=permalinks[index - 1] if index > 1 else "",
            current=permalinks[0] if index else "",
        )
        yield Sketch(
            url=document.url,
            kind="feed",
            names=_NAMES,
            told=Once(partial(_tell_feed, items.frame, subject, document)),
            make=partial(_make_feed, items.atlas, subject, document),
            what=f"the feed {subject.title!r}",
            weight=1 + chunk.entries // _LIGHT,
        )


def _tell_feed(frame: tuple[bytes, ...], subject: _Subject, document: _Document) -> tuple[bytes, ...]:
    about = mark(subject.title, subject.description, subject.home)
    return *frame, about, document.chunk.mark(), mark(document.previous, document.next, document.current)


def _make_feed(atlas: Atlas, subject: _Subject, document: _Document) -> Feed:
    settings = atlas.settings
    return Feed(
        format=document.form,
        url=document.url,
        permalink=atlas.permalink(document.url),
        title=subject.title,
        description=subject.description,
        home=atlas.permalink(subject.home),
        language=settings.language,
        author=settings.author,
        license=settings.license,
        generator=atlas.masthead.generator,
        updated=document.chunk.updated(),
        pieces=document.chunk.pieces(),
        previous=document.previous,
        next=document.next,
        current=document.current,
    )
