"""Bodies that mean harm, and bodies of any size: harmless HTML in a time that grows with the text."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.formats import markdown, math
from digest.model import Prose

TRUTH = Path(__file__).resolve().parents[3] / "shared" / "truth"
MATH = re.compile(r'<annotation encoding="application/x-tex">(.*?)</annotation>', re.DOTALL)


def compile_text(body: str) -> Prose:
    return markdown.compile_body(body, first_line=1)


def html_of(body: str) -> str:
    return compile_text(body).html


def squeeze(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt:alert(1))",
        "[a](java&#115;cript:alert(1))",
        "[a](<java\tscript:alert(1)>)",
        "[a][b]\n\n[b]: javascript:alert(1)",
        "<javascript:alert(1)>",
        "![a](data:text/html;base64,AAAA)",
        "<a href='javascript:alert(1)'>x</a>",
        "<a href=`javascript:alert(1)`>x</a>",
        "<p style='x:expression(1)' id=a class=b onclick=c>x</p>",
        "<iframe src=http://x.org></iframe><form action=x><input></form><svg onload=x><math>",
        '[a](x "\\" onmouseover=alert(1) b=\\"")',
        "![\" onerror=alert(1) x=\"](a.png)",
        "$<script>alert(1)</script>$ `<script>alert(1)</script>`",
        "```x\" onclick=\"y\n</code></pre><script>\n```",
        "<details open ontoggle=x>a</details>",
        "<style>@import 'x'</style><link rel=stylesheet href=x>",
        "\x02x0\x03 `<b>` \x02r0\x03 \x02em\x03 \x0260\x03script\x0262\x03 \x02klzzwxh:0000\x03",
        "# <img src=x onerror=y> \" onclick=\"z",
        "<scr<script>ipt>alert(1)</scr</script>ipt>",
        "[^1]\n\n[^1]: <li>",
        "<h2><div>\n<h2>",
        "[^1]:\n\n[^2]: <!-- c -->\n\n[^3]: [a]: b.c\n\n[^4]: > [^5]: x",
        "<xmp><p title='</xmp><img src onerror=x>'>",
    ],
)  # fmt: skip
def test_hostile_text_does_no_harm(body: str) -> None:
    for html in (compile_text(body).html, compile_text(body).excerpt):
        assert_harmless(html)


def assert_harmless(html: str) -> None:
    """Well-formed, normal, and nothing in it runs."""
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]", html)
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parseFragment(html)
    assert parser.errors == []
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        assert element.tag not in {
            "script",
            "style",
            "iframe",
            "form",
            "input",
            "svg",
            "object",
            "link",
            "meta",
            "math",
        }
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            assert name != "style"
            if name in {"href", "src"}:
                scheme = re.match(r"[\s\x00-\x20]*([A-Za-z][A-Za-z0-9+.-]*):", value)
                assert not scheme or scheme[1].lower() in {"http", "https", "mailto"}


FRAGMENTS = [
    "*", "**", "_", "`", "```\n", "$", "$$", "\\(", "\\)", "\\[", "\\]", "[", "](", ")", "![", "[^1]", "\n[^1]: ",
    "\n[a]: b.c\n", "<b>", "</b>", "<div>\n", "</div>\n", "<script>", "</script>", "<a href=javascript:x>",
    "<img src=x onerror=y>", "<!--", "-->", "&lt;", "&#60;", "\\", "|", "\n|-|-|\n", "> ", "- ", "1. ", "  ",
    "    ", "\n", "\n\n", "# ", "---\n", "javascript:", "http://x.org/", "x", "word ", "\x02", "\x03", "x0", '"',
    "'", "é", "<details>", "<summary>s</summary>", "<table><tr><td>", "<p>", "<h2>", "</h2>", "<li>", "<pre>",
    "<a href='b.md'>", "\\begin{a}", "\\end{a}", "~~",
]  # fmt: skip
TEXTS = st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=4)), max_size=40).map("".join)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_any_text_gives_harmless_html(body: str) -> None:
    prose = compile_text(body)
    assert_harmless(prose.html)
    assert_harmless(prose.excerpt)
    assert "\x02" not in prose.html + prose.excerpt + prose.text
    assert prose == compile_text(body)


def test_characters_that_html_forbids_are_dropped() -> None:
    assert html_of("a\x00b\x0bc\x1fd\x7fe\x9ff\ud800g\ufffeh\U0001ffffi") == "<p>abcdefghi</p>"


# --- size -------------------------------------------------------------------------------------------------------------

PATHOLOGICAL: dict[str, Callable[[int], str]] = {
    "[": lambda n: "[" * n,
    "[]": lambda n: "[" * n + "]" * n,
    "nested links": lambda n: "[a" * n + "](b)" * n,
    "stars": lambda n: "*a **b " * n,
    "deep emphasis": lambda n: "*a " * n + "b*" * n,
    "quotes": lambda n: ">" * n,
    "lists on a line": lambda n: "- " * n + "x",
    "nested lists": lambda n: "".join("  " * (i % 200) + "* a\n" for i in range(n // 10)),
    "dollars": lambda n: "$a " * n,
    "dollars in text": lambda n: "$\\text{" * n,
    "display": lambda n: "$$a\n" * n,
    "brackets of math": lambda n: "\\[\n" * n,
    "backticks": lambda n: "`a``b```c " * n,
    "tags": lambda n: '<a b="' * n,
    "open tags": lambda n: "<b>" * n,
    "open blocks": lambda n: "<div>\n" * n,
    "comments": lambda n: "<!--\n" * n,
    "scripts": lambda n: "<script>\n\n" * n,
    "formatting over blocks": lambda n: "".join(f"<b title={i}>\n\nx\n\n" for i in range(n // 4)),
    "references": lambda n: "[a]: http://x/" + "y" * 1500 + "\n\n" + "[a] " * n,
    "notes": lambda n: "".join(f"[^{i}]: a [^{i + 1}]\n\n" for i in range(n // 4)),
    "same headings": lambda n: "# a\n" * (n // 4),
    "spaces": lambda n: "a" + " " * (4 * n) + "b",
    "tabs": lambda n: "\t" * n + "x",
    "closing brackets": lambda n: "http://x.org/" + ")" * n,
    "wide table": lambda n: "|" + "a|" * n + "\n|" + "-|" * n + "\n" + "|x|\n" * 50,
    "attributes": lambda n: "<p" + " a" * n,
    "references to a note": lambda n: "[^1] " * n + "\n\n[^1]: x",
    "destinations": lambda n: "[a](b " * n,
    "loose lists": lambda n: "".join("  " * (i % 12) + "- a\n\n" for i in range(n // 4)),
    "lists and text": lambda n: "a\n- b\n1. c\n\n" * (n // 4),
    "quotes in turn": lambda n: "".join(">" * (i % 10) + " a\n" for i in range(n // 4)),
}


@pytest.mark.parametrize("name", PATHOLOGICAL)
def test_time_grows_with_the_text(name: str) -> None:
    def seconds(size: int) -> float:
        body = PATHOLOGICAL[name](size)
        best = 9e9
        for _ in range(2):
            start = time.process_time()
            compile_text(body)
            best = min(best, time.process_time() - start)
        return best

    small = max(seconds(1_500), 0.005)
    assert seconds(6_000) / small < 12  # 4 if linear, 16 if quadratic


def test_a_megabyte_of_prose() -> None:
    body = "The quick *fox* sees $x_i$ and `code` in plain words, over and over again, as before. " * 12_000
    prose = compile_text(body)
    assert prose.words == 12_000 * 16


def truths() -> list[Any]:
    return [
        pytest.param(entry, id=f"{path.stem[:3]}-{entry['index']}")
        for path in sorted(TRUTH.glob("*.json"))
        for entry in json.loads(path.read_text(encoding="utf-8"))["entries"]
    ] or [pytest.param(None, marks=pytest.mark.skip(reason="no ../shared/truth beside the repository"))]


@pytest.mark.parametrize("entry", truths())
def test_real_bodies_keep_their_structure_and_math(entry: dict[str, Any]) -> None:
    html = html_of(entry["body"])
    items, wanted = html.count("<li>"), entry["bullets"] + entry["ordered_items"]
    assert wanted <= items <= wanted + entry["optional_items"]
    assert (
        len(entry["headings"])
        <= len(re.findall(r"<h[2-6] ", html))
        <= len(entry["headings"]) + len(entry["optional_headings"])
    )
    shown = {squeeze(unescape(match[1])) for match in MATH.finditer(html)}
    assert shown == {squeeze(math.bare(span)) for span in entry["math_spans"]}
    assert_harmless(html)


@pytest.mark.parametrize(
    "body",
    [
        '<img src=x onerror=alert(1)> <b title="&#2;x0&#3;">t</b>',
        "<div>\n<img src=x onerror=alert(1)>\n&#2;x0&#3;&#2;x1&#3;\n</div>",
        "<div>&#x2;x7&#x3;</div>",
        '<b title="&#2;x999&#3;">x</b>',
        '<a href="&#2;x5&#3;">k</a>',
        "<img alt=&#2x0&#0003>",
        '<b title="&#x02;x0&#x3;&#2;r0&#3;">x</b>',
        '```html\n<b>\n```\n\n<div title="&#2;x0&#3;">z</div>',
        'note[^1]\n\n[^1]: <b title="&#2;x0&#3;">n</b> <img src=x onerror=alert(1)>',
    ],
)
def test_a_reference_cannot_forge_a_placeholder(body: str) -> None:
    html = html_of(body)
    assert_harmless(html)
    assert "onerror" not in html
    assert not re.search(r"[\x00-\x08\x0e-\x1f]", html)
    assert not re.search(r'title="[^"]*<', html)


@pytest.mark.parametrize(
    "body",
    [
        'see [x](<pre>"(http://garden.example',
        "see [x](<pre>'(<img src=y> more",
        'see ![x](<div>"(*more words',
        'see [x]<!-- -->("(more words',
    ],
)
def test_a_link_that_nothing_closes_is_no_link(body: str) -> None:
    html = html_of(body)
    assert not re.search(r"[\x00-\x08\x0e-\x1f]", html)
    assert "[x](" in html
