"""A feed, its documents and its items; RSS, Atom and JSON Feed are three ways to write one."""

from __future__ import annotations

from datetime import datetime

from digest.model.piece import Piece
from digest.model.site import FeedFormat
from digest.model.values import dataclass
from digest.model.views import Html


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One entry, or one day of entries, in a feed. `id` is a URI that never changes; times are aware.

    `updated` is the newest change that is known, never before `time`. `content` is whole and every address in it
    absolute. `external_url` is where the paper is; `language` and `license` are empty where they are those of the feed.
    """

    id: str
    title: str
    permalink: str
    time: datetime
    updated: datetime
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    summary: str
    content: Html
    external_url: str = ""
    language: str = ""
    license: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """One document of a feed in one format, at `url`; `pieces` are its items, newest first.

    The one that people subscribe to holds the newest items; `previous` is the permalink of the archive document that
    goes on where this one ends, if any (RFC 5005 §4). In an archive document `current` leads back to the first, and
    `next` is the archive document of the newer items. `updated` is the newest change of an item, never the time of the
    build.
    """

    format: FeedFormat
    url: str
    permalink: str
    title: str
    description: str
    home: str
    language: str
    author: str
    license: str
    generator: str
    updated: datetime | None
    pieces: tuple[Piece[FeedItem], ...]
    previous: str = ""
    next: str = ""
    current: str = ""

    @property
    def items(self) -> tuple[FeedItem, ...]:
        """Its items, made."""
        return tuple(piece.make() for piece in self.pieces)
