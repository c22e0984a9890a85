"""The whole plan on one screen: which files the site will have, and what each is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain, islice
from typing import Final

from digest.formats import urls
from digest.model import Entry, LocalLink, Plan, Problem, Redirect, Site, Sketch, Span, TextFile, Theme, dataclass
from digest.planning import addresses as at
from digest.planning.asking import ALL, Asked
from digest.planning.atlas import FRAME, Atlas, draw_atlas
from digest.planning.claims import Register, check_ids
from digest.planning.days import sketch_time
from digest.planning.exports import sketch_exports
from digest.planning.feeds import sketch_feeds
from digest.planning.linking import Place
from digest.planning.made import sketch_made_files, sketch_made_pages
from digest.planning.marks import mark_value
from digest.planning.past import Moves, find_moves, sketch_moved_feeds, sketch_moves, tell_renamed
from digest.planning.related import Related, relate_entries
from digest.planning.searching import sketch_index, sketch_search
from digest.planning.sitemaps import sketch_sitemaps
from digest.planning.sketching import give, sketch_file, sketch_page, sketch_value
from digest.planning.social_cards import sketch_cards
from digest.planning.statistics import sketch_statistics
from digest.planning.subscribing import sketch_outline, sketch_subscribe
from digest.planning.texts import plan_not_found, plan_starred, sketch_entries, sketch_plain_pages
from digest.planning.topics import sketch_topics
from digest.planning.twins import sketch_twins
from digest.planning.venues import sketch_venues
from digest.planning.views import Views, make_views

_STEP: Final = 500  # documents or entries that are checked at a time, in a few milliseconds


def plan_site(site: Site, theme: Theme) -> Plan:
    """Every file of the site. What is wrong is in its problems: DG401, DG402, DG403, DG406.

    Of two that want the same address the first has it: those that the site cannot do without ask first.
    """
    atlas = draw_atlas(site, theme)
    register = Register()
    fixed = register.grant_all(_sketch_fixed(atlas))
    related = relate_entries(atlas)
    pages = register.grant_all(sketch_pages(atlas, make_views(atlas), related))
    others = register.grant_all(sketch_others(atlas, pages))
    moves = find_moves(atlas)
    old = _sketch_old(atlas, moves, register, others)
    return Plan(
        sketches=(*pages, *others, *old, *fixed),
        problems=(
            *check_ids(site.entries),
            *register.problems,
            *chain.from_iterable(check_links(atlas)),
            *tell_renamed(moves),
            *atlas.problems,
        ),
        pages=len(pages),
        past=moves.past,
        vanished=tuple(line for line in moves.vanished if register.is_free(line.url)),
        simple=not moves.topics,
        related=related.packed,
    )


@dataclass(frozen=True, slots=True)
class Draft:
    """A site of which a document is planned when somebody asks for it, the same as in a plan of the whole.

    `related` has the entries that are related to each, and may work them out when it is asked.
    """

    atlas: Atlas
    views: Views
    related: Related

    def find(self, url: str) -> Sketch | None:
        """The document at an address, or one of whose files is there; its marks tell nothing."""
        asked = Asked(url)
        found = chain(
            _sketch_fixed(self.atlas, asked),
            self._sketch_pages(asked),
            sketch_others(self.atlas, self._sketch_pages(), asked),
            self._sketch_old(asked),
        )
        sketch = next((sketch for sketch in found if sketch.url == url), None)
        inner = sketch is None and at.is_in_search(url)
        return next(sketch_index(self.atlas, Asked(at.SEARCH_INDEX)), None) if inner else sketch

    def check_links(self) -> Iterator[tuple[Problem, ...]]:
        """DG402, some entries at a time."""
        yield from check_links(self.atlas)
        yield self.atlas.problems

    def check_addresses(self) -> Iterator[tuple[Problem, ...]]:
        """DG401 and DG403, some documents at a time."""
        yield tuple(check_ids(self.atlas.site.entries))
        register = Register()
        register.grant_all(_sketch_fixed(self.atlas))
        pages: list[Sketch] = []
        for some in _cut(self._sketch_pages()):
            pages += register.grant_all(some)
            yield ()
        for some in _cut(sketch_others(self.atlas, pages)):
            register.grant_all(some)
            yield ()
        yield tuple(register.problems)

    def renew(self) -> Draft:
        """The same once bodies are others: nothing that was made of them is kept."""
        return Draft(self.atlas, make_views(self.atlas), self.related)

    def _sketch_pages(self, asked: Asked = ALL) -> Iterator[Sketch]:
        return sketch_pages(self.atlas, self.views, self.related, asked)

    def _sketch_old(self, asked: Asked) -> Iterator[Sketch]:
        """What leads on from addresses of the past."""
        # What stands below one may be its feed, and one below another that of a day.
        if any(asked.url.startswith(line.url) or line.url.startswith(asked.url) for line in self.atlas.site.past or ()):
            register = Register()
            register.grant_all(_sketch_fixed(self.atlas))
            pages = register.grant_all(self._sketch_pages())
            others = register.grant_all(sketch_others(self.atlas, pages))
            yield from _sketch_old(self.atlas, find_moves(self.atlas), register, others)


def draft_site(site: Site, theme: Theme, related: Related) -> Draft:
    """A site to be planned document by document."""
    atlas = draw_atlas(site, theme, marked=False)
    return Draft(atlas, make_views(atlas), related)


def sketch_pages(atlas: Atlas, views: Views, related: Related, asked: Asked = ALL) -> Iterator[Sketch]:
    """The pages that are asked for."""
    yield from sketch_time(atlas, views, asked)
    yield from sketch_topics(atlas, views.cards, asked)
    yield from sketch_venues(atlas, views.cards, asked)
    yield from sketch_statistics(atlas, asked)
    yield from sketch_search(atlas, asked)
    yield from sketch_subscribe(atlas, asked)
    yield from (sketch_page(atlas, page) for page in plan_starred(atlas))
    yield sketch_page(atlas, plan_not_found(atlas))
    yield from sketch_entries(atlas, views, related, asked)
    yield from sketch_plain_pages(atlas)
    yield from sketch_made_pages(atlas, views.cards, asked)


def sketch_others(atlas: Atlas, pages: Iterable[Sketch], asked: Asked = ALL) -> Iterator[Sketch]:
    """What is no page, of what is asked for; `pages` are all of the site: sitemaps name them."""
    yield from sketch_sitemaps(atlas, pages, asked)
    yield from sketch_feeds(atlas, asked)
    yield from sketch_exports(atlas, asked)
    yield from sketch_index(atlas, asked)
    yield from sketch_outline(atlas, asked)
    yield from sketch_twins(atlas, asked)
    yield from sketch_cards(atlas, asked)
    for file in atlas.site.static:
        if file.url not in {at.ROBOTS, at.NO_JEKYLL} and asked.is_for(file.url):
            yield sketch_file(file, "file", f"content/static{file.url}")
    yield from sketch_made_files(atlas, asked)
    if asked.redirects:
        yield from _sketch_redirects(atlas)


def _sketch_fixed(atlas: Atlas, asked: Asked = ALL) -> Iterator[Sketch]:
    """What a host wants, and the files of the theme. A robots.txt of content/static/ is the site's."""
    own = next((file for file in atlas.site.static if file.url == at.ROBOTS), None)
    if own:
        yield sketch_file(own, "robots.txt")
    else:
        robots = f"User-agent: *\nAllow: /\n\nSitemap: {atlas.permalink(at.SITEMAP)}\n"
        yield sketch_value(TextFile(at.ROBOTS, robots), "text", at.ROBOTS, "robots.txt")
    # GitHub would run the site through Jekyll, which drops what starts with `_`.
    yield sketch_value(TextFile(at.NO_JEKYLL, ""), "text", at.NO_JEKYLL, "a file for GitHub Pages")
    for file in atlas.theme.static:
        if asked.is_for(file.url):
            yield sketch_file(file, f"a file of the theme {atlas.theme.name!r}")


