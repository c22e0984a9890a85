"""What the default theme promises: it is light, keeps to itself, and needs nothing but HTML and CSS."""

from __future__ import annotations

import gzip
import re
from dataclasses import replace
from pathlib import Path

import pytest
from page_values import entry_page, entry_view, every_page, home_page, masthead

from digest.formats import highlighting, markdown
from digest.model import (
    DayPage,
    EntryPage,
    HomePage,
    Html,
    Link,
    Page,
    PlainPage,
    SearchPage,
    Settings,
    StarredPage,
    Theme,
)
from digest.rendering import Renderer, load_theme
from digest.rendering.theme_files import bundled_themes
from digest.rendering.tightening import tighten

STATIC = bundled_themes() / "default" / "static"
STYLES = ("gruvbox-light", "gruvbox-dark")


@pytest.fixture(scope="module")
def theme() -> Theme:
    return load_theme(Settings(theme="default"), Path("/nonexistent"))


def render(page: Page, theme: Theme) -> str:
    return Renderer(theme).render(page)[0].data.decode()


def colours(css: str) -> tuple[dict[str, str], dict[str, str]]:
    """The custom properties of the light scheme and of the dark one: those that are said first."""
    pairs = re.findall(r"--(\w+): light-dark\((#[0-9a-f]{3,6}), (#[0-9a-f]{3,6})\)", css)
    full = [(name, *(f"#{x[1:] * (6 // len(x[1:]))}" for x in both)) for name, *both in reversed(pairs)]
    return {name: light for name, light, _ in full}, {name: dark for name, _, dark in full}


def weigh(text: str) -> int:
    """Bytes that travel."""
    return len(gzip.compress(text.encode(), mtime=0))


def test_the_colours_of_code_are_those_that_highlighting_makes() -> None:
    light, dark = STYLES
    made = f"/* Colours of code: highlighting.stylesheet({light!r}, {dark!r}). A test holds this file to that. */\n"
    assert (STATIC / "code.css").read_text() == made + highlighting.stylesheet(light, dark)


def test_code_stands_on_a_ground_on_which_its_colours_were_made_readable() -> None:
    css = (STATIC / "palette.css").read_text()
    light, dark = colours(css)[0]["tint"], colours(css)[1]["tint"]
    assert highlighting.contrast(light, "#000000") >= highlighting.contrast(highlighting.LIGHT, "#000000")
    assert highlighting.contrast(dark, "#ffffff") >= highlighting.contrast(highlighting.DARK, "#ffffff")


def test_every_colour_of_text_can_be_read() -> None:
    css = (STATIC / "palette.css").read_text()
    more = re.findall(r"@media \(prefers-contrast: more\) {(.*?)\n}", css, re.DOTALL)[0]
    for colour in (*colours(css), *(plain | strong for plain, strong in zip(colours(css), colours(more), strict=True))):
        for ground in ("paper", "tint"):
            assert all(highlighting.contrast(colour[text], colour[ground]) >= 4.5 for text in ("ink", "soft", "red"))
            assert highlighting.contrast(colour["edge"], colour[ground]) >= 3


def test_the_browser_is_told_the_colour_of_the_paper(theme: Theme) -> None:
    papers = [scheme["paper"] for scheme in colours((STATIC / "palette.css").read_text())]
    assert re.findall(r'name="theme-color" content="(#[0-9a-f]{6})"', render(home_page(), theme)) == papers


def test_a_browser_that_does_not_know_both_schemes_shows_the_light_one() -> None:
    css = (STATIC / "palette.css").read_text()
    old = re.findall(r"@supports not (.*?)\n}", css, re.DOTALL)[0]
    assert dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", old)) == colours(css)[0]


def test_the_styles_are_small_and_ask_nobody_for_anything(theme: Theme) -> None:
    css = "".join(tighten(file).data.decode() for file in theme.static if file.url.endswith(".css"))
    assert weigh(css) < 8_000
    assert weigh((STATIC / "reading.js").read_text()) < 5_000
    assert "url(" not in css
    assert "@import" not in css
    ours = (STATIC / "style.css").read_text().split("/* Mathematics */")[0]  # which runs from the left in any script
    assert not re.search(r"(?<![\w-])(?:margin|padding|border|inset)-(?:left|right)\s*:", ours), "say start and end"


