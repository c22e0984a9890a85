"""How a runner gets the digest that made the site: from where it was got here, if others can reach that."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from digest.starting.requirements import find_requirement, open_address, requirement_of

PYPI = "research-digest==1.2"
COMMIT = "0123456789012345678901234567890123456789"


@pytest.mark.parametrize(
    ("told", "line"),
    [
        ({}, PYPI),
        ({"url": "https://example.org/a.whl", "archive_info": {}}, PYPI),
        ({"url": "file:///nowhere/at-all", "dir_info": {"editable": True}}, PYPI),
        (
            {"url": "https://example.org/ada/digest.git", "vcs_info": {"vcs": "git", "commit_id": COMMIT}},
            f"research-digest @ git+https://example.org/ada/digest.git@{COMMIT}",
        ),
        (
            {"url": "ssh://git@github.com/ada/digest.git", "vcs_info": {"vcs": "git", "commit_id": COMMIT}},
            f"research-digest @ git+https://github.com/ada/digest.git@{COMMIT}",
        ),
    ],
)
def test_what_was_installed_from_somewhere(told: dict[str, Any], line: str) -> None:
    assert requirement_of("1.2", told) == line


def test_here_it_is_one_line() -> None:
    assert find_requirement().startswith("research-digest")
    assert "\n" not in find_requirement()


@pytest.mark.parametrize(
    ("url", "open_url"),
    [
        ("git@github.com:ada/digest.git", "https://github.com/ada/digest.git"),
        ("https://github.com/ada/digest", "https://github.com/ada/digest"),
        ("https://ada:secret@github.com/ada/digest", ""),
        ("/srv/git/digest.git", ""),
        ("https://github.com/ada/digest -e .", ""),
        ("", ""),
    ],
)
def test_nobody_is_told_a_secret(url: str, open_url: str) -> None:
    assert open_address(url) == open_url


def test_a_checkout_whose_commit_others_have(tmp_path: Path) -> None:
    def git(folder: Path, *words: str) -> str:
        who = ("-c", "user.name=Ann", "-c", "user.email=ann@example.org")
        command = ["git", "-C", str(folder), *who, *words]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

    origin, checkout = tmp_path / "origin.git", tmp_path / "a checkout"
    git(tmp_path, "init", "--quiet", "--bare", str(origin))
    git(tmp_path, "clone", "--quiet", str(origin), str(checkout))
    git(checkout, "commit", "--quiet", "--allow-empty", "-m", "One")
    git(checkout, "push", "--quiet", "origin", "HEAD")
    git(checkout, "remote", "set-url", "origin", "git@github.com:ada/digest.git")
    told = {"url": checkout.as_uri(), "dir_info": {"editable": True}}
    address = "research-digest @ git+https://github.com/ada/digest.git"
    assert requirement_of("1.2", told) == f"{address}@{git(checkout, 'rev-parse', 'HEAD')}"
    git(checkout, "commit", "--quiet", "--allow-empty", "-m", "Two, which nobody else has")
    assert requirement_of("1.2", told) == address
