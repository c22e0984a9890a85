"""One Markdown file of content/, typed; and its body, compiled alone."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from digest.model.dates import PartialDate
from digest.model.item import Identifiers, Kind, TitleFrom
from digest.model.problem import Problem
from digest.model.tuples import NamedTuple
from digest.model.values import dataclass

if TYPE_CHECKING:
    from digest.model.plugins import PluginChoice

Day = date
# The keys of an entry's front matter, in the order in which it is written.
ENTRY_KEYS: Final = (
    "title", "title_from", "date", "announced", "published", "updated", "authors", "tags", "kind", "arxiv", "version",
    "doi", "pmid", "pmcid", "openreview", "venue", "summary", "links", "details", "draft", "slug", "aliases", "lang",
    "license", "id", "source",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where an entry was imported from and when, with compact fingerprints of the imported fields.

    `guid` is what the source itself calls the record, such as the guid of a feed's item.
    """

    format: str = ""
    file: str = ""
    url: str = ""
    guid: str = ""
    imported: date | None = None
    fingerprints: tuple[tuple[str, str], ...] = ()


class Entry(NamedTuple):
    """A dated abstract, summary or note. `key` is its path under content/, with `/`, unique.

    A site has many, and each build makes most of them anew from its cache: tuples are made in a fifth of the time.

    Once it is compiled its `body` is that of its prose (`markdown`), and empty here: a site holds all its entries.

    `date` is its day in the digest; `announced` the day on which its source announced it, where that is another one.
    `title_at` is the line and the column of its title in the file, for problems; `summary_line` that of its summary.
    """

    key: str
    path: str
    id: str
    title: str
    date: date
    slug: str
    body: str
    body_line: int
    fingerprint: bytes
    title_from: TitleFrom = ""
    time: datetime | None = None
    kind: Kind = "note"
    announced: Day | None = None
    published: PartialDate | None = None
    updated: PartialDate | None = None
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    identifiers: Identifiers = Identifiers()
    venue: str = ""
    summary: str = ""
    links: tuple[tuple[str, str], ...] = ()
    details: tuple[tuple[str, str], ...] = ()
    aliases: tuple[str, ...] = ()
    source: Provenance = Provenance()
    lang: str = ""
    license: str = ""
    draft: bool = False
    title_at: tuple[int, int] = (1, 1)
    summary_line: int = 1

    @property
    def url(self) -> str:
        """The address under the site: `/2019/12/06/<slug>/`."""
        return f"{_day_path(self.date)}{self.slug}/"


@lru_cache(maxsize=4_096)
def _day_path(day: date) -> str:
    """`/2019/12/06/`: many entries share few days."""
    return f"/{day.isoformat().replace('-', '/')}/"


class PageFile(NamedTuple):
    """A plain page, content/pages/<name>.md, at `/<name>/`."""

    key: str
    path: str
    title: str
    url: str
    body: str
    body_line: int
    fingerprint: bytes
    description: str = ""
    lang: str = ""
    title_at: tuple[int, int] = (1, 1)


@dataclass(frozen=True, slots=True)
class Heading:
    """A line of a table of contents; `level` is that of the HTML tag, 2 to 6."""

    level: int
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class LocalLink:
    """A link or image of a body that stays within the site, as written, with its place in the file."""

    target: str
    line: int
    column: int


class Gist(NamedTuple):
    """What is known of a body without loading it: planning asks for that of every entry.

    `title` is the HTML of a title that is more than plain text, and `title_text` its text where that is not as it was
    written. `card` is a fingerprint of all that an entry shows of
    itself where its body is not shown, `head` where its excerpt is not shown either. `stem` is what its key in
    a bibliography begins with, `terms` are what its text can have in common with others.
    """

    title_text: str = ""
    words: int = 0
    links: tuple[LocalLink, ...] = ()
    card: bytes = b""
    head: bytes = b""
    title: str = ""
    stem: str = ""
    terms: bytes = b""


@dataclass(frozen=True, slots=True)
class Dialect:
    """What the settings say of how bodies are read: TeX macros, each a name and what it stands for.

    `extensions` are the plugins that extend Markdown, in the order in which site.yml names them.
    Whether entries are `related` to each other, `cited` in bibliographies, and have Markdown `twins`, decides what is
    told of them.
    """

    macros: tuple[tuple[str, str], ...] = ()
    related: bool = True
    cited: bool = True
    twins: bool = True
    extensions: tuple[PluginChoice, ...] = ()


@dataclass(frozen=True, slots=True)
class Prose:
    """A body, compiled alone: clean HTML whose headings start at `h2`, and what can be told from it.

    `html` is sanitised and normalised: attributes in double quotes, local addresses as the author wrote them
    (planning resolves them). `excerpt` is the HTML of the opening words, `text` the whole as plain text. `title` is
    the title as HTML that may stand in a heading or a link, `title_text` the same as plain text. `problems` are those
    of the text itself, with their places in the file. `markdown` is the body as it was written, if there are twins.
    """

    html: str
    excerpt: str = ""
    text: str = ""
    toc: tuple[Heading, ...] = ()
    links: tuple[LocalLink, ...] = ()
    words: int = 0
    title: str = ""
    title_text: str = ""
    problems: tuple[Problem, ...] = ()
    markdown: str = ""
