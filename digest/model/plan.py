"""The decision what to write, complete; and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from typing import TypeAlias

from digest.model.feed import Feed
from digest.model.keeping import Stamp
from digest.model.page import Page, PluginPage
from digest.model.past import Past
from digest.model.plugins import Plugin
from digest.model.problem import Problem
from digest.model.reference import Export
from digest.model.site import StaticFile
from digest.model.tuples import NamedTuple
from digest.model.values import dataclass
from digest.model.words import Catalogue


@dataclass(frozen=True, slots=True)
class TemplateFolder:
    """Templates by name; `folder` is where problems say that their theme lies."""

    folder: str
    templates: Mapping[str, str]


class ThemeFilter(NamedTuple):
    """A filter of a plugin that templates use; with the same `origin` it is the same."""

    plugin: Plugin
    origin: str


@dataclass(frozen=True, slots=True)
class Theme:
    """How a site looks: templates by name and static files, `url`s already fingerprinted.

    `styles`, `icon`, `script` (on every page), `search_script` (on the page that searches), `starred_script` (on
    that of stars), `more_styles` (on pages that are more than text) and `logo` are such `url`s; `folder` is where
    problems say that the theme lies. `words` are those of the interface, in the language of the site.
    `templates` are its own; what is not among them comes from the nearest of its `ancestors`. `paper` is the colour of
    the ground in light and dark, `problems` are warnings about what the settings ask of it. `filters` are those that
    its templates use beside ours, `plugins` all that it is made of.
    """

    name: str
    templates: Mapping[str, str]
    static: tuple[StaticFile, ...]
    styles: tuple[str, ...]
    icon: str
    fingerprint: bytes
    folder: str = ""
    script: str = ""
    search_script: str = ""
    starred_script: str = ""
    more_styles: str = ""
    logo: str = ""
    words: Catalogue = Catalogue()
    ancestors: tuple[TemplateFolder, ...] = ()
    paper: tuple[str, str] = ("", "")
    problems: tuple[Problem, ...] = ()
    filters: tuple[ThemeFilter, ...] = ()
    plugins: tuple[Plugin, ...] = ()


@dataclass(frozen=True, slots=True)
class Redirect:
    """An old address that leads to a new one; `target` is a `href`, `permalink` absolute.

    `language` and `direction` (`ltr` or `rtl`) are those of the site.
    """

    url: str
    target: str
    permalink: str
    language: str
    direction: str


@dataclass(frozen=True, slots=True)
class SitemapEntry:
    """A permalink and the day of its last change, `YYYY-MM-DD` or empty."""

    permalink: str
    modified: str


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file that is text as planned: Markdown, an outline of feeds."""

    url: str
    text: str


@dataclass(frozen=True, slots=True)
class SearchRecord:
    """What a search knows of an entry. `names` are found like its authors: tags, venue, identifiers.

    `day` is `2019-12-06` and `day_text` the same as people write it, `text` the body as plain text.
    """

    href: str
    title: str
    authors: tuple[str, ...]
    names: tuple[str, ...]
    day: str
    day_text: str
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class SocialCard:
    """A picture of an entry for those who share it; all of it is written on the picture, in the site's own `fonts`."""

    url: str
    title: str
    byline: str
    day: str
    site: str
    fonts: tuple[StaticFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Sitemap:
    """What search engines are told of: pages or, as an `index`, the other sitemaps."""

    url: str
    entries: tuple[SitemapEntry, ...]
    index: bool = False


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """What the page at `url` searches, from the oldest entry on; its files lie beside it.

    The `filters` of each entry are names and values: tag, author, year, kind. Where the `frame` is the same, entries
    with the same sixteen bytes in the `roll` have the same record: these are the first two marks of its sketch.
    """

    url: str
    records: Sequence[SearchRecord]
    filters: Sequence[tuple[tuple[str, str], ...]]
    frame: bytes = b""
    roll: bytes = b""


Artifact: TypeAlias = (
    Page | PluginPage | Redirect | Feed | Export | TextFile | StaticFile | Sitemap | SearchIndex | SocialCard
)


Marks: TypeAlias = tuple[bytes, ...]


class Sketch(NamedTuple):
    """A document before it is made: where it goes, what it is made of, and how.

    `marks` are fingerprints of all that `make` looks at, and `names` say of what each is one, as people call it: two
    sketches of the same `url` and `kind` whose marks are equal make the same document, whatever else changed on the
    site. They are `told`, or what tells them when somebody asks: nobody does before a document is made that is new.
    `what` and `path` are for those who ask for the same address: what it is, and its file in content/, if it has one.
    `modified` is the day of its last change for search engines, `YYYY-MM-DD` or empty, and none where they are not told
    of it. `weight` is how many entries it shows, and so how long it takes.
    """

    url: str
    kind: str
    names: tuple[str, ...]
    told: Marks | Callable[[], Marks]
    make: Callable[[], Artifact]
    what: str
    path: str = ""
    modified: str | None = None
    weight: int = 1

    @property
    def marks(self) -> Marks:
        """All of them."""
        return self.told if isinstance(self.told, tuple) else self.told()


@dataclass(frozen=True, slots=True)
class Plan:
    """Every file of the site to be, no two at the same address, and what is wrong with it; `pages` are counted.

    `past` are the addresses that a site whose past is known has had once this is published, and `vanished` those of
    them where nothing stands any more. What is not `whole` has only what may differ from the documents of the last
    build; `simple` is a plan of which no document stands at two addresses. `related` is for the `Ground` of the next.
    """

    sketches: tuple[Sketch, ...]
    problems: tuple[Problem, ...] = ()
    pages: int = 0
    past: tuple[Past, ...] = ()
    vanished: tuple[Past, ...] = ()
    whole: bool = True
    simple: bool = True
    related: bytes = b""


@dataclass(frozen=True, slots=True)
class Output:
    """A file to write; `path` is relative to the output folder, with `/`."""

    path: str
    data: bytes


class Reason(NamedTuple):
    """Why a file was written: its path in the output folder, the `url` of its document, and what has changed."""

    path: str
    url: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did: paths written, left alone and removed, and every problem met.

    `stamps` tell how each file of the output folder looks now, by its path, where a build has looked at them; `outputs`
    is the same for a seal; `due` is the first moment, in seconds since
    1970, at which another build would show more entries though nobody edited anything, 0 for never; `why` tells of each
    path written, where that was asked for. A `stopped` build met a problem that must be mended first, and wrote
    nothing. The entries `withheld` are drafts or belong to days to come. `recorded` is how content/addresses.txt looks
    where the build wrote it. In `places` lies the code that had a say beside digest.
    """

    entries: int = 0
    pages: int = 0
    written: tuple[str, ...] = ()
    unchanged: int = 0
    removed: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    seconds: tuple[tuple[str, float], ...] = ()
    stopped: bool = False
    withheld: int = 0
    stamps: Mapping[str, Stamp] = field(default_factory=dict)
    outputs: tuple[str, bytes] = ("", b"")
    due: float = 0
    places: tuple[str, ...] = ()
    why: tuple[Reason, ...] = ()
    recorded: Stamp | None = None
