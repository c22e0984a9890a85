"""An iteration that goes on in a process of its own while its values are used here: two cores instead of one."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import sys
import traceback
from collections.abc import Iterable, Iterator
from multiprocessing.connection import Connection
from typing import Final, TypeVar

Value = TypeVar("Value")

# So many values are sent at once: fewer cost more turns, more cost memory.
BATCH: Final = 64


def can_read_ahead() -> bool:
    """Whether a process can be split off cheaply, and there is a core for it."""
    # Elsewhere a new process begins from nothing, which takes longer than what it would save.
    return sys.platform == "linux" and (os.cpu_count() or 1) > 1


def read_ahead(values: Iterable[Value]) -> Iterator[Value]:
    """The values in their order, made in another process; they must be values that can be pickled.

    A fault over there is raised here, with its traceback. Nothing is left running when the iteration is dropped.
    """
    here, there = multiprocessing.get_context("fork").Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(target=_send_all, args=(values, here, there), daemon=True)
    process.start()
    there.close()
    try:
        while True:
            try:
                batch, fault = pickle.loads(here.recv_bytes())  # noqa: S301 - from our own process
            except EOFError:
                raise RuntimeError("the process that reads ahead is gone") from None
            yield from batch
            if fault:
                raise RuntimeError(f"in the process that reads ahead:\n{fault}")
            if not batch:
                return
    finally:
        here.close()
        process.terminate()
        process.join()


def _send_all(values: Iterable[Value], here: Connection, there: Connection) -> None:
    """The other process: batches, then an empty one."""
    here.close()
    # Ctrl-C reaches both; the one that is asked decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    batch: list[Value] = []
    fault = ""
    try:
        for value in values:
            batch.append(value)
            if len(batch) == BATCH:
                there.send_bytes(pickle.dumps((batch, ""), pickle.HIGHEST_PROTOCOL))
                batch = []
    except BrokenPipeError:
        return
    except Exception:
        fault = traceback.format_exc()
    if batch or fault:
        there.send_bytes(pickle.dumps((batch, fault), pickle.HIGHEST_PROTOCOL))
    if not fault:
        there.send_bytes(pickle.dumps(([], ""), pickle.HIGHEST_PROTOCOL))