def test_pages_of_a_small_site_weigh_next_to_nothing(theme: Theme) -> None:
    bare = replace(entry_view(), body=Html(""))
    assert weigh(render(home_page(), theme)) < 2_500
    assert weigh(render(replace(entry_page(), entry=bare), theme)) < 2_500


@pytest.mark.parametrize("page", every_page(), ids=lambda page: type(page).__name__)
def test_pages_load_nothing_but_what_the_masthead_names(page: Page, theme: Theme) -> None:
    shown = render(page, theme)
    loaded = re.findall(r'<(?:link rel="(?:stylesheet|icon)"[^>]*href|(?:script|img|iframe)[^>]*src)="([^"]*)"', shown)
    own = [page.script] if isinstance(page, SearchPage | StarredPage) else []
    more = [] if isinstance(page, HomePage | DayPage | EntryPage | PlainPage) else [masthead().more_styles]
    assert [name for name in loaded if name not in own] == [
        masthead().script,
        *more,
        *masthead().styles,
        masthead().icon,
        masthead().logo,
    ]
    assert "default-src 'none'" in shown
    assert not re.search(r"\son\w+=|\sstyle=", shown)


def test_navigation_knows_where_it_is(theme: Theme) -> None:
    here = {page.url: render(page, theme) for page in every_page()}
    assert '<a href="/archive/" aria-current="page">' in here["/archive/"]
    assert '<a href="/tags/" aria-current="true">' in here["/tags/deep-learning/page/2/"]
    assert here["/2019/12/06/"].count("aria-current") == 0


def test_a_title_that_was_taken_from_the_text_says_so(theme: Theme) -> None:
    derived = replace(entry_page(), entry=replace(entry_view(), title_derived=True))
    assert '<h1 class="derived">' in render(derived, theme)
    assert "title taken from the text" in render(derived, theme)
    assert "title taken" not in render(entry_page(), theme)


def test_a_title_in_another_language_says_so(theme: Theme) -> None:
    arabic = replace(entry_page(), entry=replace(entry_view(), language="ar"))
    assert '<h1 lang="ar" dir="auto">' in render(arabic, theme)
    unknown = replace(entry_page(), entry=replace(entry_view(), language=""))
    assert '<h1 dir="auto">' in render(unknown, theme)
    assert '<div class="prose" dir="auto">' in render(unknown, theme)
    own = replace(entry_page(), entry=replace(entry_view(), language=None))
    assert "<h1>" in render(own, theme)


def test_no_name_or_title_turns_its_neighbours_around(theme: Theme) -> None:
    around = "\u202eturned"
    link = replace(entry_view().authors[0], text=around)
    crowd = replace(entry_view(), title=Html(around), authors=(link, link), venue=Link(around))
    shown = render(replace(entry_page(), entry=crowd, previous=link, next=link), theme).split("<h1")[1]
    alone = re.findall(rf"<bdi>(?:<a [^>]*>)?{around}(?:</a>)?</bdi>", shown)
    assert len(alone) == shown.count(around) - 1 == 5, "all but the heading, which is a paragraph of its own"


def test_the_columns_of_tables_stand_as_their_text_asks() -> None:
    table = "| a | b |\n|:-:|--:|\n| 1 | 2 |\n"
    sides = re.findall(r'<td class="(\w+)"', markdown.compile_body(table, first_line=1).html)
    assert sides == ["center", "right"]
    css = (STATIC / "style.css").read_text()
    assert all(f".prose :is(th, td).{side} {{ text-align: {side}; }}" in css for side in sides)


@pytest.mark.parametrize(("most", "tail"), [(5, ""), (6, ""), (7, "and 2 more"), (21, "and 16 more")])
def test_a_card_names_few_authors_and_counts_the_others(most: int, tail: str, theme: Theme) -> None:
    link = entry_view().authors[0]
    crowd = replace(entry_view(), authors=(link,) * most)
    day = home_page().days[0]
    shown = render(replace(home_page(), days=(replace(day, entries=(crowd,)),)), theme)
    assert shown.count(f">{link.text}</a>") == (5 if tail else most)
    assert tail in shown
