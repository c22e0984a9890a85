"""Feeds to files: an item is written once a format, and a fault stops the build."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.formats import rss
from digest.model import Feed, FeedItem, Html, Piece, ProblemError
from digest.rendering import feeds
from digest.rendering.feeds import FeedWriter

NOON = datetime(2019, 12, 6, 12, tzinfo=UTC)


def an_item(number: int = 1, **changes: Any) -> FeedItem:
    permalink = f"https://example.org/{number}/"
    values = {"authors": (), "tags": (), "summary": "", "content": Html(f"<p>{number}</p>")} | changes
    return FeedItem(f"urn:x:{number}", f"Item {number}", permalink, NOON, NOON, **values)


def a_feed(form: str, url: str, *items: FeedItem, marked: bool = True) -> Feed:
    permalink = f"https://example.org{url}"
    home = "https://example.org/"
    pieces = tuple(Piece(repr(item).encode() if marked else b"", partial(replace, item)) for item in items)
    return Feed(form, url, permalink, "Feed", "", home, "en", "", "", "", NOON, pieces)  # type: ignore[arg-type] # a format


def test_a_document_is_its_frame_and_its_items() -> None:
    one, two = an_item(1), an_item(2)
    feed = a_feed("rss", "/feed.xml", two, one)
    output = FeedWriter().render(feed)
    (head, tail), text = rss.write_frame(feed), rss.write_text(one.content)
    assert output.path == "feed.xml"
    assert output.data.decode().startswith(head + rss.write_item(two)[0])
    assert output.data.decode().endswith(text.join(rss.write_item(one)) + tail)


TEXTS = st.sampled_from(["", " ", "<p>x</p>", "]]>", "\x00\r\n“”"])
LISTS = st.tuples(st.sampled_from(["rss", "atom", "json"]), st.lists(st.tuples(st.integers(0, 3), TEXTS), max_size=4))


@given(st.lists(LISTS, max_size=8))
def test_what_was_written_before_changes_no_feed(lists: list[tuple[str, list[tuple[int, str]]]]) -> None:
    writer = FeedWriter()
    for form, told in lists:
        items = [an_item(number, content=Html(text)) for number, text in dict(told).items()]
        plain = FeedWriter().render(a_feed(form, "/feed", *items, marked=False))
        assert writer.render(a_feed(form, "/feed", *items)) == plain


def test_an_item_of_many_feeds_is_written_once_a_format(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []
    write_item = rss.write_item

    def count(item: FeedItem) -> tuple[str, str]:
        written.append(item.id)
        return write_item(item)

    monkeypatch.setattr(rss, "write_item", count)
    writer = FeedWriter()
    for number in range(5):
        for form in ("rss", "atom", "json"):
            writer.render(a_feed(form, f"/{number}/{form}", an_item()))  # made anew, and equal
    assert written == [an_item().id]
    changed = writer.render(a_feed("rss", "/feed.xml", an_item(content=Html("<p>else</p>"))))
    assert b"else" in changed.data
    assert len(written) == 2


def test_items_are_not_kept_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "_RECENT", 10_000)
    writer = FeedWriter()
    for number in range(99):
        writer.render(a_feed("rss", "/feed.xml", an_item(number)))
    kept = [number for number in range(99) if writer._written.find(repr(an_item(number)).encode())]
    assert 8 <= len(kept) <= 24


@pytest.mark.parametrize("form", ["rss", "atom", "json"])
@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"content": Html('<p class="x">x</p>')}, "what readers drop or fear"),
        ({"content": Html('<a href="/x">x</a>')}, "an address that leads nowhere"),
        ({"external_url": "not an address"}, "this is no whole address: 'not an address'"),
    ],
)
def test_a_feed_that_is_not_valid_stops_the_build(form: str, changes: dict[str, Any], fault: str) -> None:
    with pytest.raises(ProblemError) as caught:
        FeedWriter().render(a_feed(form, "/feed.xml", an_item(**changes)))
    (problem,) = caught.value.problems
    assert (problem.severity, problem.code) == ("error", "DG404")
    assert problem.message.startswith("a feed is not valid: /feed.xml, urn:x:1: ")
    assert fault in problem.message
    assert problem.hint


def test_all_faults_are_told_each_once() -> None:
    item = an_item()
    bad = replace(item, content=Html("<script>x</script>"))
    writer = FeedWriter()
    told = []
    for feed in (
        a_feed("rss", "/feed.xml", bad),
        a_feed("atom", "/atom.xml", bad),
        a_feed("rss", "/2.xml", item, item),
    ):
        try:
            writer.render(feed)
        except ProblemError as error:
            told += [problem.message.partition(": ")[2] for problem in error.problems]
    assert told == [
        "/feed.xml, urn:x:1: the text holds what readers drop or fear: '<script'",
        "/2.xml: an id stands there twice",
    ]
