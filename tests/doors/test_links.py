"""Every address in a built site leads somewhere, at the root of a host and under a base path, at GitHub Pages."""

from __future__ import annotations

import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from built_sites import HOST, ROOT, build_site
from crawling import broken_links, crawl
from pages_host import PagesHost, host_folder

from digest.cli import main

if TYPE_CHECKING:
    from playwright.sync_api import Browser

REPO = f"{HOST}/repo"


@pytest.fixture(scope="module")
def repo_output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo for a project page under /repo/."""
    output = tmp_path_factory.mktemp("repo")
    build_site(ROOT, output, "/repo/")
    return output


def test_every_link_of_the_demo_leads_somewhere_at_the_root(demo_output: Path) -> None:
    assert broken_links(demo_output) == []


def test_every_link_of_the_demo_leads_somewhere_under_a_base_path(repo_output: Path) -> None:
    assert broken_links(repo_output, "/repo/") == []


def test_every_link_of_the_real_documents_leads_somewhere(seeds_output: Path) -> None:
    assert broken_links(seeds_output, "/repo/") == []


def test_every_link_of_a_new_site_leads_somewhere(tmp_path: Path) -> None:
    assert main(["init", str(tmp_path / "notes"), "--yes", "--no-git", "--title", "Notes"]) == 0
    build_site(tmp_path / "notes", tmp_path / "output", "/repo/")
    assert broken_links(tmp_path / "output", "/repo/") == []


PLANTED = {
    "index.html": '<p id="a"><a href="gone/">x</a>',
    "part.html": '<p id="a"><a href="#a">x</a> <a href="#b">y</a>',
    "twice.html": '<p id="a"></p><p id="a"></p>',
    "picture.html": '<img src="/repo/here.png" srcset="/repo/here.png 1x, /repo/gone.png 2x">',
    "case.html": '<img src="/repo/Here.png">',
    "leaves.html": '<a href="/other/">x</a>',
    "data.html": f'<script type="application/ld+json">{{"url": ["{REPO}/gone/"]}}</script>',
    "meta.html": f'<meta property="og:image" content="{REPO}/gone.png">',
    "moved.html": '<meta http-equiv="refresh" content="0; url=/repo/gone/">',
    "styled.html": "<style>p { background: url('gone.png') }</style>",
    "search.html": '<form data-index="/repo/gone/">',
    "slash.html": '<a href="/repo/page/">x</a>',
    "page.html": "a page, not a folder",
    "style.css": "@font-face { src: url(gone.woff2) }",
    "feed.xml": f"<rss><item><link>{REPO}/gone/</link></item></rss>",
    "enclosed.xml": f'<rss><item><enclosure url="{REPO}/gone.png"/></item></rss>',
    "text.xml": f'<rss><item><description>&lt;a href="{REPO}/gone/"&gt;x&lt;/a&gt;</description></item></rss>',
    "relative.xml": "<rss><item><description>&lt;img src='/repo/here.png'&gt;</description></item></rss>",
    "sitemap.xml": f"<urlset><url><loc>{REPO}/gone/</loc></url></urlset>",
    "feeds.opml": f'<opml><body><outline xmlUrl="{REPO}/gone.xml"/></body></opml>',
    "feed.json": f'{{"items": [{{"content_html": "<a href=\\"{REPO}/gone/\\">x</a>"}}]}}',
    "search/index.json": '{"terms": [["a", "12"]], "texts": [], "facets": {}}',
    "faceted/search/index.json": '{"terms": [], "texts": [], "facets": {"tag": "12"}}',
    "search/texts.json": '[["/repo/gone/", "A title"]]',
    "llms.txt": f"- [A leek]({REPO}/gone.md): a note",
    "here.png": "",
}
SOUND = {
    "index.html": '<p id="a"><a href="#a">x</a><a href="/repo/page">y</a><a href="/repo/folder">z</a>',
    "page.html": f'<a href="https://elsewhere.example/gone">x</a><a href="{REPO}/folder/?q=1#b">y</a>',
    "folder/index.html": '<p id="b"><a href="../">x</a><a href="mailto:ada@example.org">y</a>',
    "feed.xml": f"<rss><link>{REPO}/</link><guid>urn:x</guid></rss>",
}


def test_the_crawl_finds_what_is_broken_wherever_it_is() -> None:
    found = crawl(PagesHost({name: text.encode() for name, text in PLANTED.items()}, "/repo/"))
    assert sorted(line.split(" → ")[0].split(":")[0] for line in found) == sorted(
        PLANTED.keys() - {"here.png", "page.html"}
    )
    assert crawl(PagesHost({name: text.encode() for name, text in SOUND.items()}, "/repo/")) == []


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("", (200, "home")),
        ("page", (200, "page")),
        ("page/", (404, "lost")),
        ("page.html", (200, "page")),
        ("Page", (404, "lost")),
        ("folder/", (200, "folder")),
        ("folder", (200, "folder")),
        ("both", (200, "file")),
        ("both/", (200, "folder")),
        ("empty/", (404, "lost")),
        ("%66older/", (200, "folder")),
        (".well-known/x", (200, "x")),
        ("nowhere/deep/down", (404, "lost")),
    ],
)
def test_the_host_answers_as_github_pages_does(path: str, expected: tuple[int, str]) -> None:
    files = {
        "index.html": "home", "page.html": "page", "folder/index.html": "folder", "both.html": "file",
        "both/index.html": "folder", "empty/x.txt": "x", ".well-known/x": "x", ".nojekyll": "", "404.html": "lost",
    }  # fmt: skip
    with PagesHost({name: text.encode() for name, text in files.items()}, "/repo/").serve() as url:
        try:
            with urllib.request.urlopen(url + path) as answer:
                found = answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                found = error.code, error.read().decode()
    assert found == expected


def test_without_a_word_to_jekyll_hidden_folders_are_not_there() -> None:
    host = PagesHost({"_x/a.html": b"", ".well-known/x": b"", "a.html": b""})
    assert [host.answer(path).status for path in ("/_x/a", "/.well-known/x", "/a")] == [404, 404, 200]


@pytest.mark.browser
def test_readers_of_a_served_copy_find_what_they_search_and_get_home_from_nowhere(
    repo_output: Path, browser: Browser
) -> None:
    failed: list[str] = []
    with host_folder(repo_output, "/repo/").serve() as url, browser.new_context() as context:
        page = context.new_page()
        page.on("requestfailed", lambda request: failed.append(request.url))
        page.on("response", lambda answer: failed.append(answer.url) if answer.status >= 400 else None)
        page.on("pageerror", lambda error: failed.append(str(error)))
        page.goto(f"{url}search/?q=attention")
        page.locator("main ol li a, main article a").first.click()
        page.wait_for_load_state()
        assert page.url.startswith(url)
        assert page.locator("h1").count() == 1
        assert failed == []
        lost = page.goto(f"{url}nowhere/deep/down/")
        assert lost
        assert lost.status == 404
        assert page.evaluate(
            "document.styleSheets.length > 0 && [...document.styleSheets].every(s => s.cssRules.length)"
        )
        page.locator("a[href='/repo/']").first.click()
        assert page.url == url
        assert failed == [f"{url}nowhere/deep/down/"]
