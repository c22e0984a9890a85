"""The index of a search where an entry was edited: most files stay, and all are those of a clean build."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from digest.caching import CACHE_FOLDER
from digest.cli import main
from digest.rendering import search_index

SETTINGS = """\
title: A garden
feeds: []
exports: []
markdown_twins: false
statistics: false
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site that has been built, whose index has several files of each kind."""
    content = tmp_path / "site" / "content"
    content.mkdir(parents=True)
    (content / "site.yml").write_text(SETTINGS, encoding="utf-8")
    for number in range(40):
        words = " ".join(f"plant{number * 41 + place}x" for place in range(80))
        head = f"---\ntitle: Leek {number}\ndate: 2020-01-{number % 28 + 1:02d}\nauthors: [Bea Bot {number}]\n---\n\n"
        (content / f"leek-{number}.md").write_text(f"{head}Words of a garden. {words}\n", encoding="utf-8")
    build(content.parent)
    return content.parent


def build(site: Path) -> dict[str, bytes]:
    """The files of the search."""
    assert main(["build", "--site", str(site), "--jobs", "1"]) == 0
    return {path.name: path.read_bytes() for path in (site / "output" / "search").iterdir()}


def edit(site: Path) -> None:
    with (site / "content" / "leek-7.md").open("a", encoding="utf-8") as file:
        file.write("\nOne more radish.\n")


def add_another(site: Path) -> None:
    text = "---\ntitle: Radish\ndate: 2020-01-14\nauthors: [Bea Bot 7]\n---\n\nIts author has a page now.\n"
    (site / "content" / "radish.md").write_text(text, encoding="utf-8")


def lose_all(site: Path) -> None:
    edit(site)
    shutil.rmtree(site / "output" / "search")


def lose_texts(site: Path) -> None:
    edit(site)
    for path in sorted((site / "output" / "search").glob("texts-*.json"))[::2]:
        path.unlink()


@pytest.mark.parametrize("change", [edit, add_another, lose_all, lose_texts])
def test_it_is_not_written_anew(change: Callable[[Path], None], site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(_index: object) -> None:
        raise AssertionError("the index was written anew")

    change(site)
    with monkeypatch.context() as patch:
        patch.setattr(search_index, "write_search_index", never)
        renewed = build(site)
    assert len([name for name in renewed if name.startswith("t")]) > 6
    shutil.rmtree(site / CACHE_FOLDER)
    assert renewed == build(site)


def test_damage_is_found_out(site: Path) -> None:
    edit(site)
    packs = list((site / CACHE_FOLDER).glob("files-*.pack"))
    assert packs
    for pack in packs:
        pack.write_bytes(bytes(byte ^ 0xFF for byte in pack.read_bytes()))
    renewed = build(site)
    shutil.rmtree(site / CACHE_FOLDER)
    assert renewed == build(site)
