"""Values from another process: in order, all of them, faults too."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from digest.cli import main
from digest.commands import import_
from digest.commands.read_ahead import BATCH, can_read_ahead, read_ahead

pytestmark = pytest.mark.skipif(not can_read_ahead(), reason="processes are not split off here")


@pytest.mark.parametrize("count", [0, 1, BATCH - 1, BATCH, BATCH + 1, 5 * BATCH])
def test_all_values_come_in_order(count: int) -> None:
    values = ((number, os.getpid()) for number in range(count))
    came = list(read_ahead(values))
    assert [number for number, _ in came] == list(range(count))
    assert os.getpid() not in {process for _, process in came}


def test_a_fault_is_raised_here_with_its_place() -> None:
    def faulty() -> Iterator[int]:
        yield 1
        raise ZeroDivisionError

    values = read_ahead(faulty())
    assert next(values) == 1
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        next(values)


def test_a_process_that_is_killed_is_told() -> None:
    def killed() -> Iterator[int]:
        yield from range(BATCH)
        os.kill(os.getpid(), signal.SIGKILL)

    with pytest.raises(RuntimeError, match="is gone"):
        list(read_ahead(killed()))


def test_nothing_is_left_running() -> None:
    def endless() -> Iterator[int]:
        number = 0
        while True:
            yield number
            number += 1

    values = read_ahead(endless())
    next(values)
    values.close()  # type: ignore[attr-defined] # a generator
    assert multiprocessing.active_children() == []


def test_an_import_is_the_same_either_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    records = [f"@misc{{k{number}, title={{Paper {number}}}, doi={{10.1000/{number}}}}}\n" for number in range(200)]
    (tmp_path / "papers.bib").write_text("@misc{broken, title={Never\n" + "".join(records))
    files = []
    for size in (0, 1_000_000):
        monkeypatch.setattr(import_, "LARGE", size)
        site = tmp_path / str(size)
        assert main(["import", str(tmp_path / "papers.bib"), "--site", str(site), "--date", "2020-01-01"]) == 1
        files.append({path.name: path.read_bytes() for path in site.rglob("*.md")})
    assert len(files[0]) >= 199
    assert files[0] == files[1]
