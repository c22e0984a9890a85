"""Files of the cache: what is opened is a file, what is written is written whole."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from pathlib import Path

from digest.caching.damage import DamagedCache


def open_regular(path: Path) -> int:
    """A file, open to be read.

    Raises:
        OSError: it cannot be opened.
        DamagedCache: it is no regular file.
    """
    # A pipe would hang, and a link may lead anywhere.
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags | getattr(os, "O_CLOEXEC", 0))
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise DamagedCache(f"{path.name} is not a file")
    return descriptor


def write_all(descriptor: int, parts: Iterable[bytes | memoryview]) -> None:
    """Write it to the end: a disk that is nearly full takes a part without a word."""
    data = memoryview(b"".join(parts))
    while data:
        data = data[os.write(descriptor, data) :]


def replace_file(path: Path, parts: Iterable[bytes | memoryview]) -> None:
    """Write a file whole, or not at all."""
    new = path.with_name(f"{path.name}.{os.getpid()}.new")
    new.unlink(missing_ok=True)  # never to be written through, should it be a link
    try:
        with new.open("xb") as file:
            file.writelines(parts)
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise
