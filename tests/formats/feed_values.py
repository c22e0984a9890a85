"""An invented feed for the tests of what writes one, and documents whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from functools import partial
from types import ModuleType
from typing import Any

from digest.formats import atom, json_feed, rss
from digest.formats.xml_writing import clean_body
from digest.model import Feed, FeedItem, Html, Piece

WRITERS: dict[str, ModuleType] = {"rss": rss, "atom": atom, "json": json_feed}
NOON = datetime(2019, 12, 6, 12, 5, 9, tzinfo=timezone(timedelta(hours=1)))
LATER = datetime(2020, 2, 1, 12, 0, 7, tzinfo=UTC)
ITEM = FeedItem(
    id="urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8",
    title="On Things",
    permalink="https://example.org/repo/2019/12/06/on-things/",
    time=NOON,
    updated=NOON,
    authors=("Ada Lovelace", "Ann Author"),
    tags=("things", "more-things"),
    summary="Things, summarised.",
    content=Html('<p>Things. <a href="https://example.org/x">More</a></p>'),
)


def pieces_of(*items: FeedItem) -> tuple[Piece[FeedItem], ...]:
    return tuple(Piece(b"", partial(replace, item)) for item in items)


FEED = Feed(
    format="rss",
    url="/feed.xml",
    permalink="https://example.org/repo/feed.xml",
    title="Digest",
    description="Papers, read.",
    home="https://example.org/repo/",
    language="en",
    author="Ann Author",
    license="CC BY 4.0",
    generator="digest",
    updated=NOON,
    pieces=pieces_of(ITEM),
)
HOSTILE = (
    "a < b & c ]]> </item>",
    "<script>alert(1)</script>",
    "&amp; is not &nbsp;",
    "$x<y$ \\& $\\frac{1}{2}$",
    "لغة عربية \u200fمع\u200f English \u202egnirts",
    "🎉 Party 👩‍🔬",
    "“Quotes” 'and' \"more\"",
    "{{ page.title }} {% endraw %}",
    "long " * 2_000,
)
FORBIDDEN = ("\x00", "\x0b", "\x1f", "\x85", "\ud800", "\ufffe", "\ufdd0", "\U0001ffff")


def document(feed: Feed) -> bytes:
    """A whole document, as a file holds it."""
    writer = WRITERS[feed.format]
    head, tail = writer.write_frame(feed)
    text: str = head + writer.JOINT.join(write_item(feed.format, item) for item in feed.items) + tail
    return text.encode()


def write_item(form: str, item: FeedItem) -> str:
    """An item whole, as a document holds it."""
    before, behind = WRITERS[form].write_item(item)
    return f"{before}{WRITERS[form].write_text(clean_body(item.content))}{behind}"


def with_item(form: str = "rss", **changes: Any) -> Feed:
    return replace(FEED, format=form, pieces=pieces_of(replace(ITEM, **changes)))  # type: ignore[arg-type] # one of the formats


def an_archive(form: str) -> Feed:
    return replace(
        FEED,
        format=form,  # type: ignore[arg-type] # one of the formats
        url="/feeds/feed-2.xml",
        permalink="https://example.org/repo/feeds/feed-2.xml",
        previous="https://example.org/repo/feeds/feed-1.xml",
        next="https://example.org/repo/feeds/feed-3.xml",
        current="https://example.org/repo/feed.xml",
    )
