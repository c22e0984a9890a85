from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from published import publish_site, tree

from digest.model import ProblemError
from digest.writing import check_folder, check_outputs, open_stage
from digest.writing.manifest import NAME, read_manifest


def test_a_second_build_writes_nothing(tmp_path: Path) -> None:
    files = {"index.html": "home", "tags/index.html": "tags"}
    first = publish_site(files, tmp_path)
    stamps = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    second = publish_site(files, tmp_path)
    assert first.written == ("index.html", "tags/index.html")
    assert (second.written, second.unchanged, second.removed) == ((), 2, ())
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == stamps


def test_stale_pages_go_with_their_empty_folders(tmp_path: Path) -> None:
    publish_site({"index.html": "a", "old/deep/index.html": "b"}, tmp_path)
    done = publish_site({"index.html": "a"}, tmp_path)
    assert done.removed == ("old/deep/index.html",)
    assert sorted(path.name for path in tmp_path.iterdir()) == [NAME, "index.html"]


def test_files_of_others_are_never_touched(tmp_path: Path) -> None:
    (tmp_path / "CNAME").write_text("example.org")
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "mine.txt").write_text("mine")
    publish_site({"index.html": "a", "old/index.html": "b"}, tmp_path)
    publish_site({"index.html": "a"}, tmp_path)
    assert tree(tmp_path) == {"CNAME": "example.org", "old/mine.txt": "mine", "index.html": "a"}


