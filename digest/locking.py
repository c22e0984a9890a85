"""A lock on a file that a dead process does not hold: the one way in which two runs of `digest` wait for each other."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Final

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_PAUSE: Final = 0.02  # seconds between two attempts
_HELD: Final[set[_Lock]] = set()  # those of this process


@contextmanager
def hold_lock(path: Path, patience: float) -> Iterator[bool]:
    """Alone with this file among all processes and threads; false where others hold it for all these seconds.

    The file is there only while somebody holds it or was killed with it. A child of a fork does not hold it. Where
    there can be no such file, or the file system knows no locks, it is as if nobody else were there.
    """
    end = monotonic() + patience
    lock = _Lock(path)
    try:
        while not lock.take():
            if monotonic() >= end:
                yield False
                return
            sleep(_PAUSE)
        yield True
    except (KeyboardInterrupt, SystemExit):
        insist(lock.take)  # perhaps the file was there, and it was not known yet whose it is
        raise
    finally:
        insist(lock.leave)


def insist(work: Callable[[], object]) -> None:
    """Take up again what somebody interrupts, as often as they do, and let them end us when it is done."""
    try:
        work()
    except (KeyboardInterrupt, SystemExit):
        insist(work)
        raise


class _Lock:
    """A file that is locked, or is to be."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor = -1  # of the file while it is locked

    def take(self) -> bool:
        """Whether it is ours now, or there is nothing that could be locked; false where it is another's."""
        if self._descriptor >= 0:
            return True
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0)
        try:
            with contextlib.suppress(FileNotFoundError):
                if not stat.S_ISREG(self._path.lstat().st_mode):
                    return True  # a pipe or device must not be opened, a link not be followed
            descriptor = os.open(self._path, flags, 0o666)
        except OSError:
            return not (sys.platform == "win32" and self._path.exists())
        try:
            if _lock(descriptor) and self._is_there(descriptor):
                self._descriptor = descriptor
                _HELD.add(self)
        except OSError:
            return True
        finally:
            if self._descriptor != descriptor:
                os.close(descriptor)
        return self._descriptor == descriptor

    def leave(self) -> None:
        """Let the next one in: the file goes first, so that whoever waits for it sees that it is another."""
        descriptor = self._descriptor
        if descriptor < 0:  # or this is a child that came back to here
            return
        if sys.platform != "win32" and self._is_there(descriptor):  # else it was interrupted here before
            with contextlib.suppress(OSError):
                self._path.unlink()
        self.forget()
        if sys.platform == "win32":  # which removes no open file
            with contextlib.suppress(OSError):
                self._path.unlink()

    def forget(self) -> None:
        """Close it."""
        descriptor, self._descriptor = self._descriptor, -1
        _HELD.discard(self)
        os.close(descriptor)

    def _is_there(self, descriptor: int) -> bool:
        """Whether it is still the file of this name, which nobody has removed."""
        try:
            return os.path.samestat(os.fstat(descriptor), self._path.lstat())
        except FileNotFoundError:
            return False


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


def _forget_all() -> None:
    """In a child: close what its parent holds, so that a child that lives on holds nothing for a dead parent."""
    while _HELD:
        _HELD.pop().forget()


if sys.platform != "win32":
    os.register_at_fork(after_in_child=_forget_all)
