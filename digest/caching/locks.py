"""A lock that a dead process does not hold."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Final

_PAUSE: Final = 0.02  # seconds between two attempts


@contextmanager
def hold_lock(path: Path, patience: float) -> Iterator[bool]:
    """Alone with this file among the processes of this machine; false where others hold it for all these seconds.

    Where the file cannot be opened nobody can hold it: nothing else can be written there either.
    """
    try:
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0)
        descriptor = os.open(path, flags | getattr(os, "O_NONBLOCK", 0), 0o666)
    except OSError:
        yield True
        return
    try:
        end = monotonic() + patience
        while not (held := _try_lock(descriptor)) and monotonic() < end:
            sleep(_PAUSE)
        yield held
    finally:
        os.close(descriptor)  # and so gives it free


def _try_lock(descriptor: int) -> bool:
    """Whether it is ours now; a child of a fork shares it until it ends."""
    try:
        if os.name == "nt":
            import msvcrt  # noqa: PLC0415 - Windows only

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415 - not on Windows

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except PermissionError:
        return os.name != "nt"
    except OSError:
        return True  # a file system without locks
    return True
