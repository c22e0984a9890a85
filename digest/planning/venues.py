"""The pages of venues. What entries write of a venue is told by year and volume; a page is of all its years."""

from __future__ import annotations

from collections.abc import Iterator

from digest.model import Sketch, VenueIndexPage, VenuePage
from digest.planning import addresses as at
from digest.planning.atlas import Atlas
from digest.planning.names import name_slug
from digest.planning.paging import paginate, part_title
from digest.planning.sketching import sketch_page
from digest.planning.views import Cards, group_days


def plan_venues(atlas: Atlas, cards: Cards) -> Iterator[VenuePage]:
    """Each venue of enough entries, as many pages as it needs."""
    words = atlas.words
    for name, entries in atlas.site.by_venue.items():
        address = atlas.venue_urls.get(name_slug(name))
        if address is None:
            continue
        for pager, url, part in paginate(atlas, address, entries):
            yield VenuePage(
                masthead=atlas.masthead,
                url=url,
                title=part_title(words, name, pager),
                description=words.ngettext(
                    "%(number)s entry from %(venue)s.", "%(number)s entries from %(venue)s.", len(entries), venue=name
                ),
                canonical=atlas.permalink(url),
                venue=atlas.count_venue(name),
                days=group_days(part, cards),
                pager=pager,
            )


def plan_venue_index(atlas: Atlas) -> Iterator[VenueIndexPage]:
    """All venues that have a page, if any."""
    names = [name for name in atlas.site.by_venue if name_slug(name) in atlas.venue_urls]
    if not names:
        return
    yield VenueIndexPage(
        masthead=atlas.masthead,
        url=at.VENUES,
        title=atlas.words.gettext("Venues"),
        description=atlas.words.ngettext("%(number)s venue.", "%(number)s venues.", len(names)),
        canonical=atlas.permalink(at.VENUES),
        venues=tuple(atlas.count_venue(name) for name in names),
    )


def sketch_venues(atlas: Atlas, cards: Cards) -> Iterator[Sketch]:
    """The pages of venues."""
    for index in plan_venue_index(atlas):
        yield sketch_page(atlas, index, next((label.iso for label in atlas.days.values()), ""))
    for venue in plan_venues(atlas, cards):
        yield sketch_page(atlas, venue, venue.days[0].day.iso)
