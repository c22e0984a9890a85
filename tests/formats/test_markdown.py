"""Bodies: Markdown in, clean prose out."""

from __future__ import annotations

import re

import pytest

from digest.formats import markdown
from digest.model import Heading, LocalLink, Prose


def compile_text(body: str, first_line: int = 1) -> Prose:
    return markdown.compile_body(body, first_line=first_line)


def html_of(body: str) -> str:
    return compile_text(body).html


def flat(html: str) -> str:
    """HTML without the line breaks between tags."""
    return re.sub(r">\s+<", "><", html)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("*a* _b_ **c** __d__ ***e***",
         "<em>a</em> <em>b</em> <strong>c</strong> <strong>d</strong> <strong><em>e</em></strong>"),
        ("**a *b* c** *d **e** f*", "<strong>a <em>b</em> c</strong> <em>d <strong>e</strong> f</em>"),
        ("**Idea:**we", "<strong>Idea:</strong>we"),
        ("snake_case_name and __init__.py", "snake_case_name and <strong>init</strong>.py"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("5*(3+2)*4", "5<em>(3+2)</em>4"),
        ("A* and D* search, **not** F1**", "A* and D* search, <strong>not</strong> F1**"),
        ("*open and **open", "*open and **open"),
        ("*a **b*c `d`", "*a **b*c <code>d</code>"),
        ("a***b~~~`c`~~****(d", "a***b~<del><code>c</code></del>****(d"),
        ("*[a*](b)", '*<a href="b">a*</a>'),
        ("~24 GB, F1 ~ 0.9, a~b~c", "~24 GB, F1 ~ 0.9, a~b~c"),
        ("~~gone~~", "<del>gone</del>"),
        ('"quotes" -- and ... (c)', '"quotes" -- and ... (c)'),
        (r"\*a\* \_b\_ \[c\] \<d\> \~~e~~", "*a* _b_ [c] &lt;d&gt; ~~e~~"),
        (r"Schr\"odinger, C:\dir, \alpha", r'Schr\"odinger, C:\dir, \alpha'),
        ("AT&T &amp; &copy; &lt;b&gt; &nope; &#42;a&#42;", "AT&amp;T &amp; © &lt;b&gt; &amp;nope; *a*"),
        ("a  \nb\\\nc", "a<br>\nb<br>\nc"),
        ("`a  b` `` c`d `` ```", "<code>a  b</code> <code>c`d</code> ```"),
        ("`<b>&amp;`", "<code>&lt;b&gt;&amp;amp;</code>"),
        ("See https://x.org/a_b_c.", 'See <a href="https://x.org/a_b_c" rel="noopener">https://x.org/a_b_c</a>.'),
        ("(http://x.org/a_(b))", '(<a href="http://x.org/a_(b)" rel="noopener">http://x.org/a_(b)</a>)'),
        ("http://x.org http://y.org", '<a href="http://x.org" rel="noopener">http://x.org</a> '
         '<a href="http://y.org" rel="noopener">http://y.org</a>'),
        ("**http://x.org**", '<strong><a href="http://x.org" rel="noopener">http://x.org</a></strong>'),
        ("http://x.org/?a=1&b=2,", '<a href="http://x.org/?a=1&amp;b=2" rel="noopener">http://x.org/?a=1&amp;b=2</a>,'),
        ("<https://x.org/a>", '<a href="https://x.org/a" rel="noopener">https://x.org/a</a>'),
        ("<a@x.org>", '<a href="mailto:a@x.org">a@x.org</a>'),
        ("http:// and xhttp://y", "http:// and xhttp://y"),
        ("[http://x.org](http://y.org)", '<a href="http://y.org" rel="noopener">http://x.org</a>'),
        ('[a *b*](c/d.md#e "t *u*")', '<a href="c/d.md#e" title="t *u*">a <em>b</em></a>'),
        ("[a](<b c.md>) [d](e_(f)_g)", '<a href="b%20c.md">a</a> <a href="e_(f)_g">d</a>'),
        ("[a [b](c) d](e)", '<a href="e">a [b](c) d</a>'),
        ("[![i](a.png)](b)", '<a href="b"><img alt="i" src="a.png" loading="lazy" decoding="async"></a>'),
        ("![a]() [b](//) <bdo>c</bdo> <bdo dir=RTL>d</bdo> <bdo dir=up>e</bdo>",
         'a <a>b</a> <bdo dir="ltr">c</bdo> <bdo dir="rtl">d</bdo> <bdo dir="ltr">e</bdo>'),
        ("[a][x] [X][] [x] [y]\n\n[x]: /z 'T'",
         '<a href="/z" title="T">a</a> <a href="/z" title="T">X</a> <a href="/z" title="T">x</a> [y]'),
        ("[1] and [a] (b)", "[1] and [a] (b)"),
        ("<unk> List<T> <s> a </s> 1 < 2 > 0", "&lt;unk&gt; List&lt;T&gt; &lt;s&gt; a &lt;/s&gt; 1 &lt; 2 &gt; 0"),
        ("<b>x</b> H<sub>2</sub>O <kbd>a</kbd><!-- c -->", "<b>x</b> H<sub>2</sub>O <kbd>a</kbd>"),
        ("<i>open and </b> closed", "&lt;i&gt;open and &lt;/b&gt; closed"),
        ("a | b", "a | b"),
    ],
)  # fmt: skip
def test_inline(body: str, expected: str) -> None:
    assert html_of(body) == f"<p>{expected}</p>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("* a\n  * b\n    * c\n* d", "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li><li>d</li></ul>"),
        ("* a\n    * b\n        * c\n* d", "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li><li>d</li></ul>"),
        ("* a\n\t* b", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("* a\n      * b\n      * c", "<ul><li>a<ul><li>b</li><li>c</li></ul></li></ul>"),
        ("- a\n  1. b\n  2. c\n- d", "<ul><li>a<ol><li>b</li><li>c</li></ol></li><li>d</li></ul>"),
        ("1. a\n  - b\n2. c", "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>"),
        ("3) a\n4) b", '<ol start="3"><li>a</li><li>b</li></ol>'),
        ("text\n- a\n- b", "<p>text</p><ul><li>a</li><li>b</li></ul>"),
        ("text\n2. b", "<p>text\n2. b</p>"),
        ("1984. A novel", "<p>1984. A novel</p>"),
        ("-a\n*b\n1.c", "<p>-a\n*b\n1.c</p>"),
        ("- a\n\n- b", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
        ("- a\n\n  b\n- c", "<ul><li><p>a</p><p>b</p></li><li><p>c</p></li></ul>"),
        ("- a\n  - b\n\n  - c\n- d",
         "<ul><li><p>a</p><ul><li><p>b</p></li><li><p>c</p></li></ul></li><li><p>d</p></li></ul>"),
        ("- a\nlazy", "<ul><li>a\nlazy</li></ul>"),
        ("- a\n\nb", "<ul><li>a</li></ul><p>b</p>"),
        ("- a\n* b", "<ul><li>a</li><li>b</li></ul>"),
        ("- a\n1. b", "<ul><li>a</li></ul><ol><li>b</li></ol>"),
        ("   * a\n    b\n    * c", "<ul><li>a\nb</li><li>c</li></ul>"),
        ("- a\n    - b\n\n      c\n- d",
         "<ul><li><p>a</p><ul><li><p>b</p><p>c</p></li></ul></li><li><p>d</p></li></ul>"),
        ("1. a\n   > b\n   > - c\n2. d",
         "<ol><li><p>a</p><blockquote><p>b</p><ul><li>c</li></ul></blockquote></li><li><p>d</p></li></ol>"),
        ("- a\n\n  ```\n  b\n  ```\n  c",
         '<ul><li><p>a</p><pre class="code" tabindex="0"><code>b\n</code></pre><p>c</p></li></ul>'),
        ("- ```\n  b\n  ```", '<ul><li><pre class="code" tabindex="0"><code>b\n</code></pre></li></ul>'),
        ("1. a\n```\nb\n```\n2. c",
         '<ol><li>a</li></ol><pre class="code" tabindex="0"><code>b\n</code></pre><ol start="2"><li>c</li></ol>'),
        ("[1]: word\n\n[^a b]: c", "<p>[1]: word</p><p>[^a b]: c</p>"),
        ("- [ ] a\n- [x] b", "<ul><li>☐ a</li><li>☑ b</li></ul>"),
        ("- >\n- > >\n- b", "<ul><li></li><li></li><li>b</li></ul>"),  # nothing is quoted
        ("> a\nb\n> - c\n\nd", "<blockquote><p>a\nb</p><ul><li>c</li></ul></blockquote><p>d</p>"),
        ("---\n***\n_ _ _", "<hr><hr><hr>"),
        ("a\n---", '<h2 id="a">a</h2>'),
        ("a\nb\n---", "<p>a\nb</p><hr>"),
        ("#a #", "<p>#a #</p>"),
        ("# ![i](a.png)", '<p><img alt="i" src="a.png" loading="lazy" decoding="async"></p>'),
        ("#", "<p>#</p>"),
        ("    a *b*\n\n    c", '<pre class="code" tabindex="0"><code>a *b*\n\nc\n</code></pre>'),
        ("~~~ nolang\na<b\n~~~", '<pre class="code" tabindex="0" data-lang="nolang"><code>a&lt;b\n</code></pre>'),
        ("- a\n  ```\n  b\n    - c\n  ```\n- d",
         '<ul><li>a<pre class="code" tabindex="0"><code>b\n  - c\n</code></pre></li><li>d</li></ul>'),
        ("<details><summary>s</summary>\n\n- a\n\n</details>",
         "<details><summary>s</summary><ul><li>a</li></ul></details>"),
        ("<pre>\n\na $x$\n</pre>", '<pre tabindex="0">a $x$</pre>'),
        ("<script>\n\nalert(1)\n\n</script>\n\na", "<p>a</p>"),
        ("<!-- a\n\nb -->\nc", "<p>c</p>"),
        ("<!-- open\n\nb", "<p>&lt;!-- open</p><p>b</p>"),
    ],
)  # fmt: skip
def test_blocks(body: str, expected: str) -> None:
    assert (
        re.sub(r"\s*(</?(?:ul|ol|li|p|pre|blockquote|h\d|hr|details|summary)(?:\s[^<>]*)?>)\s*", r"\1", html_of(body))
        == expected
    )


