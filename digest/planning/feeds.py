"""Feeds of the newest entries, whole: of the site, of a tag, of an author."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time, timedelta, tzinfo
from hashlib import sha256
from typing import Final

from digest.formats import html as markup
from digest.formats import identifiers
from digest.model import Entry, Feed, FeedItem, Html
from digest.planning import addresses as at
from digest.planning.atlas import GENERATOR, Atlas
from digest.planning.linking import Place
from digest.planning.summaries import summary_text, title_text
from digest.planning.views import prose_of

_SUMMARY: Final = 300
_NOON: Final = time(12)
_HOUR: Final = 3600
_TAG: Final = re.compile(r"<(?P<close>/?)(?P<name>[a-z][a-z0-9]*)(?P<attributes>[^<>]*)>")
_ATTRIBUTE: Final = re.compile(r'\s+(?P<name>[^\s="/>]+)(?:="[^"]*")?')
_DROPPED: Final = re.compile(r"class|style|id|tabindex|role|aria-[a-z]+|data-[a-z-]+")


def plan_feeds(atlas: Atlas) -> Iterator[Feed]:
    """The feed of the site, that of each tag and that of each author who has a page: the newest entries by time.

    The same entries make the same feeds whenever they are built.
    """
    site, settings = atlas.site, atlas.settings
    times = {entry.key: moment for day in site.by_day.values() for moment, entry in _time_day(day, site.zone)}
    made: dict[str, FeedItem] = {}  # most entries stand in several feeds

    def item(entry: Entry) -> FeedItem:
        if entry.key not in made:
            made[entry.key] = _make_item(atlas, entry, times[entry.key])
        return made[entry.key]

    def feed(url: str, home: str, title: str, description: str, entries: Sequence[Entry]) -> Feed:
        newest = sorted(entries, key=lambda entry: (-times[entry.key].timestamp(), entry.key))
        items = tuple(item(entry) for entry in newest[: max(1, settings.feed_size)])
        return Feed(
            url=url,
            permalink=atlas.permalink(url),
            title=title,
            description=description,
            home=atlas.permalink(home),
            language=settings.language,
            license=settings.license,
            generator=GENERATOR,
            updated=items[0].time if items else None,
            items=items,
        )

    yield feed(at.FEED, at.HOME, settings.title, settings.description, site.entries)
    for tag, entries in site.by_tag.items():
        url = atlas.tag_urls[atlas.slugs[tag]]
        yield feed(
            at.feed_url(url),
            url,
            f"{settings.title}: {tag}",
            atlas.words.gettext("Entries tagged %(tag)s.", tag=tag),
            entries,
        )
    for name, entries in site.by_author.items():
        if url := atlas.author_urls.get(atlas.slugs[name], ""):
            yield feed(
                at.feed_url(url),
                url,
                f"{settings.title}: {name}",
                atlas.words.gettext("Entries by %(name)s.", name=name),
                entries,
            )


def _time_day(entries: Iterable[Entry], zone: tzinfo) -> Iterator[tuple[datetime, Entry]]:
    """The times of the entries of a day; one without a time gets a second of the hour after noon that its id tells.

    Noon, since midnight is another day for readers west of the site. A second of its own, since readers sort by time;
    of its id, so that neighbours that come and go do not change it. (Where two ids tell the same, one moves on.)
    """
    taken: set[int] = set()
    for entry in sorted(entries, key=lambda entry: (entry.id, entry.key)):
        if entry.time is not None:
            yield entry.time if entry.time.tzinfo else entry.time.replace(tzinfo=zone), entry
            continue
        second = int.from_bytes(sha256(entry.id.encode("utf-8", "replace")).digest()[:4], "big") % _HOUR
        while second in taken:
            second += 1
        taken.add(second)
        yield datetime.combine(entry.date, _NOON, tzinfo=zone) + timedelta(seconds=second), entry


def _make_item(atlas: Atlas, entry: Entry, moment: datetime) -> FeedItem:
    prose = prose_of(atlas, entry)
    permalink = atlas.permalink(entry.url)
    return FeedItem(
        id=entry.id or permalink,
        title=title_text(entry, prose),
        permalink=permalink,
        time=moment,
        authors=entry.authors,
        tags=tuple(dict.fromkeys(entry.tags)),
        summary=summary_text(entry, prose, _SUMMARY),
        content=Html(_absolute_body(atlas, entry, prose.html) + _sources_line(atlas, entry)),
    )


def _absolute_body(atlas: Atlas, entry: Entry, body: str) -> str:
    """The body for a reader that knows nothing of the site: whole addresses, no classes, ids or styles."""
    place = Place(entry.key, entry.url)

    def resolve(target: str) -> str:
        destination = atlas.linker.resolve(target, place)
        return destination.permalink(atlas.addresses) if destination else target

    return "".join(_strip_tags(markup.rewrite_urls(body, resolve)))


def _strip_tags(body: str) -> Iterator[str]:
    """Without attributes that only a style sheet or a script reads, and without spans that thereby say nothing."""
    spans: list[bool] = []
    end = 0
    for tag in _TAG.finditer(body):
        yield body[end : tag.start()]
        end = tag.end()
        is_span = tag["name"] == "span"
        if tag["close"]:
            if not is_span or (spans and spans.pop()):
                yield tag[0]
            continue
        kept = [found[0] for found in _ATTRIBUTE.finditer(tag["attributes"]) if not _DROPPED.fullmatch(found["name"])]
        if is_span:
            spans.append(bool(kept))
        if kept or not is_span:
            yield f"<{tag['name']}{''.join(kept)}>"
    yield body[end:]


def _sources_line(atlas: Atlas, entry: Entry) -> str:
    """Where the paper is: a reader of the feed should not need to come by for it."""
    place = Place(entry.key, entry.url)
    links = list(identifiers.identifier_links(entry.identifiers))
    for text, target in entry.links:
        destination = atlas.linker.resolve(target, place)
        if destination is not None:
            links.append((text, destination.permalink(atlas.addresses)))
        elif at.is_web(target):
            links.append((text, target))
    anchors = (f'<a href="{html.escape(target)}">{html.escape(text)}</a>' for text, target in links)
    line = " · ".join(anchors)
    return f"\n<p>{line}</p>" if line else ""
