"""Commands run in turn, and what they cost: seconds, and the memory of all their processes."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import median

EVERY = 0.03  # seconds between two looks at the memory


class Runner:
    """Runs commands in a folder of its own, and moves away what they wrote.

    Nothing is deleted just before something is timed: many file systems are slow right after.
    """

    def __init__(self, home: Path) -> None:
        self._trash = home / "trash"
        self._trash.mkdir(parents=True)
        self._count = 0

    def move_away(self, *paths: Path) -> None:
        """As if these had never been."""
        for path in paths:
            if path.exists():
                self._count += 1
                path.rename(self._trash / str(self._count))

    def time(self, command: Sequence[str], folder: Path) -> float:
        """Seconds of a command that does what it should."""
        os.sync()
        begin = time.perf_counter()
        done = subprocess.run(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            check=False,
        )
        seconds = time.perf_counter() - begin
        if done.returncode:
            sys.exit(f"{' '.join(command)}: status {done.returncode}\n{done.stderr.decode(errors='replace')[-2000:]}")
        return seconds

    def weigh(self, command: Sequence[str], folder: Path) -> int:
        """The most memory in MiB that a command and its processes had at once, each shared page once; Linux only."""
        with subprocess.Popen(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        ) as process:
            over, most = threading.Event(), [0]

            def watch() -> None:
                while not over.wait(EVERY):
                    most[0] = max(most[0], measure_group(process.pid))

            watcher = threading.Thread(target=watch)
            watcher.start()
            process.wait()
            over.set()
            watcher.join()
        return most[0] // 1024


def measure_group(group: int) -> int:
    """KiB of all processes of a group: the sum of their proportional set sizes."""
    total = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if (
                int((folder / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[2])
                != group
            ):
                continue
            rollup = (folder / "smaps_rollup").read_text(encoding="utf-8")
        except (OSError, ValueError, IndexError):
            continue  # it has ended
        total += sum(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
    return total


def show(seconds: Iterable[float]) -> str:
    """The median of some runs, and the least and most."""
    found = sorted(seconds)
    return f"{median(found):8.3f} s ({found[0]:.3f} to {found[-1]:.3f})" if found else "       -"
