"""All new entries are written, or none; nothing is ever overwritten."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NoReturn

import pytest
from invented import NOW, abstract, no_tags, reading_of

from digest.model import Problem, ProblemError
from digest.sources import ImportPlan, file_entries, list_files, plan_import


def plan_of(*titles: str) -> ImportPlan:
    items = [abstract(f"Words about {title}.", title=title, day=date(2019, 12, 6)) for title in titles]
    return plan_import([reading_of(*items)], (), no_tags, now=NOW)


def test_entries_are_written_where_the_plan_says(tmp_path: Path) -> None:
    report = file_entries(plan_of("Onions", "Leeks"), tmp_path / "content")
    day = tmp_path / "content" / "2019" / "12" / "06"
    assert report.written == (day / "onions.md", day / "leeks.md")
    assert sorted(path.name for path in day.iterdir()) == ["leeks.md", "onions.md"]
    assert day.joinpath("onions.md").read_text().endswith("\n\nWords about Onions.\n")
    assert list_files(tmp_path / "content") == {
        "2019", "2019/12", "2019/12/06", "2019/12/06/leeks.md", "2019/12/06/onions.md",
    }  # fmt: skip


def test_a_plan_with_an_error_is_not_carried_out(tmp_path: Path) -> None:
    plan = replace(plan_of("Onions"), problems=(Problem("error", "DG305", "lost"),))
    with pytest.raises(ProblemError):
        file_entries(plan, tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("links", [True, False])
def test_a_file_in_the_way_stops_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool) -> None:
    def no_links(*_: object) -> NoReturn:
        raise PermissionError(1, "no hard links here")

    if not links:
        monkeypatch.setattr(os, "link", no_links)
    mine = tmp_path / "2019" / "12" / "06" / "leeks.md"
    mine.parent.mkdir(parents=True)
    mine.write_text("mine")
    with pytest.raises(ProblemError) as raised:
        file_entries(plan_of("Onions", "Leeks", "Garlic"), tmp_path)
    assert [problem.code for problem in raised.value.problems] == ["DG306"]
    assert mine.read_text() == "mine"
    assert list(mine.parent.iterdir()) == [mine]
    assert len(file_entries(plan_of("Onions"), tmp_path).written) == 1


def test_a_folder_that_cannot_be_made_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "2019").mkdir()
    (tmp_path / "2019" / "12").write_text("a file, no folder")
    with pytest.raises(ProblemError) as raised:
        file_entries(plan_of("Onions"), tmp_path)
    assert raised.value.problems[0].code in {"DG306", "DG307"}
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["12", "2019"]


def test_a_link_out_of_the_site_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "2019").symlink_to(tmp_path / "outside")
    with pytest.raises(ProblemError) as raised:
        file_entries(plan_of("Onions"), tmp_path / "content")
    assert raised.value.problems[0].code == "DG307"
    assert list((tmp_path / "outside").iterdir()) == []
