"""The page that lists all feeds, and their outline for feed readers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Final

from digest.formats import opml
from digest.model import Alternate, FeedChoice, FeedFormat, Link, Sketch, SubscribePage, TextFile
from digest.planning import addresses as at
from digest.planning.asking import ALL, Asked
from digest.planning.atlas import FRAME, Atlas
from digest.planning.marks import mark_all, mark_value
from digest.planning.sketching import sketch_list

_NAMES: Final = ("the tags", "the authors")


def sketch_subscribe(atlas: Atlas, asked: Asked = ALL) -> Iterator[Sketch]:
    """How to follow the site, if it has feeds."""
    if not atlas.settings.feeds or not asked.is_for(at.SUBSCRIBE):
        return
    tell, make = partial(_tell_subscribe, atlas), partial(_make_subscribe, atlas)
    yield sketch_list(atlas, at.SUBSCRIBE, _NAMES, tell, make, what="the page of feeds", modified="")


def _tell_subscribe(atlas: Atlas) -> tuple[bytes, ...]:
    return (
        mark_all(map(atlas.tag_marks.__getitem__, _list_tags(atlas))),
        mark_all([atlas.author_marks[name] for name, _ in _list_authors(atlas)]),
    )


def _make_subscribe(atlas: Atlas) -> SubscribePage:
    words = atlas.words
    return SubscribePage(
        masthead=atlas.masthead,
        url=at.SUBSCRIBE,
        title=words.gettext("Subscribe"),
        description=words.gettext("The feeds of %(site)s, and how to follow them.", site=atlas.settings.title),
        canonical=atlas.permalink(at.SUBSCRIBE),
        site_feeds=(
            FeedChoice(Link(words.gettext("All entries"), atlas.href(at.HOME)), _choose(atlas, at.HOME)),
            *_choose_days(atlas),
        ),
        tag_feeds=tuple(
            FeedChoice(atlas.counted_tags[tag], _choose(atlas, atlas.tag_urls[atlas.slugs[tag]]))
            for tag in _list_tags(atlas)
        ),
        author_feeds=tuple(
            FeedChoice(atlas.counted_authors[name], _choose(atlas, url)) for name, url in _list_authors(atlas)
        ),
        outline=Link("OPML", atlas.href(at.OUTLINE)),
    )


def sketch_outline(atlas: Atlas, asked: Asked = ALL) -> Iterator[Sketch]:
    """OPML of all feeds, each in the first format that the site offers: nobody subscribes to three of the same."""
    if atlas.settings.feeds and asked.is_for(at.OUTLINE):
        names = [[*_list_tags(atlas)], [name for name, _ in _list_authors(atlas)]]
        marks = (*atlas.frame, mark_value(names))
        make = partial(_write_outline, atlas, atlas.settings.feeds[0])
        yield Sketch(at.OUTLINE, "text", (*FRAME, "the tags and authors"), marks, make, "the outline of feeds")


def _write_outline(atlas: Atlas, form: FeedFormat) -> TextFile:
    settings, words = atlas.settings, atlas.words
    by_day = words.gettext("%(site)s, day by day", site=settings.title)
    site = [_subscribe(atlas, settings.title, at.feed_url(at.HOME, form), at.HOME)]
    if settings.day_feeds:
        site.append(_subscribe(atlas, by_day, at.day_feed_url(form), at.HOME))
    tags = [_follow(atlas, tag, atlas.tag_urls[atlas.slugs[tag]], form) for tag in _list_tags(atlas)]
    authors = [_follow(atlas, name, url, form) for name, url in _list_authors(atlas)]
    groups = (("", site), (words.gettext("Tags"), tags), (words.gettext("Authors"), authors))
    return TextFile(at.OUTLINE, opml.write_outline(settings.title, settings.author, groups))


def _choose(atlas: Atlas, url: str) -> tuple[Alternate, ...]:
    """The feeds beside a page, each under the name of its format, with its whole address: it is there to be copied."""
    return tuple(_offer(atlas, form, at.feed_url(url, form)) for form in atlas.settings.feeds)


def _choose_days(atlas: Atlas) -> Iterator[FeedChoice]:
    if atlas.settings.day_feeds:
        feeds = tuple(_offer(atlas, form, at.day_feed_url(form)) for form in atlas.settings.feeds)
        yield FeedChoice(Link(atlas.words.gettext("Day by day"), atlas.href(at.HOME)), feeds)


def _offer(atlas: Atlas, form: FeedFormat, url: str) -> Alternate:
    name, media_type, *_ = at.FEEDS[form]
    return Alternate(name, atlas.permalink(url), media_type)


def _list_tags(atlas: Atlas) -> Iterable[str]:
    """The tags that have feeds."""
    return atlas.site.by_tag if atlas.settings.topic_feeds else ()


def _list_authors(atlas: Atlas) -> Iterator[tuple[str, str]]:
    """The authors who have feeds, since they have a page, and its address."""
    if not atlas.settings.topic_feeds or not atlas.author_urls:
        return
    for name in atlas.site.by_author:
        if url := atlas.author_urls.get(atlas.slugs[name], ""):
            yield name, url


def _follow(atlas: Atlas, name: str, url: str, form: FeedFormat) -> opml.Subscription:
    """The feed of a tag or an author, under a name that tells which site it is of: a reader lists those of many."""
    title = atlas.words.gettext("%(site)s: %(topic)s", site=atlas.settings.title, topic=name)
    return _subscribe(atlas, title, at.feed_url(url, form), url)


def _subscribe(atlas: Atlas, title: str, feed: str, page: str) -> opml.Subscription:
    return opml.Subscription(title, atlas.permalink(feed), atlas.permalink(page))
