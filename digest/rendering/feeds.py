"""Feeds to files, each document found valid before it goes out."""

from __future__ import annotations

from types import ModuleType
from typing import Final

from digest.formats import atom, feed_rules, json_feed, rss, urls
from digest.formats.xml_writing import clean_body
from digest.model import Feed, FeedFormat, FeedItem, NamedTuple, Output, Piece, Problem, ProblemError
from digest.rendering.recent import Recent

_WRITERS: Final[dict[FeedFormat, ModuleType]] = {"rss": rss, "atom": atom, "json": json_feed}
_MOST: Final = 20  # problems that are told
_RECENT: Final = 32 << 20  # bytes of items that are kept: some five kilobytes each in all formats
_SLOT: Final = 600  # bytes that an item takes beside its texts
_HINT: Final = "this is a fault of digest: please report it with this message; `feeds: []` in site.yml builds without"


class _Written(NamedTuple):
    """An item as it stands in documents: its text, the same in every format, and what stands around it in each."""

    id: str
    text: bytes
    around: dict[FeedFormat, tuple[bytes, bytes]]


class FeedWriter:
    """Writes feeds, one after another; an item that stands in several is made, written and read back once."""

    def __init__(self) -> None:
        self._written: Recent[_Written] = Recent(_RECENT)

    def render(self, feed: Feed) -> Output:
        """The document of a feed.

        Raises:
            ProblemError: DG404 for what a validator would find.
        """
        writer = _WRITERS[feed.format]
        head, tail = writer.write_frame(feed)
        faults = [f"{feed.url}: {fault}" for fault in feed_rules.faults_of_frame(feed, head, tail)]
        parts, joint, ids = [head.encode()], b"", []
        for piece in feed.pieces:
            known = self._written.find(piece.mark) if piece.mark else None
            if known is None or feed.format not in known.around:
                known = self._write(piece, feed, known, faults)
            before, behind = known.around[feed.format]
            parts += (joint, before, writer.write_text(known.text.decode()).encode(), behind)
            joint = writer.JOINT.encode()
            ids.append(known.id)
        faults += (f"{feed.url}: {fault}" for fault in feed_rules.faults_of_company(ids))
        if faults:
            raise ProblemError(
                Problem("error", "DG404", f"a feed is not valid: {fault}", hint=_HINT) for fault in faults[:_MOST]
            )
        parts.append(tail.encode())
        return Output(urls.output_path(feed.url), b"".join(parts))

    def _write(self, piece: Piece[FeedItem], feed: Feed, known: _Written | None, faults: list[str]) -> _Written:
        """An item in one more format; its `faults` are told."""
        item, writer = piece.make(), _WRITERS[feed.format]
        text = known.text.decode() if known else clean_body(item.content)
        before, behind = writer.write_item(item)
        whole = f"{before}{writer.write_text(text)}{behind}"
        found = feed_rules.faults_of_item(item, whole, feed.format)
        faults += (f"{feed.url}, {item.id}: {fault}" for fault in found)
        if known is None:
            faults += (f"{feed.url}, {item.id}: {fault}" for fault in feed_rules.faults_of_content(item))
            known = _Written(item.id, text.encode(), {})
        known.around[feed.format] = before.encode(), behind.encode()
        if piece.mark:
            size = sum(len(before) + len(behind) for before, behind in known.around.values())
            self._written.keep(piece.mark, known, _SLOT + len(known.text) + size)
        return known
