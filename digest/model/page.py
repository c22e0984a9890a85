"""Pages to be. A template sees one of these and nothing else: the dataclass is the template contract.

Every `href` already holds the base path; `permalink` and `canonical` are absolute. A field of type `Html` is clean
HTML, to be written as it is; every other text is plain and gets escaped.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from digest.model.entry import Heading
from digest.model.values import dataclass
from digest.model.views import Alternate, DayGroup, DayLabel, EntryView, Figure, Html, Link, Masthead, Pager


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFrame:
    """What every page has. `url` starts with `/` and ends with `/` or a file name.

    `title` is that of the page alone: the theme adds the site's. `canonical` is empty where there is none (404).
    `feeds` are those of what the page is about, `exports` its papers as bibliographies, `image` is the permalink of a
    card for social media.
    """

    template: ClassVar[str]

    masthead: Masthead
    url: str
    title: str
    description: str
    canonical: str
    feeds: tuple[Alternate, ...] = ()
    exports: tuple[Alternate, ...] = ()
    image: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage(PageFrame):
    """The newest days."""

    template: ClassVar[str] = "home.html"

    days: tuple[DayGroup, ...]
    introduction: Html
    archive: Link
    entry_count: int
    day_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DayPage(PageFrame):
    """One day of the digest, every body in full; `folded` says that bodies are shown when asked for."""

    template: ClassVar[str] = "day.html"

    group: DayGroup
    previous: DayLabel | None
    next: DayLabel | None
    month: Link
    minutes: int
    folded: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPage(PageFrame):
    """One entry, whole.

    `metadata` are the names and contents of its `meta` elements (`citation_title`, …), `linked_data` is JSON-LD, safe
    within a `script` element, with its hash for a Content-Security-Policy; `markdown` is the entry as Markdown.
    """

    template: ClassVar[str] = "entry.html"

    entry: EntryView
    toc: tuple[Heading, ...]
    previous: Link | None
    next: Link | None
    related: tuple[EntryView, ...]
    metadata: tuple[tuple[str, str], ...]
    linked_data: Html
    linked_data_hash: str
    markdown: Alternate | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TagPage(PageFrame):
    """The entries of a tag, newest first, one page of them; `growth` is how many there were, year by year."""

    template: ClassVar[str] = "tag.html"

    tag: Link
    days: tuple[DayGroup, ...]
    pager: Pager
    related: tuple[Link, ...]
    growth: Figure | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TagIndexPage(PageFrame):
    """All tags, alphabetically, with counts."""

    template: ClassVar[str] = "tags.html"

    tags: tuple[Link, ...]
    most_used: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorPage(PageFrame):
    """The entries of an author, newest first, one page of them."""

    template: ClassVar[str] = "author.html"

    author: Link
    days: tuple[DayGroup, ...]
    pager: Pager
    coauthors: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorIndexPage(PageFrame):
    """All authors who have a page, by family name, under their initial."""

    template: ClassVar[str] = "authors.html"

    groups: tuple[tuple[str, tuple[Link, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VenuePage(PageFrame):
    """The entries of a venue, newest first, one page of them."""

    template: ClassVar[str] = "venue.html"

    venue: Link
    days: tuple[DayGroup, ...]
    pager: Pager


@dataclass(frozen=True, slots=True, kw_only=True)
class VenueIndexPage(PageFrame):
    """All venues that have a page, alphabetically, with counts."""

    template: ClassVar[str] = "venues.html"

    venues: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class MonthSummary:
    """A month: its page and its days, each with a count."""

    month: Link
    days: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivePage(PageFrame):
    """All years with their months; `ways` are other lists of the same entries, with the number of what they list."""

    template: ClassVar[str] = "archive.html"

    years: tuple[tuple[Link, tuple[Link, ...]], ...]
    figure: Figure | None
    ways: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class YearPage(PageFrame):
    """A year: months, and the days of each."""

    template: ClassVar[str] = "year.html"

    year: Link
    months: tuple[MonthSummary, ...]
    previous: Link | None
    next: Link | None
    archive: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthPage(PageFrame):
    """A month: its days, each with the titles of its entries.

    `weeks` is its calendar: rows of seven days under `weekdays` (short name, whole name); a text is empty outside the
    month, an `href` where the day has no entries.
    """

    template: ClassVar[str] = "month.html"

    month: Link
    year: Link
    days: tuple[DayGroup, ...]
    previous: Link | None
    next: Link | None
    weekdays: tuple[tuple[str, str], ...]
    weeks: tuple[tuple[Link, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainPage(PageFrame):
    """A page of content/pages/."""

    template: ClassVar[str] = "page.html"

    body: Html
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatisticsPage(PageFrame):
    """The site in numbers and plots."""

    template: ClassVar[str] = "statistics.html"

    facts: tuple[tuple[str, str], ...]
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage(PageFrame):
    """Where the site is searched; `script` is the href of what does it, `index` that of the folder of its index.

    `ways` lead on where there is no script.
    """

    template: ClassVar[str] = "search.html"

    script: str
    index: str
    ways: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class FeedChoice:
    """The feeds of one thing: what it is, its page, the feed in each format."""

    subject: Link
    feeds: tuple[Alternate, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscribePage(PageFrame):
    """What feeds are, and all that there are: those of the site, then of tags and of authors."""

    template: ClassVar[str] = "subscribe.html"

    site_feeds: tuple[FeedChoice, ...]
    tag_feeds: tuple[FeedChoice, ...]
    author_feeds: tuple[FeedChoice, ...]
    outline: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class StarredPage(PageFrame):
    """The entries that a reader starred: a browser fills it with what it keeps, by `script`."""

    template: ClassVar[str] = "starred.html"

    script: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFoundPage(PageFrame):
    """/404.html, which a host serves at any depth."""

    template: ClassVar[str] = "404.html"

    ways: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PluginPage(PageFrame):
    """A page that a plugin made, by the template `layout`, which no theme need have; `fields` are its own.

    Of these, entries are an `EntryView` as lists show it, days a `DayLabel`.
    """

    layout: str
    body: Html
    fields: Mapping[str, Any]


Page = (
    HomePage
    | DayPage
    | EntryPage
    | TagPage
    | TagIndexPage
    | AuthorPage
    | AuthorIndexPage
    | ArchivePage
    | YearPage
    | MonthPage
    | VenuePage
    | VenueIndexPage
    | StatisticsPage
    | SearchPage
    | SubscribePage
    | StarredPage
    | PlainPage
    | NotFoundPage
)
