"""The pages of venues."""

from __future__ import annotations

from collections.abc import Iterator

from digest.model import VenueIndexPage, VenuePage
from digest.planning.atlas import Atlas
from digest.planning.views import Cards


def plan_venues(_atlas: Atlas, _cards: Cards) -> Iterator[VenuePage]:
    """Each venue of enough entries, as many pages as it needs."""
    yield from ()


def plan_venue_index(_atlas: Atlas) -> Iterator[VenueIndexPage]:
    """All venues that have a page, if any."""
    yield from ()
