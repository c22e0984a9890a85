"""A site as it was read, and the settings that shape it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, tzinfo
from typing import Final, Literal

from digest.model.entry import Dialect, Entry, Gist, PageFile, Prose
from digest.model.fetching import SourceQuery
from digest.model.past import Past
from digest.model.plugins import Contribution, PluginChoice
from digest.model.problem import Span
from digest.model.values import dataclass

SETTINGS_FILE: Final = "content/site.yml"  # in the folder of a site
# What becomes of a paper that is there already: nothing; what nobody touched is renewed; so, and a new version moves it
# to the day of that version; so, and a new version is an entry of its own.
OnKnown = Literal["ignore", "update", "revise", "new"]
FeedFormat = Literal["rss", "atom", "json"]
FeedArchives = Literal["all", "site", "none"]
ExportFormat = Literal["bibtex", "ris", "csl-json"]


@dataclass(frozen=True, slots=True)
class ColorChoice:
    """A colour of the theme as the site wants it: `#rrggbb`, and for the dark where that is said; where it is said."""

    name: str
    light: str
    dark: str
    span: Span


@dataclass(frozen=True, slots=True)
class FontChoice:
    """What the theme shall use of its fonts: families, the first that a reader's machine has."""

    name: str
    families: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Settings:
    """content/site.yml, every key optional. Each field is a setting of the same name."""

    title: str = "Digest"
    description: str = ""
    base_url: str = "http://localhost:8000/"
    id: str = ""
    language: str = "en"
    timezone: str = "UTC"
    author: str = ""
    license: str = ""
    theme: str = "default"
    colors: tuple[ColorChoice, ...] = ()
    fonts: tuple[FontChoice, ...] = ()
    logo: str = ""
    footer: str = ""
    navigation: tuple[tuple[str, str], ...] = ()
    home_days: int = 7
    home_day_entries: int = 20
    fold: bool = False
    page_size: int = 50
    author_page_entries: int = 2
    venue_page_entries: int = 2
    related_entries: int = 5
    statistics: bool = True
    search: bool = True
    script: bool = True
    feeds: tuple[FeedFormat, ...] = ("rss", "atom", "json")
    feed_size: int = 50
    feed_archives: FeedArchives = "site"
    day_feeds: bool = True
    topic_feeds: bool = True
    exports: tuple[ExportFormat, ...] = ("bibtex", "ris", "csl-json")
    paper_metadata: bool = True
    markdown_twins: bool = True
    llms_txt: bool = True
    social_cards: bool = False
    macros: tuple[tuple[str, str], ...] = ()
    plugins: tuple[PluginChoice, ...] = ()
    vocabulary: str = ""
    vocabulary_mode: str = "extend"
    on_known: OnKnown = "update"
    contact: str = ""
    ignore: tuple[str, ...] = ()
    sources: tuple[SourceQuery, ...] = ()

    @property
    def dialect(self) -> Dialect:
        """What of the settings the bodies depend on."""
        return Dialect(
            self.macros,
            related=self.related_entries > 0,
            cited=bool(self.exports),
            twins=self.markdown_twins,
            extensions=tuple(choice for choice in self.plugins if "markdown" in choice.kinds),
        )

    @property
    def base_path(self) -> str:
        """The path of `base_url`, with a slash at both ends: `/` or `/repo/`."""
        rest = self.base_url.split("://", 1)[-1]
        path = rest.partition("/")[2].strip("/")
        return f"/{path}/" if path else "/"


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file of content/static/ or of a theme; `url` is where it goes.

    One of content/static/ has no `data`: it is copied from `path`, and 16 bytes of `fingerprint` tell what it holds.
    """

    url: str
    data: bytes
    path: str = ""
    fingerprint: bytes = b""


@dataclass(frozen=True, slots=True)
class Site:
    """Everything read, selected and indexed: entries newest first, each index in its display order.

    An entry of `entries` and `by_day` may be read when it is asked for.
    `prose` holds the compiled body of every entry and page file by its key, and may load it when it is asked for;
    `gists` what planning asks of all of them. `withheld` are the drafts and the entries
    of days to come that this build leaves out: nothing shows them, but a link to one can be told from a wrong one.
    `made` is what plugins made of all that.
    `past` are the addresses that the site ever had, none where nobody has read them.
    """

    settings: Settings
    entries: Sequence[Entry]
    pages: tuple[PageFile, ...]
    static: tuple[StaticFile, ...]
    prose: Mapping[str, Prose]
    gists: Mapping[str, Gist]
    by_day: Mapping[date, tuple[Entry, ...]]
    by_tag: Mapping[str, tuple[Entry, ...]]
    by_author: Mapping[str, tuple[Entry, ...]]
    by_venue: Mapping[str, tuple[Entry, ...]]
    withheld: tuple[Entry, ...] = ()
    zone: tzinfo = UTC
    made: tuple[Contribution, ...] = ()
    past: tuple[Past, ...] | None = None
