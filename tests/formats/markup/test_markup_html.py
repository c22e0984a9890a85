"""HTML as people and programs write it, to elements."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.formats.markup import Element, parse_html


def outline(part: Element | str) -> str:
    """The tree as text, one sign for one tag."""
    if isinstance(part, str):
        return part
    inner = "".join(map(outline, part.content))
    return f"{part.name}({inner})" if part.name else inner


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("plain", "plain"),
        ("<p>one<p>two", "p(one)p(two)"),
        ("<ul><li>a<li>b<ul><li>c</ul><li>d</ul>", "ul(li(a)li(bul(li(c)))li(d))"),
        ("<dl><dt>a<dd>b<dt>c</dl>", "dl(dt(a)dd(b)dt(c))"),
        ("<table><tr><td>1<td>2<tr><td>3</table>after", "table(tr(td(1)td(2))tr(td(3)))after"),
        ("<table><tr><td><table><tr><td>in</table>out</table>", "table(tr(td(table(tr(td(in)))out)))"),
        ("<i><b>x</i>y</b>z", "i(b(x))b(y)z"),
        ("<b><p>x</b>y</p>z", "b(p(x))p(y)z"),
        ("<p>a<div>b</div>c", "p(a)div(b)c"),
        ("a<br>b<br/>c</br>d", "abr()bbr()cbr()d"),
        ("</p>x</div>", "x"),
        ("<P CLASS=a>x</P>", "p(x)"),
        ("<head><title>x</title><p>y", "head(title(x))p(y)"),
        ("<script src=a.js />after", "script()after"),
        ("<a href='x'/>name</a>", "a(name)"),
        ("<script>if (a < b) { '</p>' }</script>x", "script(if (a < b) { '</p>' })x"),
        ("<title>a <b> &amp; c</title>", "title(a <b> & c)"),
        ("<!DOCTYPE html><?xml version='1.0'?><!-- <p> -->x", "x"),
        ("<![CDATA[a < b]]>c", "a < bc"),
        ("<!-- never closed <p>x", "<!-- never closed p(x)"),
        ("<jats:p>x <jats:italic>y</jats:italic></jats:p>", "p(x italic(y))"),
        ("<o:p>x</o:p>", "o:p(x)"),
    ],
)
def test_broken_markup_is_mended_as_browsers_do(text: str, tree: str) -> None:
    assert outline(parse_html(text)) == tree


@pytest.mark.parametrize(
    "text",
    ["a<b and c>d", "x < y", "$i<n$ or $a<b$", "1<2", "<http://x.org>", "<ada@x.org>", "if i<len then", "<", "a<"],
)
def test_what_is_no_tag_stays_text(text: str) -> None:
    assert parse_html(f"<p>{text}</p>").text() == text


def test_entities_are_letters_and_unknown_ones_stay() -> None:
    assert parse_html("&eacute;&#233;&#xE9; &amp;lt; &nothing; AT&T &#1; &#99999999999;").text() == (
        "ééé &lt; &nothing; AT&T  &#99999999999;"
    )
    assert parse_html("<a href='?a=1&copy=2&amp;b=3'>").find("a") == Element(
        "a", "", {"href": "?a=1&copy=2&b=3"}, (), 1
    )


@pytest.mark.parametrize(
    ("tag", "attributes"),
    [
        ("<a href=/x/ title=don't>", {"href": "/x/", "title": "don't"}),
        ("<a HREF='x' href='y' hidden>", {"href": "x", "hidden": ""}),
        ('<a title="a > b">', {"title": "a > b"}),
        ('<a x="never closed>', {"x": '"never', "closed": ""}),
    ],
)
def test_attributes(tag: str, attributes: dict[str, str]) -> None:
    found = parse_html(f"{tag}x").find("a")
    assert found is not None
    assert found.attributes == attributes


def test_elements_know_their_lines() -> None:
    page = parse_html("<p>one\n\n</p>\n<ul>\n<li>two</ul>")
    assert [(each.name, each.line) for each in page.find_all()] == [("p", 1), ("ul", 4), ("li", 5)]


def test_control_characters_go() -> None:
    assert parse_html("a\x00b\x1b\ufdd0c").text() == "abc"


@pytest.mark.parametrize("piece", ["<div>", "<b>", "<ul><li>", "<blockquote><p>", "<table><tr><td>", "<jats:sec>"])
def test_what_nests_too_deep_keeps_its_text(piece: str) -> None:
    assert parse_html(piece * 5000 + "inner").text() == "inner"


@pytest.mark.parametrize(
    "piece",
    [
        "<", "<a ", "<a \"", "<a '\"", "<!--", "<![CDATA[", "<?", "&", "&#", "<p><a>", "</b>", "<script>", "<title>",
        "<b><p></b>", "<i><b></i>", "<a x=", "<div>", "<a x=' '", "<table>",
    ],
)  # fmt: skip
def test_time_grows_with_the_text_only(piece: str) -> None:
    times = []
    for count in (2_000, 20_000):
        start = time.process_time()
        parse_html(piece * count)
        times.append(time.process_time() - start)
    assert times[1] < max(times[0], 0.01) * 60


TAGS = ["<p>", "</p>", "<li>", "<b>", "</b>", "<td>", "<table>", "<script>", "<a href='", "<!--", "&#"]
MARKUP = st.lists(st.sampled_from([*"<>/='\"&; \nabp!-[]?#x1", *TAGS])).map("".join)


@settings(max_examples=150, deadline=None)
@given(MARKUP)
def test_it_never_fails(text: str) -> None:
    assert isinstance(parse_html(text).text(), str)


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"], exclude_characters="<&")))
def test_text_without_marks_is_itself(text: str) -> None:
    assert parse_html(text).text() == text
