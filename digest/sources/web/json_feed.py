"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Final

from digest.formats import feed_dates, feed_names, feed_texts, json_records
from digest.formats.json_records import Json, JsonObject
from digest.model import Document, Found, Identifiers, Item, Noise, PartialDate, Problem, Span
from digest.sources.web.feed_ids import guid_of, names_in

_VERSION: Final = re.compile(r"\"version\"\s*:\s*\"https?:\\?/\\?/(?:www\.)?jsonfeed\.org\\?/version\\?/[0-9.]+")
_SHAPE: Final = re.compile(r"\s*\{.{0,4000}?\"items\"\s*:\s*\[\s*\{.{0,4000}?\"content_(?:html|text)\"\s*:", re.DOTALL)
_TAKEN_NAMES: Final = (
    "id url external_url title content_html content_text summary date_published date_modified author authors tags "
    "language image banner_image attachments _identifiers"
)
_TAKEN: Final = frozenset(_TAKEN_NAMES.split())


class JsonFeed:
    """A feed in JSON."""

    name = "json-feed"

    def recognise(self, document: Document) -> float:
        """By its version, else by its fields."""
        head = document.head.lstrip("\ufeff \t\n")
        if not head.startswith("{"):
            return 0.0
        return 0.98 if _VERSION.search(head) else 0.7 if _SHAPE.match(head) else 0.0

    def read(self, document: Document) -> Iterator[Found]:
        """Item by item."""
        head = _read_head(document.text)
        empty = True
        for found in json_records.read_records(document.text, {"items"}):
            if isinstance(found, json_records.JsonFault):
                empty = False
                span = Span(document.name, found.line, found.column)
                yield Problem("error", "DG308", found.message, span, "ask for the feed again, or mend it there")
            elif "items" not in found.value:  # a feed whose list is no list is no item
                empty = False
                yield from _read_item(found.value, Span(document.name, found.line), head)
        if empty:
            yield Problem("note", "DG301", "the feed has no entries", Span(document.name))


SOURCE: Final = JsonFeed()


def _read_head(text: str) -> JsonObject:
    """What the feed says of all its items; nothing if it is broken."""
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return {key: value for key, value in feed.items() if key != "items"} if isinstance(feed, dict) else {}


def _read_item(record: JsonObject, span: Span, head: JsonObject) -> Iterator[Found]:
    url, external = _text(record, "url"), _text(record, "external_url")
    page = url or (_text(record, "id") if _text(record, "id").startswith(("http://", "https://")) else "")
    links = [("paper", external or page), ("post", page if external and page != external else "")]
    links += [
        ("pdf", _text(each, "url")) for each in _objects(record, "attachments") if "pdf" in _text(each, "mime_type")
    ]
    names = names_in(_text(record, "id"), url or external)  # a link beside an address of its own is what it is about
    candidates = [
        feed_texts.render_text(_text(record, "content_html"), page),
        feed_texts.render_plain(_text(record, "content_text")),
        feed_texts.render_text(_text(record, "summary")),
    ]
    texts = feed_texts.settle_texts(candidates)
    day = feed_dates.parse_instant(_text(record, "date_published") or _text(record, "date_modified"))
    tags = record.get("tags")
    yield Item(
        "note" if names == Identifiers() else "abstract",
        texts.body,
        span,
        title=feed_texts.title_line(_text(record, "title")),
        day=day,
        updated=_changed(record),
        authors=_authors(record) or _authors(head),
        identifiers=names,
        summary=texts.summary,
        links=tuple((name, address) for name, address in links if address),
        tags=tuple(" ".join(tag.split()) for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else (),
        lang=_text(record, "language") or _text(head, "language"),
        guid=guid_of(_text(record, "id"), page) if names == Identifiers() else "",
    )
    left = [f"{key}: {_told(value)}" for key, value in record.items() if key not in _TAKEN and _told(value)]
    yield from (Noise(span, text) for text in (*texts.asides, *left))


def _changed(record: JsonObject) -> PartialDate | None:
    first, last = (feed_dates.parse_when(_text(record, key)) for key in ("date_published", "date_modified"))
    return last if first and last != first else None


def _authors(record: JsonObject) -> tuple[str, ...]:
    single = record.get("author")
    people = _objects(record, "authors") or ([single] if isinstance(single, dict) else [])
    return tuple(name for each in people for name in feed_names.parse_credit(_text(each, "name")))


def _objects(record: JsonObject, key: str) -> list[JsonObject]:
    value = record.get(key)
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _text(record: JsonObject, key: str) -> str:
    value = record.get(key)
    return value.strip() if isinstance(value, str) else str(value) if isinstance(value, int) and value else ""


def _told(value: Json) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False) if value else ""
