"""Bodies as programs for mail can show them, and as plain text."""

from __future__ import annotations

import pytest

from digest.formats.mail_bodies import WIDTH, mail_html, mail_text

MATH = (
    '<math alttext="x^2"><semantics><msup><mi>x</mi><mn>2</mn></msup>'
    '<annotation encoding="application/x-tex">x^2</annotation></semantics></math>'
)


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ('<p class="lead" id="a">A &amp; b &lt; c</p>', "<p>A &amp; b &lt; c</p>"),
        ('<a href="https://e.org/?a=1&amp;b=2" rel="x">x</a>', '<a href="https://e.org/?a=1&amp;b=2">x</a>'),
        ('<img src="https://e.org/a.png" alt="A &quot;b&quot;" loading="lazy">',
         '<img src="https://e.org/a.png" alt="A &quot;b&quot;">'),
        ("<details open><summary>More</summary><p>x</p></details>", "<div><p>More</p><p>x</p></div>"),
        (f"<p>so {MATH}</p>", '<p>so <span class="math">x²</span></p>'),
        (f'<div class="math display" tabindex="0">{MATH}</div>', '<p class="math">x²</p>'),
        ('<span class="math inline">$\\foo{x}$</span>', '<span class="math">$\\foo{x}$</span>'),
        ("<pre><code>a\n  b &lt;</code></pre>", "<pre><code>a\n  b &lt;</code></pre>"),
        ("<p>a<br>b<wbr>c</p>", "<p>a<br>bc</p>"),
    ],
)  # fmt: skip
def test_html_is_what_programs_for_mail_know(html: str, shown: str) -> None:
    assert mail_html(html) == shown


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<p>One *star* and a_b.</p>", "One *star* and a_b."),
        ('<p><a href="https://e.org/">there</a></p>', "[there](https://e.org/)"),
        ("<ul><li>one</li><li>two</li></ul>", "- one\n- two"),
        ("<blockquote><p>said</p></blockquote>", "> said"),
        ("<pre><code>a  *b*\n  c</code></pre>", "```\na  *b*\n  c\n```"),
    ],
)
def test_text_keeps_structure_and_links_and_escapes_nothing(html: str, shown: str) -> None:
    assert mail_text(html) == shown


def test_lines_are_no_longer_than_mail_likes_and_hang_below_their_beginning() -> None:
    words = "several words of a text that goes on " * 9
    lines = mail_text(f"<ul><li>{words}</li></ul><blockquote><p>{words}</p></blockquote>").split("\n")
    assert max(map(len, lines)) <= WIDTH
    assert lines[0].startswith("- ")
    assert lines[1].startswith("  several") or lines[1].startswith("  ")
    assert all(line.startswith("> ") for line in lines if ">" in line)
    assert sum(line.startswith(">") for line in lines) > 3


def test_an_address_is_never_broken() -> None:
    address = "https://example.org/" + "a-long-way/" * 20
    assert address in mail_text(f'<p>See <a href="{address}">this</a>.</p>')


def test_what_is_nested_without_end_is_still_text() -> None:
    assert "deep" in mail_html("<div>" * 5_000 + "deep")