def test_a_foreign_file_in_the_way_stops_everything_and_all_are_named(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("theirs")
    (tmp_path / "tags").write_text("theirs too")
    with pytest.raises(ProblemError) as caught:
        publish_site({"index.html": "a", "tags/index.html": "b", "about/index.html": "c"}, tmp_path)
    assert [problem.code for problem in caught.value.problems] == ["DG501", "DG501"]
    assert tree(tmp_path) == {"index.html": "theirs", "tags": "theirs too"}


def test_an_equal_foreign_file_is_adopted(tmp_path: Path) -> None:
    publish_site({"index.html": "a"}, tmp_path)
    (tmp_path / NAME).unlink()
    assert publish_site({"index.html": "a"}, tmp_path).unchanged == 1
    assert publish_site({}, tmp_path).removed == ("index.html",)


def test_a_stale_file_that_was_edited_stays_with_a_warning(tmp_path: Path) -> None:
    publish_site({"index.html": "a", "old.html": "b"}, tmp_path)
    (tmp_path / "old.html").write_text("edited by hand")
    done = publish_site({"index.html": "a"}, tmp_path)
    assert done.removed == ()
    assert [problem.code for problem in done.problems] == ["DG501"]
    assert tree(tmp_path)["old.html"] == "edited by hand"


def test_a_page_may_become_a_folder_and_a_folder_a_page(tmp_path: Path) -> None:
    publish_site({"a": "page", "b/c": "page"}, tmp_path)
    publish_site({"a/c": "page", "b": "page"}, tmp_path)
    assert tree(tmp_path) == {"a/c": "page", "b": "page"}


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    folder = tmp_path / "out"
    publish_site({"tags/index.html": "a"}, folder)
    (folder / "tags" / "index.html").unlink()
    (folder / "tags").rmdir()
    (folder / "tags").symlink_to(elsewhere)
    (elsewhere / "index.html").write_text("a")
    with pytest.raises(ProblemError):
        publish_site({"tags/index.html": "b"}, folder)
    publish_site({}, folder)
    assert tree(elsewhere) == {"index.html": "a"}


def test_a_linked_file_is_in_the_way(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("s")
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "index.html").symlink_to(secret)
    with pytest.raises(ProblemError):
        publish_site({"index.html": "a"}, folder)
    assert secret.read_text() == "s"


@pytest.mark.parametrize(
    "damage", ["", "{", "[]", '{"version": 9, "files": {}}', '{"version": 1, "files": {"../x": "0"}}']
)
def test_a_damaged_manifest_claims_nothing(tmp_path: Path, damage: str) -> None:
    folder = tmp_path / "out"
    publish_site({"index.html": "a"}, folder)
    (tmp_path / "x").write_text("outside")
    (folder / NAME).write_text(damage)
    with pytest.raises(ProblemError):
        publish_site({"index.html": "b"}, folder)
    assert (tmp_path / "x").read_text() == "outside"


def test_clean_writes_even_what_is_equal(tmp_path: Path) -> None:
    publish_site({"index.html": "a"}, tmp_path)
    assert publish_site({"index.html": "a"}, tmp_path, rewrite=True).written == ("index.html",)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_a_problem(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir(mode=0o500)
    with pytest.raises(ProblemError, match="DG502"):
        publish_site({"index.html": "a"}, folder)


def test_a_full_disk_is_told_once_for_all_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fill(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    found = set()
    with open_stage(tmp_path / "out") as stage, monkeypatch.context() as patch:
        patch.setattr(os, "write", fill)
        for name in ("a.html", "b/c.html"):
            with pytest.raises(ProblemError) as told:
                stage.put(name, b"text")
            found |= {*told.value.problems}
    assert [(problem.code, problem.message) for problem in found] == [
        ("DG502", f"cannot write {tmp_path / 'out'}: No space left on device")
    ]


def test_files_are_world_readable(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        publish_site({"index.html": "a"}, tmp_path)
    finally:
        os.umask(before)
    assert (tmp_path / "index.html").stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("output", ["", "content", "content/x", "themes", ".."])
def test_the_source_is_no_output_folder(tmp_path: Path, output: str) -> None:
    site = tmp_path / "site"
    (site / "content").mkdir(parents=True)
    with pytest.raises(ProblemError, match="DG502"):
        check_folder(site / output, site)
    check_folder(site / "output", site)


def test_a_file_is_no_output_folder(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    with pytest.raises(ProblemError, match="DG502"):
        check_folder(tmp_path / "out", tmp_path / "site")


SITES = st.dictionaries(
    st.lists(st.sampled_from("abc"), min_size=1, max_size=3).map("/".join), st.sampled_from("xyz"), max_size=6
).filter(lambda site: not any(other.startswith(path + "/") for path in site for other in site))


@given(st.lists(SITES, min_size=1, max_size=4))
@settings(deadline=None, max_examples=60)
def test_after_any_series_of_builds_the_folder_is_the_last_site(
    tmp_path_factory: pytest.TempPathFactory, sites: list[dict[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("out")
    for site in sites:
        publish_site(site, folder)
    assert tree(folder) == sites[-1]


@pytest.mark.parametrize("name", ["x" * 300, "loop"])
def test_an_output_folder_that_no_disk_can_have_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "loop").symlink_to("loop")

    def build() -> None:
        check_folder(tmp_path / name, tmp_path / "site")
        publish_site({"index.html": "a"}, tmp_path / name)  # newer Pythons find a circle of links only here

    with pytest.raises(ProblemError) as caught:
        build()
    assert [problem.code for problem in caught.value.problems] == ["DG502"]


def test_the_name_of_a_file_may_end_like_a_temporary_one(tmp_path: Path) -> None:
    publish_site({"a.txt": "1", "a.txt.digest-new": "2"}, tmp_path)
    publish_site({"a.txt": "3", "a.txt.digest-new": "2"}, tmp_path)
    assert tree(tmp_path) == {"a.txt": "3", "a.txt.digest-new": "2"}


def test_a_name_may_be_as_long_as_the_disk_has_room_for(tmp_path: Path) -> None:
    publish_site({"x" * 255: "1"}, tmp_path)
    assert tree(tmp_path) == {"x" * 255: "1"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_a_pipe_in_place_of_the_manifest_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / NAME)
    publish_site({"index.html": "a"}, tmp_path)
    assert read_manifest(f"{tmp_path}/{NAME}").keys() == {"index.html"}


def test_what_is_in_the_way_of_many_files_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "tags").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ProblemError) as caught:
        publish_site({"tags/a.html": "a", "tags/b.html": "b"}, tmp_path / "out")
    assert [problem.code for problem in caught.value.problems] == ["DG501"]


def test_a_name_that_the_locale_cannot_write_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: str, mode: int = 0o777) -> None:
        "日本".encode("ascii")

    with open_stage(tmp_path) as stage:
        monkeypatch.setattr(os, "mkdir", refuse)
        with pytest.raises(ProblemError) as caught:
            stage.put("a/index.html", b"a")
        monkeypatch.undo()
    (problem,) = caught.value.problems
    assert (problem.code, "UTF-8" in problem.hint) == ("DG502", True)


def test_a_folder_in_place_of_the_manifest_is_in_the_way(tmp_path: Path) -> None:
    (tmp_path / NAME).mkdir()
    with pytest.raises(ProblemError, match=r"DG501 \S*/\.digest-manifest\.json is in the way"):
        publish_site({"index.html": "a"}, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


def test_what_became_of_outputs_is_seen(tmp_path: Path) -> None:
    names = [f"{name}/index.html" for name in ("same", "longer", "touched", "gone", "linked", "moved", "folder")]
    with open_stage(tmp_path) as stage:
        stamps = {name: stage.put(name, b"text").stamp for name in names}
    publish_site(dict.fromkeys(names, "text"), tmp_path)
    with open_stage(tmp_path) as stage:
        stamps = {name: stage.put(name, b"text").stamp for name in names}
    assert check_outputs(tmp_path, stamps) == set()
    (tmp_path / names[1]).write_text("longer text")
    os.utime(tmp_path / names[2], ns=(0, stamps[names[2]].modified + 1))
    (tmp_path / names[3]).unlink()
    (tmp_path / names[4]).rename(tmp_path / "elsewhere")
    (tmp_path / names[4]).symlink_to(tmp_path / "elsewhere")
    (tmp_path / "copy").write_text("text")
    os.utime(tmp_path / "copy", ns=(0, stamps[names[5]].modified))
    (tmp_path / "copy").replace(tmp_path / names[5])
    (tmp_path / names[6]).unlink()
    (tmp_path / names[6]).mkdir()
    odd = {"nul\0": stamps[names[0]], "\ud800": stamps[names[0]]}
    assert check_outputs(tmp_path, {**stamps, **odd}) == {*names[1:], *odd}
