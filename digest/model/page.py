"""Pages to be. A template sees one of these and nothing else: the dataclass is the template contract.

Every `href` already holds the base path; `permalink` and `canonical` are absolute. A field of type `Html` is clean
HTML, to be written as it is; every other text is plain and gets escaped.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NewType

from digest.model.entry import Heading
from digest.model.item import Kind

Html = NewType("Html", str)


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads somewhere; an empty `href` is plain text. `count` is the number of entries behind it."""

    text: str
    href: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class DayLabel:
    """A day as people and machines write it: `6 December 2019`, `2019-12-06`, and its page."""

    text: str
    iso: str
    href: str = ""
    weekday: str = ""


@dataclass(frozen=True, slots=True)
class Masthead:
    """The little of the site that every page shows.

    `home` is the href of the home page, `root` the base path with a slash at both ends, `direction` is `ltr` or
    `rtl`; `feed`, `styles` and `icon` are hrefs.
    """

    title: str
    description: str
    language: str
    direction: str
    home: str
    root: str
    feed: str
    feed_title: str
    navigation: tuple[Link, ...]
    footer: Html
    styles: tuple[str, ...]
    icon: str
    author: str
    license: str
    generator: str


@dataclass(frozen=True, slots=True)
class EntryView:
    """One entry, ready to show. `anchor` is unique on its page; headings of `body` suit the page it stands on.

    Headings of `body` start at `h3` where entries have an `h2` (a day page), else at `h2`. `complete` says that the
    excerpt is all there is. `source` is an address or a plain text, `language` is empty where it is that of the site.
    """

    title: str
    href: str
    permalink: str
    anchor: str
    day: DayLabel
    kind: Kind
    title_derived: bool
    authors: tuple[Link, ...]
    tags: tuple[Link, ...]
    published: str
    updated: str
    venue: str
    identifiers: tuple[Link, ...]
    links: tuple[Link, ...]
    source: str
    license: str
    language: str
    draft: bool
    minutes: int
    excerpt: Html
    body: Html
    complete: bool


@dataclass(frozen=True, slots=True)
class DayGroup:
    """A day and its entries, in order; `more` is how many the page of the day has beside them."""

    day: DayLabel
    entries: tuple[EntryView, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Pager:
    """Where a page stands in a list of pages; empty `href`s at the ends.

    `pages` has a link a page number; one without `href` is the page itself or, with another text, a gap.
    """

    number: int
    total: int
    previous: str
    next: str
    pages: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFrame:
    """What every page has. `url` starts with `/` and ends with `/` or a file name.

    `title` is that of the page alone: the theme adds the site's. `canonical` is empty where there is none (404).
    """

    template: ClassVar[str]

    masthead: Masthead
    url: str
    title: str
    description: str
    canonical: str


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
    """One day of the digest, every body in full."""

    template: ClassVar[str] = "day.html"

    group: DayGroup
    previous: DayLabel | None
    next: DayLabel | None
    month: Link
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPage(PageFrame):
    """One entry, whole."""

    template: ClassVar[str] = "entry.html"

    entry: EntryView
    toc: tuple[Heading, ...]
    previous: Link | None
    next: Link | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TagPage(PageFrame):
    """The entries of a tag, newest first, one page of them; `feed` is the href of its feed, if it has one."""

    template: ClassVar[str] = "tag.html"

    tag: Link
    days: tuple[DayGroup, ...]
    pager: Pager
    related: tuple[Link, ...]
    feed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TagIndexPage(PageFrame):
    """All tags, alphabetically, with counts."""

    template: ClassVar[str] = "tags.html"

    tags: tuple[Link, ...]
    most_used: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorPage(PageFrame):
    """The entries of an author, newest first, one page of them; `feed` is the href of their feed, if there is one."""

    template: ClassVar[str] = "author.html"

    author: Link
    days: tuple[DayGroup, ...]
    pager: Pager
    coauthors: tuple[Link, ...]
    feed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorIndexPage(PageFrame):
    """All authors who have a page, by family name, under their initial."""

    template: ClassVar[str] = "authors.html"

    groups: tuple[tuple[str, tuple[Link, ...]], ...]


@dataclass(frozen=True, slots=True)
class MonthSummary:
    """A month: its page and its days, each with a count."""

    month: Link
    days: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivePage(PageFrame):
    """All years with their months."""

    template: ClassVar[str] = "archive.html"

    years: tuple[tuple[Link, tuple[Link, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class YearPage(PageFrame):
    """A year: months, and the days of each."""

    template: ClassVar[str] = "year.html"

    year: Link
    months: tuple[MonthSummary, ...]
    previous: Link | None
    next: Link | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthPage(PageFrame):
    """A month: its days, each with the titles of its entries."""

    template: ClassVar[str] = "month.html"

    month: Link
    year: Link
    days: tuple[DayGroup, ...]
    previous: Link | None
    next: Link | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainPage(PageFrame):
    """A page of content/pages/."""

    template: ClassVar[str] = "page.html"

    body: Html
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFoundPage(PageFrame):
    """/404.html, which a host serves at any depth."""

    template: ClassVar[str] = "404.html"

    ways: tuple[Link, ...]


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
    | PlainPage
    | NotFoundPage
)
