"""What is loaded later is what would have been loaded at once."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

SLOW = """
import time
from later_room import other
first = other.name
time.sleep(0.2)
last = "last"
"""


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A package without a face, of which nothing is loaded."""
    folder = tmp_path / "later_room"
    folder.mkdir()
    (folder / "__init__.py").write_text("from digest.model import read_later\n__getattr__ = read_later(__name__)\n")
    (folder / "slow.py").write_text(SLOW)
    (folder / "other.py").write_text("name = __name__\n")
    (folder / "broken.py").write_text("raise ValueError('broken')\n")
    monkeypatch.syspath_prepend(tmp_path)
    yield "later_room"
    for name in [name for name in sys.modules if name.partition(".")[0] == "later_room"]:
        del sys.modules[name]


def take(names: str) -> dict[str, Any]:
    """What an import of modules of the room gives."""
    found: dict[str, Any] = {}
    exec(f"from later_room import {names}", found)
    return found


def test_a_module_is_executed_when_something_is_asked_of_it(room: str) -> None:
    found = take("broken, slow")
    assert "other" not in vars(import_module(room))
    assert "later_room.other" not in sys.modules
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(lambda _: found["slow"].last, range(4))) == {"last"}
    assert found["slow"].first == "later_room.other"
    assert import_module("later_room.slow") is found["slow"]
    with pytest.raises(ValueError, match="broken"):
        _ = found["broken"].name


def test_what_there_is_not_is_told(room: str) -> None:
    with pytest.raises(ImportError):
        take("nothing")
    found = take("slow")
    with pytest.raises(AttributeError):
        _ = found["slow"].nothing