def test_tables_can_be_scrolled_with_keys() -> None:
    body = "|a|b|c|\n|:-|:-:|-:|\n| `x|y` | \\| | **z** |\n| 1 |"
    assert flat(html_of(body)) == (
        '<div class="table" role="group" aria-label="Table" tabindex="0"><table>'
        '<thead><tr><th class="left">a</th><th class="center">b</th><th class="right">c</th></tr></thead>'
        '<tbody><tr><td class="left"><code>x|y</code></td><td class="center">|</td>'
        '<td class="right"><strong>z</strong></td></tr>'
        '<tr><td class="left">1</td><td class="center"></td><td class="right"></td></tr></tbody></table></div>'
    )  # fmt: skip


def test_notes_lead_there_and_back() -> None:
    prose = compile_text("A[^b] and[^a] and[^b], not[^c].\n\n[^a]: One\n  more.\n[^b]: Two[^a].\n[^d]: Unused.\n")
    assert re.findall(r'href="#(fn-\d)" id="(fnref-[\d-]+)"', prose.html) == [
        ("fn-1", "fnref-1"),
        ("fn-2", "fnref-2"),
        ("fn-1", "fnref-1-2"),
        ("fn-2", "fnref-2-2"),
    ]
    assert re.findall(r'<li id="(fn-\d)"><p>(\w+)', prose.html) == [
        ("fn-1", "Two"),
        ("fn-2", "One"),
        ("fn-3", "Unused"),
    ]
    assert set(re.findall(r'href="#(fnref[\d-]+)"', prose.html)) == set(re.findall(r'id="(fnref[\d-]+)"', prose.html))
    assert "not[^c]" in prose.html
    assert prose.text == "A and and, not[^c].\nTwo.\nOne more.\nUnused."


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ([1, 2, 3], [2, 3, 4]), ([3, 3, 5], [2, 2, 3]), ([1, 3, 2], [2, 3, 3]), ([2, 1, 2], [2, 2, 3]),
        ([1, 2, 3, 4, 5, 6], [2, 3, 4, 5, 6, 6]),
    ],
)  # fmt: skip
def test_headings_leave_no_level_out(levels: list[int], expected: list[int]) -> None:
    prose = compile_text("\n".join(f"{'#' * level} H{index}" for index, level in enumerate(levels)))
    assert [heading.level for heading in prose.toc] == expected
    assert [int(level) for level in re.findall(r"<h(\d) ", prose.html)] == expected


