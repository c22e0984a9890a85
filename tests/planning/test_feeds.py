"""The feeds of a site: whole, absolute, the same whenever they are built, and back to the first entry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from planning_values import DAY, MadePlan, a_plan, an_entry, the

from digest.model import AuthorPage, Entry, Feed, HomePage, TagPage

ADA = "Ada Lovelace"


def feeds_of(plan: MadePlan) -> dict[str, Feed]:
    return {feed.url: feed for feed in plan.feeds}


def a_feed(*args: Any, url: str = "/feed.xml", **changes: Any) -> Feed:
    return feeds_of(a_plan(*args, **changes))[url]


def chain(plan: MadePlan, url: str) -> list[Feed]:
    """The documents of a feed, as a reader follows them from the one that it knows."""
    by_permalink = {feed.permalink: feed for feed in plan.feeds}
    found = [feeds_of(plan)[url]]
    while found[-1].previous:
        found.append(by_permalink[found[-1].previous])
    return found


def some_days(count: int, **changes: Any) -> list[Entry]:
    return [an_entry(f"Day {number}", DAY - timedelta(days=number), **changes) for number in range(count)]


def titles(feeds: Iterable[Feed]) -> list[str]:
    return [item.title for feed in feeds for item in feed.items]


def test_the_newest_entries_by_time() -> None:
    entries = [an_entry(f"Day {number}", DAY + timedelta(days=number)) for number in range(5)]
    feed = a_feed(entries, feed_size=3, feed_archives="none")
    assert [item.title for item in feed.items] == ["Day 4", "Day 3", "Day 2"]
    assert feed.updated == feed.items[0].time
    assert feed.permalink == "https://example.org/feed.xml"
    assert (feed.previous, feed.next, feed.current) == ("", "", "")


def test_an_empty_site_has_feeds() -> None:
    plan = a_plan([])
    assert list(feeds_of(plan)) == [
        "/feed.xml", "/atom.xml", "/feed.json", "/days.xml", "/days-atom.xml", "/days.json",
    ]  # fmt: skip
    assert all(feed.items == () and feed.updated is None for feed in plan.feeds)


def test_the_formats_of_a_feed_say_the_same() -> None:
    feeds = feeds_of(a_plan([an_entry()], author="Ann Author", license="CC0"))
    rss, atom = feeds["/feed.xml"], feeds["/atom.xml"]
    assert replace(rss, format="atom", url=atom.url, permalink=atom.permalink) == atom
    assert (atom.author, atom.license, atom.home) == ("Ann Author", "CC0", "https://example.org/")


def test_a_site_has_the_feeds_that_it_wants() -> None:
    entries = [an_entry(tags=("graphs",), authors=(ADA,)), an_entry("Two", authors=(ADA,))]
    plan = a_plan(entries, feeds=("atom",))
    assert list(feeds_of(plan)) == [
        "/atom.xml",
        "/days-atom.xml",
        "/tags/graphs/atom.xml",
        "/authors/ada-lovelace/atom.xml",
    ]
    assert [feed.href for feed in the(plan, TagPage).feeds] == ["/tags/graphs/atom.xml"]
    assert [feed.type for feed in the(plan, HomePage).masthead.feeds] == ["application/atom+xml"] * 2


def test_a_site_without_feeds_says_nothing_of_them() -> None:
    plan = a_plan([an_entry(tags=("graphs",))], feeds=())
    assert plan.feeds == ()
    assert the(plan, TagPage).feeds == ()
    masthead = the(plan, HomePage).masthead
    assert (masthead.feeds, masthead.subscribe) == ((), "")
    assert not any("subscribe" in page.url for page in plan.pages)
    assert not any("opml" in text.url for text in plan.texts)


def test_pages_name_their_feeds() -> None:
    entries = [an_entry(tags=("graphs",), authors=(ADA,)), an_entry("Two", authors=(ADA,))]
    plan = a_plan(entries, title="Notes", base_url="https://example.org/repo/")
    named = {(feed.text, feed.href, feed.type) for feed in the(plan, HomePage).masthead.feeds}
    assert ("Notes (RSS)", "/repo/feed.xml", "application/rss+xml") in named
    assert ("Notes, day by day (JSON Feed)", "/repo/days.json", "application/feed+json") in named
    assert len(named) == 6
    assert [feed.href for feed in the(plan, AuthorPage).feeds] == [
        f"/repo/authors/ada-lovelace/{name}" for name in ("feed.xml", "atom.xml", "feed.json")
    ]


@pytest.mark.parametrize("count", range(14))
@pytest.mark.parametrize("url", ["/feed.xml", "/atom.xml", "/feed.json"])
def test_every_entry_stands_in_one_document_and_is_found(count: int, url: str) -> None:
    plan = a_plan(some_days(count), feed_size=3)
    documents = chain(plan, url)
    assert titles(documents) == [f"Day {number}" for number in range(count)]
    first, *archives = documents
    assert len(first.items) == count if count < 3 else 3 <= len(first.items) < 6
    assert all(len(archive.items) == 3 for archive in archives)
    assert [archive.current for archive in documents] == ["", *[first.permalink] * len(archives)]
    assert all(newer.permalink == older.next for newer, older in pairwise(archives))
    assert all(not archive.next for archive in archives[:1])
    stem, ending = url[1:].split(".")
    assert [archive.url for archive in archives] == [
        f"/feeds/{stem}-{number}.{ending}" for number in range(len(archives), 0, -1)
    ]


def test_archives_stay_when_entries_come() -> None:
    days = some_days(40)
    last: dict[str, tuple[str, ...]] = {}
    for start in range(30, -1, -1):
        plan = a_plan(days[start:], feed_size=4)
        archives = {feed.url: tuple(item.id for item in feed.items) for feed in plan.feeds if feed.current}
        assert last.items() <= archives.items(), "what is archived holds the same for ever"
        last = archives
    assert len(last) > 9


def test_an_entry_that_is_dated_back_is_found_all_the_same() -> None:
    days = some_days(20)
    late = an_entry("Found later", DAY - timedelta(days=9, hours=0), time=datetime(2019, 11, 27, 1, tzinfo=UTC))
    before, after = (a_plan(entries, feed_size=4) for entries in (days, [*days, late]))
    assert sorted(titles(chain(after, "/feed.xml"))) == sorted([*titles(chain(before, "/feed.xml")), "Found later"])
    oldest = feeds_of(before)["/feeds/feed-1.xml"]
    assert feeds_of(after)["/feeds/feed-1.xml"].items == oldest.items


def test_tags_and_authors_have_archives() -> None:
    plan = a_plan(some_days(9, tags=("graphs",), authors=(ADA,)), feed_size=2, feed_archives="all")
    for page in ("/tags/graphs/", "/authors/ada-lovelace/"):
        documents = chain(plan, f"{page}feed.xml")
        assert titles(documents) == [f"Day {number}" for number in range(9)]
        assert documents[-1].url == f"{page}feeds/feed-1.xml"


def test_a_feed_of_days_has_one_item_a_day() -> None:
    entries = [
        an_entry("One", DAY, authors=(ADA,), tags=("graphs",)),
        an_entry("Two & more", DAY, tags=("graphs", "trees")),
        an_entry("Old", DAY - timedelta(days=3)),
    ]
    feed = a_feed(entries, url="/days.xml", title="Notes")
    assert feed.title == "Notes, day by day"
    newest, oldest = feed.items
    assert newest.title == "6 December 2019: 2 entries"
    assert oldest.title == "3 December 2019: 1 entry"
    assert newest.permalink == "https://example.org/2019/12/06/"
    assert newest.summary == "One; Two & more"
    assert newest.tags == ("graphs", "trees")
    assert newest.time == datetime(2019, 12, 6, 12, tzinfo=UTC)
    assert newest.content == (
        '<h2><a href="https://example.org/2019/12/06/one/">One</a></h2>\n'
        "<p><em>Ada Lovelace</em></p>\n"
        "<p>One</p>\n"
        '<h2><a href="https://example.org/2019/12/06/two-more/">Two &amp; more</a></h2>\n'
        "<p>Two & more</p>"
    )


def test_the_item_of_a_day_is_the_same_for_ever() -> None:
    plain = a_feed([an_entry("One")], url="/days.xml")
    moved = a_feed(
        [an_entry("One, renamed", slug="one"), an_entry("Two")],
        url="/days.xml",
        title="Other",
        base_url="https://elsewhere.example/x/",
    )
    assert [item.id for item in moved.items] == [item.id for item in plain.items]
    assert a_feed([an_entry("One", DAY - timedelta(days=1))], url="/days.xml").items[0].id != plain.items[0].id


def test_a_feed_of_days_holds_a_week_and_enough_entries() -> None:
    crowded = [an_entry(f"Entry {number}", DAY - timedelta(days=number // 10)) for number in range(300)]
    documents = chain(a_plan(crowded, feed_size=20), "/days.xml")
    assert [len(document.items) for document in documents] == [9, 7, 7, 7]
    sparse = chain(a_plan(some_days(60), feed_size=20), "/days.xml")
    assert [len(document.items) for document in sparse] == [20, 20, 20]
    few = a_plan(crowded, feed_size=20, feed_archives="none")
    assert len(feeds_of(few)["/days.xml"].items) == 9
    assert not any(feed.current or feed.previous for feed in few.feeds)


def test_entries_of_an_author_without_a_page_have_no_feed() -> None:
    entries = [
        an_entry("One", DAY, tags=("graphs",), authors=(ADA,)),
        an_entry("Two", DAY, tags=("graphs", "trees"), authors=(ADA, "Ann Author")),
    ]
    feeds = feeds_of(a_plan(entries, title="Notes", feeds=("rss",)))
    assert list(feeds) == [
        "/feed.xml",
        "/days.xml",
        "/tags/graphs/feed.xml",
        "/tags/trees/feed.xml",
        "/authors/ada-lovelace/feed.xml",
    ]
    assert titles([feeds["/tags/trees/feed.xml"]]) == ["Two"]
    assert feeds["/tags/trees/feed.xml"].title == "Notes: trees"
    assert feeds["/authors/ada-lovelace/feed.xml"].items == feeds["/feed.xml"].items


def test_a_feed_does_not_hang_on_the_clock() -> None:
    entries = [an_entry("A"), an_entry("B")]
    early, late = (a_plan(entries, now=datetime(year, 1, 1, tzinfo=UTC)) for year in (2020, 2026))
    assert early.feeds == late.feeds
    assert early.feeds[0].items[0].time.date() == date(2019, 12, 6)


def test_topics_are_archived_only_where_the_site_asks_for_it() -> None:
    plan = a_plan(some_days(9, tags=("graphs",)), feed_size=2)
    assert len(chain(plan, "/feed.xml")) == 4
    (alone,) = chain(plan, "/tags/graphs/feed.xml")
    assert titles([alone]) == ["Day 0", "Day 1"]
