"""Two branches of a site that was begun by `digest init`, both of which were built, are joined by git alone."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from digest.cli import main
from digest.model import PAST_FILE
from digest.reading import read_past

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="needs git")


def git(folder: Path, *words: str) -> str:
    who = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")
    return subprocess.run(["git", *who, *words], cwd=folder, capture_output=True, text=True, check=True).stdout


def write(site: Path, name: str, tags: str) -> None:
    path = site / "content" / f"{name}.md"
    path.write_text(f"---\ntitle: A {name}\ndate: 2020-01-02\ntags: [{tags}]\n---\n\nWords.\n", encoding="utf-8")
    build(site)
    git(site, "add", "--all")
    git(site, "commit", "--quiet", "--message", name)


def build(site: Path) -> None:
    assert main(["build", "--site", str(site)]) == 0


def test_addresses_of_both_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines of one place, and lines of one address, which differ: `peas` has other witnesses on each branch."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    site = tmp_path / "site"
    assert main(["init", str(site), "--no-workflow", "--yes"]) == 0
    write(site, "leek", "peas")
    git(site, "checkout", "--quiet", "-b", "other")
    write(site, "onion", "peas, onions")
    git(site, "checkout", "--quiet", "main")
    write(site, "pea", "peas, pods")
    git(site, "merge", "--quiet", "--no-edit", "other")
    joined = (site / PAST_FILE).read_text(encoding="utf-8")
    assert "<<<<" not in joined
    assert joined.count("/tags/peas/ of ") == 2

    build(site)
    past, problems = read_past(site)
    urls = [line.url for line in past or ()]
    assert problems == ()
    assert urls == sorted(set(urls))
    assert {"/2020/01/02/leek/", "/2020/01/02/onion/", "/2020/01/02/pea/", "/tags/onions/", "/tags/pods/"} < set(urls)
    text = (site / PAST_FILE).read_text(encoding="utf-8")
    shutil.rmtree(site / "output")
    build(site)
    assert (site / PAST_FILE).read_text(encoding="utf-8") == text
