"""What a newcomer does: from an empty folder to a published digest, with the commands of the README and nothing else.

The lines of its section "In five minutes" are run as they stand there, one after the other, by a shell. Only what lies
outside is another: `~` is a folder of the test with an invented bibliography, GitHub is a bare repository, the browser
tells the test where it was sent, and there is no net. How long each step took is printed (`pytest -s`), never asserted.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urljoin

import pytest
from built_sites import ROOT
from crawling import crawl
from pages_host import host_branch

pytestmark = [
    pytest.mark.skipif(not shutil.which("git"), reason="needs git"),
    pytest.mark.skipif(not shutil.which("bash"), reason="needs bash"),
]
PAPERS = r"""
@article{lovelace2026leeks,
  author = {Lovelace, Ada and Author, Ann},
  title = {Leeks in Rows: a Trial of {$n$} Beds},
  journal = {Journal of Gardens}, year = {2026}, volume = {3}, doi = {10.5555/leeks},
  abstract = {We plant leeks in rows and count what comes up. Of $n = 40$ beds, those in the shade gave a third less.},
}
@inproceedings{author2025peas,
  author = {Author, Ann}, title = {Peas Climb Better on Strings}, booktitle = {Proceedings of Beds}, year = {2025},
  abstract = {Strings of hemp hold peas through storms, where wire cuts them. We compare both over three summers.},
}
"""
PATIENCE = 60.0  # seconds after which something is broken; how quick it is, benchmarks tell


def read_road() -> list[str]:
    """The commands of the README's section, each with the words behind it that explain it."""
    section = (ROOT / "README.md").read_text(encoding="utf-8").partition("\n## In five minutes\n")[2]
    block = re.search(r"^```sh\n(.*?)^```", section, re.MULTILINE | re.DOTALL)
    assert block
    return block[1].splitlines()


