"""A bar on the terminal while a fetch goes on; nothing anywhere else."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator

from digest.model import Tally
from digest.reporting import Style

Progress = Callable[[str, Tally], None]


@contextlib.contextmanager
def open_progress(style: Style) -> Iterator[Progress]:
    """What is called with the name of a source and its tally, as it grows."""
    if style != "text" or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield lambda _name, _tally: None
        return
    # Heavy: 200 ms, and only a person at a terminal sees it.
    from rich.console import Console  # noqa: PLC0415 - heavy
    from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeElapsedColumn  # noqa: PLC0415 - heavy
    from rich.progress import Progress as Bars  # noqa: PLC0415 - heavy

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def show(name: str, tally: Tally) -> None:
            if name not in tasks:
                tasks[name] = bars.add_task(name, total=None)
            bars.update(tasks[name], completed=tally.got, total=tally.announced or None)

        yield show
