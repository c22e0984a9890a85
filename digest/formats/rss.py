"""RSS 2.0 (https://www.rssboard.org/rss-profile), with whole texts as every reader shows them.

Nothing in a feed comes from the build: the same entries give the same bytes.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import Final

from digest.formats.timestamps import internet_time, mail_time
from digest.formats.xml_writing import DECLARATION, cdata, element, escape, one_line
from digest.model import Feed, FeedItem

MEDIA_TYPE: Final = "application/rss+xml"
JOINT: Final = ""  # what stands between two items
OPENING: Final = (
    '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:fh="http://purl.org/syndication/history/1.0">\n<channel>\n'
)
CLOSING: Final = "</channel>\n</rss>\n"


def write_frame(feed: Feed) -> tuple[str, str]:
    """What stands before the items of a document, and what behind."""
    return "".join((DECLARATION, OPENING, *_channel_lines(feed))), CLOSING


def write_item(item: FeedItem) -> tuple[str, str]:
    """What stands before the text of an item, and what behind.

    The summary comes before, as some readers take the first of the two for the teaser.
    """
    title = one_line(item.title) or item.permalink
    lines = [
        "<item>\n",
        element("title", title),
        element("link", item.permalink),
        element("guid", item.id, ' isPermaLink="false"'),
        element("pubDate", mail_time(item.time)),
        *(element("dc:creator", author) for author in map(one_line, item.authors) if author),
        *(element("category", tag) for tag in map(one_line, item.tags) if tag),
        element("dc:language", item.language) if item.language else "",
        element("dc:rights", one_line(item.license)) if item.license else "",
        _link("related", item.external_url) if item.external_url else "",
        element("atom:updated", internet_time(item.updated)) if item.updated != item.time else "",
        # A description is HTML to readers, so a plain text is escaped once as HTML and once as XML.
        element("description", html.escape(one_line(item.summary) or title, quote=False)),
    ]
    return "".join(lines), "</item>\n"


def write_text(content: str) -> str:
    """The text of an item, see `clean_body`."""
    return f"<content:encoded>{cdata(content)}</content:encoded>\n" if content else ""


def _channel_lines(feed: Feed) -> Iterator[str]:
    title = one_line(feed.title) or feed.home
    yield element("title", title)
    yield element("link", feed.home)
    yield element("description", one_line(feed.description) or title)
    yield _link("self", feed.permalink, MEDIA_TYPE)
    if feed.current:
        yield "<fh:archive/>\n"
        yield _link("current", feed.current, MEDIA_TYPE)
    if feed.previous:
        yield _link("prev-archive", feed.previous, MEDIA_TYPE)
    if feed.next:
        yield _link("next-archive", feed.next, MEDIA_TYPE)
    if feed.language:
        yield element("language", feed.language)
    if feed.license:
        yield element("copyright", one_line(feed.license))
    if feed.updated is not None:
        yield element("lastBuildDate", mail_time(feed.updated))
    if feed.generator:
        yield element("generator", feed.generator)
    yield element("docs", "https://www.rssboard.org/rss-specification")


def _link(relation: str, address: str, media_type: str = "") -> str:
    kind = f' type="{media_type}"' if media_type else ""
    return f'<atom:link href="{escape(address)}" rel="{relation}"{kind}/>\n'
