"""The index of what content/ holds: it follows the files, forgets what is gone and scales."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from random import Random

import pytest
from invented import Desk, abstract

from digest.importing import known, sketches
from digest.importing.known import ImportLock, KnownEntries, KnownEntry
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
    first = ImportLock(tmp_path / "import.lock")
    monkeypatch.setattr(known, "PATIENCE", 0.05)
    with pytest.raises(ProblemError) as refused:
        ImportLock(tmp_path / "import.lock")
    assert [problem.code for problem in refused.value.problems] == ["DG307"]
    first.release()
    ImportLock(tmp_path / "import.lock").release()


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
