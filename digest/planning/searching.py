"""What a search knows, and the page that searches."""

from __future__ import annotations

from collections.abc import Iterator

from digest.model import Link, SearchPage, SearchRecord
from digest.planning import addresses as at
from digest.planning.atlas import Atlas


def plan_search(atlas: Atlas) -> Iterator[SearchPage]:
    """The page that searches, if the site wants one and the theme knows how."""
    if not atlas.masthead.search:
        return
    words = atlas.words
    ways = [(words.gettext("Archive"), at.ARCHIVE), (words.gettext("Tags"), at.TAGS)]
    yield SearchPage(
        masthead=atlas.masthead,
        url=at.SEARCH,
        title=words.gettext("Search"),
        description="",
        canonical=atlas.permalink(at.SEARCH),
        script=atlas.href(atlas.theme.search_script),
        index=atlas.href(at.SEARCH),
        ways=tuple(Link(text, atlas.href(url)) for text, url in ways),
    )


def list_records(_atlas: Atlas) -> Iterator[SearchRecord]:
    """A record for each entry."""
    yield from ()
