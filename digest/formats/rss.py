"""RSS 2.0 (https://www.rssboard.org/rss-profile), with whole texts as every reader shows them.

Nothing in a feed comes from the build: the same entries give the same bytes.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Final

from digest.formats.calendars import mail_time
from digest.formats.characters import drop_forbidden
from digest.model import Feed, FeedItem

_HEAD: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/">\n<channel>\n'
)
_TAIL: Final = "</channel>\n</rss>\n"
_LINE_END: Final = re.compile(r"\r\n?")
# Hexadecimal references are the form of text that the most readers show right (RSS profile, "Data Types").
_REFERENCES: Final = str.maketrans({"&": "&#x26;", "<": "&#x3C;", ">": "&#x3E;", '"': "&#x22;"})


def write_feed(feed: Feed) -> bytes:
    """The feed as an RSS document, items in their order."""
    return "".join((_HEAD, *_channel_lines(feed), *map(_write_item, feed.items), _TAIL)).encode()


def _channel_lines(feed: Feed) -> Iterator[str]:
    title = _line(feed.title) or feed.home
    yield _element("title", title)
    yield _element("link", feed.home)
    yield _element("description", html.escape(feed.description or title, quote=False))
    yield f'<atom:link href="{_text(feed.permalink)}" rel="self" type="application/rss+xml"/>\n'
    if feed.language:
        yield _element("language", feed.language)
    if feed.license:
        yield _element("copyright", feed.license)
    if feed.updated is not None:
        yield _element("lastBuildDate", mail_time(feed.updated))
    if feed.generator:
        yield _element("generator", feed.generator)
    yield _element("docs", "https://www.rssboard.org/rss-specification")


def _write_item(item: FeedItem) -> str:
    """One item; the summary comes before the content, as some readers take the first of the two for the teaser."""
    title = _line(item.title) or item.permalink
    lines = [
        "<item>\n",
        _element("title", title),
        _element("link", item.permalink),
        f'<guid isPermaLink="false">{_text(item.id)}</guid>\n',
        _element("pubDate", mail_time(item.time)),
        *(_element("dc:creator", author) for author in map(_line, item.authors) if author),
        *(_element("category", tag) for tag in map(_line, item.tags) if tag),
        # A description is HTML to readers, so a plain text is escaped once as HTML and once as XML.
        _element("description", html.escape(item.summary or title, quote=False)),
        f"<content:encoded>{_cdata(item.content)}</content:encoded>\n",
        "</item>\n",
    ]
    return "".join(lines)


def _element(name: str, text: str) -> str:
    return f"<{name}>{_text(text)}</{name}>\n"


def _text(text: str) -> str:
    return _clean(text).translate(_REFERENCES)


def _line(text: str) -> str:
    """A text on one line; cleaned first, as some controls count as space."""
    return " ".join(_clean(text).split())


def _cdata(text: str) -> str:
    """A CDATA section, which nothing in the text can close (XML 1.0 §2.7)."""
    return f"<![CDATA[{_clean(text).replace(']]>', ']]]]><![CDATA[>')}]]>"


def _clean(text: str) -> str:
    """Only characters that XML may hold, lines ending as a parser would make them end."""
    return drop_forbidden(_LINE_END.sub("\n", text))
