"""The state of a cache on the disk: a file of bodies, which all builds of a site share, and one for each build.

A state is a head and records, each a number, a length, a checksum of its bytes, one of all that, and the bytes. There
is a summary, with the segments of packs that the state refers to, and one of the keys of each chunk; the others are the
chunks. Of several records of one number the last holds, and what stands behind the last summary is not whole. So a save
adds what has changed, and whoever reads takes what is needed; when half of a state is of no use any more, or where it
cannot be added to, it is replaced whole.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, TypeAlias

from digest.caching.codec import Codec
from digest.caching.damage import DamagedCache
from digest.caching.files import open_regular, write_all
from digest.caching.packs import checksum
from digest.model import Ground, NamedTuple, Roll, dataclass

NAME: Final = b"digest cache "
HEAD: Final = NAME + b"2\n"
SUMMARY, KEYS, FIRST = 0, 1, 2  # the numbers of records, the last that of the first chunk
_WORD: Final = 4
_HEADER: Final = 4 * _WORD
_ROOM: Final = 1 << 20  # bytes of a state that need not be of use


class Summary(NamedTuple):
    """What a state tells of itself: what its values depend on, and how many bytes of each segment it refers to."""

    basis: bytes = b""
    segments: dict[str, int] = {}  # noqa: RUF012 - a named tuple has no factories; nobody changes it
    ground: Ground = Ground()
    roll: Roll = Roll()


class Stored(NamedTuple):
    """A record in a file that is open, read when somebody needs it."""

    descriptor: int
    number: int
    start: int
    length: int
    mark: bytes

    def read(self) -> bytes:
        """What it holds.

        Raises:
            DamagedCache: it was changed.
        """
        try:
            payload = os.pread(self.descriptor, self.length, self.start)
        except (OSError, MemoryError) as error:
            raise DamagedCache(f"a record cannot be read: {error}") from error
        if len(payload) != self.length or checksum(payload) != self.mark:
            raise DamagedCache("a record was changed")
        return payload


Record: TypeAlias = bytes | Stored


SUMMARIES: Final[Codec[Summary]] = Codec(Summary)


@dataclass(frozen=True, slots=True)
class Log:
    """The records of a state that hold, and where they end."""

    summary: Summary
    keys: Stored
    chunks: tuple[Stored, ...]
    end: int

    def add(self, path: Path, parts: Iterable[bytes | memoryview]) -> bool:
        """Add to the file, if it still is as it was read, nobody else has it under another name, and it pays.

        Raises:
            OSError: it cannot be written; what there was of it holds.
        """
        needed = sum(record.length for record in (self.keys, *self.chunks))
        if self.end > 2 * needed + _ROOM:
            return False
        flags = os.O_WRONLY | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        try:
            descriptor = os.open(path, flags | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0))
        except OSError:
            return False
        try:
            status = os.fstat(descriptor)
            if not os.path.samestat(status, os.fstat(self.keys.descriptor)) or status.st_nlink > 1:
                return False
            if status.st_size != self.end:  # somebody else adds to it, or could not
                return False
            write_all(descriptor, parts)
        finally:
            os.close(descriptor)
        return True


def read_log(descriptor: int, environment: bytes) -> Log | None:
    """What of an open state holds; none of another environment.

    Raises:
        DamagedCache: it is no state at all.
    """
    start = len(HEAD) + len(environment)
    try:
        head = os.pread(descriptor, start, 0)
        if not head.startswith(NAME):
            raise DamagedCache("not a state of digest")
        if head != HEAD + environment:
            return None
        records = list(_find_records(descriptor, start, os.fstat(descriptor).st_size))
    except OSError as error:
        raise DamagedCache(f"a state cannot be read: {error}") from error
    while records and records[-1].number != SUMMARY:
        records.pop()  # of a build that was killed
    if not records:
        raise DamagedCache("a state without a summary")
    summary = SUMMARIES.decode(records[-1].read())
    latest = {record.number: record for record in records}
    try:
        chunks = tuple([latest[number] for number in range(FIRST, len(latest))])
        return Log(summary, latest[KEYS], chunks, records[-1].start + records[-1].length)
    except KeyError as error:
        raise DamagedCache("a record that there is not") from error


def _find_records(descriptor: int, start: int, size: int) -> Iterator[Stored]:
    """The records of an open file, none of them read."""
    while True:
        head = os.pread(descriptor, _HEADER, start)
        number, length = (int.from_bytes(head[place : place + _WORD], "little") for place in (0, _WORD))
        start += _HEADER
        if start + length > size or checksum(head[: 3 * _WORD]) != head[3 * _WORD :]:
            return
        yield Stored(descriptor, number, start, length, head[2 * _WORD : 3 * _WORD])
        start += length


def number_records(records: Mapping[int, Record]) -> Iterator[bytes | memoryview]:
    """Records as they stand in a file.

    Raises:
        OSError: one cannot be read.
    """
    for number, record in records.items():
        if isinstance(record, Stored):  # whether it is as it was is for who needs it
            told = record.length.to_bytes(_WORD, "little") + record.mark
            payload: bytes | memoryview = os.pread(record.descriptor, record.length, record.start)
        else:
            told, payload = record[: 2 * _WORD], payload_of(record)
        head = number.to_bytes(_WORD, "little") + told
        yield head + checksum(head)
        yield payload


def read_summary(path: Path, environment: bytes) -> Summary | None:
    """The summary of a state, without the rest; none where it cannot be told, or is that of another environment."""
    descriptor = -1
    try:
        descriptor = open_file(path)
        log = read_log(descriptor, environment) if descriptor >= 0 else None
    except DamagedCache:
        return None
    finally:
        if descriptor >= 0:
            os.close(descriptor)
    return log.summary if log else None


def open_file(path: Path) -> int:
    """A file of the cache, open; a negative number where there is none.

    Raises:
        DamagedCache: it is no file that can be read.
    """
    try:
        return open_regular(path)
    except FileNotFoundError:
        return -1
    except OSError as error:
        raise DamagedCache(f"{path.name} cannot be read: {error.strerror}") from error


def write_record(payload: bytes) -> bytes:
    """A record of a state that holds this."""
    return b"".join((len(payload).to_bytes(_WORD, "little"), checksum(payload), payload))


def payload_of(record: Record) -> bytes | memoryview:
    """What a record holds."""
    return record.read() if isinstance(record, Stored) else memoryview(record)[2 * _WORD :]
