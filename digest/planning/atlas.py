"""What every page draws on, worked out once: addresses, the masthead, the pages of tags and authors, the links."""

from __future__ import annotations

import html
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from digest.formats import languages, venue_names
from digest.model import Alternate, Catalogue, Html, Link, Masthead, PageFile, Problem, Settings, Site, Span, Theme
from digest.planning import addresses as at
from digest.planning.gathering import name_slug
from digest.planning.linking import Linker, Place

SETTINGS_PATH: Final = "content/site.yml"
GENERATOR: Final = "digest"  # without a version, which would change every page of every site


@dataclass(frozen=True, slots=True)
class Atlas:
    """Where everything of a site stands.

    `tags`, `authors` and `venues` lead from names as any entry writes them, `slugs` from those of tags and authors;
    `tag_urls`, `author_urls` and `venue_urls` from slugs, and authors and venues without a page are not among them.
    `words` are those of the interface, `script` says that the theme has one and the site wants it.
    """

    site: Site
    addresses: at.Addresses
    masthead: Masthead
    linker: Linker
    slugs: Mapping[str, str]
    tag_urls: Mapping[str, str]
    author_urls: Mapping[str, str]
    venue_urls: Mapping[str, str]
    tags: Mapping[str, Link]
    authors: Mapping[str, Link]
    venues: Mapping[str, Link]
    theme: Theme
    pages: tuple[PageFile, ...]
    introduction: PageFile | None
    problems: tuple[Problem, ...]

    @property
    def words(self) -> Catalogue:
        """The words of the interface."""
        return self.theme.words

    @property
    def settings(self) -> Settings:
        """The settings of the site."""
        return self.site.settings

    def href(self, url: str) -> str:
        """The address as a page of the site writes it."""
        return self.addresses.href(url)

    def permalink(self, url: str) -> str:
        """The address as the world writes it."""
        return self.addresses.permalink(url)

    def count_tag(self, tag: str) -> Link:
        """A tag with its count. Only pages that are about counts show one: it would change all the others."""
        return replace(self.tags[tag], count=len(self.site.by_tag[tag]))

    def count_author(self, name: str) -> Link:
        """An author with the count of their entries."""
        return replace(self.authors[name], count=len(self.site.by_author[name]))

    def count_venue(self, venue: str) -> Link:
        """A venue, by its name without year and volume, with the count of its entries."""
        url = self.venue_urls.get(name_slug(venue), "")
        return Link(venue, self.href(url) if url else "", len(self.site.by_venue[venue]))


def draw_atlas(site: Site, theme: Theme) -> Atlas:
    """The atlas of a site."""
    addresses = at.site_addresses(site.settings)
    introduction = next((page for page in site.pages if page.url in {at.HOME, "/index/"}), None)
    pages = tuple(page for page in site.pages if page is not introduction)
    slugs = _slug_names(site)
    tag_urls = {slugs[tag]: f"{at.TAGS}{slugs[tag]}/" for tag in site.by_tag}
    author_urls = {
        slugs[name]: f"{at.AUTHORS}{slugs[name]}/"
        for name, entries in site.by_author.items()
        if len(entries) >= site.settings.author_page_entries
    }
    venue_urls = {
        name_slug(venue): f"{at.VENUES}{name_slug(venue)}/"
        for venue, entries in site.by_venue.items()
        if len(entries) >= site.settings.venue_page_entries
    }
    urls = [
        *_fixed_urls(site.settings, theme),
        *_topic_urls(site.settings, tag_urls.values(), author_urls.values(), venue_urls.values()),
        *_dated_urls(site),
        *_file_urls(site, theme, pages),
    ]
    linker = Linker(addresses, urls, _content_files(site, introduction), site.withheld)
    navigation, problems = _lay_navigation(site.settings, theme.words, pages, linker, with_authors=bool(author_urls))
    masthead = _make_masthead(site.settings, theme, addresses, navigation)
    tags = {tag for entry in site.entries for tag in entry.tags}
    authors = {name for entry in site.entries for name in entry.authors}
    venues = {entry.venue for entry in site.entries if entry.venue}
    return Atlas(
        site=site,
        addresses=addresses,
        masthead=masthead,
        linker=linker,
        slugs=slugs,
        tag_urls=tag_urls,
        author_urls=author_urls,
        venue_urls=venue_urls,
        tags={tag: _link_name(tag, tag_urls.get(slugs[tag]), addresses) for tag in tags},
        authors={name: _link_name(name, author_urls.get(slugs[name]), addresses) for name in authors},
        venues={name: _link_name(name, venue_urls.get(_series_slug(name)), addresses) for name in venues},
        theme=theme,
        pages=pages,
        introduction=introduction,
        problems=problems,
    )


def _slug_names(site: Site) -> dict[str, str]:
    """The slug of every tag and author as any entry writes them."""
    names = {name for entry in site.entries for name in (*entry.tags, *entry.authors)}
    return {name: name_slug(name) for name in names}


def _series_slug(venue: str) -> str:
    return name_slug(venue_names.name_series(venue))


def _link_name(name: str, url: str | None, addresses: at.Addresses) -> Link:
    return Link(name, addresses.href(url) if url else "")


def _fixed_urls(settings: Settings, theme: Theme) -> Iterator[str]:
    """What the site has whatever its entries are."""
    yield from (at.HOME, at.ARCHIVE, at.TAGS, at.NOT_FOUND, at.SITEMAP, at.ROBOTS)
    yield from [at.STATISTICS] if settings.statistics else []
    yield from [at.SEARCH, at.OPENSEARCH] if has_search(settings, theme) else []
    yield from [at.STARRED] if has_script(settings, theme) else []
    yield from [at.LLMS] if settings.llms_txt else []
    yield from at.export_urls(settings, [at.HOME])


def _topic_urls(
    settings: Settings, tags: Collection[str], authors: Collection[str], venues: Collection[str]
) -> Iterator[str]:
    yield from (*tags, *authors, *venues)
    yield from [at.AUTHORS] if authors else []
    yield from [at.VENUES] if venues else []
    yield from at.feed_urls(settings, [*tags, *authors])
    yield from at.export_urls(settings, tags)


def _dated_urls(site: Site) -> Iterator[str]:
    settings = site.settings
    days = [at.day_url(day) for day in site.by_day]
    entries = [entry.url for entry in site.entries]
    yield from (*days, *entries)
    for day in site.by_day:
        yield from (at.month_url(day), at.year_url(day.year))
    yield from at.export_urls(settings, (*days, *entries))
    yield from (f"{url}{at.TWIN}" for url in entries if settings.markdown_twins)
    yield from (at.card_url(url) for url in entries if settings.social_cards)


def _file_urls(site: Site, theme: Theme, pages: Iterable[PageFile]) -> Iterator[str]:
    yield from (page.url for page in pages)
    yield from (file.url for file in (*site.static, *theme.static))


def _content_files(site: Site, introduction: PageFile | None) -> dict[str, str]:
    """Addresses by path under content/, as authors link to files."""
    files = {entry.key: entry.url for entry in site.entries}
    files |= {page.key: at.HOME if page is introduction else page.url for page in site.pages}
    return files | {f"static{file.url}": file.url for file in site.static}


def _lay_navigation(
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
            problems.append(linker.complain(target, place, Span(SETTINGS_PATH)))
    return tuple(links), tuple(problems)


def _make_masthead(settings: Settings, theme: Theme, addresses: at.Addresses, navigation: tuple[Link, ...]) -> Masthead:
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
