"""The addresses of a site. A `url` starts at the site's root and is plain text; an `href` or permalink is encoded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final
from urllib.parse import quote, unquote, urlsplit

from digest.formats import atom, calendars, json_feed, rss, urls
from digest.formats.patterns import lazily
from digest.model import Alternate, ExportFormat, FeedFormat, Settings, dataclass

HOME: Final = "/"
ARCHIVE: Final = "/archive/"
TAGS: Final = "/tags/"
AUTHORS: Final = "/authors/"
VENUES: Final = "/venues/"
STATISTICS: Final = "/statistics/"
SEARCH: Final = "/search/"
SEARCH_INDEX: Final = "/search/index.json"  # and others beside it, which nothing else can be called
OPENSEARCH: Final = "/opensearch.xml"
SUBSCRIBE: Final = "/subscribe/"
STARRED: Final = "/starred/"
NOT_FOUND: Final = "/404.html"
OUTLINE: Final = "/feeds.opml"
SITEMAP: Final = "/sitemap.xml"
LLMS: Final = "/llms.txt"
TWIN: Final = "index.md"  # beside the page of an entry
ROBOTS: Final = "/robots.txt"
NO_JEKYLL: Final = "/.nojekyll"

# Formats of bibliographies: how people call them, what their files end in, their media types.
EXPORTS: Final[dict[ExportFormat, tuple[str, str, str]]] = {
    "bibtex": ("BibTeX", "bib", "application/x-bibtex"),
    "ris": ("RIS", "ris", "application/x-research-info-systems"),
    "csl-json": ("CSL-JSON", "json", "application/vnd.citationstyles.csl+json"),
}

# Formats of feeds: how people call them, their media types; the files of a feed of papers and of one of days.
FEEDS: Final[dict[FeedFormat, tuple[str, str, str, str]]] = {
    "rss": ("RSS", rss.MEDIA_TYPE, "feed.xml", "days.xml"),
    "atom": ("Atom", atom.MEDIA_TYPE, "atom.xml", "days-atom.xml"),
    "json": ("JSON Feed", json_feed.MEDIA_TYPE, "feed.json", "days.json"),
}

# What RFC 3986 §3.3 lets stand in a path as it is.
_PATH_SAFE: Final = "/~!$&'()*+,;=:@-._"
_PLAIN: Final = lazily(r"[A-Za-z0-9/._~-]*")  # nearly every address


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the site lives: `https://example.org` and `/repo/`."""

    origin: str
    base_path: str

    def href(self, url: str) -> str:
        """The address as a page of the site writes it."""
        return self.base_path + encode_path(url[1:])

    def permalink(self, url: str) -> str:
        """The address as the world writes it."""
        return self.origin + self.href(url)


def site_addresses(settings: Settings) -> Addresses:
    """The addresses of the site that `base_url` names."""
    parts = urlsplit(settings.base_url)
    host = urls.encode_host(parts.netloc)
    path = encode_path(unquote(settings.base_path))
    return Addresses(f"{parts.scheme or 'http'}://{host}", path)


def encode_path(path: str) -> str:
    """A path as an address may hold it; lone surrogates, which no address can hold, are left out."""
    return path if _PLAIN.fullmatch(path) else quote(path, safe=_PATH_SAFE, errors="ignore")


def is_web(target: str) -> bool:
    """Whether an address is safe to follow: not `javascript:` and its like."""
    return target.startswith("//") or target.lower().startswith(("http://", "https://", "ftp://", "mailto:"))


def feed_url(url: str, form: FeedFormat) -> str:
    """The feed beside a page of entries: `/tags/<tag>/feed.xml`."""
    return url + FEEDS[form][2]


def day_feed_url(form: FeedFormat) -> str:
    """The feed of one item a day: `/days.xml`."""
    return HOME + FEEDS[form][3]


