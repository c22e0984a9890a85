"""The wheel alone, in a clean environment: it carries its theme and vocabulary, and builds a site."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest
from built_sites import ROOT
from crawling import broken_links

DOCUMENT = """December 06, 2019
A Title for a Paper on Neural Networks
Ann Author, Bob Writer

A first sentence of an abstract about convolutional neural networks. A second one with $x^2$ in it, to be sure.

A Second Title on Reinforcement Learning
Cleo Third

Another abstract, about rewards and policies, that is long enough to be one. It has two sentences.
"""


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command that must succeed, away from this checkout and its environment."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    done = subprocess.run(list(map(str, command)), cwd=cwd, env=clean, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    return next(folder.glob("*.whl"))


def test_it_carries_everything_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {"digest/themes/default/theme.yml", "digest/themes/paper/theme.yml"} <= set(names)
    assert {
        "digest/importing/vocabulary.yml",
        "digest/serving/live/live.css",
        "digest/serving/live/live.js",
        "digest/starting/files/digest.yml",
        "digest/starting/files/gitignore",
    } <= set(names)
    assert "digest/py.typed" in names
    assert {"digest/locales/de.po", "digest/locales/ar.po", "digest/locales/zh.po"} <= set(names)
    assert not [name for name in names if name.startswith(("tests", "content", "output", "themes"))]


def test_it_imports_and_builds_a_site(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "environment", with_pip=True)
    scripts = tmp_path / "environment" / ("Scripts" if os.name == "nt" else "bin")
    run(scripts / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wheel, cwd=tmp_path)
    run(scripts / "digest", "init", "new", "--no-git", cwd=tmp_path)
    run(scripts / "digest", "build", "--site", "new", "--strict", cwd=tmp_path)
    (tmp_path / "papers.txt").write_text(DOCUMENT, encoding="utf-8")
    run(scripts / "digest", "import", "papers.txt", "--site", "site", cwd=tmp_path)
    run(scripts / "digest", "build", "--site", "site", "--base-url", "https://demo.example/repo/", cwd=tmp_path)
    output = tmp_path / "site" / "output"
    assert (output / "2019" / "12" / "06" / "index.html").is_file()
    assert (output / "feed.xml").read_text(encoding="utf-8").count("<item>") == 2
    assert broken_links(output, "/repo/") == []
