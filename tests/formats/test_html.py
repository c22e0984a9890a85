"""Normalised HTML as text."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.formats import html


def test_addresses_are_rewritten_in_tags_only() -> None:
    text = '<p title="a href=">href="x" <a title="t" href="x.md?a&amp;b">src="y"</a><img alt="" src="y.png"></p>'
    assert html.rewrite_urls(text, lambda url: f'/{url}<"') == (
        '<p title="a href=">href="x" <a title="t" href="/x.md?a&amp;b&lt;&quot;">src="y"</a>'
        '<img alt="" src="/y.png&lt;&quot;"></p>'
    )


def test_resolve_sees_the_plain_address() -> None:
    addresses = {'a?b&c="': "found"}
    assert html.rewrite_urls('<a href="a?b&amp;c=&quot;">', addresses.__getitem__) == '<a href="found">'


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        (0, '<h2 id="a">h2</h2><hr><h6>x</h6>'),
        (1, '<h3 id="a">h2</h3><hr><h6>x</h6>'),
        (3, '<h5 id="a">h2</h5><hr><h6>x</h6>'),
        (9, '<h6 id="a">h2</h6><hr><h6>x</h6>'),
    ],
)
def test_headings_move_down_to_six(by: int, expected: str) -> None:
    assert html.shift_headings('<h2 id="a">h2</h2><hr><h6>x</h6>', by) == expected


_HEADINGS = st.builds("<h{0}{1}>h{0}</h{0}>".format, st.integers(1, 6), st.sampled_from(["", ' id="h2"']))


@given(st.lists(_HEADINGS | st.sampled_from(["<hr>", "h2 "])).map("".join), st.integers(0, 7))
def test_every_heading_moves_once(body: str, by: int) -> None:
    expected = re.sub(r"(?<=<h|/h)([1-6])", lambda found: str(min(int(found[1]) + by, 6)), body)
    assert html.shift_headings(body, by) == expected


def test_ids_and_what_refers_to_them_get_a_prefix() -> None:
    text = (
        '<h2 id="a">id="a"</h2><a href="#a" title="#a">x</a><a href="#">x</a><a href="b#a">x</a>'
        '<a href="#fn-1" id="fnref-1">1</a><p aria-labelledby="a b">x</p>'
    )
    assert html.prefix_ids(text, "e1-") == (
        '<h2 id="e1-a">id="a"</h2><a href="#e1-a" title="#a">x</a><a href="#">x</a><a href="b#a">x</a>'
        '<a href="#e1-fn-1" id="e1-fnref-1">1</a><p aria-labelledby="e1-a e1-b">x</p>'
    )


TEXTS = st.sampled_from(["", "x", ' id="a"', ' href="#a"', ' src="', '"', "\n"])
ATTRIBUTES = st.sampled_from([
    ' id="a"', ' id="a" class="b"', ' href="#a"', ' href="a?b"', ' src="b"', ' alt=" id=" id="a"', ' for="a b"',
    " open", ' title=" href="', ' aria-labelledby="a  b"', ' href="#"', ' id=""',
])  # fmt: skip
TAGS = st.builds("<{}{}{}>".format, st.sampled_from(["a", "h2", "math"]), ATTRIBUTES, st.just("") | ATTRIBUTES)
BODIES = st.lists(TEXTS | TAGS | st.sampled_from(["</a>", "<br>"])).map("".join)


def walk(body: str, change: Callable[[str, str], str]) -> str:
    """HTML with the value of every attribute of every tag changed, one after the other."""

    def change_tag(tag: re.Match[str]) -> str:
        return re.sub(r'(\s[a-z-]+)="([^"]*)"', lambda has: f'{has[1]}="{change(has[1], has[2])}"', tag[0])

    return re.sub(r"<[^<>]*>", change_tag, body)


@given(BODIES)
def test_ids_are_those_of_a_walk_from_tag_to_tag(body: str) -> None:
    def change(name: str, value: str) -> str:
        if name == " href" and value.startswith("#") and value != "#":
            return f"#p-{value[1:]}"
        known = name in {" id", " for", " aria-labelledby"}
        return " ".join(f"p-{part}" for part in value.split()) if known else value

    assert html.prefix_ids(body, "p-") == (walk(body, change) if ' id="' in body else body)


@given(BODIES)
def test_addresses_are_those_of_a_walk_from_tag_to_tag(body: str) -> None:
    expected: list[str] = []

    def change(name: str, value: str) -> str:
        if name not in {" href", " src"}:
            return value
        expected.append(value)
        return f"x{value}"

    seen: list[str] = []

    def resolve(url: str) -> str:
        seen.append(url)
        return f"x{url}"

    assert (html.rewrite_urls(body, resolve), seen) == (walk(body, change), expected)


@pytest.mark.parametrize("text", ["", "<p>a</p>", '<a href="x">y</a>'])
def test_html_without_ids_stays(text: str) -> None:
    assert html.prefix_ids(text, "p-") is text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>a <em>b</em>c</p>\n<p>d</p>", "a bc\nd"),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>", "a\nb"),
        ("<tr><td>a</td><td>b</td></tr>", "a b"),
        ("a<br>b &lt;i&gt; &amp;amp;", "a\nb <i> &amp;"),
        ("a\n  b", "a b"),
        ("", ""),
    ],
)
def test_text_is_one_block_a_line(text: str, expected: str) -> None:
    assert html.strip_tags(text) == expected


def test_what_may_not_stand_in_a_paragraph() -> None:
    assert html.has_blocks("a<div>b</div>")
    assert not html.has_blocks("a<br><em>b</em>")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('<p>If <math alttext="x &lt; y"><mi>x</mi></math> <em>then</em></p>', "If $x < y$ then"),
        ('<div><math alttext="x > y" display="block"><mi>x</mi></math></div>', "$$x > y$$"),
        (r'<math alttext="\begin{align}x\end{align}" display="block"><mi>x</mi></math>', r"\begin{align}x\end{align}"),
        ("<p>a</p>\n<p>b</p>", "a\nb"),
    ],
)
def test_text_with_its_formulas_in_tex(text: str, expected: str) -> None:
    assert html.strip_to_tex(text) == expected


@given(st.text(st.sampled_from("ab  \n\t\xa0\u3000\x1f\x02<>&é"), max_size=30))
def test_the_words_of_text_are_parted_by_one_blank(text: str) -> None:
    assert html.strip_tags(f"<div>{escape(text, quote=False)}</div>") == " ".join(text.split())
    assert html.strip_tags(escape(text, quote=False)) == " ".join(text.split())


@settings(max_examples=300)
@given(
    st.lists(st.sampled_from(["a", "é…", "\xad", "\x02", " ", " ", "\n", "\t", "\x1f", "\x85", "\xa0", "\u2003"])).map(
        "".join
    )
)
def test_words_are_counted_in_what_is_left_of_lines(text: str) -> None:
    lines = [" ".join(line.split()) for line in text.split("\n")]
    left = "\n".join([line for line in lines if line])
    assert html.read_words(text) == (left, len(text.split()))
