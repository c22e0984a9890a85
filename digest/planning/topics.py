"""The pages of tags and of authors: entries that have something in common, some to a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final

from digest.model import AuthorIndexPage, AuthorPage, Sketch, TagIndexPage, TagPage
from digest.planning import addresses as at
from digest.planning.atlas import Atlas
from digest.planning.exports import export_links
from digest.planning.names import initial
from digest.planning.paging import paginate, part_title
from digest.planning.sketching import sketch_page
from digest.planning.timelines import plot_growth
from digest.planning.views import Cards, group_days

_NEIGHBOURS: Final = 10  # related tags, coauthors
_MOST_USED: Final = 12


def plan_tags(atlas: Atlas, cards: Cards) -> Iterator[TagPage]:
    """Each tag, as many pages as it needs."""
    by_tag, words = atlas.site.by_tag, atlas.words
    written = {atlas.slugs[tag]: tag for tag in by_tag}
    for tag, entries in by_tag.items():
        link = atlas.count_tag(tag)
        shared = _count_company(atlas, (entry.tags for entry in entries), tag)
        related = tuple(atlas.count_tag(written[slug]) for slug in shared)
        address = atlas.tag_urls[atlas.slugs[tag]]
        growth = plot_growth(atlas, entries, words.gettext("How it grew"))
        for pager, url, part in paginate(atlas, address, entries):
            yield TagPage(
                masthead=atlas.masthead,
                url=url,
                title=part_title(words, words.gettext("Tag: %(tag)s", tag=tag), pager),
                description=words.ngettext(
                    "%(number)s entry tagged %(tag)s.", "%(number)s entries tagged %(tag)s.", len(entries), tag=tag
                ),
                canonical=atlas.permalink(url),
                feeds=at.topic_feed_links(atlas.settings, atlas.addresses, address, tag),
                exports=export_links(atlas, address),
                tag=link,
                days=group_days(part, cards),
                pager=pager,
                related=related,
                growth=growth if pager.number == 1 else None,
            )


def plan_tag_index(atlas: Atlas) -> TagIndexPage:
    """All tags."""
    tags = tuple(atlas.count_tag(tag) for tag in atlas.site.by_tag)
    # The most used of few tags would be all of them.
    most_used = sorted(tags, key=lambda link: -link.count)[:_MOST_USED] if len(tags) > _MOST_USED else []
    return TagIndexPage(
        masthead=atlas.masthead,
        url=at.TAGS,
        title=atlas.words.gettext("Tags"),
        description=atlas.words.ngettext("%(number)s tag.", "%(number)s tags.", len(tags)),
        canonical=atlas.permalink(at.TAGS),
        tags=tags,
        most_used=tuple(most_used),
    )


def plan_authors(atlas: Atlas, cards: Cards) -> Iterator[AuthorPage]:
    """Each author of enough entries, as many pages as they need."""
    by_author, words = atlas.site.by_author, atlas.words
    written = {atlas.slugs[name]: name for name in by_author}
    for name, entries in by_author.items():
        address = atlas.author_urls.get(atlas.slugs[name])
        if address is None:
            continue
        shared = _count_company(atlas, (entry.authors for entry in entries), name)
        coauthors = tuple(atlas.count_author(written[slug]) for slug in shared)
        for pager, url, part in paginate(atlas, address, entries):
            yield AuthorPage(
                masthead=atlas.masthead,
                url=url,
                title=part_title(words, name, pager),
                description=words.ngettext(
                    "%(number)s entry by %(name)s.", "%(number)s entries by %(name)s.", len(entries), name=name
                ),
                canonical=atlas.permalink(url),
                feeds=at.topic_feed_links(atlas.settings, atlas.addresses, address, name),
                author=atlas.count_author(name),
                days=group_days(part, cards),
                pager=pager,
                coauthors=coauthors,
            )


def plan_author_index(atlas: Atlas) -> Iterator[AuthorIndexPage]:
    """All authors who have a page, if any."""
    names = [name for name in atlas.site.by_author if atlas.slugs[name] in atlas.author_urls]
    if not names:
        return
    groups = tuple(
        (letter, tuple(atlas.count_author(name) for name in found))
        for letter, found in groupby(sorted(names, key=initial), key=initial)
    )
    yield AuthorIndexPage(
        masthead=atlas.masthead,
        url=at.AUTHORS,
        title=atlas.words.gettext("Authors"),
        description=atlas.words.ngettext("%(number)s author.", "%(number)s authors.", len(names)),
        canonical=atlas.permalink(at.AUTHORS),
        groups=groups,
    )


def _count_company(atlas: Atlas, lists: Iterable[Sequence[str]], own: str) -> list[str]:
    """The slugs that most often stand in the same lists as a name, most often first."""
    counter: Counter[str] = Counter()
    for names in lists:
        counter.update({atlas.slugs[name] for name in names})
    for slug in (atlas.slugs[own], ""):
        counter.pop(slug, None)
    return sorted(counter, key=lambda slug: (-counter[slug], slug))[:_NEIGHBOURS]


def sketch_topics(atlas: Atlas, cards: Cards) -> Iterator[Sketch]:
    """The pages of tags, then of authors."""
    newest = next((label.iso for label in atlas.days.values()), "")
    yield sketch_page(atlas, plan_tag_index(atlas), newest)
    for tag in plan_tags(atlas, cards):
        yield sketch_page(atlas, tag, tag.days[0].day.iso)
    for index in plan_author_index(atlas):
        yield sketch_page(atlas, index, newest)
    for author in plan_authors(atlas, cards):
        yield sketch_page(atlas, author, author.days[0].day.iso)
