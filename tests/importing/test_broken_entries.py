"""An entry that is broken stops no import, is never filed a second time, and is left alone."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from invented import LONG, ONIONS, PAPER, Desk, abstract, kinds

from digest.commands.site_import import open_importer
from digest.importing import Origin, tell_item
from digest.model import Identifiers, Item, ProblemError, Span

LEEKS = abstract("Nobody knows what leeks want. We ask them.", title="Asking Leeks", authors=("Bo Writer",))
SUMMARY = Item("summary", LONG.format("beans", "two"), Span("garden.txt", 3), identifiers=Identifiers(doi="10.1000/b"))
GARBLES: list[Callable[[str], str]] = [
    lambda line: f'{line} "',
    lambda line: line.replace(": ", ': "', 1) if ": " in line else f'{line}: "',
    lambda line: f"{line}: [",
    lambda line: f"\t{line}",
    lambda line: f"{line.partition(':')[0]}: {{",
    lambda line: line.partition(":")[0],
]


@pytest.mark.parametrize("item", [PAPER, ONIONS, SUMMARY, replace(SUMMARY, title="Beans")])
def test_whatever_line_is_garbled(tmp_path: Path, item: Item) -> None:
    desk = Desk(tmp_path)
    desk.bring(item)
    (key,) = desk.files()
    path = tmp_path / "content" / key
    lines = path.read_text(encoding="utf-8").split("\n")
    front = range(1, lines.index("---", 1))
    broken = 0
    for at in front:
        for garble in GARBLES:
            path.write_text("\n".join((*lines[:at], garble(lines[at]), *lines[at + 1 :])), encoding="utf-8")
            before = desk.files()
            with open_importer(tmp_path, desk.settings, now=desk.now, dry=True) as importer:
                if not importer.faults:
                    continue
            broken += 1
            assert kinds(desk.bring(item)) == ["broken"], path.read_text(encoding="utf-8")
            assert desk.files() == before
    assert broken > 2 * len(front)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("---\n\nWe water", "\nWe water"),  # not closed
        ("---\n\nWe water", "We water"),
        ("Watering Onions", "Watering Onions: how, and: why"),
        ("title: Watering Onions\n", ""),
        ("date: 2026-11-21", "date: tomorrow"),
        ("date: 2026-11-21", "date:"),
        ("kind: abstract", "kind: [paper"),
    ],
)
@pytest.mark.parametrize("forget", [False, True])
def test_what_people_do_to_entries(tmp_path: Path, old: str, new: str, *, forget: bool) -> None:
    desk = Desk(tmp_path)
    desk.bring(PAPER)
    desk.edit(old, new)
    (key,) = desk.files()
    (tmp_path / "content" / key).rename(tmp_path / "content" / "mine.md")
    before = desk.files()
    if forget:
        (tmp_path / ".digest/known.sqlite").unlink()
    newer = replace(PAPER, body="Other words.", identifiers=replace(PAPER.identifiers, version=2))
    for item in (PAPER, newer):
        if "DG" in "".join(told := faults(desk)):
            assert told[0].startswith("error DG10")
            assert kinds(desk.bring(item, LEEKS)) in (["broken", "new"], ["broken", "unchanged"])
            assert {name: data for name, data in desk.files().items() if name in before} == before
    assert len(desk.files()) == 2
    assert told


def faults(desk: Desk) -> list[str]:
    """The codes of what is wrong with the entries of the site."""
    with open_importer(desk.site, desk.settings, now=desk.now, dry=True) as importer:
        return [f"{fault.severity} {fault.code}" for fault in importer.faults]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda raw: raw.replace(b"Ann", b"An\xff"),
        lambda raw: raw.decode().encode("utf-16"),
    ],
)
def test_bytes_that_are_no_text(tmp_path: Path, spoil: Callable[[bytes], bytes]) -> None:
    desk = Desk(tmp_path)
    desk.bring(PAPER)
    path = tmp_path / "content" / next(iter(desk.files()))
    path.write_bytes(spoil(path.read_bytes()))
    assert faults(desk) == ["error DG106"]
    assert kinds(desk.bring(PAPER, LEEKS)) == ["broken", "new"]


def test_what_is_no_entry_at_all_is_told(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "photo.md").write_bytes(b"\x89PNG\xff" * 9)
    assert faults(desk) == ["error DG106"]
    assert kinds(desk.bring(PAPER)) == ["new"]


def test_a_mended_entry_is_as_it_was(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.bring(PAPER)
    desk.edit("title: Watering", 'title: "Watering')
    assert kinds(desk.bring(PAPER)) == ["broken"]
    desk.edit('title: "Watering', "title: Watering")
    assert kinds(desk.bring(replace(PAPER, body="Other words."))) == ["renewed"]


def test_an_entry_that_is_broken_during_an_import(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.bring(PAPER)
    with open_importer(tmp_path, desk.settings, now=desk.now) as importer:
        desk.edit("kind: abstract", "kind: [")
        before = desk.files()
        newer = replace(PAPER, body="Other words.")
        assert kinds([importer.take(tell_item(newer, Origin("garden", file="garden.txt")))]) == ["broken"]
        assert [fault.code for fault in importer.faults] == ["DG101"]
    assert desk.files() == before


def test_a_paper_of_the_same_title_may_be_the_broken_one(tmp_path: Path) -> None:
    """What else tells papers apart may be what is broken."""
    desk = Desk(tmp_path)
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "mine.md").write_text(
        "---\nkind: abstract\ntitle: Watering Onions\narxiv: 1804:\n  [00222\n---\n\nMine.\n"
    )
    assert kinds(desk.bring(PAPER, replace(ONIONS, body="Words."), LEEKS)) == ["broken", "broken", "new"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_a_file_that_cannot_be_opened_stops_all(tmp_path: Path) -> None:
    """It may be any paper."""
    desk = Desk(tmp_path)
    (tmp_path / "content").mkdir()
    os.mkfifo(tmp_path / "content" / "mine.md")
    with pytest.raises(ProblemError) as refused:
        desk.bring(PAPER)
    assert [problem.code for problem in refused.value.problems] == ["DG109"]
