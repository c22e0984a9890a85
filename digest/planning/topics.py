"""The pages of tags and of authors: entries that have something in common, some to a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, groupby
from operator import attrgetter
from typing import Final

from digest.model import AuthorIndexPage, AuthorPage, Entry, Link, NamedTuple, Sketch, TagIndexPage, TagPage
from digest.planning import addresses as at
from digest.planning.asking import ALL, Asked
from digest.planning.atlas import Atlas
from digest.planning.exports import export_links
from digest.planning.lazily import Once
from digest.planning.marks import mark_all, mark_value
from digest.planning.names import initial
from digest.planning.paging import Part, make_pager, paginate, part_title
from digest.planning.sketching import sketch_list, sketch_part
from digest.planning.timelines import Growth, measure_growth, plot_growth
from digest.planning.views import Cards, group_days

_NEIGHBOURS: Final = 10  # related tags, coauthors
_MOST_USED: Final = 12
_TAG_NAMES: Final = (
    "its entries", "its name, and how many entries it has", "its number among its pages", "related tags", "how it grew",
)  # fmt: skip
_AUTHOR_NAMES: Final = (
    "its entries", "the author's name, and how many entries are theirs", "its number among its pages", "coauthors",
)  # fmt: skip


class _Topic(NamedTuple):
    """A tag or an author, with the names that most often stand beside theirs; of a tag, how it grew.

    Both are worked out by who makes one of its pages, once for all of them.
    """

    name: str
    company: Callable[[], tuple[str, ...]]
    growth: Callable[[], Growth | None] = lambda: None


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
    for tag in asked.topics(at.TAGS, written, by_tag):
        entries = by_tag[tag]
        company = Once(partial(_find_company, slugs, written, tag, entries, attrgetter("tags")))
        about = _Topic(tag, company, Once(partial(measure_growth, entries)))
        for part in paginate(atlas, atlas.tag_urls[slugs[tag]], entries):
            tell, make = partial(_tell_tag, atlas, about, part), partial(_make_tag, atlas, cards, about, part)
            yield sketch_part(atlas, part, _TAG_NAMES, tell, make, what=f"the page of the tag {tag!r}")


def _tell_tag(atlas: Atlas, about: _Topic, part: Part) -> tuple[bytes, ...]:
    return (
        atlas.mark_cards(part.entries),
        atlas.tag_marks[about.name],
        part.mark,
        mark_all(map(atlas.tag_marks.__getitem__, about.company())),
        mark_value(about.growth() if part.number == 1 else None),
    )


def _make_tag(atlas: Atlas, cards: Cards, about: _Topic, part: Part) -> TagPage:
    tag, words = about.name, atlas.words
    link, growth = atlas.counted_tags[tag], about.growth() if part.number == 1 else None
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
        related=tuple(map(atlas.counted_tags.__getitem__, about.company())),
        growth=plot_growth(atlas, growth, words.gettext("How it grew")) if growth else None,
    )


def _sketch_tag_index(atlas: Atlas) -> Sketch:
    """All tags."""
    tell, make = partial(_tell_names, atlas.tag_marks, atlas.site.by_tag), partial(_make_tag_index, atlas)
    return sketch_list(atlas, at.TAGS, ("its tags",), tell, make, what="the list of tags", modified=atlas.newest)


def _tell_names(marks: Mapping[str, bytes], names: Iterable[str]) -> tuple[bytes, ...]:
    return (mark_all(map(marks.__getitem__, names)),)


def _make_tag_index(atlas: Atlas) -> TagIndexPage:
    tags = tuple(map(atlas.counted_tags.__getitem__, atlas.site.by_tag))
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
    for name in asked.topics(at.AUTHORS, written, by_author):
        address = atlas.author_urls.get(slugs[name])
        if address is None:
            continue
        entries = by_author[name]
        about = _Topic(name, Once(partial(_find_company, slugs, written, name, entries, attrgetter("authors"))))
        for part in paginate(atlas, address, entries):
            tell, make = partial(_tell_author, atlas, about, part), partial(_make_author, atlas, cards, about, part)
            yield sketch_part(atlas, part, _AUTHOR_NAMES, tell, make, what=f"the page of the author {name!r}")


def _tell_author(atlas: Atlas, about: _Topic, part: Part) -> tuple[bytes, ...]:
    return (
        atlas.mark_cards(part.entries),
        atlas.author_marks[about.name],
        part.mark,
        mark_all(map(atlas.author_marks.__getitem__, about.company())),
    )


def _make_author(atlas: Atlas, cards: Cards, about: _Topic, part: Part) -> AuthorPage:
    name, words = about.name, atlas.words
    author = atlas.counted_authors[name]
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
        coauthors=tuple(map(atlas.counted_authors.__getitem__, about.company())),
    )


def _sketch_author_index(atlas: Atlas) -> Sketch:
    """All authors who have a page."""
    names = [name for name in atlas.site.by_author if atlas.slugs[name] in atlas.author_urls]
    tell, make = partial(_tell_names, atlas.author_marks, names), partial(_make_author_index, atlas, names)
    what = "the list of authors"
    return sketch_list(atlas, at.AUTHORS, ("its authors",), tell, make, what=what, modified=atlas.newest)


def _make_author_index(atlas: Atlas, names: Sequence[str]) -> AuthorIndexPage:
    groups: list[tuple[str, tuple[Link, ...]]] = [
        (letter, tuple(map(atlas.counted_authors.__getitem__, found)))
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


def _find_company(
    slugs: Mapping[str, str],
    written: Mapping[str, str],
    own: str,
    entries: Iterable[Entry],
    names_of: Callable[[Entry], Iterable[str]],
) -> tuple[str, ...]:
    """The names that most often stand beside one's own in these entries, as they are written."""
    named = [{slugs[name] for name in names_of(entry)} for entry in entries]
    return tuple([written[slug] for slug in _count_company(named, slugs[own])])


def _count_company(named: Iterable[Iterable[str]], own: str) -> list[str]:
    """The slugs that most often stand beside one's own, most often first; `named` are those of each entry, once."""
    counts = Counter(chain.from_iterable(named))
    counts.pop(own, None)
    counts.pop("", None)
    least = sorted(counts.values())[-_NEIGHBOURS:][:1]  # of the best: hardly any stand as often
    best = sorted([(-count, slug) for slug, count in counts.items() if count >= least[0]])
    return [slug for _, slug in best[:_NEIGHBOURS]]
