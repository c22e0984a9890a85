"""An output folder may come from a stranger: what its stage and manifest say never leaves it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from published import publish_site, tree

from digest.model import ProblemError
from digest.writing import is_unfinished, open_stage
from digest.writing.manifest import NAME, manifest_bytes
from digest.writing.publishing import DECISION
from digest.writing.stage import STAGE, TREE, fingerprint_file

SITE = {"index.html": "home", "tags/index.html": "tags"}


def decide(folder: Path, marks: dict[str, str]) -> Path:
    """A stage of somebody's; returns where its files lie."""
    root = folder / STAGE / "1-1"
    (root / TREE).mkdir(parents=True)
    (root / DECISION).write_bytes(manifest_bytes(marks))
    return root / TREE


def build(folder: Path) -> dict[str, str]:
    publish_site(SITE, folder)
    assert not is_unfinished(folder)
    return tree(folder)


def mark(text: str, folder: Path) -> str:
    (folder / "mark").write_text(text)
    return fingerprint_file(str(folder / "mark")).hex()


def test_paths_of_a_stage_do_not_leave_the_folder(tmp_path: Path) -> None:
    folder, outside = tmp_path / "out", tmp_path / "outside"
    outside.write_text("mine")
    evil = mark("evil", tmp_path)
    files = decide(folder, {"../outside": evil, "/etc/evil": evil, "a/../../outside": evil, ".digest-lock": evil})
    (files / "outside").write_text("evil")
    assert build(folder) == SITE
    assert outside.read_text() == "mine"


def test_links_of_a_stage_are_neither_followed_nor_published(tmp_path: Path) -> None:
    folder, outside = tmp_path / "out", tmp_path / "outside"
    outside.mkdir()
    (outside / "mine").write_text("mine")
    mine = mark("mine", tmp_path)
    files = decide(folder, {"link": mine, "folder/mine": mine, "whole": mine})
    (files / "link").symlink_to(outside / "mine")
    (files / "folder").symlink_to(outside)
    (files / "whole").write_text("mine")
    (files.parent / "part").symlink_to(outside / "mine")
    (folder / STAGE / "2-2").symlink_to(outside)
    (outside / DECISION).write_bytes(manifest_bytes({"mine": mine}))
    with open_stage(folder):
        assert {path for path in tree(folder) if not path.startswith(".digest-")} == {"whole"}
    assert build(folder) == SITE
    assert (outside / "mine").read_text() == "mine"


def test_a_stage_whose_files_are_a_link_is_dropped(tmp_path: Path) -> None:
    folder, outside = tmp_path / "out", tmp_path / "outside"
    outside.mkdir()
    (outside / "mine").write_text("mine")
    files = decide(folder, {"mine": mark("mine", tmp_path)})
    files.rmdir()
    files.symlink_to(outside)
    assert build(folder) == SITE
    assert tree(outside) == {"mine": "mine"}


def test_nothing_is_moved_through_a_link_of_the_folder(tmp_path: Path) -> None:
    folder, outside = tmp_path / "out", tmp_path / "outside"
    outside.mkdir()
    files = decide(folder, {"evil/a": mark("evil", tmp_path)})
    (files / "evil").mkdir()
    (files / "evil" / "a").write_text("evil")
    (folder / "evil").symlink_to(outside)
    build(folder)
    assert tree(outside) == {}


