"""The pages in a real browser: accessible, whole at every width, still, and without a word to another host.

The policy of the pages is in force all the time: what the tests put in goes in by the protocol of the browser.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from built_sites import build_site, serve_site
from extreme_site import write_extreme_site
from page_audits import SEEN, audit, layout_faults, page_types

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser

WATCH = """
addEventListener('securitypolicyviolation', event => console.error(`policy: ${event.violatedDirective}`))
addEventListener('pagereveal', event => (window.turned = Boolean(event.viewTransition)))
"""
FOCUSED = "document.activeElement.textContent.replace(/\\s+/g, ' ').trim()"


@pytest.fixture(scope="session")
def extreme_output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = tmp_path_factory.mktemp("extremes")
    write_extreme_site(site)
    build_site(site, site / "output", "/repo/")
    return site / "output"


@pytest.fixture(scope="session")
def extreme_url(extreme_output: Path) -> Iterator[str]:
    yield from serve_site(extreme_output, "/repo/")


@pytest.fixture
def errors() -> list[str]:
    return []


@pytest.fixture
def open_page(browser: Browser, errors: list[str]) -> Iterator[Any]:
    """Opens an address in a browser of its own; notes each request to another host, each error, each breach."""
    contexts: list[BrowserContext] = []

    def opener(url: str, *, width: int = 1280, dark: bool = False, scripts: bool = True, **more: Any) -> Page:
        more.setdefault("reduced_motion", "reduce")
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
            **more,
        )
        contexts.append(context)
        context.set_default_timeout(8000)
        context.add_init_script(WATCH)
        page = context.new_page()
        own = urlsplit(url).netloc

        def watch_request(route: Any) -> None:
            if urlsplit(route.request.url).netloc == own:
                route.continue_()
                return
            # An image that an author put into a body is the author's; everything else would be ours.
            if route.request.resource_type != "image":
                errors.append(f"{page.url}: asks {route.request.url}")
            route.abort()

        def watch_console(message: Any) -> None:
            if message.type == "error" and "ERR_FAILED" not in message.text:  # an image of an author, see above
                errors.append(f"{page.url}: {message.text}")

        page.route("**/*", watch_request)
        page.on("pageerror", lambda error: errors.append(f"{page.url}: {error}"))
        page.on("console", watch_console)
        page.goto(url)
        return page

    yield opener
    for context in contexts:
        context.close()


def keep(page: Page, url: str, **values: object) -> None:
    """Put into the browser what a visit would have left there."""
    for name, value in values.items():
        page.evaluate("([key, text]) => localStorage.setItem(key, text)", [key_of(url, name), json.dumps(value)])


def kept(page: Page, url: str, name: str) -> Any:
    return json.loads(page.evaluate("key => localStorage.getItem(key) ?? '{}'", key_of(url, name)))


def key_of(url: str, name: str) -> str:
    return f"digest:{urlsplit(url).path}:{name}"


@pytest.mark.parametrize("site", ["demo", "extreme", "seeds"])
def test_no_accessibility_violation(
    site: str, open_page: Any, errors: list[str], request: pytest.FixtureRequest
) -> None:
    from axe_playwright_python.base import AXE_FILE_PATH

    url, output = request.getfixturevalue(f"{site}_url"), request.getfixturevalue(f"{site}_output")
    axe, found = AXE_FILE_PATH.read_text(encoding="utf-8"), []
    page = open_page(url)
    for address in page_types(output):
        page.goto(url + address)
        page.evaluate(axe)
        found += [f"{address} {violation}" for violation in audit(page)]
    assert "\n".join(found) == ""
    assert errors == []


@pytest.mark.parametrize("site", ["demo", "extreme", "seeds"])
def test_nothing_overflows_and_every_target_can_be_hit(
    site: str, open_page: Any, errors: list[str], request: pytest.FixtureRequest
) -> None:
    url, output = request.getfixturevalue(f"{site}_url"), request.getfixturevalue(f"{site}_output")
    wrong = []
    page = open_page(url)
    for address in page_types(output):
        page.goto(url + address)
        wrong += [f"{address}: {fault}" for fault in layout_faults(page)]
    assert "\n".join(wrong) == ""
    assert errors == []


def test_every_page_can_be_walked_by_keyboard(demo_url: str, demo_output: Path, open_page: Any) -> None:
    page, unseen = open_page(demo_url, width=768), []
    for address in page_types(demo_output):
        page.goto(demo_url + address)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.getAttribute('href')") == "#page.main", address
        assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
        stops = 0
        while stops < 40:
            page.keyboard.press("Tab")
            if not (node := page.evaluate(SEEN)):
                break
            stops += 1
            unseen += [f"{address}: {node}"] if node.startswith("!") else []
        assert stops > 3
    assert unseen == []


@pytest.mark.parametrize("site", ["demo", "extreme"])
def test_without_scripts_nothing_is_missing_but_what_they_bring(
    site: str, open_page: Any, errors: list[str], request: pytest.FixtureRequest
) -> None:
    url, output = request.getfixturevalue(f"{site}_url"), request.getfixturevalue(f"{site}_output")
    plain, live = open_page(url, scripts=False), open_page(url)
    for address in page_types(output):
        texts = []
        for page in (plain, live):
            page.goto(url + address)
            assert page.locator("h1").count() == 1
            texts.append(" ".join(page.locator("main").inner_text().split()))
        if "starred" not in address and "search" not in address:
            for word in ("☆ ", "○ ", "Star", "Read", "Fold all", "Open all"):
                texts = [text.replace(word, "") for text in texts]
            assert abs(len(texts[0]) - len(texts[1])) < 0.1 * len(texts[0]) + 60, address
        assert plain.locator(".live:visible, .marks:visible, [aria-pressed]:visible").count() == 0
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


def brightness(page: Page) -> float:
    color = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return sum(float(part) for part in color.strip("rgba()").split(",")[:3]) / 3


def test_the_scheme_is_that_of_the_system_until_a_reader_chooses(
    demo_url: str, open_page: Any, errors: list[str]
) -> None:
    dark = open_page(demo_url, dark=True)
    assert brightness(dark) < 60
    page = open_page(demo_url)
    assert brightness(page) > 200
    page.get_by_role("button", name="Reading options").click()
    page.get_by_role("radio", name="Dark").check()
    assert brightness(page) < 60
    page.get_by_role("radio", name="Very large").check()
    page.keyboard.press("Escape")
    assert not page.get_by_role("dialog").is_visible()
    large = page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
    page.locator("main h3 a").first.click()
    page.wait_for_url("**/20*/*/*/*/")
    assert brightness(page) < 60
    assert page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") == large > 22
    theme = page.locator('meta[name="theme-color"]').first.get_attribute("content")
    assert theme == page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("button", name="Reading options").click()
    assert page.get_by_role("radio", name="Dark").is_checked()
    page.get_by_role("radio", name="As the system").check()
    assert brightness(page) > 200
    assert page.locator('meta[name="theme-color"]').first.get_attribute("content").startswith("#")
    assert errors == []


def test_the_theme_is_there_before_anything_is_painted(demo_url: str, open_page: Any) -> None:
    page = open_page(demo_url)
    keep(page, demo_url, look={"theme": "dark"})
    page.context.add_init_script(
        "new MutationObserver((_, it) => { if (document.body) { "
        "window.early = document.documentElement.dataset.theme; it.disconnect() } })"
        ".observe(document, { childList: true, subtree: true })"
    )
    page.reload()
    assert page.evaluate("window.early") == "dark"


def test_keys_lead_through_a_day(extreme_url: str, open_page: Any, errors: list[str]) -> None:
    page = open_page(extreme_url + "2026/10/05/")
    titles = [" ".join(text.split()) for text in page.locator("article h2").all_inner_texts()]
    assert len(titles) == 6
    page.keyboard.press("j")
    assert page.evaluate(FOCUSED) == titles[0]
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert page.evaluate(FOCUSED) == titles[1]
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") < 300
    page.keyboard.press("s")
    page.keyboard.press("m")
    second = page.locator("article").nth(1)
    for name in ("Star", "Read"):
        assert second.get_by_role("button", name=name).get_attribute("aria-pressed") == "true"
    assert page.get_by_role("status").inner_text() == "Marked as read"
    assert page.locator('[aria-pressed="true"]').count() == 2
    assert second.locator("details").get_attribute("open") is not None
    page.keyboard.press("f")
    assert second.locator("details").get_attribute("open") is None
    page.keyboard.press("Control+j")
    assert page.evaluate(FOCUSED) == titles[1]
    page.keyboard.press("o")
    page.wait_for_url("**/2026/10/05/*/")
    assert page.get_by_role("button", name="Star").get_attribute("aria-pressed") == "true"
    before = page.url
    page.keyboard.press("j")
    page.wait_for_url(lambda url: url != before)
    assert errors == []


def test_keys_can_be_turned_off(demo_url: str, open_page: Any) -> None:
    page = open_page(demo_url)
    page.keyboard.press("?")
    sheet = page.get_by_role("dialog", name="Reading options")
    sheet.wait_for()
    sheet.get_by_role("checkbox").uncheck()
    sheet.get_by_role("button", name="Close").click()
    page.keyboard.press("?")
    page.keyboard.press("j")
    assert not sheet.is_visible()
    assert page.evaluate("document.activeElement.localName") in {"body", "button"}
    page.get_by_role("button", name="Reading options").click()
    sheet.get_by_role("checkbox").check()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.localName") == "a"


def test_bodies_fold_and_stay_so(extreme_url: str, open_page: Any, errors: list[str]) -> None:
    page = open_page(extreme_url + "2026/10/05/")
    bodies = page.locator("article .fold")
    assert bodies.count() == page.locator("article .fold[open]").count() == 5
    page.get_by_role("button", name="Fold all").click()
    page.reload()
    assert page.locator("article .fold[open]").count() == 0
    page.goto(extreme_url + "2026/10/05/#entry-crowd")
    page.reload()
    assert page.locator("article .fold[open]").count() == 1
    page.emulate_media(media="print")
    assert page.locator(".fold .prose").last.bounding_box()["height"] > 10
    page.emulate_media(media="screen")
    page.get_by_role("button", name="Open all").click()
    assert page.locator("article .fold[open]").count() == 5
    assert errors == []


def test_a_site_may_fold_its_days(tmp_path: Path, open_page: Any) -> None:
    write_extreme_site(tmp_path, fold="true")
    build_site(tmp_path, tmp_path / "output")
    for url in serve_site(tmp_path / "output"):
        page = open_page(url + "2026/10/05/", scripts=False)
        assert page.locator("article .fold").count() == 5
        assert page.locator("article .fold[open]").count() == 0
        page.locator("summary").first.click()
        assert page.locator("article .fold[open]").count() == 1


def test_stars_are_listed_exported_saved_and_loaded(
    demo_url: str, open_page: Any, errors: list[str], tmp_path: Path
) -> None:
    page = open_page(demo_url, accept_downloads=True)
    cards = page.locator("article.card")
    titles = [" ".join(cards.nth(place).locator("h3").inner_text().split()) for place in (1, 0)]
    for place in (0, 1):
        cards.nth(place).get_by_role("button", name="Star").click()
    page.get_by_role("link", name="Starred 2").click()
    rows = page.locator("main [data-entry]")
    rows.first.wait_for()
    assert sorted(" ".join(text.split()) for text in rows.locator("> a").all_inner_texts()) == sorted(titles)
    with page.expect_download() as download:
        page.get_by_role("button", name="Export as BibTeX").click()
    bibtex = Path(download.value.path()).read_text(encoding="utf-8")
    assert download.value.suggested_filename == "starred.bib"
    assert bibtex.count("@") >= 2
    assert page.get_by_role("status").inner_text() == "2 of 2 papers are in the file."
    with page.expect_download() as download:
        page.get_by_role("button", name="Save to a file").click()
    download.value.save_as(tmp_path / "starred.json")
    rows.first.get_by_role("button", name="Star").click()
    assert page.get_by_role("link", name="Starred 1").is_visible()
    page.reload()
    rows.first.wait_for()
    assert rows.count() == 1
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Load from a file").click()
    chooser.value.set_files(tmp_path / "starred.json")
    page.wait_for_function("() => document.querySelectorAll('main [data-entry]').length == 2")
    rows.first.locator("> a").click()
    page.wait_for_url("**/20*/*/*/*/")
    assert page.get_by_role("button", name="Star").get_attribute("aria-pressed") == "true"
    assert errors == []


def test_a_file_of_stars_can_do_no_harm(demo_url: str, open_page: Any, tmp_path: Path, errors: list[str]) -> None:
    evil = {"title": "<img src=x onerror=alert(1)>", "by": "<b>", "day": "never", "bib": "https://evil.example/"}
    addresses = ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "../../x"]
    stars = {f"id{place}": {**evil, "url": url} for place, url in enumerate(addresses)}
    (tmp_path / "evil.json").write_text(json.dumps({"stars": stars, "read": ["x"]}), encoding="utf-8")
    (tmp_path / "none.json").write_text('{"a": 1}', encoding="utf-8")
    page = open_page(demo_url + "starred/")
    for name in ("none.json", "evil.json"):
        with page.expect_file_chooser() as chooser:
            page.get_by_role("button", name="Load from a file").click()
        chooser.value.set_files(tmp_path / name)
        page.wait_for_function("() => document.querySelector('.status').textContent != ''")
    assert page.locator("main [data-entry]").count() == len(addresses)
    hrefs = page.locator("main [data-entry] > a").evaluate_all("links => links.map(link => link.href)")
    assert all(urlsplit(href).netloc == urlsplit(demo_url).netloc for href in hrefs)
    assert page.locator("main img").count() == 0
    assert errors == []


def test_stars_that_are_none_are_passed_over(demo_url: str, open_page: Any, errors: list[str]) -> None:
    page = open_page(demo_url)
    star = {"title": "A star", "by": "", "day": "2026-01-01", "url": "x/", "bib": ""}
    keep(page, demo_url, stars={"a": None, "b": "text", "c": [1], "d": star})
    page.goto(demo_url + "starred/")
    assert page.locator("main [data-entry] > a").all_inner_texts() == ["A star"]
    assert errors == []


def test_what_is_new_since_the_last_visit_is_marked(demo_url: str, open_page: Any, errors: list[str]) -> None:
    page = open_page(demo_url)
    assert page.locator(".new").count() == 0, "a first visit has seen nothing, and all would be new"
    days = page.locator("[data-entry]").evaluate_all("all => all.map(entry => entry.dataset.day)")
    newest = max(days)
    assert kept(page, demo_url, "visit")["seen"] == newest
    earlier = max(day for day in days if day < newest)
    keep(page, demo_url, visit={"seen": earlier, "from": "", "at": 0})
    page.reload()
    assert page.locator(".new").all_inner_texts() == ["New"] * days.count(newest)
    page.reload()
    assert page.locator(".new").count() == days.count(newest), "it is the same visit"
    visit = kept(page, demo_url, "visit")
    keep(page, demo_url, visit={**visit, "at": visit["at"] - 40 * 60 * 1000})
    page.reload()
    assert page.locator(".new").count() == 0
    assert errors == []


def test_whoever_comes_to_an_entry_first_has_not_seen_the_rest(
    demo_url: str, demo_output: Path, open_page: Any
) -> None:
    entry = min(demo_output.glob("20*/*/*/*/index.html")).parent.relative_to(demo_output).as_posix()
    page = open_page(f"{demo_url}{entry}/")
    assert kept(page, demo_url, "visit") == {}


def test_a_browser_that_keeps_nothing_still_reads(demo_url: str, open_page: Any, errors: list[str]) -> None:
    page = open_page(demo_url)
    page.context.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })"
    )
    page.reload()
    star = page.get_by_role("button", name="Star").first
    star.click()
    assert star.get_attribute("aria-pressed") == "true"
    assert page.get_by_role("status").inner_text() == "Your browser does not let this site keep anything."
    page.keyboard.press("?")
    page.get_by_role("radio", name="Dark").check()
    assert brightness(page) < 60
    assert errors == []


def test_bibtex_is_copied(demo_url: str, demo_output: Path, open_page: Any, errors: list[str]) -> None:
    entry = min(demo_output.glob("20*/*/*/*/citations.bib")).parent
    address = demo_url + entry.relative_to(demo_output).as_posix() + "/"
    page = open_page(address, permissions=["clipboard-read", "clipboard-write"])
    page.locator("[data-copy]").first.click()
    page.wait_for_function("() => document.querySelector('.status').textContent == 'Copied'")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.strip() == (entry / "citations.bib").read_text(encoding="utf-8").strip()
    assert errors == []


def test_pages_turn_softly_where_motion_is_welcome(demo_url: str, open_page: Any) -> None:
    for motion in ("no-preference", "reduce"):
        page = open_page(demo_url, reduced_motion=motion)
        page.locator("main h3 a").first.click()
        page.wait_for_function("() => window.turned !== undefined")
        assert page.evaluate("window.turned") == (motion == "no-preference")


def test_a_site_without_script_has_no_trace_of_it(tmp_path: Path, open_page: Any, errors: list[str]) -> None:
    write_extreme_site(tmp_path, script="false", search="false")
    build_site(tmp_path, tmp_path / "output")
    pages = [path.read_text(encoding="utf-8") for path in (tmp_path / "output").rglob("*.html")]
    assert pages
    for trace in (
        "<script src",
        "<template",
        "data-entry",
        "data-do",
        "data-copy",
        "<dialog",
        "/starred/",
        "aria-pressed",
    ):
        assert not [page for page in pages if trace in page], trace
    assert not (tmp_path / "output" / "starred").exists()
    for url in serve_site(tmp_path / "output"):
        assert open_page(url).locator("article.card").count() > 3
    assert errors == []


def test_colours_forced_by_the_system_keep_everything_in_sight(demo_url: str, open_page: Any) -> None:
    page = open_page(demo_url, forced_colors="active")
    page.get_by_role("button", name="Star").first.click()
    assert page.locator("[aria-pressed=true]").first.is_visible()
    page.keyboard.press("Tab")
    assert not page.evaluate(SEEN).startswith("!")


def test_on_paper_there_is_the_text_and_nothing_to_press(extreme_url: str, open_page: Any) -> None:
    page = open_page(extreme_url + "2026/10/05/", dark=True)
    page.emulate_media(media="print")
    assert brightness(page) > 250
    for gone in ("nav", "button", ".tools", ".jump", "summary", ".colophon"):
        assert page.locator(f"{gone}:visible").count() == 0, gone
    assert page.locator(".prose:visible").count() == 5


def test_a_missing_page_answers_with_ways_on(seeds_url: str, open_page: Any) -> None:
    page = open_page(seeds_url + "no/such/page/")
    assert page.locator("main a").count() >= 2
    page.locator("main a").first.click()
    assert "404" not in page.title()