def test_headings_have_ids_of_their_own() -> None:
    prose = compile_text("# A *b* `c`\n# A b c\n# Über $x^2$\n# 深度\n# !!!\n<h4>Raw</h4>")
    assert prose.toc == (
        Heading(2, "A b c", "a-b-c"),
        Heading(2, "A b c", "a-b-c-2"),
        Heading(2, "Über x²", "uber-x2"),
        Heading(2, "深度", "深度"),
        Heading(2, "!!!", "section"),
        Heading(3, "Raw", "raw"),
    )
    assert [heading.anchor for heading in prose.toc] == re.findall(r'<h\d id="([^"]*)"', prose.html)


def test_local_links_have_their_place_in_the_file() -> None:
    body = (
        "`[a](x.md)` and [a](x.md)\n\n![i](img/p.png) [r][r] <a href='y.md'>y</a>\n[o](http://x.org) [m](#m)\n\n"
        "[r]: ../z.md\n\n[s](a b.md)"
    )
    assert compile_text(body, first_line=10).links == (
        LocalLink("x.md", 10, 21),
        LocalLink("img/p.png", 12, 6),
        LocalLink("y.md", 12, 33),
        LocalLink("../z.md", 15, 6),
        LocalLink("a%20b.md", 17, 5),
    )


def test_text_and_words() -> None:
    prose = compile_text("# A *b*\n\nOne\ntwo $x < y$.\n\n- `c` [d](e)\n\n```python\nf(1)\n```\n\n|a|b|\n|-|-|\n|1|2|")
    assert prose.text == "A b\nOne two x < y.\nc d\nf(1)\na b\n1 2"
    assert prose.words == 14


