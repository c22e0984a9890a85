"""Fingerprints of what documents are made of: while they stay as they are, nobody makes the document anew."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from typing import Final

from digest.model import Settings, replace

_SIZE: Final = 16
_DEFAULTS: Final = Settings()


def mark(*parts: str | bytes) -> bytes:
    """Sixteen bytes that differ where one of the parts does, or their number."""
    hasher = blake2b(digest_size=_SIZE)
    for part in parts:
        data = part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass")
        hasher.update(b"%d:%b" % (len(data), data))
    return hasher.digest()


def mark_all(marks: Iterable[bytes]) -> bytes:
    """One mark for many, in their order; each has sixteen bytes."""
    return blake2b(b"".join(marks), digest_size=_SIZE).digest()


def mark_value(value: object) -> bytes:
    """The mark of a value that writes itself out whole, as dataclasses of the model, texts and numbers do."""
    return mark(repr(value))


def mark_settings(settings: Settings) -> bytes:
    """The mark of what any document may show of the settings.

    What only a few documents depend on is left out, and is among the marks of those: a new setting is in here until
    somebody says so.
    """
    return mark_value(
        replace(
            settings,
            home_days=_DEFAULTS.home_days,
            home_day_entries=_DEFAULTS.home_day_entries,
            fold=_DEFAULTS.fold,
            page_size=_DEFAULTS.page_size,
            author_page_entries=_DEFAULTS.author_page_entries,  # links of names tell
            venue_page_entries=_DEFAULTS.venue_page_entries,
            related_entries=_DEFAULTS.related_entries,
            feed_size=_DEFAULTS.feed_size,
            feed_archives=_DEFAULTS.feed_archives,
            llms_txt=_DEFAULTS.llms_txt,
            plugins=settings.dialect.extensions,  # what others make tells
            vocabulary=_DEFAULTS.vocabulary,
            vocabulary_mode=_DEFAULTS.vocabulary_mode,
            on_known=_DEFAULTS.on_known,
            contact=_DEFAULTS.contact,
            ignore=_DEFAULTS.ignore,
            sources=_DEFAULTS.sources,
        )
    )


def mark_contents(settings: Settings) -> bytes:
    """The mark of what documents for other programs may show of the settings: whatever pages look like is left out."""
    return mark_settings(
        replace(
            settings,
            theme=_DEFAULTS.theme,
            colors=_DEFAULTS.colors,
            fonts=_DEFAULTS.fonts,
            logo=_DEFAULTS.logo,
            footer=_DEFAULTS.footer,
            navigation=_DEFAULTS.navigation,
            statistics=_DEFAULTS.statistics,
            search=_DEFAULTS.search,
            script=_DEFAULTS.script,
            feeds=_DEFAULTS.feeds,  # each has its address
            day_feeds=_DEFAULTS.day_feeds,
            topic_feeds=_DEFAULTS.topic_feeds,
            exports=_DEFAULTS.exports,
            paper_metadata=_DEFAULTS.paper_metadata,
            markdown_twins=_DEFAULTS.markdown_twins,
            social_cards=_DEFAULTS.social_cards,
        )
    )
