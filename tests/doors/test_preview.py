"""`digest serve` in a real browser: what is saved is seen, and so is what is wrong."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

import pytest
from previews import FakePreview, wait_until

from digest.commands import serve as command
from digest.serving import PreviewServer, open_listener

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

SETTINGS = "title: Notes\nbase_url: https://demo.example/repo/\ntheme: own\ntimezone: UTC\n"
LONG = "\n\n".join(f"Paragraph {number} of some words." for number in range(120))


def entry(title: str, body: str = "Some words.", **more: object) -> str:
    head = {"title": title, "date": "2026-01-05", **more}
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in head.items()) + f"---\n\n{body}\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    content = tmp_path / "content"
    content.mkdir()
    (content / "site.yml").write_text(SETTINGS)
    (content / "first-words.md").write_text(entry("First words", LONG))
    (content / "second-words.md").write_text(entry("Second words", LONG))
    (content / "a-draft.md").write_text(entry("A draft", draft="true"))
    (content / "to-come.md").write_text(entry("To come", date="2999-12-31"))
    (tmp_path / "themes" / "own" / "static").mkdir(parents=True)
    (tmp_path / "themes" / "own" / "templates").mkdir()
    (tmp_path / "themes" / "own" / "theme.yml").write_text("parent: default\nadd_styles: [own.css]\n")
    (tmp_path / "themes" / "own" / "static" / "own.css").write_text("h1 { color: rgb(1, 2, 3) }\n")
    return tmp_path


@pytest.fixture
def url(site: Path) -> Iterator[str]:
    listener, end = open_listener("127.0.0.1", 0), Event()
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    arguments = parser.parse_args(["--port", "0"])
    arguments.report = "text"
    thread = Thread(target=command.serve, args=(site, listener, arguments, end))
    thread.start()
    yield f"{listener.origin}/repo/"
    end.set()
    thread.join(10)
    assert not thread.is_alive()


@pytest.fixture
def errors() -> list[str]:
    return []


@pytest.fixture
def open_page(browser: Browser, errors: list[str]) -> Iterator[Callable[..., Page]]:
    contexts = []

    def opener(address: str, **options: Any) -> Page:
        context = browser.new_context(
            **{"viewport": {"width": 1000, "height": 700}, "reduced_motion": "reduce", **options}
        )
        contexts.append(context)
        context.set_default_timeout(8000)
        page = context.new_page()
        page.on("console", lambda told: errors.append(told.text) if told.type == "error" else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(address)
        return page

    yield opener
    for context in contexts:
        context.close()


def see(page: Page, expression: str) -> None:
    """Wait until it holds; the policy of the pages lets no other than the protocol of the browser ask."""
    from playwright.sync_api import Error

    def holds() -> object:
        try:
            return page.evaluate(expression)
        except Error:  # the page is just taken away
            page.wait_for_timeout(20)
            return False

    wait_until(holds)


def mark(page: Page) -> None:
    """So that a page that was loaded again is told from this one."""
    page.evaluate("window.marked = true")


def is_marked(page: Page) -> bool:
    return bool(page.evaluate("window.marked === true"))


def listening(page: Page) -> None:
    see(page, "performance.getEntriesByType('resource').some(each => each.name.includes('.digest/live.js'))")
    page.wait_for_timeout(150)


def color(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.querySelector('h1')).color"))


def test_a_saved_entry_is_seen_and_other_pages_stay(site: Path, url: str, open_page: Any, errors: list[str]) -> None:
    day, other = open_page(f"{url}2026/01/05/"), open_page(f"{url}2026/01/05/second-words/")
    for page in (day, other):
        listening(page)
        mark(page)
    day.evaluate("document.querySelectorAll('details')[0].open = false")
    day.evaluate("scrollTo(0, 2500)")
    (site / "content" / "first-words.md").write_text(entry("First words", LONG.replace("Paragraph 5 ", "Changed 5 ")))
    see(day, "window.marked !== true && document.body.textContent.includes('Changed 5')")
    see(day, "scrollY === 2500")
    assert day.evaluate("[...document.querySelectorAll('details')].map(each => each.open)") == [False, True, True]
    assert is_marked(other)
    assert errors == []


def test_a_style_is_changed_without_a_reload(site: Path, url: str, open_page: Any, errors: list[str]) -> None:
    page = open_page(f"{url}2026/01/05/first-words/")
    listening(page)
    assert color(page) == "rgb(1, 2, 3)"
    mark(page)
    for number in (4, 5):
        (site / "themes" / "own" / "static" / "own.css").write_text(f"h1 {{ color: rgb({number}, 5, 6) }}\n")
        see(page, f"getComputedStyle(document.querySelector('h1')).color == 'rgb({number}, 5, 6)'")
    assert is_marked(page)
    see(page, "document.querySelectorAll('link[data-digest-old]').length === 0")
    page.reload()
    assert color(page) == "rgb(5, 5, 6)"
    assert errors == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_what_is_wrong_is_shown_and_goes_away(
    site: Path, url: str, open_page: Any, errors: list[str], dark: bool, tmp_path: Path
) -> None:
    from axe_playwright_python.base import AXE_FILE_PATH
    from page_audits import RULES

    scheme = "dark" if dark else "light"
    page = open_page(f"{url}2026/01/05/first-words/", viewport={"width": 360, "height": 640}, color_scheme=scheme)
    listening(page)
    mark(page)
    (site / "content" / "first-words.md").write_text(entry("<img src=x onerror=alert(1)>", date="2026-13-99"))
    dialog = page.get_by_role("alertdialog")
    dialog.wait_for()
    told = dialog.inner_text()
    assert "content/first-words.md:3:7" in told
    assert "DG102" in told
    assert "2026-13-99" in told
    assert "Hint:" in told
    assert dialog.evaluate("each => each.scrollWidth <= each.clientWidth")
    assert dialog.evaluate("each => getComputedStyle(each).backgroundColor") == (
        "rgb(30, 30, 30)" if dark else "rgb(255, 255, 255)"
    )
    page.evaluate(AXE_FILE_PATH.read_text(encoding="utf-8"))
    found = page.evaluate("rules => axe.run('digest-preview', rules)", RULES)["violations"]
    assert [each["help"] for each in found] == []
    assert is_marked(page), "the last good page stays behind"
    page.keyboard.press("Escape")
    dialog.wait_for(state="hidden")
    page.get_by_role("button", name="1 error: show").click()
    dialog.wait_for()
    (site / "content" / "first-words.md").write_text(entry("First words", LONG))
    dialog.wait_for(state="hidden")
    assert not page.get_by_role("button", name="error").is_visible()
    assert errors == []


def test_a_warning_is_a_small_count(site: Path, url: str, open_page: Any, errors: list[str]) -> None:
    page = open_page(f"{url}2026/01/05/second-words/")
    listening(page)
    (site / "content" / "first-words.md").write_text(entry("First words", "[nowhere](missing.md)"))
    count = page.get_by_role("button", name="1 warning: show")
    count.wait_for()
    assert not page.get_by_role("alertdialog").is_visible()
    count.click()
    page.get_by_role("alertdialog").get_by_text("missing.md").first.wait_for()
    assert errors == []


def test_a_template_that_fails_on_one_page(site: Path, url: str, open_page: Any) -> None:
    page, home = open_page(f"{url}2026/01/05/first-words/"), open_page(url)
    for each in (page, home):
        listening(each)
        mark(each)
    template = site / "themes" / "own" / "templates" / "entry.html"
    template.write_text('{% extends "base.html" %}\n{% block main %}\n{{ page.entry.nonsense }}\n{% endblock %}\n')
    page.get_by_role("alertdialog").get_by_text("themes/own/templates/entry.html:3").wait_for()
    assert is_marked(page)
    fresh = open_page(f"{url}2026/01/05/first-words/")
    fresh.get_by_role("alertdialog").get_by_text("DG602").wait_for()
    template.unlink()
    fresh.get_by_role("heading", name="First words").wait_for()
    page.get_by_role("alertdialog").wait_for(state="hidden")
    assert is_marked(home)


def test_a_page_that_was_not_there_appears(site: Path, url: str, open_page: Any) -> None:
    page = open_page(f"{url}2026/01/05/third-words/")
    assert page.get_by_role("link", name="Notes").first.get_attribute("href") == "/repo/"
    listening(page)
    (site / "content" / "third-words.md").write_text(entry("Third words"))
    page.get_by_role("heading", name="Third words").wait_for()


def test_drafts_and_days_to_come_are_marked(url: str, open_page: Any, errors: list[str]) -> None:
    page = open_page(f"{url}2026/01/05/")
    assert page.get_by_text("Draft", exact=True).count() == 1
    assert page.get_by_text("Future", exact=True).count() == 0
    for address in (url, f"{url}2999/12/31/", f"{url}2999/12/31/to-come/"):
        page.goto(address)
        assert page.get_by_text("Future", exact=True).first.is_visible(), address
    page.goto(f"{url}2026/01/05/a-draft/")
    assert page.get_by_text("Draft", exact=True).is_visible()
    assert errors == []


def test_a_page_that_was_left_is_looked_at_anew(site: Path, url: str, open_page: Any) -> None:
    page = open_page(f"{url}2026/01/05/first-words/")
    listening(page)
    page.goto(f"{url}2026/01/05/second-words/")
    (site / "content" / "first-words.md").write_text(entry("First words", "Changed meanwhile."))
    page.go_back()
    page.get_by_text("Changed meanwhile.").first.wait_for()


def test_a_script_of_the_page_breaks_nothing(site: Path, url: str, open_page: Any) -> None:
    (site / "content" / "static").mkdir()
    hostile = "<script>fetch = EventSource = JSON = null; document.addEventListener = null;</script>"
    page_file = site / "content" / "static" / "own.html"
    page_file.write_text(f"<!doctype html><title>x</title>{hostile}<p>before")
    page = open_page(f"{url}own.html")
    listening(page)
    page_file.write_text(f"<!doctype html><title>x</title>{hostile}<p>after")
    page.get_by_text("after").wait_for()


def test_a_server_that_comes_back_is_heard(open_page: Any) -> None:
    listener = open_listener("127.0.0.1", 0)
    with PreviewServer(FakePreview({"index.html": "<p>one"}), listener) as server:
        page = open_page(server.url)
        listening(page)
    again = open_listener("127.0.0.1", listener.port)
    assert again.port == listener.port
    with PreviewServer(FakePreview({"index.html": "<p>two"}), again):
        page.get_by_text("two").wait_for()


def test_a_tab_that_nobody_sees_waits(open_page: Any) -> None:
    preview = FakePreview({"index.html": "<p>one"})
    turn = """seen => {
        Object.defineProperty(document, 'visibilityState', { value: seen, configurable: true })
        document.dispatchEvent(new Event('visibilitychange'))
    }"""
    with PreviewServer(preview, open_listener("127.0.0.1", 0)) as server:
        page = open_page(server.url)
        listening(page)
        page.evaluate(turn, "hidden")
        preview.put({"index.html": "<p>two"})
        page.wait_for_timeout(300)
        assert page.get_by_text("one").is_visible()
        page.evaluate(turn, "visible")
        page.get_by_text("two").wait_for()
