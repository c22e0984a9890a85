"""Pictures of entries for those who share them."""

from __future__ import annotations

from collections.abc import Iterator

from digest.model import SocialCard
from digest.planning.atlas import Atlas


def plan_cards(_atlas: Atlas) -> Iterator[SocialCard]:
    """A card for each entry, if the site wants them."""
    yield from ()