def _sketch_redirects(atlas: Atlas) -> Iterator[Sketch]:
    """Old addresses of entries. One that is the entry's own again needs none."""
    frame = atlas.masthead
    for entry in atlas.site.entries:
        if not entry.aliases:
            continue
        for url in dict.fromkeys(at.alias_url(alias, atlas.settings) for alias in entry.aliases):
            if url and url.rstrip("/").casefold() != entry.url.rstrip("/").casefold():
                redirect = Redirect(
                    url, atlas.href(entry.url), atlas.permalink(entry.url), frame.language, frame.direction
                )
                marks = (*atlas.frame, mark_value(redirect))
                make = partial(give, redirect)
                yield Sketch(url, "redirect", (*FRAME, "where it leads"), marks, make, "alias", entry.path)


def _sketch_old(atlas: Atlas, moves: Moves, register: Register, others: Iterable[Sketch]) -> tuple[Sketch, ...]:
    """What stands at addresses of the past that nobody has now."""
    return register.grant_free(chain(sketch_moves(atlas, moves), sketch_moved_feeds(atlas, moves, others)))


def check_links(atlas: Atlas) -> Iterator[tuple[Problem, ...]]:
    """DG402 for what leads nowhere, in bodies and in front matter; some entries at a time."""
    yield tuple(problem for page in atlas.site.pages for problem in atlas.linker.check(page, atlas.gist_of(page).links))
    for start in range(0, len(atlas.site.entries), _STEP):
        some = atlas.site.entries[start : start + _STEP]
        linking = [(entry, links) for entry in some if (links := atlas.gist_of(entry).links) or entry.links]
        yield tuple(problem for entry, links in linking for problem in check_entry(atlas, entry, links))


def check_entry(atlas: Atlas, entry: Entry, links: Sequence[LocalLink]) -> Iterator[Problem]:
    """DG402 for what leads nowhere in an entry; these are the links of its body."""
    yield from atlas.linker.check(entry, links)
    for _, target in entry.links:
        if not urls.is_absolute(target):  # most lead to papers
            place = Place(entry.key, entry.url)
            destination = atlas.linker.resolve(target, place)
            if destination is not None and not destination.found:
                yield atlas.linker.complain(target, place, Span(entry.path))


def _cut(sketches: Iterable[Sketch]) -> Iterator[list[Sketch]]:
    rest = iter(sketches)
    while some := list(islice(rest, _STEP)):
        yield some
