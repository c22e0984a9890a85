"""The whole plan on one screen: which files the site will have, and what each shows."""

from __future__ import annotations

from collections.abc import Iterator

from digest.formats import sitemap
from digest.model import Page, Plan, Problem, Redirect, Site, Span, StaticFile, TextFile, Theme
from digest.planning import addresses as at
from digest.planning.atlas import Atlas, draw_atlas
from digest.planning.claims import Claim, Register, check_ids
from digest.planning.days import lay_calendar, plan_archive, plan_days, plan_home, plan_months, plan_years
from digest.planning.exports import plan_exports
from digest.planning.feeds import plan_feeds
from digest.planning.linking import Place
from digest.planning.references import References, make_references
from digest.planning.searching import list_records, plan_opensearch, plan_search
from digest.planning.sitemaps import list_permalinks
from digest.planning.social_cards import plan_cards
from digest.planning.statistics import plan_statistics
from digest.planning.subscribing import plan_outlines, plan_subscribe
from digest.planning.texts import plan_entries, plan_not_found, plan_plain_pages, plan_starred
from digest.planning.topics import plan_author_index, plan_authors, plan_tag_index, plan_tags
from digest.planning.twins import plan_twins
from digest.planning.venues import plan_venue_index, plan_venues
from digest.planning.views import Cards, make_cards, make_wholes


def plan_site(site: Site, theme: Theme) -> Plan:
    """Every file of the site, complete. What is wrong is in its problems: DG401, DG402, DG403.

    `static` holds the files of content/static/; rendering adds those of the theme.
    """
    atlas = draw_atlas(site, theme)
    register = Register()
    register.grant_all(_claim_fixed(theme))
    references = make_references(atlas)
    pages = register.grant_all(_plan_pages(atlas, references))
    permalinks = tuple(list_permalinks(site, pages))
    register.grant_all((Claim(f"/{path}", "the sitemap"), path) for path in sitemap.sitemap_paths(len(permalinks)))
    feeds = register.grant_all(
        (Claim(feed.url, f"the feed {feed.title!r}"), feed) for feed in plan_feeds(atlas, references)
    )
    exports = register.grant_all(
        (Claim(export.url, f"the bibliography {export.url}"), export) for export in plan_exports(atlas, references)
    )
    texts = register.grant_all((Claim(text.url, f"the file {text.url}"), text) for text in _plan_texts(atlas))
    cards = register.grant_all((Claim(card.url, f"the picture {card.url}"), card) for card in plan_cards(atlas))
    robots, static = _settle_static(atlas)
    files = register.grant_all(static)
    redirects = register.grant_all(_plan_redirects(atlas))
    return Plan(
        pages=pages,
        feeds=feeds,
        static=files,
        redirects=redirects,
        sitemap=permalinks,
        robots=robots,
        problems=(*check_ids(site.entries), *register.problems, *_check_links(atlas), *atlas.problems),
        root=atlas.permalink(at.HOME),
        exports=exports,
        texts=texts,
        search=tuple(list_records(atlas)),
        cards=cards,
    )


def _plan_texts(atlas: Atlas) -> Iterator[TextFile]:
    yield from plan_outlines(atlas)
    yield from plan_twins(atlas)
    yield from plan_opensearch(atlas)


def _plan_pages(atlas: Atlas, references: References) -> Iterator[tuple[Claim, Page]]:
    """Every page with its claim; those that the site cannot do without come first."""
    cards = make_cards(atlas, references)
    wholes = make_wholes(atlas, cards)
    for page in _plan_lists(atlas, cards, wholes):
        yield Claim(page.url, f"the page {page.title!r} that every site has"), page
    for entry, entry_page in zip(atlas.site.entries, plan_entries(atlas, cards, wholes, references), strict=True):
        yield Claim(entry_page.url, "entry", entry.path), entry_page
    for file, plain_page in zip(atlas.pages, plan_plain_pages(atlas), strict=True):
        yield Claim(plain_page.url, "page", file.path), plain_page


def _plan_lists(atlas: Atlas, cards: Cards, wholes: Cards) -> Iterator[Page]:
    years = lay_calendar(atlas)
    yield plan_home(atlas, cards)
    yield plan_archive(atlas, years)
    yield from plan_years(atlas, years)
    yield from plan_months(atlas, years, cards)
    yield from plan_days(atlas, wholes)
    yield plan_tag_index(atlas)
    yield from plan_tags(atlas, cards)
    yield from plan_author_index(atlas)
    yield from plan_authors(atlas, cards)
    yield from plan_venue_index(atlas)
    yield from plan_venues(atlas, cards)
    yield from plan_statistics(atlas)
    yield from plan_search(atlas)
    yield from plan_subscribe(atlas)
    yield from plan_starred(atlas)
    yield plan_not_found(atlas)


def _claim_fixed(theme: Theme) -> Iterator[tuple[Claim, str]]:
    """What rendering writes besides the plan's own pages and files."""
    fixed = ((at.ROBOTS, "robots.txt"), (at.NO_JEKYLL, "a file for GitHub Pages"), (at.SEARCH_INDEX, "the search"))
    for url, what in fixed:
        yield Claim(url, what), url
    for file in theme.static:
        yield Claim(file.url, f"a file of the theme {theme.name!r}"), file.url


def _settle_static(atlas: Atlas) -> tuple[str, list[tuple[Claim, StaticFile]]]:
    """robots.txt, and the files of content/static/: a robots.txt among them is the site's."""
    robots = f"User-agent: *\nAllow: /\n\nSitemap: {atlas.permalink(at.SITEMAP)}\n"
    files: list[tuple[Claim, StaticFile]] = []
    for file in atlas.site.static:
        if file.url == at.ROBOTS:
            robots = file.data.decode("utf-8", "replace")
        elif file.url != at.NO_JEKYLL:  # which is there anyway
            files.append((Claim(file.url, "file", f"content/static{file.url}"), file))
    return robots, files


def _plan_redirects(atlas: Atlas) -> Iterator[tuple[Claim, Redirect]]:
    """Old addresses of entries. One that is the entry's own again needs none."""
    frame = atlas.masthead
    for entry in atlas.site.entries:
        urls = dict.fromkeys(at.alias_url(alias, atlas.settings) for alias in entry.aliases)
        for url in urls:
            if url and url.rstrip("/").casefold() != entry.url.rstrip("/").casefold():
                redirect = Redirect(
                    url, atlas.href(entry.url), atlas.permalink(entry.url), frame.language, frame.direction
                )
                yield Claim(url, "alias", entry.path), redirect


def _check_links(atlas: Atlas) -> Iterator[Problem]:
    """DG402 for what leads nowhere, in bodies and in front matter."""
    for page in atlas.site.pages:
        yield from atlas.linker.check(page, atlas.prose_of(page))
    for entry in atlas.site.entries:
        yield from atlas.linker.check(entry, atlas.prose_of(entry))
        place = Place(entry.key, entry.url)
        for _, target in entry.links:
            destination = atlas.linker.resolve(target, place)
            if destination is not None and not destination.found:
                yield atlas.linker.complain(target, place, Span(entry.path))
