"""The pages in a real browser: accessible, whole at every width, still, and without a word to another host."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations"],
}


def page_types(output: Path) -> dict[str, str]:
    """One address of each page type, relative to the base path; the longest file of a type stands for it."""
    kinds: dict[str, list[Path]] = {}
    for path in output.rglob("*.html"):
        parts = path.relative_to(output).parts
        depth = len(parts) if parts[0].isdigit() else f"{parts[0]}/{len(parts)}"
        kinds.setdefault(str(depth), []).append(path)
    longest = {kind: max(paths, key=lambda path: (path.stat().st_size, path)) for kind, paths in kinds.items()}
    return {kind: path.relative_to(output).as_posix().removesuffix("index.html") for kind, path in longest.items()}


@pytest.fixture
def errors() -> list[str]:
    return []


@pytest.fixture
def open_page(browser: Browser, errors: list[str]) -> Iterator[Any]:
    """Opens an address at a width and colour scheme; notes every request to another host and every error."""
    contexts = []

    def opener(url: str, *, width: int = 1280, dark: bool = False, scripts: bool = True, zoom: int = 100) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
            bypass_csp=True,  # so that axe can be put into the page
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        own = urlsplit(url).netloc

        def watch_request(route: Any) -> None:
            address = urlsplit(route.request.url)
            if address.netloc == own:
                route.continue_()
                return
            # An image that an author put into a body is the author's; everything else would be ours.
            if route.request.resource_type != "image":
                errors.append(f"{url}: asks {route.request.url}")
            route.abort()

        page.route("**/*", watch_request)
        page.on("pageerror", lambda error: errors.append(f"{url}: {error}"))
        page.goto(url)
        if zoom != 100:
            page.add_style_tag(content=f"html {{ font-size: {zoom}% !important }}")
        return page

    yield opener
    for context in contexts:
        context.close()


@pytest.mark.parametrize(
    ("site", "width", "dark"),
    [
        *(("demo", width, dark) for width in (360, 1280) for dark in (False, True)),
        *(("seeds", width, dark) for width, dark in ((360, True), (1280, False))),
    ],
)
def test_no_accessibility_violation(
    site: str, width: int, dark: bool, open_page: Any, errors: list[str], request: pytest.FixtureRequest
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    url, output = request.getfixturevalue(f"{site}_url"), request.getfixturevalue(f"{site}_output")
    found = []
    for address in page_types(output).values():
        page = open_page(url + address, width=width, dark=dark)
        for violation in Axe().run(page, options=RULES).response["violations"]:
            nodes = [node["html"][:160] for node in violation["nodes"][:3]]
            found.append(f"{address}: {violation['id']}: {violation['help']}: {nodes}")
        page.close()
    assert found == []
    assert errors == []


@pytest.mark.parametrize("site", ["demo", "seeds"])
@pytest.mark.parametrize(("width", "zoom"), [(320, 100), (768, 100), (640, 200)])
def test_nothing_overflows(
    site: str, width: int, zoom: int, open_page: Any, errors: list[str], request: pytest.FixtureRequest
) -> None:
    url, output = request.getfixturevalue(f"{site}_url"), request.getfixturevalue(f"{site}_output")
    wide = []
    for address in page_types(output).values():
        page = open_page(url + address, width=width, zoom=zoom)
        overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if overflow > 0:
            wide.append(f"{address}: {overflow}px too wide")
        page.close()
    assert wide == []
    assert errors == []


def test_a_reader_walks_from_home_to_an_entry_and_back_without_scripts(demo_url: str, open_page: Any) -> None:
    page = open_page(demo_url, scripts=False)
    title = page.locator("main article h3 a, main article h2 a").first
    words = title.inner_text()
    title.click()
    assert page.locator("h1").inner_text() == words
    assert page.locator("main article").first.is_visible()
    page.locator("header a").filter(has_text="Archive").click()
    assert page.locator("h1").count() == 1
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')").startswith("#")


def test_dark_mode_is_dark_and_light_mode_light(demo_url: str, open_page: Any) -> None:
    def brightness(dark: bool) -> float:
        page = open_page(demo_url, dark=dark)
        color = page.evaluate("getComputedStyle(document.body).backgroundColor")
        numbers = [float(part) for part in color.strip("rgba()").split(",")[:3]]
        return sum(numbers) / 3

    assert brightness(dark=True) < 60
    assert brightness(dark=False) > 200


def test_a_missing_page_answers_with_ways_on(seeds_url: str, open_page: Any) -> None:
    page = open_page(seeds_url + "no/such/page/")
    assert page.locator("main a").count() >= 2
    page.locator("main a").first.click()
    assert "404" not in page.title()
