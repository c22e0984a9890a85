"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/). Nothing in a feed comes from the build."""

from __future__ import annotations

import html
import json
from typing import Any, Final

from digest.formats.timestamps import internet_time
from digest.formats.xml_writing import clean, clean_body, one_line
from digest.model import Feed, FeedItem

MEDIA_TYPE: Final = "application/feed+json"
VERSION: Final = "https://jsonfeed.org/version/1.1"
JOINT: Final = ",\n"  # what stands between two items
_ENCODE: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def write_frame(feed: Feed) -> tuple[str, str]:
    """What stands before the items of a document, and what behind."""
    title = one_line(feed.title) or feed.home
    fields: dict[str, Any] = {
        "version": VERSION,
        "title": title,
        "home_page_url": feed.home,
        "feed_url": feed.permalink,
        "description": one_line(feed.description),
        "next_url": feed.previous,  # what comes next to a reader is what came before
        "authors": _people((feed.author,)),
        "language": feed.language,
        "_digest": _own(feed.license, generator=feed.generator, current_url=feed.current),
    }
    return _write(fields)[:-1] + ',"items":[\n', "\n]}\n"


def write_item(item: FeedItem) -> tuple[str, str]:
    """What stands before the text of an item, and what behind; all is on one line."""
    title = one_line(item.title) or item.permalink
    before: dict[str, Any] = {
        "id": clean(item.id),
        "url": item.permalink,
        "external_url": item.external_url,
        "title": title,
        # An item needs one of the two contents, even where there is nothing to say.
        "content_html": "" if clean_body(item.content) else f"<p>{html.escape(title)}</p>",
    }
    behind: dict[str, Any] = {
        "summary": one_line(item.summary),
        "date_published": internet_time(item.time),
        "date_modified": internet_time(item.updated) if item.updated != item.time else "",
        "authors": _people(item.authors),
        "tags": [tag for tag in map(one_line, item.tags) if tag],
        "language": item.language,
        "_digest": _own(item.license),
    }
    return _write(before)[:-1], f",{_write(behind)[1:]}"


def write_text(content: str) -> str:
    """The text of an item, see `clean_body`."""
    return f',"content_html":{_ENCODE(content)}' if content else ""


def _people(names: tuple[str, ...]) -> list[dict[str, str]]:
    return [{"name": name} for name in map(one_line, names) if name]


def _own(license_text: str, **fields: str) -> dict[str, str]:
    """What the format has no name for."""
    own = {"license": one_line(license_text), **fields}
    return {name: value for name, value in own.items() if value}


def _write(fields: dict[str, Any]) -> str:
    """An object without its empty fields."""
    given = {name: value for name, value in fields.items() if value}
    return _ENCODE(given)
