"""A whole plan: every page there, every value complete, every address answered."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from planning_values import DAY, a_page, a_plan, a_prose, an_entry, lost_addresses, output_paths, the

from digest.model import (
    ArchivePage,
    AuthorIndexPage,
    AuthorPage,
    DayPage,
    Entry,
    EntryPage,
    HomePage,
    Identifiers,
    Link,
    MonthPage,
    NotFoundPage,
    PartialDate,
    PlainPage,
    StatisticsPage,
    SubscribePage,
    TagIndexPage,
    TagPage,
    YearPage,
)

ADA, ANN, BEA = "Ada Lovelace", "Ann Author", "Bea Writer"


def month_of_entries() -> list[Entry]:
    """Eight entries over four days, two months and two years, of three authors and three tags."""
    days = [date(2019, 12, 30), date(2019, 12, 31), date(2020, 1, 2), date(2020, 1, 10)]
    return [
        an_entry(
            f"Entry {number}",
            days[number // 2],
            tags=("all", "even" if number % 2 == 0 else "odd"),
            authors=(ADA, BEA) if number < 3 else (ADA,),
        )
        for number in range(8)
    ]


def test_an_empty_site_is_a_site() -> None:
    plan = a_plan([])
    assert {type(page) for page in plan.pages} == {
        HomePage, ArchivePage, TagIndexPage, NotFoundPage, StatisticsPage, SubscribePage,
    }  # fmt: skip
    assert plan.problems == ()
    assert lost_addresses(plan, "https://example.org/") == []


def test_home_shows_the_newest_days() -> None:
    home = the(a_plan(month_of_entries(), home_days=2, description="Papers."), HomePage)
    assert [group.day.text for group in home.days] == ["10 January 2020", "2 January 2020"]
    assert [view.title for view in home.days[0].entries] == ["Entry 6", "Entry 7"]
    assert home.days[0].entries[0].excerpt == "<p>Entry 6</p>"
    assert home.days[0].entries[0].body == ""
    assert (home.entry_count, home.day_count, home.description) == (8, 4, "Papers.")
    assert home.introduction == ""


def test_the_page_index_introduces_the_site() -> None:
    page = a_page("index")
    plan = a_plan([], pages=[page], bodies={page.key: '<p><a href="/tags/">x</a></p>'}, base_url="https://e.org/r/")
    assert the(plan, HomePage).introduction == '<p><a href="/r/tags/">x</a></p>'
    assert not [page for page in plan.pages if isinstance(page, PlainPage)]
    assert [link.text for link in the(plan, HomePage).masthead.navigation] == ["Archive", "Tags"]


def test_a_day_knows_the_nearest_days_that_have_entries() -> None:
    plan = a_plan(month_of_entries())
    day = the(plan, DayPage, "/2020/01/02/")
    assert day.previous is not None
    assert day.next is not None
    assert (day.previous.iso, day.next.iso) == ("2019-12-31", "2020-01-10")
    assert day.group.day.weekday == "Thursday"
    assert day.month == Link("January 2020", "/2020/01/")
    assert day.title == "2 January 2020"
    assert day.description == "2 entries: Entry 4; Entry 5"
    assert the(plan, DayPage, "/2020/01/10/").next is None
    assert the(plan, DayPage, "/2019/12/30/").previous is None


def test_bodies_of_a_day_keep_apart() -> None:
    entries = [an_entry("A"), an_entry("B")]
    body = '<h2 id="method">Method</h2><h6>Deep</h6><p><a href="#method">up</a></p>'
    day = the(a_plan(entries, bodies={entry.key: body for entry in entries}), DayPage)
    assert [view.anchor for view in day.group.entries] == ["entry-a", "entry-b"]
    assert day.group.entries[1].body == (
        '<h3 id="entry-b.method">Method</h3><h6>Deep</h6><p><a href="#entry-b.method">up</a></p>'
    )


def test_an_entry_page_holds_all_of_the_entry() -> None:
    entry = an_entry(
        "On Things",
        kind="abstract",
        title_from="first-sentence",
        authors=(ADA, ANN),
        tags=("things",),
        published=PartialDate(2018, 4),
        updated=PartialDate(2018, 5, 2),
        venue="A Venue",
        identifiers=Identifiers(arxiv="1804.00222", doi="10.1000/x"),
        links=(("code", "https://example.com/"),),
        lang="de",
        license="CC0",
        slug="模型",
    )
    other = an_entry("Other", DAY - timedelta(days=1), authors=(ADA,))
    prose = a_prose("<p>Body</p>", excerpt="<p>Bo</p>", words=500)
    page = the(
        a_plan([entry, other], bodies={entry.key: prose}, base_url="https://example.org/repo/"), EntryPage, entry.url
    )
    view = page.entry
    assert page.url == "/2019/12/06/模型/"
    assert view.href == "/repo/2019/12/06/%E6%A8%A1%E5%9E%8B/"
    assert page.canonical == view.permalink == f"https://example.org{view.href}"
    assert view.authors == (Link(ADA, "/repo/authors/ada-lovelace/"), Link(ANN))
    assert view.tags == (Link("things", "/repo/tags/things/"),)
    assert (view.published, view.updated, view.venue.text) == ("April 2018", "2 May 2018", "A Venue")
    assert view.identifiers == (
        Link("arXiv:1804.00222", "https://arxiv.org/abs/1804.00222"),
        Link("doi:10.1000/x", "https://doi.org/10.1000/x"),
    )
    assert view.links == (Link("code", "https://example.com/"),)
    assert (view.kind, view.title_derived, view.language, view.license) == ("abstract", True, "de", "CC0")
    assert (view.minutes, view.complete, view.excerpt, view.body) == (3, False, "<p>Bo</p>", "<p>Body</p>")
    assert page.previous == Link("Other", "/repo/2019/12/05/other/")
    assert page.next is None


def test_what_is_that_of_the_site_is_not_said_again() -> None:
    view = the(a_plan([an_entry(lang="en", license="CC0")], license="CC0"), EntryPage).entry
    assert (view.language, view.license, view.complete) == (None, "", True)


def test_a_long_tag_has_pages() -> None:
    plan = a_plan(month_of_entries(), page_size=3)
    first, second, third = (the(plan, TagPage, f"/tags/all/{part}") for part in ("", "page/2/", "page/3/"))
    assert [len(page.days) for page in (first, second, third)] == [2, 2, 1]
    assert sum(len(group.entries) for page in (first, second, third) for group in page.days) == 8
    assert first.tag == second.tag == Link("all", "/tags/all/", 8)
    assert (first.pager.previous, first.pager.next) == ("", "/tags/all/page/2/")
    assert (third.pager.previous, third.pager.next) == ("/tags/all/page/2/", "")
    assert second.pager.pages == (Link("1", "/tags/all/"), Link("2"), Link("3", "/tags/all/page/3/"))
    assert second.title == "Tag: all, page 2"
    assert second.canonical == "https://example.org/tags/all/page/2/"
    assert [link.text for link in first.related] == ["even", "odd"]


def test_a_pager_of_many_pages_names_few() -> None:
    entries = [an_entry(f"Entry {number}", DAY - timedelta(days=number), tags=("t",)) for number in range(20)]
    page = the(a_plan(entries, page_size=1), TagPage, "/tags/t/page/10/")
    assert [link.text for link in page.pager.pages] == ["1", "…", "8", "9", "10", "11", "12", "…", "20"]
    near = the(a_plan(entries, page_size=1), TagPage, "/tags/t/page/5/")
    assert [link.text for link in near.pager.pages] == ["1", "2", "3", "4", "5", "6", "7", "…", "20"]


def test_the_tag_index_is_alphabetical_and_counts() -> None:
    tags = the(a_plan(month_of_entries()), TagIndexPage)
    assert tags.tags == (Link("all", "/tags/all/", 8), Link("even", "/tags/even/", 4), Link("odd", "/tags/odd/", 4))
    assert tags.most_used == ()
    many = [an_entry("A", tags=tuple(f"t{number}" for number in range(30))), an_entry("B", tags=("t7",))]
    most_used = the(a_plan(many), TagIndexPage).most_used
    assert len(most_used) == 12
    assert most_used[0] == Link("t7", "/tags/t7/", 2)


def test_only_authors_of_enough_entries_have_a_page() -> None:
    plan = a_plan(month_of_entries(), author_page_entries=4)
    page = the(plan, AuthorPage)
    assert page.author == Link(ADA, "/authors/ada-lovelace/", 8)
    assert page.coauthors == (Link(BEA, "", 3),)
    assert the(plan, AuthorIndexPage).groups == (("L", (page.author,)),)
    assert "Authors" in [link.text for link in page.masthead.navigation]
    for least in (100, 0):
        none = a_plan(month_of_entries(), author_page_entries=least)
        assert not [page for page in none.pages if isinstance(page, AuthorPage | AuthorIndexPage)]
        assert "Authors" not in [link.text for link in the(none, HomePage).masthead.navigation]


def test_one_of_a_crowd_has_no_page_by_that() -> None:
    crowd = tuple(f"Author {number}" for number in range(201))
    plan = a_plan(
        [an_entry(str(n), authors=crowd) for n in range(3)] + [an_entry(str(n), authors=crowd[1:]) for n in (4, 5)]
    )
    assert len([page for page in plan.pages if isinstance(page, AuthorPage)]) == 200
    assert the(plan, AuthorIndexPage).groups[0][1][0].count == 5


def test_the_archive_by_year_and_month() -> None:
    plan = a_plan(month_of_entries())
    assert the(plan, ArchivePage).years == (
        (Link("2020", "/2020/", 4), (Link("January 2020", "/2020/01/", 4),)),
        (Link("2019", "/2019/", 4), (Link("December 2019", "/2019/12/", 4),)),
    )
    year = the(plan, YearPage, "/2019/")
    assert (year.previous, year.next) == (None, Link("2020", "/2020/"))
    assert year.months[0].days == (
        Link("31 December 2019", "/2019/12/31/", 2),
        Link("30 December 2019", "/2019/12/30/", 2),
    )
    month = the(plan, MonthPage, "/2020/01/")
    assert (month.previous, month.next) == (Link("December 2019", "/2019/12/"), None)
    assert [group.day.iso for group in month.days] == ["2020-01-10", "2020-01-02"]
    assert month.year == Link("2020", "/2020/")


def test_the_masthead() -> None:
    plan = a_plan(
        [],
        pages=[a_page("about")],
        base_url="https://example.org/repo/",
        footer="<b> & me\nand you",
        language="ar",
        navigation=(("About", "pages/about.md"), ("Code", "https://example.com/"), ("Tags", "/tags/")),
    )
    masthead = the(plan, NotFoundPage).masthead
    assert masthead.navigation == (
        Link("About", "/repo/about/"),
        Link("Code", "https://example.com/"),
        Link("Tags", "/repo/tags/"),
    )
    assert masthead.footer == "&lt;b&gt; &amp; me<br>\nand you"
    assert (masthead.home, masthead.root, masthead.feeds[0].href) == ("/repo/", "/repo/", "/repo/feed.xml")
    assert masthead.styles == ("/repo/assets/style.0123abcd.css",)
    assert masthead.icon == "/repo/assets/icon.0123abcd.svg"
    assert (masthead.direction, masthead.generator) == ("rtl", "digest")


def test_redirects_from_old_addresses() -> None:
    plan = a_plan(
        [an_entry("A", aliases=("/old/", "older.html", "/2019/12/06/a", "/old"))], base_url="https://example.org/repo/"
    )
    assert [(redirect.url, redirect.target, redirect.permalink) for redirect in plan.redirects] == [
        ("/old/", "/repo/2019/12/06/a/", "https://example.org/repo/2019/12/06/a/"),
        ("/older.html", "/repo/2019/12/06/a/", "https://example.org/repo/2019/12/06/a/"),
    ]
    assert plan.problems == ()


@pytest.mark.parametrize("language", ["en", "ja", "ar"])
def test_the_sitemap_knows_years_however_they_are_written(language: str) -> None:
    plan = a_plan([an_entry(), an_entry("Later", date(2020, 1, 2))], language=language)
    listed = {entry.permalink: entry.modified for entry in plan.sitemap}
    assert listed["https://example.org/2019/"] == "2019-12-06"
    assert listed["https://example.org/2020/"] == "2020-01-02"


def test_sitemap_and_robots() -> None:
    plan = a_plan([an_entry("A", aliases=("/old/",), tags=("t",))], pages=[a_page("about")])
    listed = {entry.permalink.removeprefix("https://example.org"): entry.modified for entry in plan.sitemap}
    assert listed == {
        "/": "2019-12-06",
        "/statistics/": "2019-12-06",
        "/subscribe/": "",
        "/archive/": "2019-12-06",
        "/2019/": "2019-12-06",
        "/2019/12/": "2019-12-06",
        "/2019/12/06/": "2019-12-06",
        "/tags/": "2019-12-06",
        "/tags/t/": "2019-12-06",
        "/2019/12/06/a/": "2019-12-06",
        "/about/": "",
    }
    assert plan.robots.endswith("\nSitemap: https://example.org/sitemap.xml\n")


def test_days_are_written_in_the_language_of_the_site() -> None:
    label = the(a_plan([an_entry()], language="de"), DayPage).group.day
    assert (label.text, label.number, label.month) == ("6. Dezember 2019", "6.", "Dezember 2019")
    assert label.weekday == "Freitag"
    plan = a_plan([an_entry()], language="ja")
    assert (the(plan, DayPage).group.day.number, the(plan, YearPage).title) == ("", "2019年")
    assert the(a_plan([an_entry()], language="tlh"), DayPage).title == "2019-12-06"
    assert the(a_plan([an_entry()], language="fr"), MonthPage).title == "Décembre 2019"


def test_no_neighbour_changes_an_entry_page_when_a_tag_or_author_grows() -> None:
    entries = month_of_entries()
    more = an_entry("More", date(2020, 1, 12), tags=("all",), authors=(ADA,))
    url = entries[0].url
    assert the(a_plan(entries), EntryPage, url) == the(a_plan([*entries, more]), EntryPage, url)


WORDS = st.sampled_from(["Attention", "模型", "Über", "É", "a/b", "C++", "..", "index", "page", "tags", "x" * 80])
NAMES = st.sampled_from([ADA, ANN, BEA, "Kurt Gödel", "Kurt Godel", "张伟", "???", "entry"])
TARGETS = st.sampled_from(
    ["/", "/tags/", "/archive/", "#x", "/about/", "/fig.png", "https://example.com/", "1.md", "../nowhere.md", "?a=ü"]
)


@st.composite
def sites(draw: st.DrawFn) -> tuple[list[Entry], dict[str, Any]]:
    entries, bodies = [], {}
    for number in range(draw(st.integers(0, 8))):
        title = " ".join(draw(st.lists(WORDS, min_size=1, max_size=3)))
        day = DAY + timedelta(days=draw(st.sampled_from([0, 1, 30, 400])))
        entry = an_entry(
            title,
            day,
            key=f"{number}.md",
            tags=tuple(draw(st.lists(WORDS, max_size=3))),
            authors=tuple(draw(st.lists(NAMES, max_size=3))),
            aliases=tuple(draw(st.lists(WORDS, max_size=1))),
            draft=draw(st.booleans()),
        )
        entries.append(entry)
        bodies[entry.key] = f'<p id="x"><a href="{draw(TARGETS)}">x</a></p>'
    return entries, {
        "bodies": bodies,
        "pages": [a_page("about"), a_page("index")],
        "static": ["/fig.png", "/Fig 2.png"],
        "base_url": f"https://example.org{draw(st.sampled_from(['/', '/repo/', '/é/']))}",
        "page_size": draw(st.integers(1, 3)),
        "author_page_entries": draw(st.integers(1, 3)),
        "feed_size": draw(st.integers(1, 5)),
        "future": True,
    }


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(sites(), st.randoms(use_true_random=False))
def test_any_site_is_planned_soundly(site: tuple[list[Entry], dict[str, Any]], random: Any) -> None:
    entries, changes = site
    plan = a_plan(entries, **changes)
    paths = [path.casefold() for path in output_paths(plan)]
    assert len(set(paths)) == len(paths)
    base_url = changes["base_url"].replace("é", "%C3%A9")
    assert [address for address in lost_addresses(plan, base_url) if not address.endswith(".md")] == []
    assert {problem.code for problem in plan.problems} <= {"DG401", "DG402"}
    shuffled = list(entries)
    random.shuffle(shuffled)
    assert a_plan(shuffled, **changes) == plan


def test_a_crowded_day_is_cut_on_the_home_page_only() -> None:
    entries = [an_entry(f"Entry {number}", DAY) for number in range(5)]
    plan = a_plan(entries, home_day_entries=2)
    (group,) = the(plan, HomePage).days
    assert (len(group.entries), group.more) == (2, 3)
    day = the(plan, DayPage).group
    assert (len(day.entries), day.more) == (5, 0)