def archive_url(feed: str, number: int) -> str:
    """An archive document of the feed at an address, counted from the oldest: `/tags/<tag>/feeds/feed-1.xml`."""
    folder, _, name = feed.rpartition("/")
    stem, _, ending = name.rpartition(".")
    return f"{folder}/feeds/{stem}-{number}.{ending}"


def feed_urls(settings: Settings, topics: Iterable[str]) -> Iterator[str]:
    """Every feed that people subscribe to, and what tells of them; nothing where the site has none."""
    for form in settings.feeds:
        yield feed_url(HOME, form)
        yield from [day_feed_url(form)] if settings.day_feeds else []
        yield from (feed_url(url, form) for url in topics if settings.topic_feeds)
    yield from (SUBSCRIBE, OUTLINE) if settings.feeds else ()


def feed_links(settings: Settings, addresses: Addresses, url: str, title: str) -> tuple[Alternate, ...]:
    """The feeds beside a page, in the formats that the site offers: `Graphs (RSS)`."""
    found = ((*FEEDS[form][:2], feed_url(url, form)) for form in settings.feeds)
    return tuple(Alternate(f"{title} ({name})", addresses.href(address), media) for name, media, address in found)


def topic_feed_links(settings: Settings, addresses: Addresses, url: str, title: str) -> tuple[Alternate, ...]:
    """The feeds beside the page of a tag or an author, if these have some."""
    return feed_links(settings, addresses, url, title) if settings.topic_feeds else ()


def day_feed_links(settings: Settings, addresses: Addresses, title: str) -> tuple[Alternate, ...]:
    """The feeds of one item a day, in the formats that the site offers, if it has some."""
    found = ((*FEEDS[form][:2], day_feed_url(form)) for form in (settings.feeds if settings.day_feeds else ()))
    return tuple(Alternate(f"{title} ({name})", addresses.href(address), media) for name, media, address in found)


def export_url(url: str, form: ExportFormat) -> str:
    """The bibliography beside a page of papers: `/2019/12/06/citations.bib`."""
    return f"{url}citations.{EXPORTS[form][1]}"


def export_urls(settings: Settings, pages: Iterable[str]) -> Iterator[str]:
    """Every bibliography of some pages."""
    return (export_url(url, form) for url in pages for form in settings.exports)


def is_in_search(url: str) -> bool:
    """Whether a file of the search may be there, beside its first."""
    return url.startswith(SEARCH) and url.endswith(".json") and url != SEARCH_INDEX


def card_url(url: str) -> str:
    """The picture beside the page of an entry."""
    return f"{url}card.png"


def day_url(day: date) -> str:
    """`/2019/12/06/`."""
    return f"/{calendars.iso_day(day).replace('-', '/')}/"


def month_url(day: date) -> str:
    """`/2019/12/`."""
    return f"/{calendars.iso_month(day).replace('-', '/')}/"


def year_url(year: int) -> str:
    """`/2019/`."""
    return f"/{year:04d}/"


def part_url(url: str, number: int) -> str:
    """The address of a part of a long list: the first has that of the list."""
    return url if number == 1 else f"{url}page/{number}/"


def alias_url(alias: str, settings: Settings) -> str:
    """An old address as `url`; empty where it cannot have been one of this site.

    It may be written with the base path or as a whole address; dots that climb and signs that no file can hold go.
    """
    if urls.is_absolute(alias):
        if not alias.startswith(settings.base_url):
            return ""
        alias = alias[len(settings.base_url) :]
    path = unquote(re.split(r"[?#]", alias, maxsplit=1)[0])
    base = settings.base_path
    if base != "/" and path.startswith(base):
        path = path[len(base) :]
    parts = ["".join(filter(str.isprintable, part)) for part in path.replace("\\", "/").split("/")]
    parts = [part for part in parts if part.strip(". ")]
    if not parts:
        return ""
    is_file = not path.endswith("/") and re.search(r"\.html?$", parts[-1], re.IGNORECASE)
    return "/" + "/".join(parts) + ("" if is_file else "/")
