"""The theme `paper` in a real browser: what the tests of the default theme ask, asked of it; and on paper."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from built_sites import ROOT, build_site, serve_site
from extreme_site import write_extreme_site
from page_audits import SEEN, audit, layout_faults, page_types

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module", params=["demo", "extreme"])
def paper(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[str]]]:
    """A site in this theme: where it is served, and an address of each type of page."""
    site = tmp_path_factory.mktemp("paper")
    if request.param == "demo":
        shutil.copytree(ROOT / "content", site / "content")
    else:
        write_extreme_site(site)
    settings = site / "content" / "site.yml"
    lines = [line for line in settings.read_text("utf-8").splitlines() if not line.startswith("theme:")]
    settings.write_text("\n".join([*lines, "theme: paper", ""]), encoding="utf-8")
    build_site(site, site / "output", "/repo/")
    for url in serve_site(site / "output", "/repo/"):
        yield url, page_types(site / "output")


@pytest.fixture
def page(browser: Browser, paper: tuple[str, list[str]]) -> Iterator[Page]:
    context = browser.new_context(reduced_motion="reduce")
    yield context.new_page()
    context.close()


def test_no_accessibility_violation(page: Page, paper: tuple[str, list[str]]) -> None:
    from axe_playwright_python.base import AXE_FILE_PATH

    url, addresses = paper
    axe, found = AXE_FILE_PATH.read_text(encoding="utf-8"), []
    for address in addresses:
        page.goto(url + address)
        page.evaluate(axe)
        found += [f"{address} {violation}" for violation in audit(page)]
    assert "\n".join(found) == ""


def test_nothing_overflows_and_every_target_can_be_hit(page: Page, paper: tuple[str, list[str]]) -> None:
    url, addresses = paper
    wrong = []
    for address in addresses:
        page.goto(url + address)
        wrong += [f"{address}: {fault}" for fault in layout_faults(page)]
    assert "\n".join(wrong) == ""


def test_the_focus_can_be_seen(page: Page, paper: tuple[str, list[str]]) -> None:
    url, addresses = paper
    unseen = []
    for address in addresses:
        page.goto(url + address)
        for _ in range(12):
            page.keyboard.press("Tab")
            seen: str = page.evaluate(SEEN)
            if seen.startswith("!"):
                unseen.append(f"{address}: {seen}")
    assert "\n".join(unseen) == ""


def test_what_is_printed_is_the_text_and_where_it_is_from(page: Page, paper: tuple[str, list[str]]) -> None:
    url, addresses = paper
    day = next(address for address in addresses if address.count("/") == 3 and address[:4].isdigit())
    page.goto(url + day)
    page.emulate_media(media="print", color_scheme="dark")
    shown: Any = page.evaluate(
        "selector => [...document.querySelectorAll(selector)].map(node => node.checkVisibility())",
        ".tools, .masthead nav, .skip, .turn, .cite, .colophon, .jump, .live",
    )
    assert shown
    assert not any(shown)
    assert page.locator(".offprint").is_visible()
    assert page.locator(".prose").first.is_visible()
    style = "getComputedStyle(document.body).backgroundColor + getComputedStyle(document.body).color"
    assert page.evaluate(style) == "rgb(255, 255, 255)rgb(0, 0, 0)"
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")


def test_the_theme_holds_what_its_folder_says() -> None:
    folder = ROOT / "themes" / "paper"
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    assert names == [
        "static/icon.svg",
        "static/palette.css",
        "static/paper.css",
        "templates/day.html",
        "theme.yml",
    ]
    assert Path(folder, "static", "paper.css").stat().st_size < 15_000
