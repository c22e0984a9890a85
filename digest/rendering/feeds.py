"""Feeds to files, each document found valid before it goes out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import ModuleType
from typing import Final

from digest.formats import atom, feed_rules, json_feed, rss, urls
from digest.model import Feed, FeedFormat, FeedItem, Output, Problem, ProblemError

_WRITERS: Final[dict[FeedFormat, ModuleType]] = {"rss": rss, "atom": atom, "json": json_feed}
_MOST: Final = 20  # problems that are told
_HINT: Final = "this is a fault of digest: please report it with this message; `feeds: []` in site.yml builds without"


def render_feeds(feeds: Iterable[Feed]) -> Iterator[Output]:
    """Every document of every feed. An item that stands in several is written and read back once a format.

    Raises:
        ProblemError: DG404 for what a validator would find.
    """
    written: dict[tuple[FeedFormat, int], bytes] = {}  # by identity: the feeds hold the items while this runs
    checked: set[int] = set()
    problems: list[Problem] = []
    for feed in feeds:
        writer = _WRITERS[feed.format]
        head, tail = writer.write_frame(feed)
        faults = [f"{feed.url}: {fault}" for fault in feed_rules.faults_of_frame(feed, head, tail)]
        parts: list[bytes] = []
        for item in feed.items:
            key = (feed.format, id(item))
            if key not in written:
                text = writer.write_item(item)
                faults += (f"{feed.url}, {item.id}: {fault}" for fault in _check_item(item, text, feed, checked))
                written[key] = text.encode()
            parts.append(written[key])
        problems += (Problem("error", "DG404", f"a feed is not valid: {fault}", hint=_HINT) for fault in faults)
        if not problems:
            body = writer.JOINT.encode().join(parts)
            yield Output(urls.output_path(feed.url), b"".join((head.encode(), body, tail.encode())))
    if problems:
        raise ProblemError(problems[:_MOST])


def _check_item(item: FeedItem, text: str, feed: Feed, checked: set[int]) -> Iterator[str]:
    yield from feed_rules.faults_of_item(item, text, feed.format)
    if id(item) not in checked:
        checked.add(id(item))
        yield from feed_rules.faults_of_content(item)
