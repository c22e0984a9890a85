"""The pages of tags and of authors: entries that have something in common, some to a page."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, groupby
from operator import attrgetter
from typing import Final

from digest.model import AuthorIndexPage, AuthorPage, Entry, Link, Sketch, TagIndexPage, TagPage
from digest.planning import addresses as at
from digest.planning.asking import ALL, Asked
from digest.planning.atlas import Atlas
from digest.planning.exports import export_links
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
    tags = tuple(asked.topics(at.TAGS, written, by_tag))
    company = _list_company(atlas, by_tag, tags, attrgetter("tags"))
    for tag in tags:
        entries = by_tag[tag]
        related = tuple([written[slug] for slug in _count_company(company[slugs[tag]], slugs[tag])])
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
    names = [name for name in asked.topics(at.AUTHORS, written, by_author) if slugs[name] in atlas.author_urls]
    company = _list_company(atlas, by_author, names, attrgetter("authors"))
    for name in names:
        coauthors = tuple([written[slug] for slug in _count_company(company[slugs[name]], slugs[name])])
        for part in paginate(atlas, atlas.author_urls[slugs[name]], by_author[name]):
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


def _list_company(
    atlas: Atlas,
    by_name: Mapping[str, Sequence[Entry]],
    names: Sequence[str],
    names_of: Callable[[Entry], tuple[str, ...]],
) -> Mapping[str, Sequence[Collection[str]]]:
    """By the slugs of these names those that each of their entries has, once; one look at an entry is for all."""
    slugs, found = atlas.slugs, defaultdict[str, list[Collection[str]]](list)
    for entry in by_name[names[0]] if len(names) == 1 else atlas.site.entries if names else ():
        together = {slugs[name] for name in names_of(entry)}
        for slug in together:
            found[slug].append(together)
    return found


def _count_company(named: Iterable[Iterable[str]], own: str) -> list[str]:
    """The slugs that most often stand beside one's own, most often first; `named` are those of each entry, once."""
    counts = Counter(chain.from_iterable(named))
    counts.pop(own, None)
    counts.pop("", None)
    least = sorted(counts.values())[-_NEIGHBOURS:][:1]  # of the best: hardly any stand as often
    best = sorted([(-count, slug) for slug, count in counts.items() if count >= least[0]])
    return [slug for _, slug in best[:_NEIGHBOURS]]
