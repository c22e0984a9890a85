"""What every page shows of the site: its name, where else one may go, its feeds."""

from __future__ import annotations

import html
from collections.abc import Iterable
from typing import Final

from digest.formats import languages
from digest.model import (
    SETTINGS_FILE,
    Alternate,
    Catalogue,
    Html,
    Link,
    Masthead,
    PageFile,
    Problem,
    Settings,
    Span,
    Theme,
)
from digest.planning import addresses as at
from digest.planning.linking import Linker, Place

GENERATOR: Final = "digest"  # without a version, which would change every page of every site


def lay_navigation(
    settings: Settings, words: Catalogue, pages: Iterable[PageFile], linker: Linker, *, with_authors: bool
) -> tuple[tuple[Link, ...], tuple[Problem, ...]]:
    """The links of the masthead: those of site.yml, else the lists there are and the plain pages."""
    href = linker.addresses.href
    if not settings.navigation:
        lists = [(words.gettext("Archive"), at.ARCHIVE), (words.gettext("Tags"), at.TAGS)]
        lists += [(words.gettext("Authors"), at.AUTHORS)] if with_authors else []
        return tuple(Link(text, href(url)) for text, url in (*lists, *((page.title, page.url) for page in pages))), ()
    links: list[Link] = []
    problems: list[Problem] = []
    place = Place("site.yml", at.HOME)
    for text, target in settings.navigation:
        destination = linker.resolve(target, place)
        if destination is None:
            links.append(Link(text, target if at.is_web(target) else href(at.HOME) if not target else ""))
            continue
        links.append(Link(text, destination.href(linker.addresses)))
        if not destination.found:
            problems.append(linker.complain(target, place, Span(SETTINGS_FILE)))
    return tuple(links), tuple(problems)


def make_masthead(settings: Settings, theme: Theme, addresses: at.Addresses, navigation: tuple[Link, ...]) -> Masthead:
    """The masthead; what the theme or the settings do without is empty in it."""
    return Masthead(
        title=settings.title,
        description=settings.description,
        language=settings.language,
        direction=languages.text_direction(settings.language),
        home=addresses.href(at.HOME),
        root=addresses.base_path,
        feeds=_link_feeds(settings, theme, addresses),
        navigation=navigation,
        footer=Html(html.escape(settings.footer.strip()).replace("\n", "<br>\n")),
        styles=tuple(addresses.href(style) for style in theme.styles),
        icon=addresses.href(theme.icon) if theme.icon else "",
        author=settings.author,
        license=settings.license,
        generator=GENERATOR,
        search=addresses.href(at.SEARCH) if has_search(settings, theme) else "",
        subscribe=addresses.href(at.SUBSCRIBE) if settings.feeds else "",
        starred=addresses.href(at.STARRED) if has_script(settings, theme) else "",
        script=addresses.href(theme.script) if has_script(settings, theme) else "",
        logo=addresses.href(theme.logo) if theme.logo else "",
        more_styles=addresses.href(theme.more_styles) if theme.more_styles else "",
        paper=theme.paper,
    )


def _link_feeds(settings: Settings, theme: Theme, addresses: at.Addresses) -> tuple[Alternate, ...]:
    """The feeds of the whole site: of papers, then of days."""
    days = theme.words.gettext("%(site)s, day by day", site=settings.title)
    return (
        *at.feed_links(settings, addresses, at.HOME, settings.title),
        *at.day_feed_links(settings, addresses, days),
    )


def has_script(settings: Settings, theme: Theme) -> bool:
    """Whether pages have what only a script can do."""
    return settings.script and bool(theme.script)


def has_search(settings: Settings, theme: Theme) -> bool:
    """Whether the site can be searched."""
    return settings.search and bool(theme.search_script)
