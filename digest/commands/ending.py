"""A command that is told to end takes away what it has begun."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn


@contextmanager
def end_orderly() -> Iterator[None]:
    """SIGTERM, as schedulers and containers send it, ends what is done here as Ctrl-C does; the exit code is 143."""
    if threading.current_thread() is not threading.main_thread():  # no other is told of signals
        yield
        return
    before = signal.signal(signal.SIGTERM, _end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _end(number: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(128 + number)
