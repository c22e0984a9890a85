"""The index of what content/ holds: it follows the files, forgets what is gone and scales."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from invented import Desk, abstract

from digest.commands.site_import import open_importer
from digest.importing import NewEntry, Origin, RenewedEntry, known, sketches, tell_item
from digest.importing.known import KnownEntries, KnownEntry, hold_import
from digest.importing.sketches import Sketch, sketch_text
from digest.model import ProblemError


def test_what_a_person_does_to_files_is_seen(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.bring(
        abstract("Some words.", arxiv="1804.00222", title="One"), abstract("More.", arxiv="1804.00223", title="Two")
    )
    folder = tmp_path / "content/2026/11/21"
    (folder / "one.md").unlink()
    (folder / "two.md").rename(tmp_path / "content/moved.md")
    again = desk.new(
        abstract("Some words.", arxiv="1804.00222", title="One"), abstract("M", arxiv="1804.00223", title="2")
    )
    assert [new.title for new in again] == ["One"]


def test_a_killed_import_is_finished_by_the_next(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    items = [
        abstract(f"Words {number}.", arxiv=f"1804.0{number:04}", title=f"Paper {number}") for number in range(1, 9)
    ]
    desk.bring(*items[:5])
    (tmp_path / ".digest/known.sqlite").unlink()
    (tmp_path / "content/2026/11/21/.paper-6.md.77.tmp").write_text("---\ntitle: half")
    assert [new.title for new in desk.new(*items)] == ["Paper 6", "Paper 7", "Paper 8"]
    assert len(desk.entries()) == 8


def test_two_imports_wait_for_each_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known, "PATIENCE", 0.05)
    lock = tmp_path / ".digest" / "import.lock"
    with hold_import(lock):
        with pytest.raises(ProblemError) as refused, hold_import(lock):
            pass
        assert [problem.code for problem in refused.value.problems] == ["DG307"]
    with hold_import(lock):
        pass


def test_an_index_of_another_version_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(tmp_path)
    desk.bring(abstract("Some words.", arxiv="1804.00222", title="One"))
    monkeypatch.setattr(known, "VERSION", "0")
    assert desk.new(abstract("Some words.", arxiv="1804.00222", title="One")) == []
    with sqlite3.connect(tmp_path / ".digest/known.sqlite") as index:
        assert index.execute("SELECT value FROM meta").fetchall() == [("0 UTC",)]


def test_stock_phrases_make_no_candidates(monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts that share sentences with many others are compared with few."""
    compared: list[float] = []
    resemblance = sketches.resemblance

    def compare(one: Sketch, two: Sketch) -> float:
        compared.append(resemblance(one, two))
        return compared[-1]

    monkeypatch.setattr(known, "resemblance", compare)
    random = Random(5)
    sentences = [" ".join(f"w{random.randrange(4000)}" for _ in range(12)) for _ in range(12)]
    index = KnownEntries(None)
    for number in range(400):
        text = " ".join([*random.sample(sentences, 3), *(f"own{number}x{place}" for place in range(60))])
        index.near(sketch_text(text))
        entry = KnownEntry(f"{number}.md", "", "note", "", "", None, "", "", "2020-01-01", (), {}, {})
        index.add(entry, (), sketch_text(text))
    assert 0 < len(compared) <= 400 * known.LIKELY


def test_looking_for_near_texts_does_not_compare_all_pairs() -> None:
    """A look-up takes the database as many steps among ten times as many texts, give or take the height of a tree."""

    def steps(size: int) -> int:
        random = Random(size)
        index = KnownEntries(None)
        for number in range(size):
            entry = KnownEntry(f"{number}.md", "", "note", "", "", None, "", "", "2020-01-01", (), {}, {})
            index.add(entry, (), tuple(sorted(random.sample(range(2**30), 128))))
        sketch = sketch_text(" ".join(f"w{random.randrange(5000)}" for _ in range(120)))
        taken: list[None] = []
        index._db.set_progress_handler(lambda: taken.append(None), 1)
        assert index.near(sketch) is None
        return len(taken)

    assert steps(3000) < 2 * steps(300)


@pytest.mark.parametrize("damage", ["middle", "foreign", "folder", "file in the way"])
def test_an_index_that_cannot_be_used_stops_nothing(tmp_path: Path, damage: str) -> None:
    desk = Desk(tmp_path)
    item = abstract("Some words.", arxiv="1804.00222", title="One")
    desk.bring(item)
    index = tmp_path / ".digest/known.sqlite"
    if damage == "middle":
        data = bytearray(index.read_bytes())
        data[5000:20000] = b"\xff" * 15000
        index.write_bytes(data)
    elif damage == "foreign":
        index.unlink()
        with sqlite3.connect(index) as foreign:
            foreign.execute("CREATE TABLE meta (value)")
    else:
        shutil.rmtree(tmp_path / ".digest")
        if damage == "folder":
            index.mkdir(parents=True)
        else:
            (tmp_path / ".digest").write_text("a file")
    assert desk.new(item) == []
    assert desk.new(abstract("More words.", arxiv="1804.00223", title="Two")) != []
    assert len(desk.entries()) == 2


def test_edits_made_during_an_import_are_seen(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    item = abstract("Some words.", arxiv="1804.00222", title="One", authors=("Ann Author",))
    gone = abstract("Gone words.", arxiv="1804.00223", title="Two")
    desk.bring(item, gone)
    origin = Origin("garden", file="garden.txt")
    with open_importer(tmp_path, desk.settings, now=desk.now) as importer:
        desk.edit("title: One", "title: Mine", "2026/11/21/one.md")
        (tmp_path / "content/2026/11/21/two.md").unlink()
        newer = replace(item, title="One, revised", body="Other words.")
        assert isinstance(importer.take(tell_item(newer, origin)), RenewedEntry)
        assert isinstance(importer.take(tell_item(replace(gone, body="Back."), origin)), NewEntry)
    assert {(entry.title, entry.body) for entry in desk.entries()} == {("Mine", "Other words."), ("Two", "Back.")}


def test_an_import_waits_before_it_looks(tmp_path: Path) -> None:
    """What another import files until it is done, the next one knows."""
    desk = Desk(tmp_path)
    items = [abstract(f"Words {number}.", arxiv=f"1804.0{number:04}", title=f"Paper {number}") for number in range(9)]
    first = open_importer(tmp_path, desk.settings, now=desk.now)
    started = threading.Event()
    came: list[int] = []

    def second() -> None:
        started.set()
        came.append(len(Desk(tmp_path).new(*items)))

    thread = threading.Thread(target=second)
    with first as importer:
        thread.start()
        started.wait()
        for item in items:
            importer.take(tell_item(item, Origin("garden", file="garden.txt")))
    thread.join()
    assert came == [0]
    assert len(desk.entries()) == 9
