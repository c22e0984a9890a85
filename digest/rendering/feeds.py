"""Feeds to files, each document found valid before it goes out."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType
from typing import Final

from digest.formats import atom, feed_rules, json_feed, rss, urls
from digest.model import Feed, FeedFormat, FeedItem, Output, Problem, ProblemError
from digest.rendering.recent import Recent

_WRITERS: Final[dict[FeedFormat, ModuleType]] = {"rss": rss, "atom": atom, "json": json_feed}
_MOST: Final = 20  # problems that are told
_RECENT: Final = 512  # items that are kept, each some ten kilobytes
_HINT: Final = "this is a fault of digest: please report it with this message; `feeds: []` in site.yml builds without"


class FeedWriter:
    """Writes feeds, one after another; an item that stands in several is written and read back once a format."""

    def __init__(self) -> None:
        self._written: Recent[tuple[FeedItem, bytes]] = Recent(_RECENT)
        self._checked: Recent[FeedItem] = Recent(_RECENT)

    def render(self, feed: Feed) -> Output:
        """The document of a feed.

        Raises:
            ProblemError: DG404 for what a validator would find.
        """
        writer = _WRITERS[feed.format]
        head, tail = writer.write_frame(feed)
        faults = [f"{feed.url}: {fault}" for fault in feed_rules.faults_of_frame(feed, head, tail)]
        parts: list[bytes] = []
        for item in feed.items:
            known = self._written.find((feed.format, item.id))
            if known is None or known[0] != item:
                text = writer.write_item(item)
                faults += (f"{feed.url}, {item.id}: {fault}" for fault in self._check(item, text, feed.format))
                known = (item, text.encode())
                self._written.keep((feed.format, item.id), known)
            parts.append(known[1])
        if faults:
            raise ProblemError(
                Problem("error", "DG404", f"a feed is not valid: {fault}", hint=_HINT) for fault in faults[:_MOST]
            )
        body = writer.JOINT.encode().join(parts)
        return Output(urls.output_path(feed.url), b"".join((head.encode(), body, tail.encode())))

    def _check(self, item: FeedItem, text: str, form: FeedFormat) -> Iterator[str]:
        yield from feed_rules.faults_of_item(item, text, form)
        if self._checked.find(item.id) != item:  # the text of an item is the same in every format
            self._checked.keep(item.id, item)
            yield from feed_rules.faults_of_content(item)
