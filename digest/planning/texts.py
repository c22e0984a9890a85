"""The pages that hold one text: of an entry, of content/pages/, of an address that leads nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from digest.formats import citations
from digest.model import EntryPage, Link, NotFoundPage, PlainPage, StarredPage
from digest.planning import addresses as at
from digest.planning.atlas import Atlas
from digest.planning.days import neighbours
from digest.planning.exports import export_links
from digest.planning.references import References, link_data
from digest.planning.related import relate_entries
from digest.planning.social_cards import card_permalink
from digest.planning.summaries import shorten, summary_text
from digest.planning.twins import markdown_of
from digest.planning.views import Cards, link_body

_DESCRIPTION = 200


def plan_entries(atlas: Atlas, cards: Cards, wholes: Cards, references: References) -> Iterator[EntryPage]:
    """Each entry on a page of its own, between the one before it in time and the one after."""
    entries = atlas.site.entries
    links = [Link(wholes[entry.key].title_text, atlas.href(entry.url)) for entry in entries]
    related = relate_entries(atlas)
    for entry, (before, after) in zip(entries, neighbours(links), strict=True):
        prose = atlas.prose_of(entry)
        linked = link_data(atlas, entry, wholes[entry.key].title_text, references[entry.key])
        yield EntryPage(
            masthead=atlas.masthead,
            url=entry.url,
            title=wholes[entry.key].title_text,
            description=summary_text(entry, prose, _DESCRIPTION),
            canonical=atlas.permalink(entry.url),
            entry=wholes[entry.key],
            toc=prose.toc,
            exports=export_links(atlas, entry.url),
            related=tuple(cards[near.key] for near in related[entry.key]),
            metadata=citations.describe_paper(references[entry.key], atlas.days[entry.date].iso),
            linked_data=linked,
            linked_data_hash=citations.hash_script(linked),
            markdown=markdown_of(atlas, entry),
            image=card_permalink(atlas, entry),
            previous=before,
            next=after,
        )


def plan_plain_pages(atlas: Atlas) -> Iterator[PlainPage]:
    """Each page of content/pages/."""
    for page in atlas.pages:
        prose = atlas.prose_of(page)
        yield PlainPage(
            masthead=atlas.masthead,
            url=page.url,
            title=page.title,
            description=page.description or shorten(prose.text, _DESCRIPTION),
            canonical=atlas.permalink(page.url),
            body=link_body(atlas, page, prose.html),
            language=page.lang if page.lang != atlas.settings.language else "",
        )


def plan_starred(atlas: Atlas) -> Iterator[StarredPage]:
    """What a reader starred, where there is a script to tell."""
    if atlas.masthead.starred:
        yield StarredPage(
            masthead=atlas.masthead,
            url=at.STARRED,
            title=atlas.words.gettext("Starred"),
            description="",
            canonical=atlas.permalink(at.STARRED),
            script=atlas.href(atlas.theme.starred_script) if atlas.theme.starred_script else "",
        )


def plan_not_found(atlas: Atlas) -> NotFoundPage:
    """What a host serves where there is nothing, with ways back."""
    words = atlas.words
    ways = [
        (words.gettext("Home"), at.HOME),
        (words.gettext("Archive"), at.ARCHIVE),
        (words.gettext("Tags"), at.TAGS),
    ]
    return NotFoundPage(
        masthead=atlas.masthead,
        url=at.NOT_FOUND,
        title=words.gettext("Page not found"),
        description="",
        canonical="",
        ways=tuple(Link(text, atlas.href(url)) for text, url in ways),
    )
