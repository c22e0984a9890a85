"""The page of numbers and plots."""

from __future__ import annotations

from collections.abc import Iterator

from digest.model import StatisticsPage
from digest.planning import addresses as at
from digest.planning.atlas import Atlas


def plan_statistics(atlas: Atlas) -> Iterator[StatisticsPage]:
    """The site in numbers and plots, if it wants them."""
    if not atlas.settings.statistics:
        return
    yield StatisticsPage(
        masthead=atlas.masthead,
        url=at.STATISTICS,
        title=atlas.words.gettext("Statistics"),
        description="",
        canonical=atlas.permalink(at.STATISTICS),
        facts=(),
        figures=(),
    )
