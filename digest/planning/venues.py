"""The pages of venues. What entries write of a venue is told by year and volume; a page is of all its years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from digest.model import Sketch, VenueIndexPage, VenuePage
from digest.planning import addresses as at
from digest.planning.asking import ALL, Asked
from digest.planning.atlas import Atlas
from digest.planning.marks import mark, mark_value
from digest.planning.paging import Part, make_pager, paginate, part_title
from digest.planning.sketching import sketch_list, sketch_part
from digest.planning.views import Cards, group_days

_NAMES: Final = ("its entries", "its name, and how many entries it has", "its number among its pages")


def sketch_venues(atlas: Atlas, cards: Cards, asked: Asked = ALL) -> Iterator[Sketch]:
    """The pages of venues, if any has one."""
    if not asked.is_below(at.VENUES):
        return
    names = [name for name in atlas.site.by_venue if atlas.slugs[name] in atlas.venue_urls] if atlas.venue_urls else []
    if not names:
        return
    if asked.is_for(at.VENUES):
        tell, make_index = partial(_tell_index, atlas, names), partial(_make_index, atlas, names)
        what = "the list of venues"
        yield sketch_list(atlas, at.VENUES, ("its venues",), tell, make_index, what=what, modified=atlas.newest)
    for name in names:
        if not asked.is_below(atlas.venue_urls[atlas.slugs[name]]):
            continue
        for part in paginate(atlas, atlas.venue_urls[atlas.slugs[name]], atlas.site.by_venue[name]):
            tell, make = partial(_tell_venue, atlas, name, part), partial(_make_venue, atlas, cards, name, part)
            yield sketch_part(atlas, part, _NAMES, tell, make, what=f"the page of {name!r}")


def _tell_index(atlas: Atlas, names: Sequence[str]) -> tuple[bytes, ...]:
    return (mark_value([(name, len(atlas.site.by_venue[name])) for name in names]),)


def _tell_venue(atlas: Atlas, name: str, part: Part) -> tuple[bytes, ...]:
    return atlas.mark_cards(part.entries), mark(name, f"{len(atlas.site.by_venue[name])}"), part.mark


def _make_venue(atlas: Atlas, cards: Cards, name: str, part: Part) -> VenuePage:
    venue, words = atlas.count_venue(name), atlas.words
    return VenuePage(
        masthead=atlas.masthead,
        url=part.url,
        title=part_title(words, name, part),
        description=words.ngettext(
            "%(number)s entry from %(venue)s.", "%(number)s entries from %(venue)s.", venue.count, venue=name
        ),
        canonical=atlas.permalink(part.url),
        venue=venue,
        days=group_days(part.entries, cards),
        pager=make_pager(atlas, part),
    )


def _make_index(atlas: Atlas, names: Sequence[str]) -> VenueIndexPage:
    return VenueIndexPage(
        masthead=atlas.masthead,
        url=at.VENUES,
        title=atlas.words.gettext("Venues"),
        description=atlas.words.ngettext("%(number)s venue.", "%(number)s venues.", len(names)),
        canonical=atlas.permalink(at.VENUES),
        venues=tuple(map(atlas.count_venue, names)),
    )
