"""What pages are made of. A field of type `Html` is clean HTML; every other text is plain.

Every `href` already holds the base path; a `permalink` is absolute.
"""

from __future__ import annotations

from typing import NewType

from digest.model.item import Kind
from digest.model.values import dataclass

Html = NewType("Html", str)


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads somewhere; an empty `href` is plain text. `count` is the number of entries behind it."""

    text: str
    href: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class Alternate:
    """The same in another form: a feed, a bibliography, Markdown. `type` is its media type."""

    text: str
    href: str
    type: str


@dataclass(frozen=True, slots=True)
class DayLabel:
    """A day as people and machines write it: `6 December 2019`, `2019-12-06`, and its page.

    `number` and `month` are the two parts of a text that begins with the number of the day, else empty.
    """

    text: str
    iso: str
    href: str = ""
    weekday: str = ""
    number: str = ""
    month: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A plot, drawn as inline SVG, and the table that says the same: the heads of its columns, then its rows."""

    title: str
    svg: Html
    columns: tuple[str, ...]
    rows: tuple[tuple[Link, ...], ...]


@dataclass(frozen=True, slots=True)
class Masthead:
    """The little of the site that every page shows.

    `home` is the href of the home page, `root` the base path with a slash at both ends, `direction` is `ltr` or
    `rtl`; `search`, `subscribe`, `starred`, `styles`, `more_styles` (for pages that are more
    than text), `script`, `icon` and `logo` are hrefs, empty where the site has
    none. `feeds` are those of the whole site, `paper` is the colour of the ground in light and in dark.
    """

    title: str
    description: str
    language: str
    direction: str
    home: str
    root: str
    feeds: tuple[Alternate, ...]
    navigation: tuple[Link, ...]
    footer: Html
    styles: tuple[str, ...]
    icon: str
    author: str
    license: str
    generator: str
    search: str
    subscribe: str
    starred: str
    script: str
    logo: str
    more_styles: str
    paper: tuple[str, str]


@dataclass(frozen=True, slots=True)
class EntryView:
    """One entry, ready to show. `anchor` is unique on its page; headings of `body` suit the page it stands on.

    `title` may hold math and marks, `title_text` is the same as plain text. `id` is permanent. `coins` is the
    OpenURL that Zotero reads on lists, empty where there is no paper; `bibtex` the href of its BibTeX.

    Headings of `body` start at `h3` where entries have an `h2` (a day page), else at `h2`. `complete` says that the
    excerpt is all there is. Where many are but named, on the page of a month and as related entries, `excerpt` and
    `coins` are empty. `source` is an address or a plain text. `language` is none where it is that of the site, and
    empty where nobody knows which way the text is written.
    """

    id: str
    title: Html
    title_text: str
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
    venue: Link
    identifiers: tuple[Link, ...]
    links: tuple[Link, ...]
    source: str
    license: str
    language: str | None
    draft: bool
    minutes: int
    excerpt: Html
    body: Html
    complete: bool
    announced: str
    details: tuple[tuple[str, str], ...]
    coins: str
    bibtex: str


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