def sentences(count: int) -> str:
    return " ".join(f"This is sentence number {n} here." for n in range(count))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Short.", "<p>Short.</p>"),
        ("# Head\n\nOne *two*[^1] ![i](a.png).\n\n[^1]: n", "<p>One <em>two</em> .</p>"),
        ("Intro:\n\n- a\n  - b\n- c\n\nEnd.", "<p>Intro:</p>\n<p>a</p>\n<p>End.</p>"),
        ("```\ncode\n```\n\nText.", "<p>Text.</p>"),
        (sentences(20), f"<p>{sentences(11)} …</p>"),
        ("word " * 100, f"<p>{'word ' * 59}word…</p>"),
        ("**" + "word " * 100 + "end**", f"<p><strong>{'word ' * 59}word</strong>…</p>"),
        ("word " * 59 + "$a + b + c + d$ " + "word " * 40,
         f"<p>{'word ' * 59}<span class=\"tight\">MATH…</span></p>"),
        ("word " * 45 + "\n\nnext", f"<p>{('word ' * 45).strip()}</p>"),
        ("", ""),
        ("# Only", ""),
    ],
)  # fmt: skip
def test_excerpt(body: str, expected: str) -> None:
    assert re.sub("<math.*?</math>", "MATH", compile_text(body).excerpt) == expected
