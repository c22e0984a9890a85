"""What a feed must be, asked of the text that was written: the rules of validator.w3.org/feed and of JSON Feed 1.1.

A document is its frame and its items, and an item stands in several documents: each is read once, by a real parser, and
what hangs on their company, ids that are one and the same, is asked of the document. Two of the W3C's warnings are left
out: its list of HTML elements is older than MathML in HTML, and that years before 1990 are odd is no rule of a format.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from pyexpat import ExpatError, ParserCreate  # what ElementTree is made of, which takes longer to load
from typing import Any, Final

from digest.formats import atom, json_feed, rss
from digest.formats.characters import is_harmless
from digest.formats.patterns import lazily
from digest.formats.xml_writing import clean
from digest.model import Feed, FeedFormat, FeedItem

_ATOM: Final = "http://www.w3.org/2005/Atom}"
_CONTENT: Final = "http://purl.org/rss/1.0/modules/content/}encoded"
_HISTORY: Final = "http://purl.org/syndication/history/1.0}archive"
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_CLOCK: Final = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
_MAIL_TIME: Final = lazily(rf"([A-Z][a-z]{{2}}), ([0-9]{{2}}) ([A-Z][a-z]{{2}}) ([0-9]{{4}}) {_CLOCK} [+-][0-9]{{4}}")
_INTERNET_TIME: Final = lazily(
    rf"([0-9]{{4}})-([0-9]{{2}})-([0-9]{{2}})T{_CLOCK}(?:\.[0-9]+)?(?:Z|[+-][0-9]{{2}}:[0-9]{{2}})"
)
_URI: Final = lazily(r"[A-Za-z][A-Za-z0-9+.-]*:[!#-;=?-[\]_a-z~]+")
_WEB: Final = lazily(r"https?://[^\s/]+(?:/|$)")
_LANGUAGE: Final = lazily(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_ELEMENTS: Final = (
    "applet|base|body|button|embed|form|frame|frameset|head|html|iframe|input|link|meta|noscript|object|script|select|"
    "style|textarea|title"
)
_TAG: Final = r'[a-z][a-z0-9]*(?:\s[a-z-]+="[^"]*")*?\s'  # up to one of its attributes
_MATH: Final = r"(?!(?:m(?!a(?:in|p|rk)|e(?:nu|ter))[a-z]*|semantics|annotation)\s)"  # whole as on a page, with classes
_FORBIDDEN: Final = lazily(rf"<(?:(?:{_ELEMENTS})\b|{_TAG}(?:style|id|on[a-z]+)=|{_MATH}{_TAG}class=)")
_RELATIVE: Final = lazily(rf'<{_TAG}(?:href|src|cite)="(?![A-Za-z][A-Za-z0-9+.-]*:)([^"]*)"')
_CONTROL: Final = lazily("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

_RECENT: Final = 256  # an item has the same date and the same addresses in every format

Found = list[tuple[str, str, dict[str, str]]]  # elements that stand right below one: name, text, attributes


def faults_of_content(item: FeedItem) -> Iterator[str]:
    """What is wrong with the text of an item, which is the same in every format."""
    if found := _FORBIDDEN.search(item.content):
        yield f"the text holds what readers drop or fear: {found[0]!r}"
    if found := _RELATIVE.search(item.content):
        yield f"the text holds an address that leads nowhere from a reader: {found[1]!r}"
    if item.updated < item.time:
        yield "it changed before it came out"


def faults_of_item(item: FeedItem, text: str, form: FeedFormat) -> Iterator[str]:
    """What is wrong with an item as it was written in one format."""
    try:
        yield from _ITEM_RULES[form](item, text)
    except (ExpatError, ValueError) as error:
        yield f"it is not well-formed: {error}"


def faults_of_frame(feed: Feed, head: str, tail: str) -> Iterator[str]:
    """What is wrong with a document, what is inside its items apart."""
    try:
        yield from _FRAME_RULES[feed.format](feed, head + tail)
    except (ExpatError, ValueError) as error:
        yield f"it is not well-formed: {error}"


def faults_of_company(ids: Sequence[str]) -> Iterator[str]:
    """What is wrong with the items of a document, each of which is right; theirs are the ids."""
    if len(set(ids)) < len(ids):
        yield "an id stands there twice"


def _rss_item(item: FeedItem, text: str) -> Iterator[str]:
    found = _children(f"{rss.OPENING}{text}{rss.CLOSING}", 3)
    values = _first(found)
    names = [name for name, _, _ in found]
    yield from _missing(values, "title", "link", "guid", "pubDate", "description")
    if _CONTENT in names and names.index("description") > names.index(_CONTENT):
        yield "the text stands before the description"
    if {name: attributes for name, _, attributes in found}.get("guid") != {"isPermaLink": "false"}:
        yield "the guid passes for an address"
    yield from _bad_dates((values.get("pubDate", ""),), _mail_date)
    yield from _bad_dates((stamp for name, stamp, _ in found if name == f"{_ATOM}updated"), _internet_date)
    links = (attributes.get("href", "") for name, _, attributes in found if name == f"{_ATOM}link")
    yield from _bad_addresses((values.get("link", ""), *links))
    yield from _different(values.get(_CONTENT, ""), item)


def _atom_item(item: FeedItem, text: str) -> Iterator[str]:
    found = _children(f"{atom.OPENING}>{text}{atom.CLOSING}", 2)
    values = _first(found)
    yield from _missing(values, *(f"{_ATOM}{name}" for name in ("id", "title", "updated", "summary")))
    if not _URI.fullmatch(values.get(f"{_ATOM}id", "")):
        yield "the id is no URI"
    yield from _bad_dates((values.get(f"{_ATOM}{name}", "") for name in ("published", "updated")), _internet_date)
    links = [attributes for name, _, attributes in found if name == f"{_ATOM}link"]
    yield from _bad_addresses(link.get("href", "") for link in links)
    if [link.get("rel") for link in links].count("alternate") != 1:
        yield "it has no page, or several"
    yield from _different(values.get(f"{_ATOM}content", ""), item)


def _json_item(item: FeedItem, text: str) -> Iterator[str]:
    found = _read_json(text)
    yield from _missing(found, "id", "content_html")
    yield from _wrong_types(found, _ITEM_TYPES)
    dates = (found[name] for name in ("date_published", "date_modified") if name in found)
    yield from _bad_dates(dates, _internet_date)
    yield from _bad_addresses(found[name] for name in ("url", "external_url") if name in found)
    yield from _different(found.get("content_html", ""), item)


def _rss_frame(feed: Feed, text: str) -> Iterator[str]:
    found = _children(text, 2)
    values = _first(found)
    yield from _missing(values, "title", "link", "description", "docs")
    if not _LANGUAGE.fullmatch(values.get("language", "en")):
        yield f"its language is none: {values['language']!r}"
    yield from _bad_dates((stamp for name, stamp, _ in found if name == "lastBuildDate"), _mail_date)
    yield from _bad_addresses((values.get("link", ""),))
    yield from _bad_links(feed, found)


def _atom_frame(feed: Feed, text: str) -> Iterator[str]:
    found = _children(text, 1)
    values = _first(found)
    yield from _missing(values, *(f"{_ATOM}{name}" for name in ("id", "title", "updated", "author")))
    if not _URI.fullmatch(values.get(f"{_ATOM}id", "")):
        yield "the id is no URI"
    yield from _bad_dates((values.get(f"{_ATOM}updated", ""),), _internet_date)
    yield from _bad_links(feed, found)


def _json_frame(feed: Feed, text: str) -> Iterator[str]:
    found = _read_json(text)
    yield from _missing(found, "title", "home_page_url")
    yield from _wrong_types(found, _FEED_TYPES)
    if found.get("version") != json_feed.VERSION:
        yield "its version is none"
    if found.get("feed_url") != feed.permalink or found.get("next_url", "") != feed.previous:
        yield "it does not lead to itself, or not to what came before"
    yield from _bad_addresses(found[name] for name in ("home_page_url", "feed_url", "next_url") if name in found)


def _children(text: str, depth: int) -> Found:
    """The elements at a depth, with the text within each; names are `namespace}name`."""
    found: Found = []
    texts: list[str] = []
    level = -depth

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal level
        if not level:
            texts.clear()
            found.append((name, "", attributes))
        level += 1

    def end(_: str) -> None:
        nonlocal level
        level -= 1
        if not level:
            name, _, attributes = found[-1]
            found[-1] = (name, "".join(texts), attributes)

    parser = ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, texts.append
    parser.Parse(text, True)
    return found


def _first(found: Found) -> dict[str, str]:
    return {name: text for name, text, _ in reversed(found)}


def _read_json(text: str) -> dict[str, Any]:
    found = json.loads(text)
    if not isinstance(found, dict):
        raise ValueError("no object")  # noqa: TRY004 - a fault of the text, as any other
    return found


def _missing(values: dict[str, Any], *names: str) -> Iterator[str]:
    for name in names:
        value = values.get(name)
        if value is None or (isinstance(value, str) and not value.strip()):
            yield f"it has no {name.rpartition('}')[2]}"


def _different(written: str, item: FeedItem) -> Iterator[str]:
    """What is read back must be all of the text; only signs that no feed may hold are gone."""
    if not is_harmless(written) and (control := _CONTROL.search(written)):
        yield f"the text holds the control character U+{ord(control[0]):04X}"
    if written != item.content:
        content = clean(item.content)
        if content.strip() and written != content:
            yield "not all of the text is there"


def _bad_dates(stamps: Iterable[str], read: Callable[[str], bool]) -> Iterator[str]:
    for stamp in stamps:
        if not read(stamp):
            yield f"this is no date: {stamp!r}"


def _mail_date(stamp: str) -> bool:
    match = _MAIL_TIME.fullmatch(stamp)
    if not match:
        return False
    day = date(int(match[4]), _MONTHS.index(match[3]) + 1, int(match[2]))
    return _WEEKDAYS[day.weekday()] == match[1]


@lru_cache(_RECENT)
def _internet_date(stamp: str) -> bool:
    match = _INTERNET_TIME.fullmatch(stamp)
    return bool(match and date(*map(int, match.groups())))


def _bad_addresses(addresses: Iterable[str]) -> Iterator[str]:
    for address in addresses:
        if not _is_address(address):
            yield f"this is no whole address: {address!r}"


@lru_cache(_RECENT)
def _is_address(address: str) -> bool:
    return bool(_WEB.match(address) and _URI.fullmatch(address))


def _bad_links(feed: Feed, found: Found) -> Iterator[str]:
    """A document links to itself, and to its neighbours as it should (RFC 5005 §4)."""
    links = {
        attributes.get("rel"): attributes.get("href", "") for name, _, attributes in found if name == f"{_ATOM}link"
    }
    wanted = {
        "self": feed.permalink,
        "current": feed.current,
        "prev-archive": feed.previous,
        "next-archive": feed.next,
    }
    for relation, address in wanted.items():
        if links.get(relation, "") != address:
            yield f"its link {relation!r} leads to {links.get(relation, '')!r}, not to {address!r}"
    yield from _bad_addresses(links.values())
    if any(name == _HISTORY for name, _, _ in found) != bool(feed.current):
        yield "an archive is not marked as one"


def _wrong_types(found: dict[str, Any], types: dict[str, type]) -> Iterator[str]:
    for name, value in found.items():
        if not name.startswith("_") and not isinstance(value, types.get(name, ())):
            yield f"{name!r} is not what the format says"
    for author in found.get("authors", []):
        if not (isinstance(author, dict) and author.get("name")):
            yield "an author has no name"


_ITEM_TYPES: Final[dict[str, type]] = {
    "id": str, "url": str, "external_url": str, "title": str, "content_html": str, "summary": str,
    "date_published": str, "date_modified": str, "authors": list, "tags": list, "language": str,
}  # fmt: skip
_FEED_TYPES: Final[dict[str, type]] = {
    "version": str, "title": str, "home_page_url": str, "feed_url": str, "description": str, "next_url": str,
    "authors": list, "language": str, "items": list,
}  # fmt: skip
_ITEM_RULES: Final = {"rss": _rss_item, "atom": _atom_item, "json": _json_item}
_FRAME_RULES: Final = {"rss": _rss_frame, "atom": _atom_frame, "json": _json_frame}
