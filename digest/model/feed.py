"""A feed and its items; RSS is one way to write it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from digest.model.views import Html


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One entry in a feed. `id` never changes; `time` is aware; every address in `content` is absolute."""

    id: str
    title: str
    permalink: str
    time: datetime
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    summary: str
    content: Html


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed at `url`, items newest first. `updated` is the time of its newest item, never that of the build."""

    url: str
    permalink: str
    title: str
    description: str
    home: str
    language: str
    license: str
    generator: str
    updated: datetime | None
    items: tuple[FeedItem, ...]
