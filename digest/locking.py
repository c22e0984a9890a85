"""A lock on a file that a dead process does not hold: the one way in which two runs of `digest` wait for each other."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Final

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_PAUSE: Final = 0.02  # seconds between two attempts
_HELD: Final[set[int]] = set()  # descriptors of the locks of this process


@contextmanager
def hold_lock(path: Path, patience: float) -> Iterator[bool]:
    """Alone with this file among all processes and threads; false where others hold it for all these seconds.

    The file is there only while somebody holds it or was killed with it. A child of a fork does not hold it. Where
    there can be no such file, or the file system knows no locks, it is as if nobody else were there.
    """
    end = monotonic() + patience
    while (descriptor := _try_lock(path)) == _TAKEN:
        if monotonic() >= end:
            yield False
            return
        sleep(_PAUSE)
    if descriptor is None:
        yield True
        return
    _HELD.add(descriptor)
    try:
        yield True
    finally:
        if descriptor in _HELD:  # else this is a child that came back to here
            _HELD.remove(descriptor)
            _release(path, descriptor)


_TAKEN: Final = -1


def _try_lock(path: Path) -> int | None:
    """The descriptor of the locked file; `_TAKEN` where it is another's, None where nothing can be locked."""
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0)
    try:
        with contextlib.suppress(FileNotFoundError):
            if not stat.S_ISREG(path.lstat().st_mode):
                return None  # a pipe or device must not be opened, a link not be followed
        descriptor = os.open(path, flags, 0o666)
    except OSError:
        return _TAKEN if sys.platform == "win32" and path.exists() else None
    try:
        if not _lock(descriptor):
            os.close(descriptor)
            return _TAKEN
        if os.path.samestat(os.fstat(descriptor), path.lstat()):
            return descriptor
    except FileNotFoundError:  # who held it has removed it
        pass
    except OSError:
        os.close(descriptor)
        return None
    os.close(descriptor)
    return _TAKEN


def _lock(descriptor: int) -> bool:
    """Whether it is ours now.

    Raises:
        OSError: the file system knows no locks.
    """
    try:
        if sys.platform == "win32":
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def _release(path: Path, descriptor: int) -> None:
    """Let the next one in: the file goes first, so that whoever waits for it sees that it is another."""
    if sys.platform == "win32":  # which removes no open file
        os.close(descriptor)
    try:
        with contextlib.suppress(OSError):
            path.unlink()
    finally:
        if sys.platform != "win32":
            os.close(descriptor)


def _forget_all() -> None:
    """In a child: close what its parent holds, so that a child that lives on holds nothing for a dead parent."""
    while _HELD:
        os.close(_HELD.pop())


if sys.platform != "win32":
    os.register_at_fork(after_in_child=_forget_all)