def test_a_stage_does_not_take_the_place_of_files_of_others(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    files = decide(folder, {"CNAME": mark("evil", tmp_path), "good": mark("good", tmp_path)})
    (files / "CNAME").write_text("evil")
    (files / "good").write_text("good")
    (folder / "CNAME").write_text("example.org")
    with open_stage(folder):
        pass
    assert tree(folder) == {"CNAME": "example.org", "good": "good"}


def test_a_staged_file_that_was_hurt_is_not_published(tmp_path: Path) -> None:
    """After a power cut it may be empty."""
    folder = tmp_path / "out"
    publish_site(SITE, folder)
    files = decide(folder, {"index.html": mark("home, edited", tmp_path), "tags/index.html": mark("tags", tmp_path)})
    (files / "index.html").write_text("")
    with open_stage(folder):
        pass
    assert tree(folder) == SITE


def test_a_link_in_place_of_the_stage_is_in_the_way(tmp_path: Path) -> None:
    folder, outside = tmp_path / "out", tmp_path / "outside"
    outside.mkdir()
    (outside / "mine").mkdir()
    folder.mkdir()
    (folder / STAGE).symlink_to(outside)
    with pytest.raises(ProblemError, match="DG501"):
        publish_site(SITE, folder)
    assert (outside / "mine").is_dir()


@pytest.mark.parametrize("text", ["", "[]", "{", "[" * 100_000, '{"version": 1, "files": [1]}', '{"version": 1}'])
def test_a_damaged_decision_is_none(tmp_path: Path, text: str) -> None:
    folder = tmp_path / "out"
    files = decide(folder, {})
    (files / "evil").write_text("evil")
    (files.parent / DECISION).write_text(text)
    assert build(folder) == SITE


def test_a_manifest_removes_nothing_outside(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    publish_site(SITE, folder)
    mine = mark("mine", tmp_path)
    (tmp_path / "mine").write_text("mine")
    (folder / "link").symlink_to(tmp_path)
    odd = ["../mine", str(tmp_path / "mine"), "link/mine", "tags/../../mine", "\ud800", "nul\0", "", "x" * 5000]
    deep = "/".join("d" * 1500)
    (folder / NAME).write_text(json.dumps({"version": 1, "files": dict.fromkeys([*odd, deep], mine)}))
    publish_site(SITE, folder)
    assert (tmp_path / "mine").read_text() == "mine"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_pipes_are_not_opened(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    files = decide(folder, {"pipe": "0" * 32})
    os.mkfifo(files / "pipe")
    os.mkfifo(folder / ".digest-lock")
    os.mkfifo(folder / "index.html")
    with pytest.raises(ProblemError, match="DG501"):
        publish_site(SITE, folder)
    (folder / "index.html").unlink()
    (folder / ".digest-lock").unlink()
    assert build(folder) == SITE


@pytest.mark.parametrize(
    "path", [".digest-manifest.json", ".Digest-stage/a", "../a", "a//b", "", "a\0", "/".join("d" * 300)]
)
def test_a_path_that_no_output_can_have_is_told(tmp_path: Path, path: str) -> None:
    with pytest.raises(ProblemError, match="DG502"):
        publish_site({path: "a"}, tmp_path)
    assert tree(tmp_path) == {}


def test_a_name_that_is_too_long_is_told_with_what_helps(tmp_path: Path) -> None:
    with pytest.raises(ProblemError) as caught:
        publish_site({f"{'x' * 300}/index.html": "a"}, tmp_path)
    (problem,) = caught.value.problems
    assert (problem.code, "shorter" in problem.hint) == ("DG502", True)
    assert tree(tmp_path) == {}


def test_a_name_may_change_its_case(tmp_path: Path) -> None:
    """On a disk that takes both for the same, the new one is the name that is seen."""
    publish_site({"Page.html": "text", "Folder/index.html": "text"}, tmp_path)
    publish_site({"page.html": "text", "folder/index.html": "text"}, tmp_path)
    names = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*"))
    assert names == [NAME, "folder", "folder/index.html", "page.html"]


def test_a_copy_holds_what_its_source_does(tmp_path: Path) -> None:
    source, folder = tmp_path / "large", tmp_path / "out"
    source.write_bytes(os.urandom(3_000_000))
    with open_stage(folder) as stage:
        copied = stage.copy("large", str(source))
        assert (folder / STAGE / stage.name / TREE / "large").read_bytes() == source.read_bytes()
        assert copied.fingerprint == stage.put("same", source.read_bytes()).fingerprint
        with pytest.raises(ProblemError, match="DG109"):
            stage.copy("folder", str(tmp_path))
        with pytest.raises(ProblemError, match="DG109"):
            stage.copy("gone", str(tmp_path / "gone"))
    (folder / "large").write_bytes(source.read_bytes())
    with open_stage(folder) as stage:
        assert stage.copy("large", str(source)).equal
    with open_stage(folder, rewrite=True) as stage:
        assert not stage.copy("large", str(source)).equal
