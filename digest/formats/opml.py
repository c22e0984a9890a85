"""OPML 2.0 (https://opml.org/spec2.opml): subscriptions, as feed readers exchange them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from digest.formats.xml_writing import DECLARATION, element, escape, one_line
from digest.model import dataclass


@dataclass(frozen=True, slots=True)
class Subscription:
    """A feed: what it is about, its address and that of the page that it follows."""

    text: str
    feed: str
    page: str


def write_outline(title: str, owner: str, groups: Iterable[tuple[str, Sequence[Subscription]]]) -> str:
    """An OPML document; the subscriptions of a group without a name stand at the top."""
    return "".join((DECLARATION, '<opml version="2.0">\n<head>\n', *_head(title, owner), *_body(groups)))


def _head(title: str, owner: str) -> Iterator[str]:
    yield element("title", one_line(title))
    if owner := one_line(owner):
        yield element("ownerName", owner)
    yield "</head>\n<body>\n"


def _body(groups: Iterable[tuple[str, Sequence[Subscription]]]) -> Iterator[str]:
    for name, subscriptions in groups:
        if name and subscriptions:
            yield f'<outline text="{escape(one_line(name))}">\n'
        yield from map(_write, subscriptions)
        if name and subscriptions:
            yield "</outline>\n"
    yield "</body>\n</opml>\n"


def _write(one: Subscription) -> str:
    text = escape(one_line(one.text) or one.page)
    # The type is `rss` for a feed of any format (OPML 2.0, "Subscription lists").
    addresses = f'xmlUrl="{escape(one.feed)}" htmlUrl="{escape(one.page)}"'
    return f'<outline type="rss" text="{text}" title="{text}" {addresses}/>\n'
