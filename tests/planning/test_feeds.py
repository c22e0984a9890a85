"""The feed of a site: whole, absolute, and the same whenever it is built."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import feedparser
import pytest
from planning_values import DAY, a_plan, a_prose, a_site, an_entry

from digest.formats import rss
from digest.model import Feed, Identifiers, TagPage


def a_feed(*args: object, **changes: object) -> Feed:
    return a_plan(*args, **changes).feeds[0]


def test_the_newest_entries_by_time() -> None:
    entries = [an_entry(f"Day {number}", DAY + timedelta(days=number)) for number in range(5)]
    feed = a_feed(entries, feed_size=3)
    assert [item.title for item in feed.items] == ["Day 4", "Day 3", "Day 2"]
    assert feed.updated == feed.items[0].time
    assert feed.permalink == "https://example.org/feed.xml"


def test_an_empty_site_has_a_feed() -> None:
    feed = a_feed([])
    assert feed.items == ()
    assert feed.updated is None
    assert feedparser.parse(rss.write_feed(feed)).bozo == 0


def test_times_are_of_the_day_in_the_sites_zone() -> None:
    item = a_feed([an_entry()], timezone="Pacific/Auckland").items[0]
    assert item.time.date() == DAY
    assert item.time.hour == 12
    assert item.time.utcoffset() == timedelta(hours=13)


def test_a_stated_time_stays() -> None:
    moment = datetime(2019, 12, 6, 8, 30, tzinfo=UTC)
    assert a_feed([an_entry(time=moment)]).items[0].time == moment
    naive = a_feed([an_entry(time=moment.replace(tzinfo=None))], timezone="Asia/Tokyo").items[0].time
    assert naive == datetime(2019, 12, 5, 23, 30, tzinfo=UTC)


def test_the_time_of_an_entry_does_not_hang_on_its_neighbours() -> None:
    entries = [an_entry(f"Entry {number}") for number in range(20)]
    alone = {entry.id: a_feed([entry]).items[0].time for entry in entries}
    together = {item.id: item.time for item in a_feed(entries).items}
    assert together == alone


def test_the_entries_of_a_day_are_apart_even_in_a_crowd() -> None:
    items = a_feed([an_entry(f"Entry {number}") for number in range(900)], feed_size=900).items
    times = [item.time for item in items]
    assert len(set(times)) == 900
    assert times == sorted(times, reverse=True)


def test_content_is_whole_and_bare() -> None:
    body = (
        '<p class="x">See <a href="/tags/">tags</a> <img src="/fig.png" alt="a" loading="lazy">'
        '<span class="math">$x$</span> <span lang="de">Wort</span></p>'
        '<pre class="code"><code><span class="k">def</span> <span class="n"><span>f</span></span></code></pre>'
    )
    entry = an_entry(identifiers=Identifiers(arxiv="1804.00222"), links=(("code", "https://example.com/?a=1&b=2"),))
    item = a_feed([entry], static=["/fig.png"], bodies={entry.key: body}, base_url="https://example.org/repo/").items[0]
    assert item.content == (
        '<p>See <a href="https://example.org/repo/tags/">tags</a>'
        ' <img src="https://example.org/repo/fig.png" alt="a" loading="lazy">'
        '$x$ <span lang="de">Wort</span></p>'
        "<pre><code>def f</code></pre>"
        '\n<p><a href="https://arxiv.org/abs/1804.00222">arXiv:1804.00222</a>'
        ' · <a href="https://example.com/?a=1&amp;b=2">code</a></p>'
    )


def test_a_summary_is_short_and_plain() -> None:
    entry = an_entry()
    prose = a_prose("<p>x</p>", text="word " * 200)
    item = a_feed([entry], bodies={entry.key: prose}).items[0]
    assert len(item.summary) <= 300
    assert item.summary.endswith("word…")


@pytest.mark.parametrize("language", ["ar", "he", "fa"])
def test_feeds_of_languages_from_the_right(language: str) -> None:
    feed = a_feed([an_entry("التعلم العميق 🎉")], language=language)
    parsed = feedparser.parse(rss.write_feed(feed))
    assert parsed.bozo == 0
    assert parsed.feed.language == language
    assert parsed.entries[0].title == "التعلم العميق 🎉"
    assert parsed.entries[0].link.isascii()


def test_a_feed_does_not_hang_on_the_clock() -> None:
    entries = [an_entry("A"), an_entry("B")]
    early, late = (a_feed(entries, now=datetime(year, 1, 1, tzinfo=UTC)) for year in (2020, 2026))
    assert rss.write_feed(early) == rss.write_feed(late)
    assert a_site(entries).entries[0].date == date(2019, 12, 6)


def test_every_tag_and_every_author_with_a_page_has_a_feed() -> None:
    entries = [
        an_entry("One", DAY, tags=("graphs",), authors=("Ada Lovelace",)),
        an_entry("Two", DAY, tags=("graphs", "trees"), authors=("Ada Lovelace", "Ann Author")),
    ]
    plan = a_plan(entries, title="Notes")
    feeds = {feed.url: feed for feed in plan.feeds}
    assert list(feeds) == [
        "/feed.xml",
        "/tags/graphs/feed.xml",
        "/tags/trees/feed.xml",
        "/authors/ada-lovelace/feed.xml",
    ]
    assert [item.title for item in feeds["/tags/trees/feed.xml"].items] == ["Two"]
    assert feeds["/tags/trees/feed.xml"].title == "Notes: trees"
    assert feeds["/authors/ada-lovelace/feed.xml"].items == feeds["/feed.xml"].items
    tags = [page for page in plan.pages if isinstance(page, TagPage)]
    assert [page.feeds[0].href for page in tags] == ["/tags/graphs/feed.xml", "/tags/trees/feed.xml"]
