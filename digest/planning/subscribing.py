"""The page that lists all feeds, and their outline for feed readers."""

from __future__ import annotations

from collections.abc import Iterator

from digest.model import Link, SubscribePage, TextFile
from digest.planning import addresses as at
from digest.planning.atlas import Atlas


def plan_subscribe(atlas: Atlas) -> Iterator[SubscribePage]:
    """How to follow the site, if it has feeds."""
    yield SubscribePage(
        masthead=atlas.masthead,
        url=at.SUBSCRIBE,
        title=atlas.words.gettext("Subscribe"),
        description="",
        canonical=atlas.permalink(at.SUBSCRIBE),
        site_feeds=(),
        tag_feeds=(),
        author_feeds=(),
        outline=Link(""),
    )


def plan_outlines(_atlas: Atlas) -> Iterator[TextFile]:
    """OPML of all feeds."""
    yield from ()
