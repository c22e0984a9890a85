"""Publishing into a folder: what is there afterwards, and what of others is there still."""

from __future__ import annotations

from pathlib import Path

import pytest
from published import publish_site, tree

from digest.model import Delivery, ProblemError, PublishOrder
from digest.writing.replica import FOLDER

SITE = {"index.html": "home", "a/index.html": "page", "assets/x.css": "p{}"}


@pytest.fixture
def output(tmp_path: Path) -> Path:
    folder = tmp_path / "site" / "output"
    (tmp_path / "site" / "content").mkdir(parents=True)
    publish_site(SITE, folder)
    return folder


def order(output: Path, target: Path | str, *, replace: bool = False, fresh: bool = False) -> PublishOrder:
    site, base_url = str(output.parent), "https://example.org/"
    return PublishOrder(site, str(output), base_url, str(target), replace=replace, fresh=fresh)


def prepare(output: Path, target: Path) -> Delivery:
    paths = tuple(tree(output))
    assert FOLDER.look(order(output, target)).problems == ()
    return FOLDER.prepare(order(output, target), paths)


def test_the_folder_holds_the_site_and_the_next_time_what_has_changed(output: Path, tmp_path: Path) -> None:
    target = tmp_path / "www" / "digest"
    looked = prepare(output, target)
    assert sorted(looked.added) == sorted(SITE)
    assert not target.exists(), "looking changes nothing"
    assert looked.send().done == str(target)
    assert tree(target) == SITE
    times = {path: (target / path).stat().st_mtime_ns for path in SITE}
    again = prepare(output, target)
    assert again.is_empty
    assert again.send().done == ""
    publish_site({"index.html": "new", "b/index.html": "page", "assets/x.css": "p{}"}, output)
    done = prepare(output, target).send()
    assert (done.added, done.changed, done.removed) == (("b/index.html",), ("index.html",), ("a/index.html",))
    assert tree(target) == tree(output)
    assert (target / "assets/x.css").stat().st_mtime_ns == times["assets/x.css"], "what stays is not written anew"
    assert not (target / "a").exists()


def test_what_others_have_there_stays(output: Path, tmp_path: Path) -> None:
    target = tmp_path / "www"
    (target / "a").mkdir(parents=True)
    (target / "a" / "mine.txt").write_text("mine")
    (target / "link").symlink_to("nowhere")
    prepare(output, target).send()
    publish_site({"index.html": "new"}, output)
    done = prepare(output, target).send()
    assert done.kept == ("a/mine.txt", "link")
    assert tree(target) == {"index.html": "new", "a/mine.txt": "mine"}
    assert (target / "link").is_symlink()


def test_what_others_have_in_the_way_is_told_and_nothing_is_changed(output: Path, tmp_path: Path) -> None:
    target = tmp_path / "www"
    target.mkdir()
    (target / "index.html").write_text("mine")
    (target / "assets").symlink_to(tmp_path)
    looked = prepare(output, target)
    assert sorted((problem.code, problem.message.split(" is in")[0]) for problem in looked.problems) == [
        ("DG501", f"{target}/assets"),
        ("DG501", f"{target}/index.html"),
    ]
    assert looked.send().done == ""
    assert tree(target)["index.html"] == "mine"
    assert not (target / "a").exists()


def test_what_was_edited_there_is_not_removed(output: Path, tmp_path: Path) -> None:
    target = tmp_path / "www"
    prepare(output, target).send()
    (target / "a" / "index.html").write_text("mine now")
    publish_site({"index.html": "home"}, output)
    done = prepare(output, target).send()
    assert [(problem.severity, problem.code) for problem in done.problems] == [("warning", "DG501")]
    assert tree(target) == {"index.html": "home", "a/index.html": "mine now"}


@pytest.mark.parametrize(
    "name", ["", "site", "site/content", "site/content/www", "site/output", "site/output/www", "."]
)
def test_folders_that_cannot_be_published_into(output: Path, tmp_path: Path, name: str) -> None:
    target = tmp_path / name if name else ""
    problems = FOLDER.look(order(output, target)).problems
    assert [problem.code for problem in problems] == ["DG502"], name
    assert all(problem.hint for problem in problems)


def test_what_others_have_is_never_removed(output: Path, tmp_path: Path) -> None:
    for given in (order(output, tmp_path / "www", replace=True), order(output, tmp_path / "www", fresh=True)):
        (problem,) = FOLDER.look(given).problems
        assert problem.severity == "error"


def test_a_file_that_is_gone_is_told(output: Path, tmp_path: Path) -> None:
    paths = tuple(tree(output))
    (output / "index.html").unlink()
    with pytest.raises(ProblemError, match=r"index\.html"):
        FOLDER.prepare(order(output, tmp_path / "www"), paths)
