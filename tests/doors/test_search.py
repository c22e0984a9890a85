"""The search in a real browser: what it finds, how it is worked, what it asks of the network."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
from built_sites import build_site, serve_site
from page_audits import RULES

from digest.formats.search_words import search_words

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

STATUS, RESULTS, FIELD = "#search\\.status", "#search\\.results h2 a", "#search\\.words"
ENTRIES = {
    "ricci": (
        "On Poincaré's conjecture",
        "The Ricci flow smooths a manifold.",
        "authors: [Ada Lovelace, Émile Borel]\n",
    ),
    "attention": (
        "Attention without recurrence",
        "Machine translation by attention alone; the softmax of $QK^\\top$ weighs the values of 17 heads.",
        'authors: [Ann Author]\narxiv: "1706.03762"\ndoi: "10.48550/arXiv.1706.03762"\ntags: [transformers]\n',
    ),
    "machines": ("Translation of a machine", "A machine that is moved.", "authors: [Ann Author]\ntags: [mechanics]\n"),
    "japanese": ("注意機構に基づく翻訳モデル", "深層学習による機械翻訳の研究。", "lang: ja\n"),
    "chinese": ("深度学习综述", "本文介绍神经网络的研究进展。", "lang: zh\n"),
    "arabic": ("تَعَلُّم الآلة", "مقدمة في الشبكات العصبية", "lang: ar\n"),
    "hostile": ("<img src=x onerror=alert(1)> & co", "A hostile <b>title</b> in __proto__ constructor.", ""),
}
WORDS = [
    "Deep Residual-Learning snake_case arXiv:1706.03762v7", "Poincaré Poincare\u0301 Größe Ærø Łódź İstanbul naïve’s",
    "Ηράκλειτος Ёлка 𝑥² ﬁnite ＡＢＣ", "深度学习 GPT的注意 がくしゅう ｶﾞｸ 기계 학습", "مُتَعَلِّم أحمد هندسة",
    "हिन्दी में ไทย ภาษา", "x" * 90,
]  # fmt: skip


@pytest.fixture(scope="module")
def searched_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = tmp_path_factory.mktemp("searched")
    content = site / "content"
    content.mkdir()
    (content / "site.yml").write_text("title: Searched\n", encoding="utf-8")
    for number, (name, (title, body, more)) in enumerate(ENTRIES.items()):
        head = f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\ndate: 2020-01-{number + 1:02d}\n{more}---\n\n"
        (content / f"{name}.md").write_text(head + body + "\n", encoding="utf-8")
    for number in range(130):
        tag = f"topic-{number % 30}"
        head = f"---\ntitle: Garden note {number}\ndate: {2010 + number % 9}-05-01\ntags: [{tag}]\n"
        head += "authors: [Bea Bot]\n---\n\n"
        (content / f"note-{number}.md").write_text(head + f"Peas and beans, row {number}.\n", encoding="utf-8")
    return site


@pytest.fixture(scope="module", params=["/", "/repo/"])
def searched_url(request: pytest.FixtureRequest, searched_site: Path, tmp_path_factory: Any) -> Iterator[str]:
    output = tmp_path_factory.mktemp("searched-output")
    build_site(searched_site, output, request.param)
    yield from serve_site(output, request.param)


class Search:
    """The search page in a browser, with every complaint and every address asked for."""

    def __init__(self, page: Page, url: str) -> None:
        self.page, self.url = page, url
        self.wrong: list[str] = []
        self.asked: list[str] = []
        page.on("console", lambda message: self.wrong.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("request", lambda request: self.asked.append(request.url))

    def open(self, query: str = "") -> Search:
        self.page.goto(f"{self.url}search/{query}")
        return self.wait()

    def wait(self) -> Search:
        """Until what was asked for is shown."""
        self.page.locator("#search\\.results[aria-busy=false]").wait_for(state="attached")
        return self

    def ask(self, words: str) -> list[str]:
        """The titles found."""
        self.page.fill(FIELD, words)
        self.page.locator(FIELD).press("Enter")
        return self.wait().titles()

    def titles(self) -> list[str]:
        return self.page.locator(RESULTS).all_inner_texts()

    def status(self) -> str:
        return self.page.locator(STATUS).inner_text()

    def choose(self, facet: str, value: str) -> None:
        box = self.page.locator(f"details[data-facet={facet}]")
        if not box.evaluate("box => box.open"):
            box.locator("summary").click()
        box.locator(f"input[value='{value}']").check()
        self.wait()

    def address(self) -> dict[str, list[str]]:
        return parse_qs(urlsplit(self.page.url).query)


@pytest.fixture
def search(browser: Browser, searched_url: str) -> Iterator[Search]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    found = Search(context.new_page(), searched_url)
    yield found
    context.close()
    assert found.wrong == []
    origin = urlsplit(searched_url).netloc
    assert [url for url in found.asked if urlsplit(url).netloc != origin] == []


def test_entries_are_found_by_whatever_is_known_of_them(search: Search) -> None:
    search.open()
    title = {name: entry[0] for name, entry in ENTRIES.items()}
    for asked, name in [
        ("recurrence", "attention"),
        ("RECURR", "attention"),
        ("Ann attention", "attention"),
        ("transformers", "attention"),
        ("1706.03762", "attention"),
        ("arXiv:1706.03762", "attention"),
        ("10.48550/arXiv.1706.03762", "attention"),
        ("softmax QK", "attention"),
        ("Poincare", "ricci"),
        ("poincaré", "ricci"),
        ("borel emile", "ricci"),
        ("manifolds", "ricci"),
        ("学習", "japanese"),
        ("機械翻訳", "japanese"),
        ("深度学习", "chinese"),
        ("络", "chinese"),
        ("تعلم", "arabic"),
        ("hostile __proto__", "hostile"),
    ]:
        assert search.ask(asked) == [title[name]], asked
    assert search.ask("of a machine")[0] == title["machines"]
    assert search.ask('"machine translation"') == [title["attention"]]
    assert sorted(search.ask("machine translation")) == sorted([title["attention"], title["machines"]])
    assert search.ask("machine -attention") == [title["machines"]]
    assert search.ask("maniflod") == [title["ricci"]]
    assert "manifold" in search.status()


def test_a_query_that_finds_nothing_says_so(search: Search) -> None:
    search.open()
    assert search.ask("zzzyx qqqw") == []
    assert search.status().startswith("Nothing was found")
    assert search.ask("recurrence zzzyx") == [ENTRIES["attention"][0]]
    assert search.status().startswith("No entry has all of these words")
    assert search.ask("") == []
    assert search.status() == ""


def test_filters_narrow_and_stand_in_the_address(search: Search) -> None:
    search.open()
    assert len(search.ask("garden")) == 10
    assert search.status() == "Entries found: 130"
    search.choose("year", "2012")
    assert search.status() == "Entries found: 15"
    counts = search.page.locator("details[data-facet=year] li").first.inner_text()
    assert counts.split() == ["2012", "15"]
    search.choose("tag", "topic-2")
    assert search.address() == {"q": ["garden"], "year": ["2012"], "tag": ["topic-2"]}
    left = search.titles()
    assert left == [f"Garden note {number}" for number in range(130) if number % 9 == 2 and number % 30 == 2][::-1]
    search.page.go_back()
    search.wait()
    assert search.status() == "Entries found: 15"
    search.page.reload()
    search.wait()
    assert search.status() == "Entries found: 15"
    search.page.locator("button[type=reset]").click()
    search.wait()
    assert search.status() == "Entries found: 130"
    assert search.address() == {"q": ["garden"]}


def test_a_long_filter_is_narrowed_by_typing(search: Search) -> None:
    search.open("?q=garden")
    box = search.page.locator("details[data-facet=tag]")
    box.locator("summary").click()
    box.locator("li").first.wait_for()
    assert box.locator("li").count() == 30
    box.locator("input[type=search]").fill("c-29")
    assert box.locator("li").count() == 1
    search.open("?author=Bea+Bot&sort=new")
    assert search.status() == "Entries found: 130"


def test_more_results_come_when_asked_for(search: Search) -> None:
    search.open("?q=garden")
    assert len(search.titles()) == 10
    search.page.locator("#search\\.more").click()
    search.page.wait_for_function("document.querySelectorAll('#search\\\\.results li').length === 20")
    assert search.page.evaluate("document.activeElement.closest('li').matches(':nth-child(11)')")
    assert len(set(search.titles())) == 20


def test_everything_goes_by_keyboard(search: Search) -> None:
    search.open("?q=machine")
    page = search.page
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == search.titles()[0]
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == search.titles()[1]
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.press("Escape")
    search.wait()
    assert search.titles() == []
    page.keyboard.type("recurrence")
    page.locator(RESULTS).first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/2020/01/02/attention/")
    page.go_back()
    page.locator(RESULTS).first.wait_for()
    assert search.address() == {"q": ["recurrence"]}


def test_hits_are_marked_and_text_stays_text(search: Search) -> None:
    search.open("?q=hostile+co")
    assert search.titles() == [ENTRIES["hostile"][0]]
    assert search.page.locator("#search\\.results img").count() == 0
    assert search.page.locator("#search\\.results mark").all_inner_texts()[:1] == ["co"]
    search.ask("翻訳")
    assert search.page.locator("#search\\.results mark").all_inner_texts() == ["翻訳", "翻訳"]
    assert search.page.locator("#search\\.results article").get_attribute("lang") == "ja"


def test_a_site_that_was_renewed_meanwhile_is_searched_all_the_same(search: Search) -> None:
    search.open()
    failures = iter([True])

    def fail_once(route: Any) -> None:
        route.fulfill(status=404) if next(failures, False) else route.continue_()

    search.page.route("**/terms-*.json", fail_once)
    assert search.ask("recurrence") == [ENTRIES["attention"][0]]
    search.wrong.clear()  # the browser tells of the 404
    search.page.route("**/search/*.json", lambda route: route.abort())
    search.page.reload()
    search.wait()
    assert search.status().startswith("The search could not be loaded")
    search.wrong.clear()


def test_the_first_query_loads_little(search: Search) -> None:
    search.open()
    assert not [url for url in search.asked if url.endswith(".json")]
    search.ask("recurrence")
    files = [Path(urlsplit(url).path).name.split("-")[0] for url in search.asked if url.endswith(".json")]
    assert sorted(files) == ["index.json", "terms", "texts"]


def test_words_are_read_as_the_index_reads_them(search: Search) -> None:
    search.open()
    script = search.page.locator("script[type=module]").get_attribute("src")
    found = search.page.evaluate(
        "([script, texts]) => import(script).then(({ words }) => texts.map((text) => words(text)))",
        [script, WORDS],
    )
    assert found == [search_words(text) for text in WORDS]


@pytest.mark.parametrize(("width", "dark"), [(360, True), (1280, False), (360, False), (1280, True)])
def test_results_are_accessible_and_hold_still(browser: Browser, searched_url: str, width: int, dark: bool) -> None:
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light", bypass_csp=True
    )
    search = Search(context.new_page(), searched_url)
    search.page.add_init_script(
        "window.shift = 0; new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => shift += value))"
        ".observe({type: 'layout-shift', buffered: true})"
    )
    search.open("?q=garden&tag=topic-2")
    assert search.titles()
    assert search.page.evaluate("shift") < 0.05
    violations = Axe().run(search.page, options=RULES).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in violations] == []
    assert search.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


def test_without_scripts_the_page_leads_on(browser: Browser, searched_url: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{searched_url}search/")
    assert not page.locator(FIELD).is_visible()
    assert page.locator("main noscript").inner_text().startswith("Searching needs JavaScript")
    page.locator("main a").first.click()
    assert page.url == f"{searched_url}archive/"
    context.close()


def test_an_index_is_kept_until_an_entry_changes(searched_site: Path, tmp_path: Path, monkeypatch: Any) -> None:
    site = tmp_path / "site"
    shutil.copytree(searched_site / "content", site / "content")
    build_site(site, tmp_path / "one")
    first = {path.name: path.read_bytes() for path in (tmp_path / "one" / "search").iterdir()}

    def never(_records: object) -> dict[str, bytes]:
        raise AssertionError("the index was made again")

    with monkeypatch.context() as patch:
        patch.setattr("digest.rendering.search_index.write_search_index", never)
        (site / "content" / "site.yml").write_text("title: Another\n", encoding="utf-8")
        shutil.rmtree(tmp_path / "one" / "search")
        build_site(site, tmp_path / "one")
    second = {path.name: path.read_bytes() for path in (tmp_path / "one" / "search").iterdir()}
    assert {name for name in first if first[name] != second[name]} == {"index.html"}

    with (site / "content" / "ricci.md").open("a", encoding="utf-8") as file:
        file.write("\nOne more word.\n")
    build_site(site, tmp_path / "one")
    shutil.rmtree(site / ".digest-cache")
    build_site(site, tmp_path / "clean")
    incremental, clean = (
        {path.name: path.read_bytes() for path in (tmp_path / name / "search").iterdir()} for name in ("one", "clean")
    )
    assert incremental == clean
    assert incremental["index.json"] != first["index.json"]
