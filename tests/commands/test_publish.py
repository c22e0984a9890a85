"""`digest publish` as it is run: what it says, in three styles, and when it does nothing."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from digest.cli import main
from digest.model import Plan, Site, Theme
from digest.planning import plan_site

ENTRY = "---\ntitle: A leek\ndate: 2020-01-02\n---\n\nText.\n"


def git(folder: Path, *words: str) -> str:
    done = subprocess.run(["git", *words], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site in a repository, all committed; `../remote.git` is where it is pushed to."""
    config = tmp_path / "gitconfig"
    config.write_text("[user]\nname = Ada\nemail = ada@example.org\n[init]\ndefaultBranch = main\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    folder = tmp_path / "site"
    git(tmp_path, "init", "--quiet", "--bare", "remote.git")
    git(tmp_path, "init", "--quiet", "site")
    git(folder, "remote", "add", "origin", "https://ada:s3cret@github.com/ada/notes.git")
    git(folder, "config", f"url.{tmp_path}/remote.git.insteadOf", "https://ada:s3cret@github.com/ada/notes.git")
    write(folder, "content/leek.md", ENTRY)
    write(folder, "content/site.yml", "base_url: https://ada.github.io/notes/\nscript: false\n")
    write(folder, ".gitignore", "/output/\n/.digest*\n")
    commit(folder)
    return folder


def write(folder: Path, path: str, text: str) -> None:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def commit(folder: Path) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "Notes")


def publish(site: Path, *options: str) -> int:
    return main(["publish", "--site", str(site), *options])


def told(site: Path, capsys: pytest.CaptureFixture[str], *options: str) -> dict[str, Any]:
    """What a program is told."""
    capsys.readouterr()
    code = publish(site, "--report", "json", *options)
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert code == int(found["stopped"])
    return found


def on_branch(site: Path) -> list[str]:
    return git(site.parent / "remote.git", "ls-tree", "-r", "--name-only", "gh-pages").splitlines()


def branches(site: Path) -> str:
    return git(site.parent / "remote.git", "for-each-ref")