class Newcomer:
    """Somebody at a shell, with the environment that their machine has."""

    def __init__(self, folder: Path) -> None:
        self.home, self.here, self.remote = folder / "home", folder / "work", folder / "github.git"
        self.seen = folder / "opened"
        self.steps: list[tuple[str, float]] = []
        for each in (self.home, self.here):
            each.mkdir()
        (self.home / "papers.bib").write_text(PAPERS, encoding="utf-8")
        subprocess.run(["git", "init", "--quiet", "--bare", str(self.remote)], check=True)
        (self.home / ".gitconfig").write_text(
            "[user]\n\tname = Ada\n\temail = ada@example.org\n[init]\n\tdefaultBranch = main\n"
            f'[url "{self.remote}"]\n\tinsteadOf = https://github.com/you/my-digest.git\n'
        )
        programs = folder / "bin"
        programs.mkdir()
        write_program(programs / "digest", f'exec "{sys.executable}" -m digest "$@"')
        write_program(programs / "browse", f'echo "$1" > "{self.seen}"')
        kept = {name: os.environ[name] for name in ("LANG", "LC_ALL", "TMPDIR", "PYTHONPATH") if name in os.environ}
        nowhere = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"), "http://127.0.0.1:9")
        self.environment = {
            **kept,
            **nowhere,
            "NO_PROXY": "127.0.0.1",
            "PATH": f"{programs}:{os.environ['PATH']}",
            "HOME": str(self.home),
            "XDG_CACHE_HOME": str(self.home / ".cache"),
            "BROWSER": str(programs / "browse"),
            "GIT_CONFIG_NOSYSTEM": "1",
        }

    def run(self, line: str) -> str:
        """Type a line and wait; what it says."""
        began = time.perf_counter()
        words = ["bash", "-e", "-c", f"{line}\npwd > '{self.home}/here'"]
        done = subprocess.run(
            words,
            cwd=self.here,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        self.took(line, began)
        assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"
        self.here = Path((self.home / "here").read_text().strip())
        return done.stdout + done.stderr

    def took(self, step: str, began: float) -> None:
        self.steps.append((step.partition(" #")[0].strip(), time.perf_counter() - began))

    @contextmanager
    def serve(self, line: str) -> Iterator[str]:
        """Type a line that goes on until Ctrl-C; where the browser was sent."""
        began = time.perf_counter()
        words = ["bash", "-c", f"exec {line}"]
        process = subprocess.Popen(
            words, cwd=self.here, env=self.environment, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
        try:
            wait_until(lambda: self.seen.exists() and self.seen.read_text().endswith("\n"), process)
            url = self.seen.read_text().strip()
            wait_until(lambda: "<h1" in read(url), process)
            self.took(line, began)
            yield url
            began = time.perf_counter()
            process.send_signal(signal.SIGINT)
            code = process.wait(PATIENCE)
            self.took("Ctrl-C", began)
            assert code in {0, 130}
            assert process.stderr is not None
            assert "Traceback" not in process.stderr.read()
        finally:
            process.kill()
            process.wait()
            if process.stderr is not None:
                process.stderr.close()


def write_program(path: Path, text: str) -> None:
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


def read(url: str) -> str:
    """A page as a browser gets it; empty while nobody is there."""
    try:
        with urllib.request.urlopen(url, timeout=PATIENCE) as answer:
            text: str = answer.read().decode()
            return text
    except urllib.error.HTTPError as error:
        with error:
            return ""
    except OSError:
        return ""


def wait_until(true: Callable[[], bool], process: subprocess.Popen[str]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert process.poll() is None, process.stderr.read() if process.stderr is not None else ""
        assert time.monotonic() < end, "it never came"
        time.sleep(0.002)


def find_link(html: str, words: str, url: str) -> str:
    """Where a link of a page leads whose text begins with these words."""
    found = re.search(rf'<a [^>]*href="([^"]+)"[^>]*>\s*{re.escape(words)}', html)
    assert found, words
    return urljoin(url, str(found[1]))


def edit_and_see(person: Newcomer, url: str) -> None:
    """Look at the imported paper, write a sentence into its file, save, and look again."""
    page = find_link(read(url), "Peas Climb Better", url)
    assert "Strings of hemp" in read(page)
    (entry,) = person.here.glob("content/**/*peas-climb*.md")
    text = entry.read_text(encoding="utf-8")
    began = time.perf_counter()
    entry.write_text(f"{text}\nI would have used $2n$ strings.\n", encoding="utf-8")
    while "I would have used" not in read(page):
        assert time.perf_counter() - began < PATIENCE, "what was saved never came"
    person.took("an edit is seen", began)
    assert "<math" in read(page).partition("I would have used")[2]


def test_from_an_empty_folder_to_a_published_digest(tmp_path: Path) -> None:
    person = Newcomer(tmp_path)
    road = read_road()
    assert road[0].startswith("pip install . "), "which is done: test_wheel does it"
    said: dict[str, str] = {}
    for line in road[1:]:
        if line.startswith("digest serve"):
            with person.serve(line.partition("#")[0]) as url:
                edit_and_see(person, url)
        else:
            words = line.split()
            said[" ".join(words[:2])] = person.run(line)
    assert {"digest init", "digest import", "digest new", "digest check", "git push", "digest publish"} <= said.keys()

    assert "2 new" in said["digest import"]
    assert "Published to gh-pages of origin (https://github.com/you/my-digest.git)" in said["digest publish"]
    pushed = git(person.remote, "ls-tree", "-r", "--name-only", "main").splitlines()
    assert ".github/workflows/digest.yml" in pushed
    assert not [path for path in pushed if path.startswith(("output", ".digest-cache"))]

    host = host_branch(person.remote, "/my-digest/")
    assert crawl(host, "https://you.github.io") == []
    home = host.files["index.html"].decode()
    assert "Leeks in Rows" in home
    assert "I would have used" in "".join(data.decode() for name, data in host.files.items() if "peas-climb" in name)
    feed = host.files["feed.xml"].decode()
    assert "https://you.github.io/my-digest/" in feed
    assert "localhost" not in feed + home

    assert "Nothing to publish" in person.run("digest publish --allow-dirty")
    assert git(person.here, "status", "--porcelain", "--", "content") in {"", "?? content/addresses.txt"}
    for step, seconds in person.steps:
        sys.stdout.write(f"{seconds:7.3f} s  {step}\n")


def git(folder: Path, *words: str) -> str:
    return subprocess.run(["git", *words], cwd=folder, capture_output=True, text=True, check=True).stdout.strip()
