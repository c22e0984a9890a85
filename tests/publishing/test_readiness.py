"""What is said of a repository before anything is built."""

from __future__ import annotations

from pathlib import Path

import pytest
from repositories import Repositories, git, isolate_git

from digest.publishing.branch import BRANCH
from digest.publishing.sizes import LARGEST_FILE, LARGEST_SITE, check_sizes


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repositories:
    isolate_git(monkeypatch, tmp_path / "home")
    return Repositories(tmp_path)


def told(place: Repositories, **words: str | bool) -> list[tuple[str, str]]:
    return [(problem.code, problem.message) for problem in place.look(**words)]


def test_nothing_stands_in_the_way(place: Repositories) -> None:
    place.write("elsewhere.txt", "not of the site")
    place.write("output/index.html", "built")
    assert told(place) == []


def test_what_is_not_committed_is_told_file_by_file(place: Repositories) -> None:
    place.write("content/leek.md", "edited")
    place.write("content/2020/pea ü.md", "new")
    place.write("themes/own/theme.yml", "new")
    git(place.site, "add", "content")
    found = [problem.span.path for problem in place.look() if problem.span and problem.code == "DG821"]
    assert sorted(found) == ["content/2020/pea ü.md", "content/leek.md", "themes/own/theme.yml"]
    assert place.look(allow_dirty=True) == []
    for number in range(30):
        place.write(f"content/{number:02}.md", "new")
    assert told(place)[-1] == ("DG821", "13 more files are not committed")


def test_what_a_build_writes_down_is_no_reason_to_stop_but_is_told_of(place: Repositories) -> None:
    place.write("content/addresses.txt", "written by a build")
    assert told(place) == []
    notes = place.prepare({"index.html": "x"}).problems
    assert [(note.severity, note.span.path) for note in notes if note.span] == [("note", "content/addresses.txt")]


def test_there_is_no_repository(place: Repositories, tmp_path: Path) -> None:
    place.site = tmp_path / "plain"
    place.write("content/leek.md", "text")
    assert told(place) == [("DG823", "the site is in no git repository")]
    place.site = place.remote
    assert told(place) == [("DG823", "the site is in no git repository")]


def test_there_is_no_remote(place: Repositories) -> None:
    (missing,) = place.look(remote="upstream")
    assert (missing.message, missing.hint) == (
        "the repository has no remote called upstream",
        "name one with --remote: origin",
    )
    git(place.site, "remote", "remove", "origin")
    (missing,) = place.look()
    assert missing.hint == "git remote add origin URL"
    assert told(place, remote=str(place.remote)) == []


def test_a_branch_is_named_by_its_option(place: Repositories) -> None:
    (problem,) = place.look(target="pages")
    assert (problem.code, problem.hint) == ("DG823", "write --branch pages")


@pytest.mark.parametrize("name", ["", "a b", "-x..y", "main.lock", "main"])
def test_a_branch_that_cannot_be_published_to(place: Repositories, name: str) -> None:
    assert [code for code, _ in told(place, branch=name)] == ["DG823"]


def test_git_does_not_know_who_commits(place: Repositories, monkeypatch: pytest.MonkeyPatch) -> None:
    (place.folder / "home" / "config").write_text("[user]\nuseConfigOnly = true\n")
    assert told(place) == [("DG823", "git does not know who you are")]


def test_the_address_at_github_is_known(place: Repositories) -> None:
    git(place.site, "remote", "set-url", "origin", "git@github.com:ada/notes.git")
    assert BRANCH.look(place.order()).base_url == "https://ada.github.io/notes/"


def test_what_is_too_large() -> None:
    assert not list(check_sizes({"a": LARGEST_FILE, "b": 1}, strict=True))
    for strict, severity in ((True, "error"), (False, "warning")):
        (problem,) = check_sizes({"film.mp4": LARGEST_FILE + 1}, strict=strict)
        assert (problem.severity, problem.code) == (severity, "DG824")
        assert "film.mp4" in problem.message
    (problem,) = check_sizes(
        {str(number): LARGEST_FILE for number in range(LARGEST_SITE // LARGEST_FILE + 1)}, strict=True
    )
    assert (problem.severity, "MB" in problem.message) == ("warning", True)
