"""A document becomes files: every page type, redirects, feeds, static files and what search engines ask for."""

from __future__ import annotations

import pickle
from dataclasses import fields, replace
from functools import cache
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from page_values import BODY, day_page, entry_page, every_page, home_page, plain_page, with_every_text

from digest.formats.urls import output_path
from digest.model import (
    Artifact,
    Export,
    Feed,
    Html,
    Page,
    Problem,
    ProblemError,
    Redirect,
    SearchIndex,
    Settings,
    Sitemap,
    SitemapEntry,
    StaticFile,
    TextFile,
    Theme,
)
from digest.rendering import Renderer, load_theme, name_pages
from digest.rendering.templates import Templates, compile_templates

PAGES = {type(page).__name__: page for page in every_page()}


@cache
def default_theme() -> Theme:
    return load_theme(Settings(theme="default"), Path("/nonexistent"))


@cache
def default_templates() -> Templates:
    return compile_templates(default_theme())


def show(page: Page) -> str:
    return default_templates().render(page.template, {"page": page, "site": page.masthead})


def render(*artifacts: Artifact, theme: Theme | None = None) -> dict[str, str]:
    renderer = Renderer(theme or default_theme())
    outputs = [output for artifact in artifacts for output in renderer.render(artifact)]
    assert len({output.path for output in outputs}) == len(outputs)
    return {output.path: output.data.decode() for output in outputs}


class Structure(HTMLParser):
    """The tags of a page with the names of their attributes; where one is, is not of the structure."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, ...]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, *(name for name, _ in attrs if name != "aria-current")))

    def handle_endtag(self, tag: str) -> None:
        self.tags.append((f"/{tag}",))


def test_the_values_hold_every_type_of_page() -> None:
    assert {type(page) for page in PAGES.values()} == set(get_args(Page))


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES.keys())
def test_every_page_renders_from_a_complete_value(page: Page) -> None:
    output = render(page)[output_path(page.url)]
    tags = [tag for tag, *_ in Structure(output).tags]
    assert output.startswith("<!doctype html>\n")
    assert output.endswith("</html>\n")
    assert "\r" not in output
    assert [line for line in output.split("\n") if line != line.rstrip()] == []
    assert "\n\n\n" not in output
    assert tags.count("h1") == 1
    assert [tags.count(tag) for tag in ("html", "head", "body", "main", "title")] == [1] * 5
    assert not {"style", "iframe", "object"} & set(tags)
    scripts = [(name, *names) for name, *names in Structure(output).tags if name == "script"]
    assert all("src" in names or names == ("script", "type") for names in scripts), "data alone stands within a page"
    assert page.title in unescape(output)


@settings(deadline=None, max_examples=15)
@given(st.text(alphabet="<>\"'&=/ ax-!`{}%\n", min_size=1, max_size=20))
def test_no_plain_text_becomes_markup(text: str) -> None:
    for page in PAGES.values():
        hostile, tame = (show(with_every_text(page, words)) for words in (text, "x"))
        assert Structure(hostile).tags == Structure(tame).tags


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES.keys())
def test_templates_in_texts_are_not_run(page: Page) -> None:
    shown = show(with_every_text(page, "{{ 7 * 191 }}{% set x = 1 %}"))
    assert "1337" not in shown
    assert "{{ 7 * 191 }}" in shown


def test_bodies_are_written_as_they_are() -> None:
    assert BODY in show(entry_page())
    assert BODY in show(day_page())
    assert BODY in show(plain_page())


def test_empty_fields_leave_no_empty_elements() -> None:
    def bare(value: Any) -> Any:
        if isinstance(value, str):
            return "" if type(value) is str else value
        return () if isinstance(value, tuple) else value

    for page in PAGES.values():
        kept = {"title", "masthead", "url"}
        empty = replace(
            page, **{field.name: bare(getattr(page, field.name)) for field in fields(page) if field.name not in kept}
        )
        shown = show(
            replace(empty, masthead=replace(page.masthead, navigation=(), footer=Html(""), author="", license=""))
        )
        assert 'content=""' not in shown
        assert "<p></p>" not in shown
        assert "<ul></ul>" not in shown


def test_a_redirect_leads_on_by_every_way_there_is() -> None:
    moved = Redirect("/old/", "/new/?a=1&b=2", "https://example.org/new/?a=1&b=2", "de", "ltr")
    shown = render(moved)["old/index.html"]
    assert '<meta http-equiv="refresh" content="0; url=/new/?a=1&amp;b=2">' in shown
    assert '<link rel="canonical" href="https://example.org/new/?a=1&amp;b=2">' in shown
    assert '<a href="/new/?a=1&amp;b=2">' in shown
    assert "noindex" in shown
    assert '<html lang="de" dir="ltr">' in shown


def test_all_that_is_no_page_is_there_too() -> None:
    home = "https://example.org/"
    files = render(
        Feed("rss", "/feed.xml", f"{home}feed.xml", "T", "D", home, "en", "", "", "digest", None, ()),
        StaticFile("/img/a.txt", b"bytes"),
        TextFile("/robots.txt", "User-agent: *\n"),
        Sitemap("/sitemap.xml", (SitemapEntry("https://example.org/", "2019-12-06"),)),
        SearchIndex("/search/", (), ()),
        Export("/all.bib", "bibtex", ()),
    )
    assert files["feed.xml"].startswith("<?xml")
    assert files["img/a.txt"] == "bytes"
    assert files["robots.txt"] == "User-agent: *\n"
    assert "https://example.org/" in files["sitemap.xml"]
    assert '"entries":0' in files["search/index.json"].replace(" ", "")
    assert files["all.bib"] == ""


@pytest.mark.parametrize(
    ("url", "path"),
    [("/", "index.html"), ("/2019/12/", "2019/12/index.html"), ("/404.html", "404.html"), ("/a/b.xml", "a/b.xml")],
)
def test_an_address_has_one_file(url: str, path: str) -> None:
    assert output_path(url) == path


def test_a_fault_of_a_template_is_the_same_on_every_page() -> None:
    theme = default_theme()
    broken = replace(theme, templates={**theme.templates, "entry.html": "\n{{ page.lost }}"})
    renderer = Renderer(broken)
    found: list[Problem] = []
    for page in (entry_page(), replace(entry_page(), url="/other/")):
        with pytest.raises(ProblemError) as caught:
            renderer.render(page)
        found += caught.value.problems
    one, other = found
    assert one == other
    assert one.code == "DG602"
    assert one.span
    assert one.span.path.endswith("default/templates/entry.html")
    assert one.span.line == 2
    assert name_pages(one, ["/a/"]).message.endswith("(page /a/)")
    assert name_pages(one, ["/a/", "/b/"]).message.endswith("(page /a/ and 1 more)")


def test_a_renderer_travels_without_what_it_has_made() -> None:
    renderer = Renderer(default_theme())
    want = renderer.render(home_page())
    assert pickle.loads(pickle.dumps(renderer)).render(home_page()) == want


def test_files_of_the_theme_are_tightened_and_those_of_the_site_are_not() -> None:
    sheet = StaticFile("/assets/mine.01234567.css", b"p { margin: 0 }\n")
    theme = replace(default_theme(), static=(sheet,))
    assert render(sheet, theme=theme) == {"assets/mine.01234567.css": "p{margin:0}"}
    assert render(replace(sheet, url="/mine.css"), theme=theme) == {"mine.css": "p { margin: 0 }\n"}
