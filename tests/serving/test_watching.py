from __future__ import annotations

from pathlib import Path
from threading import Event, Thread

from digest.serving import watch


def test_a_burst_of_changes_is_told_and_editors_own_files_are_not(tmp_path: Path) -> None:
    told, stop = Event(), Event()
    watcher = Thread(target=watch, args=([tmp_path, tmp_path / "missing"], told.set, stop), daemon=True)
    watcher.start()
    try:
        # The watcher needs a moment to begin; writing until it tells is the only honest way to wait for it.
        for number in range(100):
            (tmp_path / "entry.md").write_text(str(number))
            if told.wait(0.2):
                break
        assert told.is_set()
        stop.wait(0.6)
        told.clear()
        (tmp_path / ".entry.md.swp").write_text("x")
        (tmp_path / "entry.md").read_text()
        assert not told.wait(0.8)
    finally:
        stop.set()
        watcher.join(10)
    assert not watcher.is_alive()
