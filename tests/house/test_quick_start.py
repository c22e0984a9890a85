"""What has nothing to do loads nothing."""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HEAVY = {"markdown", "jinja2", "pygments", "yaml", "msgspec", "nh3", "math_core", "babel", "docutils", "httpx", "rich"}
LIGHT = HEAVY | {"argparse", "pathlib", "typing", "dataclasses", "re", "json", "digest.model", "digest.pipeline"}
# Runs `digest` and tells, last, what was loaded.
RUN = """
import sys
from digest.cli import main
try:
    code = main(sys.argv[1:])
except SystemExit as end:
    code = end.code or 0
loaded = sorted(sys.modules)
print()
print(repr([code, loaded]))
"""


def run(arguments: list[str], package: Path) -> tuple[str, set[str]]:
    """What `digest` says and loads."""
    done = subprocess.run(
        [
            sys.executable,
            "-I",
            "-S",
            "-c",
            f"import sys; sys.path[:0] = {[str(package), *sys.path]!r}\n{RUN}",
            *arguments,
        ],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "NO_COLOR": "1"},
    )
    said, _, last = done.stdout.rstrip("\n").rpartition("\n")
    code, loaded = ast.literal_eval(last)
    assert code == 0, done.stderr
    return said, set(loaded)


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """The program as it is installed, so that nobody who works on it changes it meanwhile."""
    shutil.copytree(ROOT / "digest", tmp_path / "lib" / "digest", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "themes", tmp_path / "lib" / "digest" / "themes")
    return tmp_path / "lib"


def test_a_build_with_nothing_to_do_loads_nothing(tmp_path: Path, package: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "leek.md").write_text("---\ntitle: A leek\ndate: 2020-01-02\n---\n\nText.\n")
    time.sleep(0.15)  # what is younger is not trusted
    build = ["build", "--site", str(tmp_path)]
    first, loaded = run(build, package)
    assert "jinja2" in loaded or "digest.rendering" in loaded
    again, loaded = run(build, package)
    assert loaded & LIGHT == set()
    assert "1 entry" in first
    assert "0 written" in again
    report, _ = run([*build, "--report", "json"], package)
    again, loaded = run([*build, "--report", "json"], package)
    assert loaded & LIGHT == set()
    assert json.loads(again)["unchanged"] == json.loads(report)["unchanged"]


@pytest.mark.parametrize("arguments", [["--help"], ["--version"]])
def test_help_loads_nothing_heavy(arguments: list[str], package: Path) -> None:
    _, loaded = run(arguments, package)
    assert loaded & HEAVY == set()
    assert not any(name.startswith("digest.") and name != "digest.cli" for name in loaded)
