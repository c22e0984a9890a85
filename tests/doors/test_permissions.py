"""Files that nobody may read are told of, wherever they lie: none is passed over, none ends in a traceback."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from built_sites import ROOT

from digest.cli import main

pytestmark = pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read anything")

ENTRY = "---\ntitle: First words\ndate: 2024-02-03\n---\n\nA body.\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    home = tmp_path / "site"
    (home / "content" / "static").mkdir(parents=True)
    (home / "content" / "first.md").write_text(ENTRY, encoding="utf-8")
    (home / "content" / "static" / "file.txt").write_text("x", encoding="utf-8")
    (home / "content" / "site.yml").write_text("title: Mine\n", encoding="utf-8")
    shutil.copytree(ROOT / "themes" / "default", home / "themes" / "default")
    return home


@pytest.fixture
def forbid() -> Iterator[Callable[[Path], None]]:
    """Take all rights from a file, and give them back at the end."""
    taken: list[tuple[Path, int]] = []

    def take(path: Path) -> None:
        taken.append((path, path.stat().st_mode))
        path.chmod(0)

    yield take
    for path, mode in reversed(taken):
        path.chmod(mode)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "DG203"),
        ("content", "DG109"),
        ("content/first.md", "DG109"),
        ("content/site.yml", "DG109"),
        ("content/static", "DG109"),
        ("content/static/file.txt", "DG109"),
        ("themes", "DG109"),
        ("themes/default", "DG109"),
        ("themes/default/theme.yml", "DG109"),
        ("themes/default/templates", "DG109"),
        ("themes/default/templates/home.html", "DG109"),
        ("themes/default/static", "DG109"),
        ("themes/default/static/style.css", "DG109"),
    ],
)
def test_a_file_that_nobody_may_read_is_told(
    site: Path, forbid: Callable[[Path], None], capsys: pytest.CaptureFixture[str], name: str, code: str
) -> None:
    forbid(site / name)
    output = site.parent / "output"
    assert main(["build", "--site", str(site), "--output", str(output)]) == 1
    assert f"error[{code}]" in capsys.readouterr().err
    assert not output.exists()
