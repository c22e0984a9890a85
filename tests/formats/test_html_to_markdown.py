"""HTML and JATS as Markdown."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.formats import markdown
from digest.formats.html_to_markdown import plain_line, render_line, render_markdown
from digest.formats.markup import Element, parse_html


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("one<br>two<br><br>three", "one  \ntwo\n\nthree"),
        ("<h2>Head <i>x</i></h2>text", "## Head *x*\n\ntext"),
        ("<div>a<div>b</div>c</div>", "a\n\nb\n\nc"),
        ("<ul><li>a<li>b<ul><li>c<ol><li>d</ol></ul></ul>", "- a\n- b\n    - c\n        1. d"),
        ("<ul><li>a</li><ul><li>b</li></ul></ul>", "- a\n    - b"),
        ("<ol start=3><li>x<li>y</ol>", "3. x\n4. y"),
        ("<ul><li><p>a</p><p>b</p><li>c</ul>", "- a\n\n    b\n\n- c"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
        ("a<hr>b", "a\n\n* * *\n\nb"),
        ("<dl><dt>T<dd>D</dl>", "**T**\n\nD"),
        ("<pre><code class='language-python'>a\n  `b`\n</code></pre>", "```python\na\n  `b`\n```"),
        ("<pre>a<br>b```</pre>", "````\na\nb```\n````"),
        ("<table><tr><th>A<th>B|C<tr><td>1<td>2</table>", "| A | B\\|C |\n| --- | --- |\n| 1 | 2 |"),
        ("<table><tr><td>1<td>2<tr><td>3</table>", "|  |  |\n| --- | --- |\n| 1 | 2 |\n| 3 |  |"),
        ("<table><tr><td><p>a</p><p>b</p><td>c</table>", "a\n\nb\n\nc"),
        ("<figure><img src='http://x/a.png' alt='An [a]'><figcaption>c", "![An \\[a\\]](http://x/a.png)\n\nc"),
        ("<iframe src='https://v.org/1'></iframe>", "<https://v.org/1>"),
    ],
)
def test_blocks(html: str, expected: str) -> None:
    assert render_markdown(html) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("a <b> b </b>c", "a **b** c"),
        ("x<i>y</i>z", "x*y*z"),
        ("<b>Aim:</b> text", "**Aim:** text"),
        ("<b>Aim:</b>text", "<strong>Aim:</strong>text"),
        ("<b>a</b><b>b</b>", "<strong>a</strong><strong>b</strong>"),
        ("<b><i>a</i></b>", "***a***"),
        ("<b><strong>a</strong></b>", "**a**"),
        ("<b>one<br><br>two</b>", "**one**\n\n**two**"),
        ("H<sub>2</sub>O, 10<sup>−3</sup>, 4<sup>th</sup>", "H₂O, 10⁻³, 4<sup>th</sup>"),
        ("<code>a `b`</code> <tt>c</tt>", "`` a `b` `` `c`"),
        ("<a href='http://x.org/a_(b)'>te[x]t</a>", "[te\\[x\\]t](http://x.org/a_%28b%29)"),
        ("<a href='http://x.org'>http://x.org</a>", "<http://x.org>"),
        ("<a href='/r'>r</a> <a href='#f'>f</a> <a href='javascript:x'>j</a>", "[r](https://b.org/r) f j"),
        ("<a href='http://x'><h2>Head</h2></a>", "## [Head](http://x)"),
        ("a<img src=x width=1 height=1>b<img class=emoji alt=E src=u>", "abE"),
        ("do <i>you</i> <span> see</span>", "do *you* see"),
        ("a\n  b&nbsp;c", "a b c"),
        ("<q>a</q> <s>b</s>", "“a” <del>b</del>"),
        ("<script>a</script><style>b</style>c", "c"),
    ],
)
def test_lines(html: str, expected: str) -> None:
    assert render_markdown(html, "https://b.org/x/y") == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("$a<b$ and \\(x_1\\)", "$a<b$ and \\(x_1\\)"),
        ("<span>[x]</span><script type='math/tex'>x<y</script>", "[x]$x<y$"),
        ("<span class=MathJax_Preview>p</span><script type='math/tex; mode=display'>x</script>", "$$x$$"),
        ("<math alttext='x^2'><mi>x</mi></math>", "$x^2$"),
        (
            "<span class=katex><span class=katex-mathml><math><semantics><mi>x</mi><annotation "
            "encoding='application/x-tex'>x_1</annotation></semantics></math></span>"
            "<span class=katex-html>x1</span></span>",
            "$x_1$",
        ),
        ("<mjx-container><svg></svg><math><mi>y</mi></math></mjx-container>", "$y$"),
        ("<img class=latex alt='\\alpha' src='https://s0.wp.com/latex.php?latex=a'>", "$\\alpha$"),
        (
            "<jats:inline-formula><jats:alternatives><jats:tex-math>\\documentclass{m}\\begin{document}$$x_1$$"
            "\\end{document}</jats:tex-math><mml:math><mml:mi>q</mml:mi></mml:math></jats:alternatives>"
            "</jats:inline-formula>",
            "$x_1$",
        ),
        ("<disp-formula><tex-math>$$a$$</tex-math></disp-formula>", "$$a$$"),
        ("<d-math>a_b</d-math>", "$a_b$"),
    ],
)
def test_math_is_tex(html: str, expected: str) -> None:
    assert render_markdown(html) == expected


def test_jats() -> None:
    section = (
        "<jats:sec><jats:title>Aim</jats:title><jats:p>We <jats:italic>do</jats:italic> it.</jats:p>"
        "<jats:list list-type='order'><jats:list-item><jats:p>x</jats:p></jats:list-item></jats:list></jats:sec>"
    )
    assert render_markdown(f"<jats:title>Abstract</jats:title>{section}") == "## Aim\n\nWe *do* it.\n\n1. x"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>1. no list</p>", "1\\. no list"),
        ("<p># no heading</p>", "\\# no heading"),
        ("<p>*a* &lt;b&gt; &amp;amp; [x]: y</p>", "\\*a\\* &lt;b> &amp;amp; [x]: y"),
        ("<p>a_b_c $5 and $6</p>", "a_b_c $5 and $6"),
    ],
)
def test_text_is_escaped(html: str, expected: str) -> None:
    assert render_markdown(html) == expected


def test_titles_are_one_line() -> None:
    html = "<i>E. coli</i> in\nH<sub>2</sub>O &amp;amp; <a href=x>more</a>* <math><mi>x</mi></math>"
    assert plain_line(html) == "E. coli in H₂O &amp; more* $x$"
    drawn = "<span class='MathJax_Preview'></span><span class='MathJax'>x2</span><script type='math/tex'>x_2</script>"
    assert plain_line(f"On {drawn}") == "On $x_2$"
    assert render_line("<b>a</b> <a href='http://x'>b</a>") == "**a** b"


def test_an_element_that_nests_deep_is_rendered_too() -> None:
    element = Element("b", content=("inner",))
    for _ in range(400):
        element = Element("div", content=(element,))
    assert render_markdown(element) == "inner"


def test_a_backtick_of_the_text_does_not_open_the_code_behind_it() -> None:
    rendered = markdown.compile_body(render_markdown("<p>`b` <code>_a_</code> `</p>"), first_line=1).html
    assert "`b` <code>_a_</code> `" in rendered


WORDS = st.lists(
    st.sampled_from(["*", "_a_", "x", "1.", "#", "`b`", "[c](d)", "&lt;p>", "&amp;", "y_z", "~", "|", "-"])
)
TAGS = st.sampled_from(
    ["p", "b", "i", "code", "li", "ul", "ol", "h2", "blockquote", "td", "tr", "table", "a", "sup", "div"]
)


@settings(max_examples=150, deadline=None)
@given(st.recursive(WORDS.map(" ".join), lambda inner: st.tuples(TAGS, st.lists(inner, max_size=3)).map(
    lambda made: f"<{made[0]}>{' '.join(made[1])}</{made[0]}>"), max_leaves=8))  # fmt: skip
def test_no_word_is_lost_or_changed(html: str) -> None:
    rendered = markdown.compile_body(render_markdown(html), first_line=1).html
    told, kept = (re.findall(r"\w+", parse_html(each).text()) for each in (html, rendered))
    assert "".join(kept) == "".join(told)
