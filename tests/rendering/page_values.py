"""Complete page values for tests: one of every type, made from a few texts."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any, TypedDict, get_type_hints

from digest.model import (
    Alternate,
    ArchivePage,
    AuthorIndexPage,
    AuthorPage,
    DayGroup,
    DayLabel,
    DayPage,
    EntryPage,
    EntryView,
    FeedChoice,
    Figure,
    Heading,
    HomePage,
    Html,
    Link,
    Masthead,
    MonthPage,
    MonthSummary,
    NotFoundPage,
    Page,
    Pager,
    PlainPage,
    SearchPage,
    StarredPage,
    StatisticsPage,
    SubscribePage,
    TagIndexPage,
    TagPage,
    VenueIndexPage,
    VenuePage,
    YearPage,
)

DAY = DayLabel("6 December 2019", "2019-12-06", "/2019/12/06/", "Friday", "6", "December 2019")
TAG = Link("deep-learning", "/tags/deep-learning/", 2)
AUTHOR = Link("Ada Lovelace", "/authors/ada-lovelace/", 2)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
BODY = Html('<p>Learning <em>rates</em> &amp; <code>warmup</code>.</p>\n<h2 id="why">Why</h2>\n<p>Because.</p>')


def masthead() -> Masthead:
    return Masthead(
        title="Paper Mornings",
        description="A paper with the first coffee",
        language="en",
        direction="ltr",
        home="/",
        root="/",
        feeds=(Alternate("Paper Mornings, all entries", "/feed.xml", "application/rss+xml"),),
        navigation=(Link("Archive", "/archive/"), Link("Tags", "/tags/"), Link("Authors", "/authors/")),
        footer=Html('<p>Read <a href="/about/">about</a> it.</p>'),
        styles=("/assets/style.00000000.css",),
        icon="/assets/icon.00000000.svg",
        author="Ann Author",
        license="CC BY 4.0",
        generator="digest 0.1.0",
        search="/search/",
        subscribe="/subscribe/",
        starred="/starred/",
        script="/assets/reading.00000000.js",
        logo="/assets/logo.00000000.svg",
        more_styles="/assets/more.00000000.css",
        paper=("#fcfaf6", "#171412"),
    )


def entry_view() -> EntryView:
    return EntryView(
        id="urn:uuid:00000000-0000-5000-8000-000000000001",
        title=Html("Notes on the <em>Analytical</em> Engine"),
        title_text="Notes on the Analytical Engine",
        href="/2019/12/06/notes/",
        permalink="https://example.org/2019/12/06/notes/",
        anchor="notes",
        day=DAY,
        kind="summary",
        title_derived=False,
        authors=(AUTHOR, Link("Charles Babbage")),
        tags=(TAG, Link("theory", "/tags/theory/", 1)),
        published="October 1843",
        updated="7 December 2019",
        venue=Link("Taylor's Scientific Memoirs", "/venues/taylors-scientific-memoirs/"),
        identifiers=(Link("arXiv:1912.00001", "https://arxiv.org/abs/1912.00001"),),
        links=(Link("PDF", "https://arxiv.org/pdf/1912.00001"),),
        source="https://example.org/list",
        license="CC BY 4.0",
        language=None,
        draft=False,
        minutes=4,
        excerpt=Html("<p>Learning <em>rates</em>.</p>"),
        body=BODY,
        complete=False,
        announced="8 December 2019",
        details=(("volume", "3"), ("page", "666–731")),
        coins="ctx_ver=Z39.88-2004&rft.atitle=Notes",
        bibtex="/2019/12/06/notes/citations.bib",
    )


def group(*entries: EntryView) -> DayGroup:
    return DayGroup(DAY, entries or (entry_view(),))


class Frame(TypedDict):
    masthead: Masthead
    url: str
    title: str
    description: str
    canonical: str


def frame(url: str, title: str) -> Frame:
    canonical = f"https://example.org{url}"
    return {"masthead": masthead(), "url": url, "title": title, "description": "What it says", "canonical": canonical}


def home_page() -> HomePage:
    return HomePage(
        **frame("/", "Paper Mornings"),
        days=(group(),),
        introduction=Html("<p>Welcome <b>here</b>.</p>"),
        archive=Link("All days", "/archive/", 9),
        entry_count=9,
        day_count=3,
    )


def day_page() -> DayPage:
    return DayPage(
        **frame("/2019/12/06/", "6 December 2019"),
        group=group(
            entry_view(),
            replace(entry_view(), anchor="second", title=Html("A second paper"), title_text="A second paper"),
        ),
        previous=DayLabel("5 December 2019", "2019-12-05", "/2019/12/05/", "Thursday"),
        next=DayLabel("9 December 2019", "2019-12-09", "/2019/12/09/", "Monday"),
        month=Link("December 2019", "/2019/12/", 9),
        minutes=12,
        folded=False,
    )


def entry_page() -> EntryPage:
    return EntryPage(
        **frame("/2019/12/06/notes/", "Notes on the Analytical Engine"),
        entry=entry_view(),
        toc=(Heading(2, "Why", "why"), Heading(3, "How", "how"), Heading(2, "When", "when")),
        previous=Link("An older paper", "/2019/12/05/older/"),
        next=Link("A newer paper", "/2019/12/09/newer/"),
        exports=(Alternate("BibTeX", "/2019/12/06/notes/citations.bib", "application/x-bibtex"),),
        image="https://example.org/2019/12/06/notes/card.png",
        related=(entry_view(),),
        metadata=(("citation_title", "Notes on the Analytical Engine"), ("citation_author", "Ada Lovelace")),
        linked_data=Html('{"@context": "https://schema.org"}'),
        linked_data_hash="sha256-0",
        markdown=Alternate("Markdown", "/2019/12/06/notes/index.md", "text/markdown"),
    )


def pager() -> Pager:
    links = (Link("1", "/tags/deep-learning/"), Link("2"), Link("…"), Link("9", "/tags/deep-learning/page/9/"))
    return Pager(2, 9, "/tags/deep-learning/", "/tags/deep-learning/page/3/", links)


def tag_page() -> TagPage:
    return TagPage(
        **frame("/tags/deep-learning/page/2/", "deep-learning"),
        tag=TAG,
        days=(group(),),
        pager=pager(),
        related=(Link("optimisation", "/tags/optimisation/", 4),),
        feeds=(Alternate("deep-learning", "/tags/deep-learning/feed.xml", "application/rss+xml"),),
        growth=figure(),
    )


def tag_index_page() -> TagIndexPage:
    tags = (TAG, Link("theory", "/tags/theory/", 1))
    return TagIndexPage(**frame("/tags/", "Tags"), tags=tags, most_used=tags)


def author_page() -> AuthorPage:
    return AuthorPage(
        **frame("/authors/ada-lovelace/", "Ada Lovelace"),
        author=AUTHOR,
        days=(group(),),
        pager=Pager(1, 1, "", "", ()),
        coauthors=(Link("Charles Babbage"),),
        feeds=(Alternate("Ada Lovelace", "/authors/ada-lovelace/feed.xml", "application/rss+xml"),),
    )


def author_index_page() -> AuthorIndexPage:
    return AuthorIndexPage(**frame("/authors/", "Authors"), groups=(("L", (AUTHOR,)),))


def archive_page() -> ArchivePage:
    years = ((Link("2019", "/2019/", 9), (Link("December 2019", "/2019/12/", 9),)),)
    ways = (Link("Tags", "/tags/", 2), Link("Statistics", "/statistics/"))
    return ArchivePage(**frame("/archive/", "Archive"), years=years, figure=figure(), ways=ways)


def year_page() -> YearPage:
    return YearPage(
        **frame("/2019/", "2019"),
        year=Link("2019", "/2019/", 9),
        months=(MonthSummary(Link("December 2019", "/2019/12/", 9), (Link("6 December", "/2019/12/06/", 2),)),),
        previous=Link("2018", "/2018/", 3),
        next=None,
        archive=Link("Archive", "/archive/"),
    )


def month_page() -> MonthPage:
    return MonthPage(
        **frame("/2019/12/", "December 2019"),
        month=Link("December 2019", "/2019/12/", 9),
        year=Link("2019", "/2019/", 9),
        days=(group(),),
        previous=Link("November 2019", "/2019/11/", 3),
        next=Link("January 2020", "/2020/01/", 1),
        weekdays=tuple((name[:2], name) for name in WEEKDAYS),
        weeks=((Link("1"), Link("2"), Link("3"), Link("4"), Link("5"), Link("6", "/2019/12/06/", 2), Link("")),),
    )


def figure() -> Figure:
    svg = Html('<svg viewBox="0 0 10 10" aria-hidden="true"><rect width="10" height="10"/></svg>')
    return Figure("Entries by year", svg, ("Year", "Entries"), ((Link("2019", "/2019/"), Link("9")),))


def venue_page() -> VenuePage:
    return VenuePage(
        **frame("/venues/taylors-scientific-memoirs/", "Taylor's Scientific Memoirs"),
        venue=Link("Taylor's Scientific Memoirs", "/venues/taylors-scientific-memoirs/", 2),
        days=(group(),),
        pager=Pager(1, 1, "", "", ()),
    )


def venue_index_page() -> VenueIndexPage:
    return VenueIndexPage(**frame("/venues/", "Venues"), venues=(venue_page().venue,))


def statistics_page() -> StatisticsPage:
    return StatisticsPage(**frame("/statistics/", "Statistics"), facts=(("Entries", "9"),), figures=(figure(),))


def search_page() -> SearchPage:
    return SearchPage(
        **frame("/search/", "Search"),
        script="/assets/search.00000000.js",
        index="/search/",
        ways=(Link("Archive", "/archive/"),),
    )


def subscribe_page() -> SubscribePage:
    choice = FeedChoice(TAG, (Alternate("RSS", "/tags/deep-learning/feed.xml", "application/rss+xml"),))
    return SubscribePage(
        **frame("/subscribe/", "Subscribe"),
        site_feeds=(choice,),
        tag_feeds=(choice,),
        author_feeds=(choice,),
        outline=Link("OPML", "/feeds.opml"),
    )


def starred_page() -> StarredPage:
    return StarredPage(**frame("/starred/", "Starred"), script="/assets/stars.0123abcd.js")


def plain_page() -> PlainPage:
    return PlainPage(**frame("/about/", "About"), body=BODY, language="")


def not_found_page() -> NotFoundPage:
    return NotFoundPage(**frame("/404.html", "Not found"), ways=(Link("Home", "/", 0), TAG))


def every_page() -> tuple[Page, ...]:
    return (
        home_page(),
        day_page(),
        entry_page(),
        tag_page(),
        tag_index_page(),
        author_page(),
        author_index_page(),
        archive_page(),
        year_page(),
        month_page(),
        venue_page(),
        venue_index_page(),
        statistics_page(),
        search_page(),
        subscribe_page(),
        starred_page(),
        plain_page(),
        not_found_page(),
    )


def with_every_text(value: Any, text: str) -> Any:
    """The value with `text` for every text in it that is not `Html`."""
    if isinstance(value, str):
        return text
    if isinstance(value, tuple):
        return tuple(with_every_text(part, text) for part in value)
    if is_dataclass(value) and not isinstance(value, type):
        hints = get_type_hints(type(value))
        plain = [field.name for field in fields(value) if hints[field.name] is not Html]
        return replace(value, **{name: with_every_text(getattr(value, name), text) for name in plain})
    return value
