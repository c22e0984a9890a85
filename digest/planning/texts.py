"""The pages that hold one text: of an entry, of content/pages/, of an address that leads nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from digest.model import EntryPage, Link, NotFoundPage, PlainPage
from digest.planning import addresses as at
from digest.planning.atlas import Atlas
from digest.planning.days import neighbours
from digest.planning.summaries import shorten, summary_text
from digest.planning.views import Cards, link_body, prose_of

_DESCRIPTION = 200


def plan_entries(atlas: Atlas, wholes: Cards) -> Iterator[EntryPage]:
    """Each entry on a page of its own, between the one before it in time and the one after."""
    entries = atlas.site.entries
    links = [Link(entry.title, atlas.href(entry.url)) for entry in entries]
    for entry, (before, after) in zip(entries, neighbours(links), strict=True):
        prose = prose_of(atlas, entry)
        yield EntryPage(
            masthead=atlas.masthead,
            url=entry.url,
            title=entry.title,
            description=summary_text(entry, prose, _DESCRIPTION),
            canonical=atlas.permalink(entry.url),
            entry=wholes[entry.key],
            toc=prose.toc,
            previous=before,
            next=after,
        )


def plan_plain_pages(atlas: Atlas) -> Iterator[PlainPage]:
    """Each page of content/pages/."""
    for page in atlas.pages:
        prose = prose_of(atlas, page)
        yield PlainPage(
            masthead=atlas.masthead,
            url=page.url,
            title=page.title,
            description=page.description or shorten(prose.text, _DESCRIPTION),
            canonical=atlas.permalink(page.url),
            body=link_body(atlas, page, prose.html),
            language=page.lang if page.lang != atlas.settings.language else "",
        )


def plan_not_found(atlas: Atlas) -> NotFoundPage:
    """What a host serves where there is nothing, with ways back."""
    ways = [("Home", at.HOME), ("Archive", at.ARCHIVE), ("Tags", at.TAGS)]
    return NotFoundPage(
        masthead=atlas.masthead,
        url=at.NOT_FOUND,
        title="Page not found",
        description="",
        canonical="",
        ways=tuple(Link(text, atlas.href(url)) for text, url in ways),
    )
