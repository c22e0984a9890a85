"""What is shown of a site before all of it is read is what is shown afterwards."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from built_sites import tree
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_builds import ENTRIES, OTHERS, Edit, open_workshop

from digest.caching import CACHE_FOLDER
from digest.model import Served
from digest.pipeline import BuildOptions, build, open_preview
from digest.pipeline.foreseeing import Rest
from digest.pipeline.preview import LivePreview
from digest.planning import AskedTooEarly

LONG = 60.0
SHOWN = BuildOptions(drafts=True, future=True)
NOW = datetime(2024, 3, 1, 12, tzinfo=UTC)


@contextmanager
def open_early(site: Path, now: datetime = NOW) -> Iterator[tuple[LivePreview, threading.Event]]:
    """A preview that reads all but what it shows first when the event is there."""
    begin, run = threading.Event(), Rest.run
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("digest.pipeline.preview._LARGE", 1)
        patch.setattr(Rest, "run", lambda rest: begin.wait(LONG) and run(rest))
        preview = open_preview(site, SHOWN, now=lambda: now)
        try:
            yield preview, begin
        finally:
            begin.set()
            preview.close()


def show_early(preview: LivePreview, path: str) -> Served | str | None:
    try:
        return preview._early.find(path) if preview._early else "too early"
    except AskedTooEarly:
        return "too early"


@given(st.lists(st.one_of(ENTRIES, ENTRIES, OTHERS), min_size=1, max_size=8), st.booleans())
@settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_shown_early_is_what_is_shown_later(
    tmp_path_factory: pytest.TempPathFactory, edits: list[Edit], known: bool
) -> None:
    shop = open_workshop(tmp_path_factory.mktemp("home"))
    for edit in edits:
        edit(shop)
    build(shop.site, shop.site / "output", SHOWN, now=shop.now)
    if not known:
        shutil.rmtree(shop.site / CACHE_FOLDER)
    paths = ["nowhere/index.html", "2024/02/26/index.html", *tree(shop.site / "output")]
    with pytest.MonkeyPatch.context() as patch, open_early(shop.site, shop.now) as (preview, begin):
        patch.setattr("digest.pipeline.preview.Chores.begin", lambda _: None)  # bodies that are read tell more
        early = {path: show_early(preview, path) for path in paths}
        begin.set()
        for path in paths:
            assert early[path] in ("too early", preview.find(path)), path


PAPER = """---
title: Paper {number}
date: 2024-02-{day}
authors: [Ada Lovelace, Author {number}]
tags: [all, {tag}]
venue: Journal of Beans {number} (2021)
---

Words. See [another](paper-{other}.md).
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    for number in range(20):
        text = PAPER.format(number=number, day=10 + number // 2, tag="even" if number % 2 else "odd", other=number // 2)
        (tmp_path / "content" / f"paper-{number}.md").write_text(text, encoding="utf-8")
    return tmp_path


def test_the_first_pages_are_there_before_all_is_read_and_others_wait(site: Path) -> None:
    with open_early(site) as (preview, begin):
        for path in ("index.html", "2024/02/12/index.html", "2024/02/12/paper-4/index.html", "robots.txt"):
            assert preview.find(path)
        assert not preview.settle(0)
        waiting = threading.Thread(target=preview.find, args=("tags/all/index.html",))
        waiting.start()
        begin.set()
        waiting.join(LONG)
        assert not waiting.is_alive()
        assert preview.settle(LONG)
        assert preview.find("tags/all/index.html")


@pytest.mark.parametrize("known", [False, True])
def test_an_edited_body_is_seen_before_all_is_read(site: Path, known: bool) -> None:
    if known:
        build(site, site / "output", SHOWN, now=NOW)
    path = site / "content" / "paper-4.md"
    paths = ("2024/02/12/paper-4/index.html", "2024/02/12/index.html")
    with pytest.MonkeyPatch.context() as patch, open_early(site) as (preview, begin):
        patch.setattr("digest.pipeline.preview.Chores.begin", lambda _: None)  # bodies that are read tell more
        for words in ("More.", "Most."):
            path.write_text(path.read_text(encoding="utf-8") + f"\n{words}\n", encoding="utf-8")
            preview.change([path])
            early = {each: show_early(preview, each) for each in paths}
            assert words in str(early[paths[0]])
        begin.set()
        assert early == {each: preview.find(each) for each in paths}


@pytest.mark.parametrize(
    ("before", "after"),
    [("02-12", "02-13"), ("Paper 4", "Paper four"), ("---\ntitle: ", "title: "), ("tags: ", "slug: other\ntags: ")],
)
def test_whoever_asks_after_any_other_edit_waits_until_all_is_read(site: Path, before: str, after: str) -> None:
    path, found = site / "content" / "paper-4.md", "2024/02/12/paper-4/index.html"
    with open_early(site) as (preview, begin):
        assert preview.find(found)
        path.write_text(path.read_text(encoding="utf-8").replace(before, after) + "More.\n", encoding="utf-8")
        preview.change([path])
        assert show_early(preview, "index.html") == "too early"
        begin.set()
        later = preview.find(found)
        assert later is None or "More." in str(later)
        later = preview.find("2024/02/13/paper-4/index.html")
        assert (later is not None) == (after == "02-13")


@pytest.mark.parametrize(
    "name", ["content/paper-20.md", "content/paper-5.md", "content/site.yml", "content/pages/a.md"]
)
def test_what_comes_or_goes_before_all_is_read_is_waited_for(site: Path, name: str) -> None:
    path = site / name
    with open_early(site) as (preview, begin):
        assert preview.find("index.html")
        if path.exists():
            path.unlink()
        else:
            path.parent.mkdir(exist_ok=True)
            path.write_text("title: More\n" if name.endswith("yml") else "---\ntitle: More\ndate: 2024-02-29\n---\n")
        preview.change([path])
        assert show_early(preview, "index.html") == "too early"
        begin.set()
        assert ("More" in str(preview.find("index.html"))) == (name != "content/paper-5.md")
        assert (preview.find("2024/02/12/paper-5/index.html") is None) == (name == "content/paper-5.md")


def test_what_has_changed_since_it_was_looked_at_is_not_shown_early(site: Path) -> None:
    path = site / "content" / "paper-4.md"
    with open_early(site) as (preview, _):
        path.write_text(path.read_text(encoding="utf-8").replace("02-12", "02-13"), encoding="utf-8")
        assert show_early(preview, "2024/02/12/index.html") == "too early"
        assert show_early(preview, "2024/02/15/index.html") != "too early"


def test_of_a_site_that_has_errors_nothing_is_shown(site: Path) -> None:
    (site / "content" / "paper-4.md").write_text("---\ntitle: A\ndate: 2024-02-30\n---\n", encoding="utf-8")
    with open_early(site) as (preview, begin):
        assert show_early(preview, "index.html") == "too early"
        begin.set()
        assert preview.find("index.html") is None
        assert {problem.code for problem in preview.problems} == {"DG102"}
