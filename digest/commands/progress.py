"""Bars on the terminal while a fetch or a long build goes on; nothing anywhere else."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from time import monotonic
from typing import Final

from digest.model import Tally
from digest.reporting import Style

Progress = Callable[[str, Tally], None]
Stages = Callable[[str, int, int], None]

_LONG: Final = 1.0  # seconds after which a build is long


@contextmanager
def open_progress(style: Style) -> Iterator[Progress]:
    """What is called with the name of a source and its tally, as it grows."""
    with ExitStack() as stack:
        if not _is_watched(style):
            yield lambda _name, _tally: None
            return
        show = stack.enter_context(_open_bars(ticks=True))
        yield lambda name, tally: show(name, tally.got, tally.announced)


@contextmanager
def open_stages(style: Style) -> Iterator[Stages]:
    """What is called with a stage of a build, how much of it is done, of how much. A short build shows nothing.

    No thread is begun: the processes that build are forks, which are sound without any.
    """
    with ExitStack() as stack:
        begin = monotonic()
        shown: list[Stages] = []

        def tell(stage: str, done: int, total: int) -> None:
            if not shown and monotonic() - begin >= _LONG:
                shown.append(stack.enter_context(_open_bars(ticks=False)))
            for show in shown:
                show(stage, done, total)

        yield tell if _is_watched(style) else _tell_nobody


def _tell_nobody(_stage: str, _done: int, _total: int) -> None:
    pass


def _is_watched(style: Style) -> bool:
    """Whether a person sees what goes to stderr, and a bar can be drawn there."""
    return style == "text" and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"


@contextmanager
def _open_bars(*, ticks: bool) -> Iterator[Stages]:
    """Bars that draw themselves anew all the time, in a thread of their own, or when they are told."""
    # 200 ms, and only a person at a terminal sees it.
    from rich.console import Console  # noqa: PLC0415 - heavy
    from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeElapsedColumn  # noqa: PLC0415 - heavy
    from rich.progress import Progress as Bars  # noqa: PLC0415 - heavy

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bars(*columns, console=Console(stderr=True), transient=True, auto_refresh=ticks) as bars:
        tasks: dict[str, TaskID] = {}

        def show(name: str, done: int, total: int | None) -> None:
            if name not in tasks:
                tasks[name] = bars.add_task(name, total=None)
            bars.update(tasks[name], completed=done, total=total or None, refresh=not ticks)

        yield show