def test_the_road_of_a_site(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dry = told(site, capsys, "--dry-run")
    assert branches(site) == ""
    assert not dry["done"]
    assert git(site, "status", "--porcelain") == "", "it builds, and keeps no addresses"
    assert publish(site) == 0
    said = capsys.readouterr()
    assert f"{len(dry['added'])} added, 0 changed, 0 removed" in said.out
    assert "s3cret" not in said.out + said.err + json.dumps(dry)
    assert on_branch(site) == sorted(dry["added"])
    assert {".nojekyll", "index.html", "404.html", "2020/01/02/leek/index.html"} <= set(on_branch(site))
    assert not any(path.startswith(".digest") for path in on_branch(site))
    assert "content/addresses.txt" in said.err, "what a build writes down is to be committed"
    assert publish(site) == 0
    assert capsys.readouterr().out.startswith("Nothing to publish: ")
    commit(site)
    assert publish(site) == 0
    assert capsys.readouterr().err == ""
    write(site, "content/leek.md", ENTRY.replace("Text", "Another"))
    commit(site)
    assert publish(site, "--report", "github", "--message", "A leek again") == 0
    assert "::notice title=digest::Published to gh-pages of origin" in capsys.readouterr().out
    assert git(site.parent / "remote.git", "log", "-1", "--format=%s", "gh-pages") == "A leek again"


def test_a_dry_run_tells_each_file_and_the_message(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert publish(site, "--dry-run", "--message", "New\nwords") == 0
    lines = capsys.readouterr().out.splitlines()
    assert "+ 2020/01/02/leek/index.html" in lines
    assert [line for line in lines if line.startswith("    ")] == ["    New", "    words"]
    assert lines[-1].startswith("Would publish to gh-pages of origin (https://***@github.com/ada/notes.git): ")


def test_what_lies_in_the_output_folder_is_what_the_source_says(site: Path) -> None:
    """Whatever was built there before: drafts, for another address, edited by hand."""
    write(site, "content/draft.md", "---\ntitle: A draft\ndate: 2020-01-03\ndraft: true\n---\n\nSecret.\n")
    commit(site)
    assert main(["build", "--site", str(site), "--drafts", "--base-url", "http://localhost:9/"]) == 0
    assert (site / "output/2020/01/03/draft/index.html").exists()
    write(site, "output/private.txt", "not of the site")
    write(site, "output/index.html", "edited by hand")
    assert publish(site) == 0
    assert not [path for path in on_branch(site) if "draft" in path or path == "private.txt"]
    home = git(site.parent / "remote.git", "show", "gh-pages:index.html")
    assert "/notes/2020/01/02/leek/" in home
    assert (site / "output/private.txt").read_text() == "not of the site"


def test_what_is_not_ready_is_not_even_built(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(site, "content/site.yml", "title: Notes\n")
    found = told(site, capsys)
    problems = {problem["code"]: problem for problem in found["problems"]}
    assert set(problems) == {"DG821"}
    hints = [problem["hint"] for problem in found["problems"]]
    assert any("base_url: https://ada.github.io/notes/" in hint for hint in hints), (
        "the address is known from the remote"
    )
    assert any("--allow-dirty" in hint for hint in hints)
    assert not (site / "output").exists()
    assert branches(site) == ""
    assert publish(site, "--allow-dirty", "--base-url", "https://notes.example.org/") == 0
    assert "CNAME" in on_branch(site)


def test_with_an_error_in_the_content_nothing_is_published(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(site, "content/leek.md", ENTRY.replace("2020-01-02", "2020-13-45"))
    commit(site)
    assert publish(site) == 1
    said = capsys.readouterr()
    assert "content/leek.md:3" in said.err
    assert said.out == "Nothing was published\n"
    assert branches(site) == ""


def test_what_a_check_calls_an_error_is_not_published(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(site, "content/leek.md", ENTRY + "\n[Gone](pea.md)\n")
    commit(site)
    assert main(["build", "--site", str(site)]) == 0, "a build goes on"
    found = told(site, capsys)
    assert [(problem["code"], problem["severity"]) for problem in found["problems"]] == [("DG402", "error")]
    assert branches(site) == ""
    write(site, "content/site.yml", (site / "content/site.yml").read_text() + "ignore: [DG402]\n")
    commit(site)
    found = told(site, capsys)
    assert [problem["severity"] for problem in found["problems"]] == ["note"], "GitHub has to be told of a new branch"
    assert "Deploy from a branch" in found["problems"][0]["hint"]
    assert found["done"]


def test_a_site_is_planned_once_to_be_checked_and_built(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    planned: list[Plan] = []

    def plan(gathered: Site, theme: Theme) -> Plan:
        planned.append(plan_site(gathered, theme))
        return planned[-1]

    for place in ("planning", "pipeline.checking"):
        monkeypatch.setattr(import_module(f"digest.{place}"), "plan_site", plan)
    assert publish(site) == 0
    assert len(planned) == 1


def test_a_site_that_is_built_for_another_repository(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = told(site, capsys, "--dry-run", "--base-url", "https://ada.github.io/Other/")
    assert ("warning", "DG821") in [(problem["severity"], problem["code"]) for problem in found["problems"]]
    assert "https://ada.github.io/notes/" in found["problems"][0]["hint"]
    for url in ("https://Ada.github.io/notes", "https://notes.example.org/"):
        found = told(site, capsys, "--dry-run", "--base-url", url)
        assert {problem["severity"] for problem in found["problems"]} == {"note"}, url


def test_a_warning_stops_only_those_who_are_strict(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(site, "content/leek.md", ENTRY + "\n$\\wrong{$\n")
    commit(site)
    assert publish(site, "--strict") == 1
    assert branches(site) == ""
    assert publish(site) == 0


def test_files_of_others_in_the_way(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = site.parent / "other"
    git(site.parent, "init", "--quiet", "other")
    write(other, "index.html", "mine")
    write(other, "CNAME", "www.example.org")
    commit(other)
    git(other, "push", "--quiet", str(site.parent / "remote.git"), "HEAD:gh-pages")
    (problem,) = (problem for problem in told(site, capsys)["problems"] if problem["severity"] == "error")
    assert (problem["code"], "index.html" in problem["message"], "--replace" in problem["hint"]) == (
        "DG822",
        True,
        True,
    )
    assert on_branch(site) == ["CNAME", "index.html"]
    found = told(site, capsys, "--replace", "--dry-run")
    assert (found["removed"], found["changed"]) == (["CNAME"], ["index.html"])
    assert told(site, capsys, "--replace")["done"]
    assert "CNAME" not in on_branch(site)


def test_one_that_is_killed_leaves_the_branch_to_the_next(site: Path) -> None:
    """Killed in the middle of a push, which goes on by itself while the next one begins."""
    assert publish(site) == 0
    old = git(site.parent / "remote.git", "rev-parse", "gh-pages")
    write(site, "content/pea.md", ENTRY.replace("leek", "pea"))
    commit(site)
    begun = site.parent / "begun"
    hook = site.parent / "remote.git" / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\ntouch '{begun}'\nsleep 0.5\n")
    hook.chmod(0o755)
    process = subprocess.Popen(
        [sys.executable, "-m", "digest", "publish", "--site", str(site)], stderr=subprocess.DEVNULL
    )
    while not begun.exists():
        assert process.poll() is None
        time.sleep(0.01)
    process.kill()
    process.wait()
    write(site, "content/bean.md", ENTRY.replace("leek", "bean"))
    commit(site)
    assert publish(site) == 0
    assert {f"2020/01/02/{name}/index.html" for name in ("leek", "pea", "bean")} <= set(on_branch(site))
    assert old in git(site.parent / "remote.git", "rev-list", "gh-pages").splitlines()


def test_into_a_folder(site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "www"
    assert publish(site, "--to", f"folder:{target}") == 0
    assert "added, 0 changed, 0 removed" in capsys.readouterr().out
    assert (target / "404.html").read_bytes() == (site / "output" / "404.html").read_bytes()
    assert branches(site) == ""


def test_words_that_mean_nothing(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        publish(site, "--to", "moon:base")
    assert end.value.code == 2
    assert "branch, folder" in capsys.readouterr().err
