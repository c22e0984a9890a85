"""What is found wrong with a feed before it goes out, and that nothing is found wrong with what we write."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest
from feed_values import FEED, HOSTILE, ITEM, LATER, WRITERS, an_archive, write_item

from digest.formats import feed_rules
from digest.model import FeedFormat, FeedItem, Html

FORMATS: tuple[FeedFormat, ...] = get_args(FeedFormat)


def item_faults(form: FeedFormat, item: FeedItem = ITEM, wrong: tuple[str, str] = ("", "")) -> str:
    text = write_item(form, item)
    assert wrong[0] in text, text
    return "; ".join(feed_rules.faults_of_item(item, text.replace(*wrong) if wrong[0] else text, form))


def frame_faults(form: FeedFormat, wrong: tuple[str, str] = ("", ""), *, archive: bool = False) -> str:
    feed = an_archive(form) if archive else replace(FEED, format=form)
    head, tail = WRITERS[form].write_frame(feed)
    assert wrong[0] in head, head
    return "; ".join(feed_rules.faults_of_frame(feed, head.replace(*wrong) if wrong[0] else head, tail))


@pytest.mark.parametrize("form", FORMATS)
def test_what_we_write_is_right(form: FeedFormat) -> None:
    own = replace(ITEM, updated=LATER, language="de", license="CC0", external_url="https://doi.org/10.1/x")
    for item in (
        ITEM,
        own,
        replace(ITEM, content=Html("\x00 "), summary="\ufffe"),
        *(replace(ITEM, title=text, summary=text) for text in HOSTILE),
    ):
        assert item_faults(form, item) == ""
    assert frame_faults(form) == ""
    assert frame_faults(form, archive=True) == ""


@pytest.mark.parametrize(
    ("form", "wrong", "fault"),
    [
        ("rss", ("</item>", ""), "not well-formed"),
        ("rss", ("<title>On", "<title>&nbsp;On"), "not well-formed"),
        ("rss", ("On Things", "On\x01Things"), "not well-formed"),
        ("rss", ("<title>On Things</title>", ""), "it has no title"),
        ("rss", ("<title>On Things</title>", "<title> </title>"), "it has no title"),
        ("rss", (' isPermaLink="false"', ""), "the guid passes for an address"),
        ("rss", ("Fri, 06", "Sat, 06"), "no date: 'Sat, 06 Dec 2019 12:05:09 +0100'"),
        ("rss", ("12:05:09", "12:65:09"), "no date"),
        ("rss", ("06 Dec", "36 Dec"), "not well-formed: day is out of range"),
        ("rss", ("<link>https://example.org", "<link>"), "no whole address: '/repo/2019/12/06/on-things/'"),
        ("rss", ("<p>Things.", ""), "not all of the text is there"),
        ("atom", ("<id>urn:uuid:", "<id>"), "the id is no URI"),
        ("atom", ("<id>", "<id> "), "the id is no URI"),
        ("atom", ("12:05:09+01:00", "12:05:09"), "no date: '2019-12-06T12:05:09'"),
        ("atom", ("T12", " 12"), "no date"),
        ("atom", ('rel="alternate"', 'rel="related"'), "it has no page, or several"),
        ("atom", ("<title>On Things</title>", ""), "it has no title"),
        ("json", ('"id":', '"ID":'), "it has no id"),
        ("json", ('"title":"On Things"', '"title":7'), "'title' is not what the format says"),
        ("json", ('"name"', '"nom"'), "an author has no name"),
        ("json", ("{", "["), "not well-formed"),
        ("json", ("Things. ", "Things.\\u0085 "), "the control character U+0085"),
    ],
)
def test_a_faulty_item_is_told(form: FeedFormat, wrong: tuple[str, str], fault: str) -> None:
    assert fault in item_faults(form, wrong=wrong)


def test_the_text_stands_after_the_description() -> None:
    text = write_item("rss", ITEM)
    description = "<description>Things, summarised.</description>\n"
    moved = text.replace(description, "").replace("</item>", f"{description}</item>")
    assert list(feed_rules.faults_of_item(ITEM, moved, "rss")) == ["the text stands before the description"]


@pytest.mark.parametrize(
    ("form", "wrong", "fault"),
    [
        ("rss", ("<title>Digest</title>", ""), "it has no title"),
        ("rss", ("<language>en<", "<language>no language<"), "its language is none"),
        ("rss", ("feed.xml", "other.xml"), "its link 'self' leads to 'https://example.org/repo/other.xml'"),
        ("rss", ('rel="self"', 'rel="via"'), "its link 'self' leads to ''"),
        ("rss", ("Fri, 06", "Mon, 06"), "no date"),
        ("atom", ("<updated>", "<updated>on "), "no date"),
        ("atom", ("<author><name>Ann Author</name></author>", ""), "it has no author"),
        ("atom", ("<id>https:", "<id>"), "the id is no URI"),
        ("json", ("version/1.1", "version/2"), "its version is none"),
        ("json", ('"feed_url":"https:', '"feed_url":"'), "it does not lead to itself"),
        ("json", ('"language":"en"', '"language":["en"]'), "'language' is not what the format says"),
    ],
)
def test_a_faulty_document_is_told(form: FeedFormat, wrong: tuple[str, str], fault: str) -> None:
    assert fault in frame_faults(form, wrong)


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_a_faulty_archive_is_told(form: FeedFormat) -> None:
    assert "an archive is not marked as one" in frame_faults(form, ("<fh:archive/>", ""), archive=True)
    assert "its link 'prev-archive'" in frame_faults(form, ("feed-1.xml", "feed-0.xml"), archive=True)
    assert "its link 'current'" in frame_faults(form, ('rel="current"', 'rel="up"'), archive=True)


def test_an_id_stands_once() -> None:
    assert list(feed_rules.faults_of_company(["urn:a", "urn:b", "urn:a"])) == ["an id stands there twice"]
    assert list(feed_rules.faults_of_company(["urn:a", "urn:b"])) == []


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("<p>plain</p><math display='block'><mi>x</mi></math>", ""),
        ('<p>a title="x" class="y" in the text</p>', ""),
        ('<p lang="en" title="no style here">x</p><a href="#x" hreflang="en">y</a>', "'#x'"),
        ('<img alt="x" src="https://example.org/x.png">', ""),
        ('<a href="mailto:ann@example.org">x</a>', ""),
        ('<math alttext="&lt;img src=x onerror=y"><mi>x</mi></math><b title="an id=1">x</b>', ""),
        ('<b title="a class=">x</b><a title="an href=" lang="en">y</a>', ""),
        ('<b title="x" class="y">x</b>', "class="),
        ("<script>x</script>", "<script"),
        ("<p>x</p><iframe src='x'></iframe>", "<iframe"),
        ('<p style="color: red">x</p>', "style="),
        ('<p class="x">x</p>', "class="),
        ('<math><mspace class="tex-back"></mspace><mtd columnalign="right" class="x"></mtd></math>', ""),
        ('<mark class="x">x</mark>', "class="),
        ('<h2 id="x">x</h2>', "id="),
        ('<img src="https://example.org/x" onerror="x">', "onerror="),
        ('<a href="/x/">x</a>', "'/x/'"),
        ('<a href="//example.org/x">x</a>', "'//example.org/x'"),
        ('<img alt="" src="x.png">', "'x.png'"),
        ('<a title="x" href="">x</a>', "''"),
    ],
)
def test_what_readers_drop_or_cannot_follow_is_told(content: str, fault: str) -> None:
    told = "; ".join(feed_rules.faults_of_content(replace(ITEM, content=Html(content))))
    assert fault in told
    assert bool(told) == bool(fault)


def test_nothing_changes_before_it_comes_out() -> None:
    item = replace(ITEM, time=LATER)
    assert list(feed_rules.faults_of_content(item)) == ["it changed before it came out"]
