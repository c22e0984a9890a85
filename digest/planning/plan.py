"""The whole plan on one screen: which files the site will have, and what each is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain

from digest.formats import urls
from digest.model import Plan, Problem, Redirect, Site, Sketch, Span, TextFile, Theme
from digest.planning import addresses as at
from digest.planning.atlas import FRAME, Atlas, draw_atlas
from digest.planning.claims import Register, check_ids
from digest.planning.days import sketch_time
from digest.planning.exports import sketch_exports
from digest.planning.feeds import sketch_feeds
from digest.planning.linking import Place
from digest.planning.marks import mark_value
from digest.planning.past import find_moves, sketch_moved_feeds, sketch_moves
from digest.planning.references import make_references
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
from digest.planning.views import make_cards, make_heads, make_wholes


def plan_site(site: Site, theme: Theme) -> Plan:
    """Every file of the site. What is wrong is in its problems: DG401, DG402, DG403.

    Of two that want the same address the first has it: those that the site cannot do without ask first.
    """
    atlas = draw_atlas(site, theme)
    register = Register()
    fixed = register.grant_all(_sketch_fixed(atlas))
    pages = register.grant_all(_sketch_pages(atlas))
    others = register.grant_all(_sketch_others(atlas, pages))
    moves = find_moves(atlas)
    old = register.grant_free(chain(sketch_moves(atlas, moves), sketch_moved_feeds(atlas, moves, others)))
    return Plan(
        sketches=(*pages, *others, *old, *fixed),
        problems=(*check_ids(site.entries), *register.problems, *_check_links(atlas), *atlas.problems),
        pages=len(pages),
        past=moves.past,
        vanished=tuple(line for line in moves.vanished if register.is_free(line.url)),
    )


def _sketch_pages(atlas: Atlas) -> Iterator[Sketch]:
    references = make_references(atlas)
    heads = make_heads(atlas)
    cards = make_cards(atlas, heads, references)
    wholes = make_wholes(atlas, cards)
    yield from sketch_time(atlas, heads, cards, wholes)
    yield from sketch_topics(atlas, cards)
    yield from sketch_venues(atlas, cards)
    yield from sketch_statistics(atlas)
    yield from sketch_search(atlas)
    yield from sketch_subscribe(atlas)
    yield from (sketch_page(atlas, page) for page in plan_starred(atlas))
    yield sketch_page(atlas, plan_not_found(atlas))
    yield from sketch_entries(atlas, heads, wholes, references)
    yield from sketch_plain_pages(atlas)


def _sketch_others(atlas: Atlas, pages: Iterable[Sketch]) -> Iterator[Sketch]:
    yield from sketch_sitemaps(atlas, pages)
    yield from sketch_feeds(atlas)
    yield from sketch_exports(atlas)
    yield from sketch_index(atlas)
    yield from sketch_outline(atlas)
    yield from sketch_twins(atlas)
    yield from sketch_cards(atlas)
    for file in atlas.site.static:
        if file.url not in {at.ROBOTS, at.NO_JEKYLL}:
            yield sketch_file(file, "file", f"content/static{file.url}")
    yield from _sketch_redirects(atlas)


def _sketch_fixed(atlas: Atlas) -> Iterator[Sketch]:
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


def _check_links(atlas: Atlas) -> Iterator[Problem]:
    """DG402 for what leads nowhere, in bodies and in front matter."""
    for page in atlas.site.pages:
        yield from atlas.linker.check(page, atlas.gist_of(page).links)
    for entry in atlas.site.entries:
        if links := atlas.gist_of(entry).links:
            yield from atlas.linker.check(entry, links)
        for _, target in entry.links:
            if not urls.is_absolute(target):  # most lead to papers
                place = Place(entry.key, entry.url)
                destination = atlas.linker.resolve(target, place)
                if destination is not None and not destination.found:
                    yield atlas.linker.complain(target, place, Span(entry.path))
