"""The example of every kind of plugin, installed by pip and used from the command line."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

import pytest
from built_sites import ROOT, tree
from crawling import broken_links

EXAMPLE = ROOT / "tests" / "plugin_example"
SETTINGS = """title: Meadow
author: Ada Lovelace
theme: meadow
plugins:
  reading-list: {limit: 5}
  callouts: {label: Mind}
  long-titles:
"""
PAPER = """---
title: A paper about the growth of leeks in meadows, and of whatever else there is
date: 2020-01-02
tags: [to-read]
---

Plain text. See [the list](/reading-list/).

!!! Mind the *gap*, <script>alert(1)</script> and $x^2$.
"""
NOTES = "FIELD NOTES\n\n* One leek\n\nIt grew.\n\n* Two leeks\n\nBoth grew.\n"


class Place(NamedTuple):
    """A site, and where the example is installed for it."""

    site: Path
    lib: Path

    def digest(self, *words: str, code: int = 0) -> subprocess.CompletedProcess[str]:
        """Run a command."""
        done = subprocess.run(
            [sys.executable, "-m", "digest", *words, "--site", str(self.site)],
            cwd=self.site.parent,
            env={**os.environ, "PYTHONPATH": str(self.lib), "NO_COLOR": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done

    def build(self) -> set[str]:
        """Build, and tell what was written."""
        return set(json.loads(self.digest("build", "--report", "json").stdout)["written"])

    def edit(self, name: str, old: str, new: str) -> None:
        """Change a file of the plugin."""
        path = self.lib / "digest_example" / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    def upgrade(self, version: str) -> None:
        """Let it be another version, as an upgrade leaves it."""
        (info,) = self.lib.glob("*.dist-info")
        info.rename(self.lib / f"digest_example-{version}.dist-info")

    def read(self, path: str) -> str:
        return (self.site / "output" / path).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pip has put it."""
    place = tmp_path_factory.mktemp("installed")
    options = ["--quiet", "--no-deps", "--no-build-isolation", "--no-index", "--disable-pip-version-check"]
    command = [sys.executable, "-m", "pip", "install", *options, "--no-compile", "--target", str(place), str(EXAMPLE)]
    subprocess.run(command, check=True)
    return place


@pytest.fixture
def place(installed: Path, tmp_path: Path) -> Place:
    """A site that uses all of it."""
    lib, site = tmp_path / "lib", tmp_path / "site"
    for path, data in tree(installed).items():
        (lib / path).parent.mkdir(parents=True, exist_ok=True)
        (lib / path).write_bytes(data)
    (site / "content" / "pages").mkdir(parents=True)
    (site / "content" / "site.yml").write_text(SETTINGS, encoding="utf-8")
    (site / "content" / "leeks.md").write_text(PAPER, encoding="utf-8")
    (site / "content" / "pages" / "about.md").write_text("---\ntitle: About\n---\n\nHello.\n", encoding="utf-8")
    return Place(site, lib)


def test_a_site_uses_all_of_it(place: Place) -> None:
    listed = place.digest("plugins").stdout
    assert [line.split()[:2] for line in listed.splitlines()] == [
        ["sources", "field-notes"], ["pages", "reading-list"], ["markdown", "callouts"], ["filters", "initials"],
        ["checks", "long-titles"], ["themes", "meadow"], ["publishers", "inventory"],
    ]  # fmt: skip
    assert listed.count("digest-example 1.0\n") == 7

    (place.site / "notes.txt").write_text(NOTES, encoding="utf-8")
    said = place.digest("import", str(place.site / "notes.txt"), "--date", "2020-01-03").stdout
    assert "2 new entries" in said

    assert "EX001" in place.digest("check").stdout

    target = place.site / "list.txt"
    place.digest("publish", "--to", f"inventory:{target}", "--base-url", "https://demo.example/repo/")
    assert {"reading-list/index.html", "reading-list.json"} <= set(target.read_text(encoding="utf-8").split("\n"))

    page = place.read("reading-list/index.html")
    assert '<li><a href="/repo/2020/01/02/leeks/">A paper about' in page
    assert '2 January 2020: <a href="/repo/tags/to-read/">all of to-read</a>' in page
    assert place.read("reading-list.json") == '["/2020/01/02/leeks/"]\n'
    assert "/repo/reading-list/</loc><lastmod>2020-01-02<" in place.read("sitemap.xml")

    entry = place.read("2020/01/02/leeks/index.html")
    box = entry.partition('<div class="callouts">')[2].partition("</div>")[0]
    assert box.startswith('<strong class="callouts-label">Mind</strong><p>Mind the <em>gap</em>,  and ')
    assert "<math" in box
    assert "stolen" not in entry
    assert "alert(1)" not in entry
    assert "Mind</strong>" in place.read("feed.xml")

    assert '<p class="signature">A.L.</p>' in place.read("about/index.html")
    assert any(".signature" in path.read_text("utf-8") for path in (place.site / "output").rglob("*.css"))
    assert broken_links(place.site / "output", "/repo/") == []


