"""Documents and their bytes: from memory, or from a file that is looked at once more before it is opened."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import closing
from hashlib import blake2b
from pathlib import Path
from typing import Final

from digest.model import NamedTuple, Served

SMALL: Final = 1 << 22  # bytes that are read at once; what is larger is streamed
PIECE: Final = 1 << 18


class OpenFile:
    """A file that is being sent: what it was when it was opened is what is answered."""

    def __init__(self, descriptor: int, size: int) -> None:
        self._descriptor, self.size = descriptor, size

    def read(self, start: int, end: int) -> Iterator[bytes]:
        """The bytes of a part, in pieces; fewer where the file was cut short meanwhile. Closes the file."""
        with closing(self), open(self._descriptor, "rb", closefd=False) as file:
            file.seek(start)
            while start < end and (piece := file.read(min(PIECE, end - start))):
                start += len(piece)
                yield piece

    def close(self) -> None:
        """Let go of it."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


class Document(NamedTuple):
    """What is sent for an address, with a validator that differs where the bytes do."""

    path: str
    tag: str
    data: bytes = b""
    file: OpenFile | None = None

    @property
    def size(self) -> int:
        """In bytes."""
        return self.file.size if self.file else len(self.data)


def open_document(served: Served, roots: Iterable[Path]) -> Document | None:
    """The document ready to be sent; `None` if its file is none any more, or lies outside of all roots."""
    if not served.file:
        return Document(served.path, fingerprint(served.data), served.data)
    opened = _open_file(served.file, roots)
    if opened is None:
        return None
    file, tag = opened
    if file.size > SMALL:
        return Document(served.path, tag, file=file)
    return Document(served.path, tag, b"".join(file.read(0, file.size)))


def _open_file(name: str, roots: Iterable[Path]) -> tuple[OpenFile, str] | None:
    try:
        # Links within the site are as good as files. The last name is not followed once more, and nobody waits for
        # the other end of a pipe: what was looked at may have been replaced since.
        real = Path(name).resolve(strict=True)
        if not any(real.is_relative_to(root.resolve()) for root in roots):
            return None
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        descriptor = os.open(real, flags)
    except (OSError, ValueError, RuntimeError):  # gone, forbidden, a name with NUL, links in a circle
        return None
    status = os.fstat(descriptor)
    file = OpenFile(descriptor, status.st_size)
    if not stat.S_ISREG(status.st_mode):
        file.close()
        return None
    return file, f"{status.st_ino:x}-{status.st_size:x}-{status.st_mtime_ns:x}"


def fingerprint(data: bytes) -> str:
    """What tells bytes from others, short."""
    return blake2b(data, digest_size=12).hexdigest()
