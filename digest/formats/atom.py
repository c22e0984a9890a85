"""Atom (RFC 4287) and its archives (RFC 5005 §4). Nothing in a feed comes from the build."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from digest.formats.timestamps import internet_time
from digest.formats.xml_writing import DECLARATION, cdata, element, escape, one_line
from digest.model import Feed, FeedItem

MEDIA_TYPE: Final = "application/atom+xml"
JOINT: Final = ""  # what stands between two items
OPENING: Final = '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:fh="http://purl.org/syndication/history/1.0"'
CLOSING: Final = "</feed>\n"
_NEVER: Final = datetime(2000, 1, 1, tzinfo=UTC)  # a feed must tell when it changed, even one without items


def write_frame(feed: Feed) -> tuple[str, str]:
    """What stands before the entries of a document, and what behind."""
    language = f' xml:lang="{escape(feed.language)}"' if feed.language else ""
    return "".join((DECLARATION, OPENING, language, ">\n", *_feed_lines(feed))), CLOSING


def write_item(item: FeedItem) -> tuple[str, str]:
    """What stands before the text of an entry, and what behind."""
    title = one_line(item.title) or item.permalink
    lines = [
        f'<entry xml:lang="{escape(item.language)}">\n' if item.language else "<entry>\n",
        element("id", item.id),
        element("title", title),
        _link("alternate", item.permalink, "text/html"),
        _link("related", item.external_url) if item.external_url else "",
        element("published", internet_time(item.time)),
        element("updated", internet_time(item.updated)),
        *(f"<author>{element('name', author).rstrip()}</author>\n" for author in map(one_line, item.authors) if author),
        *(f'<category term="{escape(tag)}"/>\n' for tag in map(one_line, item.tags) if tag),
        element("rights", one_line(item.license)) if item.license else "",
        element("summary", one_line(item.summary) or title),
    ]
    return "".join(lines), "</entry>\n"


def write_text(content: str) -> str:
    """The text of an entry, see `clean_body`. It is HTML, which more readers show right than XHTML."""
    return f'<content type="html">{cdata(content)}</content>\n' if content else ""


def _feed_lines(feed: Feed) -> Iterator[str]:
    title = one_line(feed.title) or feed.home
    # All documents of a feed have its id (RFC 5005 §4): the address that people subscribe to.
    yield element("id", feed.current or feed.permalink)
    yield element("title", title)
    if description := one_line(feed.description):
        yield element("subtitle", description)
    yield element("updated", internet_time(feed.updated or _NEVER))
    yield f"<author>{element('name', one_line(feed.author) or title).rstrip()}</author>\n"
    yield _link("self", feed.permalink, MEDIA_TYPE)
    yield _link("alternate", feed.home, "text/html")
    if feed.current:
        yield "<fh:archive/>\n"
        yield _link("current", feed.current, MEDIA_TYPE)
    if feed.previous:
        yield _link("prev-archive", feed.previous, MEDIA_TYPE)
    if feed.next:
        yield _link("next-archive", feed.next, MEDIA_TYPE)
    if feed.license:
        yield element("rights", one_line(feed.license))
    if feed.generator:
        yield element("generator", feed.generator)


def _link(relation: str, address: str, media_type: str = "") -> str:
    kind = f' type="{media_type}"' if media_type else ""
    return f'<link rel="{relation}"{kind} href="{escape(address)}"/>\n'