def test_an_upgrade_makes_anew_what_it_can_change_and_nothing_else(place: Place) -> None:
    before = place.build()
    assert {"reading-list/index.html", "2020/01/02/leeks/index.html"} <= before
    assert place.build() == set()

    place.edit("reading_list.py", "To read: ", "Still to read: ")
    assert place.build() == {"reading-list/index.html"}

    place.edit("names.py", "part[0]", "part[0].lower()")
    place.upgrade("1.1")
    assert place.build() == {"about/index.html"}
    assert '<p class="signature">a.l.</p>' in place.read("about/index.html")

    place.edit("callouts.py", '"strong"', '"em"')
    written = place.build()
    assert "2020/01/02/leeks/index.html" in written
    assert "about/index.html" not in written

    text = (place.site / "content" / "site.yml").read_text(encoding="utf-8")
    (place.site / "content" / "site.yml").write_text(text.replace("label: Mind", "label: Mark"), encoding="utf-8")
    assert "2020/01/02/leeks/index.html" in place.build()
    incremental = tree(place.site / "output")
    place.digest("build", "--clean")
    assert tree(place.site / "output") == incremental


def test_what_has_nothing_to_do_asks_no_plugin_and_sees_a_changed_one(place: Place) -> None:
    # Digest as it is installed, so that nobody who works on it changes it meanwhile.
    shutil.copytree(ROOT / "digest", place.lib / "digest", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "themes", place.lib / "digest" / "themes")
    for path in (*place.lib.rglob("*"), *place.site.rglob("*")):
        os.utime(path, (time.time() - 100, time.time() - 100))
    time.sleep(2.1)  # what was changed more shortly before is not trusted
    place.digest("build")
    time.sleep(0.2)  # likewise its addresses, which that build has written
    code = "import sys, digest.cli; digest.cli.main(sys.argv[1:]); print(sorted(sys.modules))"

    def run() -> str:
        return subprocess.run(
            [sys.executable, "-c", code, "build", "--site", str(place.site)],
            env={**os.environ, "PYTHONPATH": str(place.lib)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout

    run()  # by words of its own
    again = run()
    assert "0 written" in again
    assert "digest_example" not in again
    assert "digest.model" not in again
    place.edit("reading_list.py", "To read: ", "Yet to read: ")
    again = run()
    assert "1 written" in again
    assert "digest_example" in again


BROKEN = [
    ("callouts.py", "def extendMarkdown", "def extend_nothing", "DG812", "content/site.yml", "to extend Markdown: Not"),
    ("callouts.py", "text = blocks.pop(0)", 'text = int("no")', "DG812", "content/leeks.md", "ValueError: invalid"),
    ("callouts.py", "from markdown import Markdown", "from markdown import Mark", "DG811", "site.yml", "'callouts'"),
    ("reading_list.py", 'url="/reading-list/"', 'url="reading-list"', "DG812", "content/site.yml", "with a slash"),
    ("reading_list.py", '"since": papers[-1].date', '"since": {1}', "DG812", "content/site.yml", "holds a set"),
    ("reading_list.py", "papers = ", "papers = site.nothing or ", "DG812", "content/site.yml", "AttributeError"),
    ("reading_list.py", "{{ page.title }}", "{{ page.titel }}", "DG602", "reading-list.html", "titel"),
    ("reading_list.py", '"reading-list.html": T', '"list.html": T', "DG811", "content/site.yml", "'reading-list'"),
    ("names.py", "name.split()", "[[]]", "DG812", "templates/page.html", "IndexError"),
    ("names.py", 'return ""', 'return name.join, ""', "DG812", "templates/page.html", "it gave a tuple"),
    ("theme/theme.yml", "[initials]", "[initial]", "DG603", "theme.yml", "no plugin brings a filter 'initial'"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "code", "path", "told"), BROKEN)
def test_what_is_broken_is_named(name: str, old: str, new: str, code: str, path: str, told: str, place: Place) -> None:
    place.edit(name, old, new)
    report = json.loads(place.digest("build", "--report", "json", code=1).stdout)
    (problem,) = [each for each in report["problems"] if each["severity"] == "error"]
    assert (problem["code"], problem["hint"] != "") == (code, True)
    assert (problem["path"] or "").endswith(path)
    assert told in problem["message"]
    if code.startswith("DG8"):
        assert "digest-example 1.0" in problem["message"]
