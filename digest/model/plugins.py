"""What plugins bring: values that installed distributions name by entry points, and what site.yml says to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Literal, Protocol, TypeAlias, get_args

from digest.model.problem import Span
from digest.model.tuples import NamedTuple
from digest.model.values import dataclass
from digest.model.views import Html

if TYPE_CHECKING:
    from digest.model.entry import Entry
    from digest.model.plan import TextFile
    from digest.model.site import Site, StaticFile
    from digest.model.views import Figure, Link

PluginKind = Literal["sources", "pages", "markdown", "filters", "checks", "themes", "publishers"]
PLUGIN_KINDS: Final[tuple[PluginKind, ...]] = get_args(PluginKind)


class Plugin(NamedTuple):
    """An entry point of the group `digest.<kind>`: `target` is `package.module:NAME`, where its value is.

    `distribution` and `version` are those of what was installed, and `folder` is its `.dist-info`.
    """

    kind: PluginKind
    name: str
    target: str
    distribution: str
    version: str
    folder: str


@dataclass(frozen=True, slots=True)
class PluginChoice:
    """A plugin that site.yml switches on by its `name`, and where it does.

    `kinds` are what it brings under that name, `options` what site.yml says to it, as JSON. Of two with the same
    `origin` the code is the same: it tells distribution, version and contents, and the versions of what they need.
    """

    name: str
    kinds: tuple[PluginKind, ...]
    options: str
    origin: str
    span: Span = field(default=Span(""), repr=False)


# What a template can be given: entries become what lists show of them, addresses of the site get the base path, days
# are written in the language of the site.
MadeField: TypeAlias = (
    "str | int | float | bool | date | Link | Figure | Entry | Sequence[MadeField] | Mapping[str, MadeField] | None"
)


@dataclass(frozen=True, slots=True)
class MadePage:
    """A page that a plugin made: at `url`, `/reading-list/`, by a template of the plugin or of the theme.

    `fields` are what the template sees as `page.fields`; every text in them is plain. `body` is clean HTML, for which
    the plugin vouches. `modified` is the day of its last change, for the sitemap; what is not `listed` is not in there.
    """

    url: str
    title: str
    template: str
    fields: Mapping[str, MadeField] = field(default_factory=dict)
    description: str = ""
    body: Html = Html("")
    modified: date | None = None
    listed: bool = True


Made: TypeAlias = "MadePage | TextFile | StaticFile"


class Contribution(NamedTuple):
    """A document, and the plugin that made it."""

    plugin: Plugin
    document: Made


class PageMaker(Protocol):
    """Pages and files that are made of the site: an entry point of the group `digest.pages`, named in `plugins:`."""

    @property
    def templates(self) -> Mapping[str, str]:
        """Templates of its pages by name, each beginning with the name of the plugin; a theme may have others."""

    def make_pages(self, site: Site, options: Mapping[str, Any]) -> Iterable[Made]:
        """What is made of the site: pages, texts as `TextFile`, other files as `StaticFile` with its `data`.

        A pure function: the same of the same, in the same order. `options` are what site.yml says: texts, numbers,
        truth values, lists and mappings. Of entries that this build leaves out it is told nothing.
        """
