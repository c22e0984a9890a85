"""Entries go to the disk whole, and never over or out of anything."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from invented import Desk, abstract

from digest.importing.filing import ContentFolder, stamp_of
from digest.model import ProblemError


def refused(act: Callable[[], object]) -> tuple[str, str]:
    with pytest.raises(ProblemError) as stopped:
        act()
    (problem,) = stopped.value.problems
    return problem.code, problem.message


@pytest.mark.parametrize("links", [True, False])
def test_a_file_is_created_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool) -> None:
    if not links:

        def link(source: str, target: str) -> None:
            raise OSError(errno.EPERM, "no links here", source, None, target)

        monkeypatch.setattr(os, "link", link)
    folder = ContentFolder(tmp_path / "content")
    stamp = folder.create("2019/12/06/a.md", "words\n")
    path = tmp_path / "content/2019/12/06/a.md"
    assert (path.read_text(), stamp) == ("words\n", stamp_of(path.stat()))
    code, _ = refused(lambda: folder.create("2019/12/06/a.md", "other\n"))
    assert (code, path.read_text()) == ("DG306", "words\n")
    assert [file.name for file in path.parent.iterdir()] == ["a.md"]


def test_a_file_is_replaced_with_its_rights(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("old")
    path.chmod(0o640)
    ContentFolder(tmp_path).replace("a.md", "new")
    assert (path.read_text(), path.stat().st_mode & 0o777) == ("new", 0o640)


def test_a_link_out_of_the_site_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "content/2019").symlink_to(tmp_path / "elsewhere")
    code, message = refused(lambda: ContentFolder(tmp_path / "content").create("2019/a.md", "words"))
    assert (code, "leads out" in message) == ("DG307", True)
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_full_disk_stops_the_import_and_the_next_one_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[int] = []
    write = os.write

    def full(descriptor: int, data: bytes) -> int:
        written.append(descriptor)
        if len(written) > 2:
            raise OSError(errno.ENOSPC, "no space left")
        return write(descriptor, data)

    desk = Desk(tmp_path)
    items = [
        abstract(f"Words {number}.", arxiv=f"1804.0000{number}", title=f"Paper {number}") for number in range(1, 5)
    ]
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        assert refused(lambda: desk.bring(*items))[0] == "DG307"
    assert sorted(desk.files()) == ["2026/11/21/paper-1.md", "2026/11/21/paper-2.md"]
    # What did not fit is not taken for known.
    assert [new.title for new in desk.new(*items)] == ["Paper 3", "Paper 4"]
