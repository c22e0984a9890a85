"""Built files: what a browser would come upon, however a theme writes it."""

from __future__ import annotations

import pytest

from digest.checking import check_built

PAGES = {"index.html": "", "other/index.html": '<h2 id="there">', "about.html": "", "a b/é.png": "", "x.css": ""}


def broken(html: str, name: str = "index.html", base_url: str = "https://example.org/repo/") -> list[str]:
    """The code and the place of what is wrong with a file beside others."""
    files = {**PAGES, name: html}
    problems = check_built(files, files.__getitem__, base_url, "out")
    return [f"{found.code} {found.span.line}:{found.span.column}" for found in problems if found.span]


@pytest.mark.parametrize(
    "html",
    [
        '<a href="/repo/other/">',
        '<a href="/repo/other">',
        '<a href="/repo/about">',
        '<a href="/repo/">',
        '<a href="https://example.org/repo/other/#there">',
        '<a href="other/?q=1#there">',
        "<a href='./other/#there'>",
        "<a\n  href=other/>",
        '<A HREF="other/">',
        '<a class="x" href = "other/">',
        '<a href="a%20b/%C3%A9.png">',
        '<a href="https://example.org/elsewhere/"> <a href="https://example.net/repo/gone/"> <a href="mailto:a@b.c">',
        '<a href="//example.net/x"> <a href="data:,x"> <a href="javascript:x()">',
        '<a href="#"> <a href="#top"> <a href="other/#:~:text=x">',
        '<p>An attribute: href="gone/", or id="x" and id="x".</p>',
        "<!-- <a href=\"gone/\"> -->",
        '<img srcset="a%20b/%C3%A9.png 1x, about.html 2x" src="a%20b/%C3%A9.png">',
        '<meta http-equiv="refresh" content="0; url=/repo/other/"><meta content="1 url" name="x">',
        '<p id="a"><a href="#a"><a href="#%61">',
    ],
)  # fmt: skip
def test_what_leads_somewhere(html: str) -> None:
    assert broken(html) == []


@pytest.mark.parametrize(
    ("html", "code"),
    [
        ('<a href="/repo/gone/">', "DG915 1:10"),
        ('<p>\n<a href="gone/">', "DG915 2:10"),
        ("<a href='gone'>", "DG915 1:10"),
        ("<a href=gone>", "DG915 1:9"),
        ("<A HREF=gone>", "DG915 1:9"),
        ('<a title="x"\n href="/other/">', "DG915 2:8"),
        ('<a href="../x/">', "DG915 1:10"),
        ('<a href="/repo/Other/">', "DG915 1:10"),
        ('<a href="other/#gone">', "DG915 1:10"),
        ('<a href="#gone">', "DG915 1:10"),
        ('<p>href="#gone"</p><a href="#gone">', "DG915 1:10"),
        ('<a href="https://example.org/repo/gone?x&amp;y">', "DG915 1:10"),
        ('<img srcset="index.html 1x, gone.png 2x">', "DG915 1:29"),
        ('<meta http-equiv="refresh" content="0; url=/repo/gone/">', "DG915 1:44"),
        ('<meta property="og:image" content="https://example.org/repo/gone.png">', "DG915 1:36"),
        ('<video poster="gone.png">', "DG915 1:16"),
        ('<p id="a"><p id="a">', "DG916 1:18"),
        ("<p id='a'><p id='a'>", "DG916 1:18"),
        ("<p id=a><p id=a>", "DG916 1:15"),
    ],
)
def test_what_leads_nowhere(html: str, code: str) -> None:
    assert broken(html) == [code]


@pytest.mark.parametrize(
    ("name", "text", "codes"),
    [
        ("feed.xml", '<a href="https://example.org/repo/other/"/> &lt;a href="https://example.org/repo/gone/"&gt;', 1),
        ("feed.json", '{"url": "https://example.org/repo/gone/", "x": "https://example.org/repo/other/#gone"}', 2),
        ("a.md", "[x](https://example.org/repo/other/), [y](https://example.org/repo/gone/). https://example.org/.", 1),
        ("robots.txt", "Sitemap: https://example.org/repo/sitemap.xml\n", 1),
        ("x.css", "a { b: url( 'other/index.html' ) } c { d: url(data:x) } e { f: url(gone.woff2) }", 1),
    ],
)  # fmt: skip
def test_feeds_and_other_texts(name: str, text: str, codes: int) -> None:
    assert len(broken(text, name)) == codes


def test_what_is_on_every_page_is_told_once() -> None:
    files = {f"{number}/index.html": '<a href="/gone/">' for number in range(5)}
    (problem,) = check_built(files, files.__getitem__, "https://example.org/", "out")
    assert problem.message == "the address '/gone/' leads nowhere, here and in 4 more"
    assert problem.span is not None
    assert problem.span.path == "out/0/index.html"
