"""Opening the stage of an output folder, for one build at a time."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from time import time_ns
from typing import Final

from digest.locking import hold_lock, insist
from digest.model import Problem, ProblemError, Span
from digest.writing.manifest import is_reserved
from digest.writing.publishing import settle, undo
from digest.writing.stage import TREE, Stage, refuse

LOCK: Final = ".digest-lock"
PATIENCE: Final = 600.0  # seconds: a large site takes its time


@contextmanager
def open_stage(folder: Path, *, rewrite: bool = False, patience: float = PATIENCE) -> Iterator[Stage]:
    """An empty stage in the output folder, which is made if needed; nobody else builds there as long as it is open.

    What a killed build left is finished or undone first. Whatever ends the work before `publish` has decided takes the
    stage away, and the output folder is as it was. To `rewrite` is to stage even what is there in the same bytes.

    Raises:
        ProblemError: DG502 where the folder cannot be written, or another build is at work for too long; DG501 where
            somebody else's file has the name of the stage.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise refuse(error, str(folder)) from error
    with hold_lock(folder / LOCK, patience) as held:
        if not held:
            hint = "wait until it is done, and build again"
            raise ProblemError([Problem("error", "DG502", "another build is at work there", Span(str(folder)), hint)])
        try:
            yield _set_up(str(folder), rewrite=rewrite)
        finally:
            insist(partial(undo, str(folder)))


def _set_up(folder: str, *, rewrite: bool) -> Stage:
    """Make it, when what was there is settled."""
    try:
        settle(folder)
        is_empty = all(is_reserved(name) for name in os.listdir(folder))
        stage = Stage(folder, f"{os.getpid()}-{time_ns()}", compares=not (rewrite or is_empty))
        os.makedirs(f"{stage.root}/{TREE}")
    except OSError as error:
        raise refuse(error, folder) from error
    return stage
