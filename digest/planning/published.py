"""Every address that the site has, and which file under content/ is published where: what links may lead to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property

from digest.model import Entry, NamedTuple, PageFile, Settings, Site, Theme
from digest.planning import addresses as at
from digest.planning.asking import Asked, find_days
from digest.planning.mastheads import has_script, has_search


class Topics(NamedTuple):
    """The addresses of tags, and those of authors and venues that have a page."""

    tags: Collection[str]
    authors: Collection[str]
    venues: Collection[str]


class Published(Collection[str]):
    """The addresses of a site. Whether it has one is told from the address: a set of them all takes long to make."""

    def __init__(self, site: Site, theme: Theme, pages: Iterable[PageFile], topics: Topics) -> None:
        self._site, self._theme, self._pages, self._topics = site, theme, pages, topics

    def __iter__(self) -> Iterator[str]:
        """All of them; some more than once."""
        yield from self._few()
        yield from self._dated()

    def __contains__(self, url: object) -> bool:
        """Whether there is something."""
        return isinstance(url, str) and (self._is_dated(url) or url in self._known_few)

    def __len__(self) -> int:
        """How many there are."""
        return len(frozenset(self))

    @cached_property
    def _known_few(self) -> frozenset[str]:
        return frozenset(self._few())

    def _few(self) -> Iterator[str]:
        """All but those of entries and their days."""
        yield from _fixed_urls(self._site.settings, self._theme)
        yield from _topic_urls(self._site.settings, self._topics)
        yield from (page.url for page in self._pages)
        yield from (file.url for file in (*self._site.static, *self._theme.static))
        yield from (each.document.url for each in self._site.made)
        for day in self._site.by_day:
            yield from (at.month_url(day), at.year_url(day.year))

    def _dated(self) -> Iterator[str]:
        exports, beside = self._beside
        for day in self._site.by_day:
            yield from _with(at.day_url(day), exports)
        for entry in self._site.entries:
            yield from _with(entry.url, beside)

    def _is_dated(self, url: str) -> bool:
        exports, beside = self._beside
        return any(
            url in _with(at.day_url(day), exports)
            or any(url in _with(entry.url, beside) for entry in Asked(url).entries(self._site))
            for day in find_days(self._site, url)
        )

    @cached_property
    def _beside(self) -> tuple[list[str], list[str]]:
        """The names of the files beside the page of a day, and of an entry."""
        settings = self._site.settings
        exports = [at.export_url("", form) for form in settings.exports]
        return exports, exports + [at.TWIN] * settings.markdown_twins + [at.card_url("")] * settings.social_cards


class PublishedFiles(Mapping[str, str]):
    """Addresses by path under content/, as authors link to files."""

    def __init__(self, site: Site, introduction: PageFile | None, by_key: Mapping[str, Entry]) -> None:
        self._by_key = by_key
        self._others = {page.key: at.HOME if page is introduction else page.url for page in site.pages}
        self._others |= {f"static{file.url}": file.url for file in site.static}

    def __getitem__(self, key: str) -> str:
        """Where a file is published."""
        found = self._others.get(key)
        return self._by_key[key].url if found is None else found

    def __iter__(self) -> Iterator[str]:
        """The files."""
        yield from self._by_key
        yield from self._others

    def __len__(self) -> int:
        """How many there are."""
        return len(self._by_key) + len(self._others)


def _with(url: str, names: Iterable[str]) -> list[str]:
    return [url, *(url + name for name in names)]


def _fixed_urls(settings: Settings, theme: Theme) -> Iterator[str]:
    """What the site has whatever its entries are."""
    yield from (at.HOME, at.ARCHIVE, at.TAGS, at.NOT_FOUND, at.SITEMAP, at.ROBOTS)
    yield from [at.STATISTICS] if settings.statistics else []
    yield from [at.SEARCH, at.OPENSEARCH] if has_search(settings, theme) else []
    yield from [at.STARRED] if has_script(settings, theme) else []
    yield from [at.LLMS] if settings.llms_txt else []
    yield from at.export_urls(settings, [at.HOME])


def _topic_urls(settings: Settings, topics: Topics) -> Iterator[str]:
    tags, authors, venues = topics
    yield from (*tags, *authors, *venues)
    yield from [at.AUTHORS] if authors else []
    yield from [at.VENUES] if venues else []
    yield from at.feed_urls(settings, [*tags, *authors])
    yield from at.export_urls(settings, tags)
