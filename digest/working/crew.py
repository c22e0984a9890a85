"""The processes of this machine that share the work of a build."""

from __future__ import annotations

import gc
import os
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from digest.working.garbage import collect_garbage

if TYPE_CHECKING:
    from digest.working.team import Team

Chunk = TypeVar("Chunk")
Result = TypeVar("Result")

# Only there a fork is sound: Windows has none, and what macOS links in does not stand one.
CAN_FORK: Final = sys.platform == "linux"
_CGROUPS: Final = Path("/sys/fs/cgroup")


class Crew:
    """So many processes of this machine; where there is one, or no fork is sound, it is this one.

    A worker is a fork and inherits the work with all that it refers to. Each `run` forks anew.
    """

    def __init__(self, processes: int) -> None:
        self.processes = processes
        self._team: Team | None = None

    def run(
        self, work: Callable[[Chunk], Result], chunks: Iterable[Chunk], meanwhile: Callable[[], object] | None = None
    ) -> Iterator[Result]:
        """What `work` gives for each chunk, in their order; it begins at once. A single chunk is worked off here.

        What `work` raises is raised here, that of the first chunk which fails. `meanwhile` is done here while others
        are at work, and left alone where there are none: it is for what would keep them waiting later.

        Raises:
            ProblemError: DG801, a process ended before its work was done.
        """
        given = list(chunks)
        # Another thread could hold, at the moment of the fork, a lock that nobody would ever give back in the child.
        if self.processes == 1 or len(given) < 2 or not CAN_FORK or threading.active_count() > 1:
            if len(given) > 1 and not gc.isenabled():  # as `digest build` begins
                collect_garbage()
            return map(work, given)
        from digest.working.team import Team  # noqa: PLC0415 - heavy: only where there is enough to do

        self.close()
        self._team = Team(work, given, min(self.processes, len(given)))
        if meanwhile:
            meanwhile()
        return self._team.collect()

    def close(self) -> None:
        """End whoever still works."""
        if self._team:
            self._team.end()
            self._team = None


@contextmanager
def open_crew(jobs: int = 0) -> Iterator[Crew]:
    """So many processes at once, all cores where `jobs` is 0; none of them is left at the end."""
    crew = Crew(jobs or count_cores())
    try:
        yield crew
    finally:
        crew.close()


def count_cores() -> int:
    """The cores that this process may use: those that it is held to, as far as its control group has time on them."""
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    return max(1, min(cores, _count_group_cores(cores)))


def _count_group_cores(cores: int) -> int:
    """What the control groups around this process allow, as containers have them: `cpu.max` is `200000 100000`."""
    try:
        lines = Path("/proc/self/cgroup").read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return cores
    group = next((line.removeprefix("0::/") for line in lines if line.startswith("0::/")), "")
    for folder in (_CGROUPS / group, *(_CGROUPS / group).parents):
        if folder != _CGROUPS and _CGROUPS not in folder.parents:
            break
        try:
            quota, period = (folder / "cpu.max").read_text(encoding="ascii").split()
            cores = min(cores, ceil(int(quota) / int(period)))
        except (OSError, ValueError, ZeroDivisionError):  # the root has none; `max` is no limit
            continue
    return cores
