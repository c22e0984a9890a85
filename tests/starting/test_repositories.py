"""The repository that a site is part of, and what GitHub calls it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from digest.starting import begin_repository, find_repository, name_on_github, pages_address


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ada/my-digest", "ada/my-digest"),
        ("ada/my-digest.git", "ada/my-digest"),
        ("https://github.com/ada/my.digest.git", "ada/my.digest"),
        ("https://github.com/ada/my-digest/", "ada/my-digest"),
        ("https://token@github.com/ada/my-digest", "ada/my-digest"),
        ("git@github.com:ada/my-digest.git", "ada/my-digest"),
        ("ssh://git@github.com/ada/my-digest", "ada/my-digest"),
        ("https://gitlab.com/ada/my-digest", ""),
        ("https://github.com/ada", ""),
        ("ada", ""),
        ("ada/a b", ""),
        ("-x/y", ""),
        ("", ""),
    ],
)
def test_names_on_github(text: str, name: str) -> None:
    assert name_on_github(text) == name


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("Ada/my-digest", "https://ada.github.io/my-digest/"),
        ("Ada/ada.github.io", "https://ada.github.io/"),
        ("ada/Bob.github.io", "https://ada.github.io/Bob.github.io/"),
    ],
)
def test_where_pages_are_shown(name: str, address: str) -> None:
    assert pages_address(name) == address


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "some repository"
    folder.mkdir()
    assert begin_repository(folder)
    return folder


def test_a_new_one_is_on_main(repository: Path) -> None:
    found = find_repository(repository)
    assert found
    assert (found.root, found.branch, found.github) == (repository.resolve(), "main", "")


def test_a_folder_that_is_not_there_yet_belongs_to_the_one_around_it(repository: Path) -> None:
    found = find_repository(repository / "a" / "b")
    assert found
    assert found.root == repository.resolve()


def test_one_that_ignores_the_folder_does_not_count(repository: Path) -> None:
    (repository / ".gitignore").write_text("/sites/\n", encoding="utf-8")
    assert find_repository(repository / "sites" / "mine") is None
    assert find_repository(repository / "site")


def test_its_own_folder_is_no_place_for_a_site(repository: Path) -> None:
    assert find_repository(repository / ".git" / "site") is None


def test_branch_and_origin_are_told(repository: Path) -> None:
    subprocess.run(["git", "-C", repository, "symbolic-ref", "HEAD", "refs/heads/trunk"], check=True)
    url = "git@github.com:ada/my-digest.git"
    subprocess.run(["git", "-C", repository, "remote", "add", "origin", url], check=True)
    found = find_repository(repository)
    assert found
    assert (found.branch, found.github) == ("trunk", "ada/my-digest")


def test_without_git_there_is_none(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert find_repository(repository) is None
    assert begin_repository(repository) is None
