"""The pages of tags and of authors: entries that have something in common, some to a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain, groupby
from typing import Final

from digest.model import AuthorIndexPage, AuthorPage, Link, Sketch, TagIndexPage, TagPage
from digest.planning import addresses as at
from digest.planning.asking import ALL, Asked
from digest.planning.atlas import Atlas
from digest.planning.exports import export_links
from digest.planning.lazily import Lookup
from digest.planning.marks import mark_all, mark_value
from digest.planning.names import initial
from digest.planning.paging import Part, make_pager, paginate, part_title
from digest.planning.sketching import sketch_list, sketch_part
from digest.planning.timelines import Growth, measure_growth, plot_growth
from digest.planning.views import Cards, group_days

_NEIGHBOURS: Final = 10  # related tags, coauthors
_MOST_USED: Final = 12


def sketch_topics(atlas: Atlas, cards: Cards, asked: Asked = ALL) -> Iterator[Sketch]:
    """The pages of tags, then of authors."""
    if asked.is_below(at.TAGS):
        if asked.is_for(at.TAGS):
            yield _sketch_tag_index(atlas)
        yield from _sketch_tags(atlas, cards, asked)
    if asked.is_below(at.AUTHORS) and atlas.author_urls:
        if asked.is_for(at.AUTHORS):
            yield _sketch_author_index(atlas)
        yield from _sketch_authors(atlas, cards, asked)


def _sketch_tags(atlas: Atlas, cards: Cards, asked: Asked) -> Iterator[Sketch]:
    """Each tag, as many pages as it needs."""
    by_tag, slugs, written = atlas.site.by_tag, atlas.slugs, atlas.written_tags
    named: Lookup[tuple[str, ...], tuple[str, ...]] = Lookup(lambda tags: tuple({slugs[tag] for tag in tags}))
    for tag in asked.topics(at.TAGS, written, by_tag):
        entries = by_tag[tag]
        related = tuple(written[slug] for slug in _count_company([named[entry.tags] for entry in entries], slugs[tag]))
        growth = measure_growth(entries)
        for part in paginate(atlas, atlas.tag_urls[slugs[tag]], entries):
            shown = growth if part.number == 1 else None
            told = {
                "its entries": atlas.mark_cards(part.entries),
                "its name, and how many entries it has": atlas.tag_marks[tag],
                "its number among its pages": part.mark,
                "related tags": mark_all(map(atlas.tag_marks.__getitem__, related)),
                "how it grew": mark_value(shown),
            }
            make = partial(_make_tag, atlas, cards, (tag, related, shown), part)
            yield sketch_part(atlas, part, told, make, f"the page of the tag {tag!r}")


def _make_tag(atlas: Atlas, cards: Cards, about: tuple[str, tuple[str, ...], Growth | None], part: Part) -> TagPage:
    (tag, related, growth), words = about, atlas.words
    link = atlas.count_tag(tag)
    return TagPage(
        masthead=atlas.masthead,
        url=part.url,
        title=part_title(words, words.gettext("Tag: %(tag)s", tag=tag), part),
        description=words.ngettext(
            "%(number)s entry tagged %(tag)s.", "%(number)s entries tagged %(tag)s.", link.count, tag=tag
        ),
        canonical=atlas.permalink(part.url),
        feeds=at.topic_feed_links(atlas.settings, atlas.addresses, part.home, tag),
        exports=export_links(atlas, part.home),
        tag=link,
        days=group_days(part.entries, cards),
        pager=make_pager(atlas, part),
        related=tuple(map(atlas.count_tag, related)),
        growth=plot_growth(atlas, growth, words.gettext("How it grew")) if growth else None,
    )


def _sketch_tag_index(atlas: Atlas) -> Sketch:
    """All tags."""
    told = {"its tags": mark_all(map(atlas.tag_marks.__getitem__, atlas.site.by_tag))}
    return sketch_list(
        atlas, at.TAGS, told, partial(_make_tag_index, atlas), what="the list of tags", modified=atlas.newest
    )


def _make_tag_index(atlas: Atlas) -> TagIndexPage:
    tags = tuple(map(atlas.count_tag, atlas.site.by_tag))
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


def _sketch_authors(atlas: Atlas, cards: Cards, asked: Asked) -> Iterator[Sketch]:
    """Each author of enough entries, as many pages as they need."""
    by_author, slugs, written = atlas.site.by_author, atlas.slugs, atlas.written_authors
    named: Lookup[tuple[str, ...], tuple[str, ...]] = Lookup(lambda names: tuple({slugs[name] for name in names}))
    for name in asked.topics(at.AUTHORS, written, by_author):
        address = atlas.author_urls.get(slugs[name])
        if address is None:
            continue
        entries = by_author[name]
        coauthors = tuple(
            written[slug] for slug in _count_company([named[entry.authors] for entry in entries], slugs[name])
        )
        for part in paginate(atlas, address, entries):
            told = {
                "its entries": atlas.mark_cards(part.entries),
                "the author's name, and how many entries are theirs": atlas.author_marks[name],
                "its number among its pages": part.mark,
                "coauthors": mark_all(map(atlas.author_marks.__getitem__, coauthors)),
            }
            make = partial(_make_author, atlas, cards, (name, coauthors), part)
            yield sketch_part(atlas, part, told, make, f"the page of the author {name!r}")


def _make_author(atlas: Atlas, cards: Cards, about: tuple[str, tuple[str, ...]], part: Part) -> AuthorPage:
    (name, coauthors), words = about, atlas.words
    author = atlas.count_author(name)
    return AuthorPage(
        masthead=atlas.masthead,
        url=part.url,
        title=part_title(words, name, part),
        description=words.ngettext(
            "%(number)s entry by %(name)s.", "%(number)s entries by %(name)s.", author.count, name=name
        ),
        canonical=atlas.permalink(part.url),
        feeds=at.topic_feed_links(atlas.settings, atlas.addresses, part.home, name),
        author=author,
        days=group_days(part.entries, cards),
        pager=make_pager(atlas, part),
        coauthors=tuple(map(atlas.count_author, coauthors)),
    )


def _sketch_author_index(atlas: Atlas) -> Sketch:
    """All authors who have a page."""
    names = [name for name in atlas.site.by_author if atlas.slugs[name] in atlas.author_urls]
    told = {"its authors": mark_all(map(atlas.author_marks.__getitem__, names))}
    make = partial(_make_author_index, atlas, names)
    return sketch_list(atlas, at.AUTHORS, told, make, what="the list of authors", modified=atlas.newest)


def _make_author_index(atlas: Atlas, names: Sequence[str]) -> AuthorIndexPage:
    groups: list[tuple[str, tuple[Link, ...]]] = [
        (letter, tuple(map(atlas.count_author, found)))
        for letter, found in groupby(sorted(names, key=initial), key=initial)
    ]
    return AuthorIndexPage(
        masthead=atlas.masthead,
        url=at.AUTHORS,
        title=atlas.words.gettext("Authors"),
        description=atlas.words.ngettext("%(number)s author.", "%(number)s authors.", len(names)),
        canonical=atlas.permalink(at.AUTHORS),
        groups=tuple(groups),
    )


def _count_company(named: Iterable[Iterable[str]], own: str) -> list[str]:
    """The slugs that most often stand beside one's own, most often first; `named` are those of each entry, once."""
    counts = Counter(chain.from_iterable(named))
    counts.pop(own, None)
    counts.pop("", None)
    least = sorted(counts.values())[-_NEIGHBOURS:][:1]  # of the best: hardly any stand as often
    best = sorted([(-count, slug) for slug, count in counts.items() if count >= least[0]])
    return [slug for _, slug in best[:_NEIGHBOURS]]
