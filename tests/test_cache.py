from __future__ import annotations

import os
from pathlib import Path

import pytest

from digest.cache import Shelf

FILES = {"terms-12.json": b"{}\n\x00", "index.json": b""}


class Maker:
    """Counts how often it is asked."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = files
        self.asked = 0

    def __call__(self) -> dict[str, bytes]:
        self.asked += 1
        return self.files


def kept(folder: Path) -> list[Path]:
    return sorted(folder.glob("search/*"))


def test_what_was_made_once_is_not_made_again(tmp_path: Path) -> None:
    make = Maker(FILES)
    assert Shelf(tmp_path).keep("search", b"key", make) == FILES
    assert Shelf(tmp_path).keep("search", b"key", make) == FILES
    assert make.asked == 1
    assert Shelf(tmp_path).keep("search", b"other", make) == FILES
    assert make.asked == 2


@pytest.mark.parametrize("harm", [b"", b"x", b"\x00" * 40, b"cut", b"flipped"])
def test_what_is_damaged_is_made_anew(harm: bytes, tmp_path: Path) -> None:
    make = Maker(FILES)
    Shelf(tmp_path).keep("search", b"key", make)
    (path,) = kept(tmp_path)
    data = path.read_bytes()
    path.write_bytes({b"cut": data[:-1], b"flipped": data[:-1] + b"!"}.get(harm, harm))
    assert Shelf(tmp_path).keep("search", b"key", make) == FILES
    assert make.asked == 2
    assert path.read_bytes() == data


def test_a_foreign_store_names_no_path(tmp_path: Path) -> None:
    Shelf(tmp_path).keep("search", b"key", Maker({"../../index.html": b"owned"}))
    assert Shelf(tmp_path).keep("search", b"key", Maker(FILES)) == FILES


def test_the_shelf_stays_small_and_keeps_what_is_asked_for(tmp_path: Path) -> None:
    for number in range(9):
        shelf = Shelf(tmp_path)
        shelf.keep("search", bytes([number]), Maker(FILES))
        for age, path in enumerate(kept(tmp_path)):
            os.utime(path, (age, age))
        shelf.clear()
    assert [path.name for path in kept(tmp_path)] == ["06.kept", "07.kept", "08.kept"]


def test_where_nothing_can_be_kept_all_is_made(tmp_path: Path) -> None:
    (tmp_path / "search").write_text("in the way")
    shelf = Shelf(tmp_path)
    assert shelf.keep("search", b"key", Maker(FILES)) == FILES
    shelf.clear()
    assert (tmp_path / "search").read_text() == "in the way"
