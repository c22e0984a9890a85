"""The feeds of the site, of its days, of each tag and each author: the newest items, and archives back to the first.

A feed is cut into chunks from its oldest item on, each closed when it holds enough. The document that people subscribe
to holds the last closed chunk and what came since, so at least `feed_size` items and fewer than twice as many; the
chunks before are archive documents (RFC 5005 §4), which never change when entries are added: every item stands in one
document and is followed to without a gap. An entry that is dated back, or deleted, moves the cuts behind it: the
archive documents from there on are written anew, and whoever follows them all still meets every item once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from digest.model import Feed, FeedFormat, FeedItem, Sketch
from digest.planning import addresses as at
from digest.planning.atlas import Atlas
from digest.planning.feed_items import make_day_item, make_item
from digest.planning.feed_times import time_entries
from digest.planning.references import References
from digest.planning.sketching import sketch_value

_WEEK: Final = 7  # days that a feed of days holds at least, however many entries they have


@dataclass(frozen=True, slots=True)
class _Subject:
    """What a feed is about; `home` is the address of its page."""

    title: str
    description: str
    home: str


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Some items, newest first, and the number of their document: 0 for the one that people subscribe to."""

    items: tuple[FeedItem, ...]
    number: int


def plan_feeds(atlas: Atlas, references: References) -> Iterator[Feed]:
    """Every document of every feed. The same entries make the same feeds whenever they are built."""
    settings, words = atlas.settings, atlas.words
    if not settings.feeds:
        return
    site = atlas.site
    times = time_entries(site)
    made = {entry.key: make_item(atlas, entry, times[entry.key], references[entry.key]) for entry in site.entries}
    order = {key: (-item.time.timestamp(), key) for key, item in made.items()}

    def newest(keys: Iterable[str]) -> list[FeedItem]:
        return [made[key] for key in sorted(keys, key=order.__getitem__)]

    subject = _Subject(settings.title, settings.description, at.HOME)
    yield from _plan_papers(atlas, subject, newest(made), archived=settings.feed_archives != "none")
    title = words.gettext("%(site)s, day by day", site=settings.title)
    yield from _plan_days(atlas, _Subject(title, settings.description, at.HOME), made)
    if not settings.topic_feeds:
        return
    for tag, entries in site.by_tag.items():
        title = words.gettext("%(site)s: %(topic)s", site=settings.title, topic=tag)
        about = words.gettext("Entries tagged %(tag)s.", tag=tag)
        subject = _Subject(title, about, atlas.tag_urls[atlas.slugs[tag]])
        items = newest(entry.key for entry in entries)
        yield from _plan_papers(atlas, subject, items, archived=settings.feed_archives == "all")
    for name, entries in site.by_author.items():
        if url := atlas.author_urls.get(atlas.slugs[name], ""):
            title = words.gettext("%(site)s: %(topic)s", site=settings.title, topic=name)
            about = words.gettext("Entries by %(author)s.", author=name)
            items = newest(entry.key for entry in entries)
            yield from _plan_papers(atlas, _Subject(title, about, url), items, archived=settings.feed_archives == "all")


def _plan_papers(atlas: Atlas, subject: _Subject, items: Sequence[FeedItem], *, archived: bool) -> Iterator[Feed]:
    """A feed of one item an entry, in every format."""
    size = atlas.settings.feed_size
    weighed = [(item, 1) for item in items]
    chunks = _cut(weighed, size, size) if archived else [_Chunk(tuple(items[:size]), 0)]
    for form in atlas.settings.feeds:
        yield from _write_chain(atlas, subject, form, at.feed_url(subject.home, form), chunks)


def _plan_days(atlas: Atlas, subject: _Subject, made: dict[str, FeedItem]) -> Iterator[Feed]:
    """The feed of one item a day, in every format; a document is large enough by its entries, not by its days."""
    days = [
        (make_day_item(atlas, day, entries, [made[entry.key] for entry in entries]), len(entries))
        for day, entries in atlas.site.by_day.items()
    ]
    chunks = _cut(days, atlas.settings.feed_size, _WEEK)
    chunks = chunks if atlas.settings.feed_archives != "none" else chunks[:1]
    for form in atlas.settings.feeds:
        yield from _write_chain(atlas, subject, form, at.day_feed_url(form), chunks)


def _cut(weighed: Sequence[tuple[FeedItem, int]], weight: int, least: int) -> list[_Chunk]:
    """Items, newest first, in chunks, newest first; each closed chunk weighs at least so much and has so many items."""
    closed: list[list[FeedItem]] = []
    open_chunk: list[FeedItem] = []
    total = 0
    for item, own in reversed(weighed):
        open_chunk.append(item)
        total += own
        if total >= weight and len(open_chunk) >= min(least, weight):
            closed.append(open_chunk)
            open_chunk, total = [], 0
    newest = [*(closed.pop() if closed else []), *open_chunk]
    chunks = [_Chunk(tuple(reversed(chunk)), number) for number, chunk in enumerate(closed, 1)]
    return [_Chunk(tuple(reversed(newest)), 0), *reversed(chunks)]


def _write_chain(
    atlas: Atlas, subject: _Subject, form: FeedFormat, url: str, chunks: Sequence[_Chunk]
) -> Iterator[Feed]:
    """The documents of a feed in one format, each with its neighbours."""
    settings = atlas.settings
    addresses = [at.archive_url(url, chunk.number) if chunk.number else url for chunk in chunks]
    permalinks = [atlas.permalink(address) for address in addresses]
    for index, chunk in enumerate(chunks):
        yield Feed(
            format=form,
            url=addresses[index],
            permalink=permalinks[index],
            title=subject.title,
            description=subject.description,
            home=atlas.permalink(subject.home),
            language=settings.language,
            author=settings.author,
            license=settings.license,
            generator=atlas.masthead.generator,
            updated=max((item.updated for item in chunk.items), default=None),
            items=chunk.items,
            previous=permalinks[index + 1] if index + 1 < len(chunks) else "",
            next=permalinks[index - 1] if index > 1 else "",
            current=permalinks[0] if chunk.number else "",
        )


def sketch_feeds(atlas: Atlas, references: References) -> Iterator[Sketch]:
    """Every document of every feed."""
    for feed in plan_feeds(atlas, references):
        yield sketch_value(feed, "feed", feed.url, f"the feed {feed.title!r}")
