"""What stands in a feed for an entry: its text, its times, its names."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from planning_values import DAY, a_plan, a_prose, an_entry

from digest.model import Entry, FeedItem, Identifiers, PartialDate
from digest.planning.feed_items import make_guid


def items_of(entries: list[Entry], **changes: Any) -> list[FeedItem]:
    return list(a_plan(entries, **({"feeds": ("rss",)} | changes)).feeds[0].items)


def item_of(entry: Entry, **changes: Any) -> FeedItem:
    return items_of([entry], **changes)[0]


def test_times_are_of_the_day_in_the_sites_zone() -> None:
    item = item_of(an_entry(), timezone="Pacific/Auckland")
    assert item.time.date() == DAY
    assert item.time.hour == 12
    assert item.time.utcoffset() == timedelta(hours=13)


def test_a_stated_time_stays() -> None:
    moment = datetime(2019, 12, 6, 8, 30, tzinfo=UTC)
    assert item_of(an_entry(time=moment)).time == moment
    naive = item_of(an_entry(time=moment.replace(tzinfo=None)), timezone="Asia/Tokyo").time
    assert naive == datetime(2019, 12, 5, 23, 30, tzinfo=UTC)


def test_the_time_of_an_entry_does_not_hang_on_its_neighbours() -> None:
    entries = [an_entry(f"Entry {number}") for number in range(20)]
    alone = {entry.id: item_of(entry).time for entry in entries}
    together = {item.id: item.time for item in items_of(entries)}
    assert together == alone


def test_the_entries_of_a_day_are_apart_even_in_a_crowd() -> None:
    crowd = [an_entry(f"Entry {number}", updated=PartialDate(2020, 1, number % 2 + 1)) for number in range(900)]
    items = items_of(crowd, feed_size=900)
    times = [item.time for item in items]
    assert len(set(times)) == len({item.updated for item in items}) == 900
    assert times == sorted(times, reverse=True)


@pytest.mark.parametrize(
    ("updated", "day"),
    [
        (None, DAY),
        (PartialDate(2018, 4, 13), DAY),
        (PartialDate(2020), DAY),
        (PartialDate(2020, 2, 1), date(2020, 2, 1)),
    ],
)
def test_an_entry_changed_when_it_is_known_to_have_changed(updated: PartialDate | None, day: date) -> None:
    item = item_of(an_entry(updated=updated))
    assert item.updated.date() == day
    assert (item.updated == item.time) == (day == DAY)


def test_content_is_whole_and_bare() -> None:
    body = (
        '<p class="x">See <a href="/tags/">tags</a> <img src="/fig.png" alt="a" loading="lazy">'
        '<span class="math">$x$</span> <span lang="de">Wort</span></p>'
        '<pre class="code"><code><span class="k">def</span> <span class="n"><span>f</span></span></code></pre>'
        '<p><a href="//host.example/x">x</a> <a href="#note">y</a> <a href="">z</a></p>'
    )
    entry = an_entry(identifiers=Identifiers(arxiv="1804.00222"), links=(("code", "https://example.com/?a=1&b=2"),))
    item = item_of(entry, static=["/fig.png"], bodies={entry.key: body}, base_url="https://example.org/repo/")
    assert item.content == (
        '<p>See <a href="https://example.org/repo/tags/">tags</a>'
        ' <img src="https://example.org/repo/fig.png" alt="a" loading="lazy">'
        '$x$ <span lang="de">Wort</span></p>'
        "<pre><code>def f</code></pre>"
        '<p><a href="https://host.example/x">x</a> <a href="https://example.org/repo/2019/12/06/on-things/#note">y</a>'
        ' <a href="https://example.org/repo/2019/12/06/on-things/">z</a></p>'
        '\n<p><a href="https://arxiv.org/abs/1804.00222">arXiv:1804.00222</a>'
        ' · <a href="https://example.com/?a=1&amp;b=2">code</a></p>'
    )


MATH = (
    '<math display="block" alttext="a &lt; b" xmlns="http://www.w3.org/1998/Math/MathML"><semantics>'
    '<mrow class="tex-box"><mi>a</mi><mo>&lt;</mo><mi mathvariant="normal">b</mi></mrow>'
    '<annotation-xml encoding="MathML-Content"><ci>a</ci></annotation-xml>'
    '<annotation encoding="application/x-tex">a &lt; b</annotation></semantics></math>'
)


def test_mathematics_survives_whole() -> None:
    entry = an_entry("Bounds")
    body = f'<p class="lead">If <span class="math inline" tabindex="0">{MATH}</span> then</p>'
    prose = a_prose(body, title=f"On {MATH}", title_text="On a < b")
    plan = a_plan([entry], bodies={entry.key: prose})
    paper, day = plan.feeds[0].items[0], next(feed for feed in plan.feeds if feed.url == "/days.xml").items[0]
    assert paper.content == f"<p>If {MATH} then</p>"
    assert paper.title == "On a < b"
    assert day.content.count(MATH) == 2
    assert day.summary == "On a < b"


def test_a_language_of_its_own() -> None:
    arabic = item_of(an_entry("نص", lang="ar", slug="a"), bodies={"2019/12/06/a.md": "<p>نص</p>"})
    assert arabic.language == "ar"
    assert arabic.content == '<div lang="ar" dir="rtl"><p>نص</p></div>'
    own = item_of(an_entry(), language="he")
    assert (own.language, own.content) == ("", '<div dir="auto"><p>On Things</p></div>')
    said = item_of(an_entry(lang="he"), language="he")
    assert (said.language, said.content) == ("", '<div dir="rtl"><p>On Things</p></div>')
    english = item_of(an_entry(lang="en"), language="he")
    assert english.content == '<div lang="en" dir="ltr"><p>On Things</p></div>'
    assert item_of(an_entry(lang="en")).language == ""


def test_what_is_said_only_where_it_differs() -> None:
    assert item_of(an_entry(license="CC0"), license="CC BY 4.0").license == "CC0"
    assert item_of(an_entry(license="CC0"), license="CC0").license == ""


def test_a_summary_is_short_and_plain() -> None:
    entry = an_entry()
    prose = a_prose("<p>x</p>", text="word " * 200)
    item = item_of(entry, bodies={entry.key: prose})
    assert len(item.summary) <= 300
    assert item.summary.endswith("word…")


@pytest.mark.parametrize(
    "name", ["urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8", "https://example.org/x?a=1#b", "tag:x,2019:y"]
)
def test_an_id_that_is_a_uri_stays(name: str) -> None:
    assert make_guid(name) == name


@pytest.mark.parametrize("name", ["paper-42", "42", "https://exämple.org/", "x:<y>", "urn:a%zz", "x\ud800"])
def test_another_id_becomes_a_uri_for_ever(name: str) -> None:
    assert make_guid(name) == make_guid(name) != make_guid(f"{name}0")
    assert make_guid(name).startswith("urn:uuid:")


def test_the_id_of_the_front_matter_is_the_guid() -> None:
    assert make_guid("paper-42") == "urn:uuid:055c904c-ad4f-58e6-94e0-72d03d95de67"
