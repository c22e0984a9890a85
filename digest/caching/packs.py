"""Files of records, one behind another: what is larger than the state and looked at record by record.

A segment is written by one process in one run and never changed. A record is a short checksum and its bytes; its place
is that of its bytes.
"""

from __future__ import annotations

import os
from pathlib import Path
from types import TracebackType
from typing import Final
from zlib import crc32

from digest.caching.damage import DamagedCache, UnwritableCache
from digest.caching.files import open_regular, write_all
from digest.formats.patterns import lazily
from digest.model import Place

SEGMENT: Final = lazily(r"[a-z]{1,16}-[0-9a-f]{16}\.pack")
MARK_SIZE: Final = 4
_BUFFER: Final = 1 << 20
_LARGEST: Final = 1 << 30


class PackWriter:
    """Writes one segment, opened with its first record by the process that adds it; safe to make before a fork."""

    def __init__(self, folder: Path, kind: str) -> None:
        self._folder = folder
        self._kind = kind
        self._process = 0
        self._descriptor = -1
        self._segment = ""
        self._offset = 0
        self._waiting: list[bytes] = []
        self._size = 0

    def add(self, payload: bytes) -> Place:
        """Where these bytes lie, once the segment is closed or flushed.

        Raises:
            UnwritableCache: the disk is full, or the folder not to be written.
        """
        if self._process != os.getpid():
            self._open()
        place = Place(self._segment, self._offset + MARK_SIZE, len(payload))
        self._waiting += (checksum(payload), payload)
        self._size += MARK_SIZE + len(payload)
        self._offset += MARK_SIZE + len(payload)
        if self._size >= _BUFFER:
            self.flush()
        return place

    def flush(self) -> None:
        """Put on the disk what this process added so far, so that others can read it.

        Raises:
            UnwritableCache: the disk is full.
        """
        if self._process != os.getpid():
            return
        try:
            write_all(self._descriptor, self._waiting)
        except OSError as error:
            raise UnwritableCache(f"{self._segment}: {error.strerror}") from error
        self._waiting.clear()
        self._size = 0

    def close(self) -> None:
        """The segment is whole."""
        if self._process == os.getpid() and self._descriptor >= 0:
            try:
                self.flush()
            finally:
                os.close(self._descriptor)
                self._descriptor, self._process = -1, 0

    def __enter__(self) -> PackWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind:
            self._waiting.clear()  # of no use to anybody, and perhaps what could not be written
        self.close()

    def _open(self) -> None:
        """A segment of this process; what one before a fork had open is its own."""
        segment = f"{self._kind}-{os.urandom(8).hex()}.pack"
        if not SEGMENT.fullmatch(segment):
            raise ValueError(f"not a kind of segment: {self._kind!r}")
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
        try:
            self._descriptor = os.open(self._folder / segment, flags, 0o666)
        except OSError as error:
            raise UnwritableCache(f"{segment}: {error.strerror}") from error
        self._segment, self._process, self._offset = segment, os.getpid(), 0
        self._waiting, self._size = [], 0


class PackReader:
    """Reads records of any segment; each file is opened once a process."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: dict[str, int] = {}

    def read(self, place: Place) -> bytes:
        """The bytes that lie there.

        Raises:
            DamagedCache: they are not those that were put there.
        """
        segment, offset, length = place
        if offset < MARK_SIZE or not 0 <= length <= _LARGEST:
            raise DamagedCache(f"no place of a record: {place}")
        try:
            descriptor = self._open.get(segment)
            if descriptor is None:
                descriptor = self._open[segment] = _open_segment(self._folder, segment)
            record = _read_at(descriptor, length + MARK_SIZE, offset - MARK_SIZE)
        except (OSError, OverflowError) as error:
            raise DamagedCache(f"{segment} cannot be read: {error}") from error
        payload = record[MARK_SIZE:]
        if len(payload) != length or checksum(payload) != record[:MARK_SIZE]:
            raise DamagedCache(f"{segment} was changed")
        return payload

    def close(self) -> None:
        """Close every segment."""
        while self._open:
            os.close(self._open.popitem()[1])


def checksum(payload: bytes | memoryview) -> bytes:
    """What tells a record from one that was changed."""
    return crc32(payload).to_bytes(MARK_SIZE, "little")


def _open_segment(folder: Path, segment: str) -> int:
    if not SEGMENT.fullmatch(segment):
        raise DamagedCache(f"not the name of a segment: {segment!r}")
    return open_regular(folder / segment)


def _read_at(descriptor: int, length: int, offset: int) -> bytes:
    return os.pread(descriptor, length, offset)
