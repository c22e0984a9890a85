"""The state of a cache on the disk: a file of bodies, which all builds of a site share, and one for each build.

A state is a head and records, each a length, a checksum and its bytes. The first record is a summary, with the segments
of packs that the state refers to; the others are chunks, and one whose values are still those that were read is written
as it was: saving costs what changed. A state is replaced whole.
"""

from __future__ import annotations

import gc
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from functools import cached_property
from itertools import islice
from operator import is_
from pathlib import Path
from typing import Any, Final, Generic, NamedTuple, TypeAlias, TypeVar

from digest.caching.codec import Codec
from digest.caching.damage import DamagedCache
from digest.caching.packs import checksum
from digest.model import Ground, Roll

Value = TypeVar("Value")
Told = TypeVar("Told")
Record: TypeAlias = bytes | memoryview
HEAD: Final = b"digest cache 1\n"
CHUNK: Final = 256  # values; a chunk of less than half of that is not kept as it is
_WORD: Final = 4
_LARGEST: Final = 1 << 32
_SUMMARY: Final = 1 << 26  # bytes: a ground has sixteen of each entry


class Summary(NamedTuple):
    """What a state tells of itself: what its values depend on, and how many bytes of each segment it refers to."""

    basis: bytes = b""
    segments: dict[str, int] = {}  # noqa: RUF012 - a named tuple has no factories; nobody changes it
    ground: Ground = Ground()
    roll: Roll = Roll()


class ChunkCoder(NamedTuple, Generic[Value]):
    """How the values of a chunk, by key, are written and read."""

    encode: Callable[[Mapping[str, Value]], bytes]
    decode: Callable[[memoryview], dict[str, Value]]
    list_keys: Callable[[memoryview], Sequence[str]]


class Chunks(Mapping[str, Value]):
    """The values of a state by key. A chunk is read when somebody asks for a value that is in it.

    Whoever asks for one may come upon a DamagedCache.
    """

    def __init__(
        self,
        coder: ChunkCoder[Value],
        records: Sequence[Record] = (),
        read: Mapping[int, dict[str, Value]] | None = None,
    ) -> None:
        self._coder = coder
        self._records = records
        self._read = dict(read or {})
        self._renewed: dict[str, Value] = {}
        self.new = False  # whether none of them was in a state

    @cached_property
    def _where(self) -> dict[str, int]:
        list_keys = self._coder.list_keys
        return {key: number for number, record in enumerate(self._records) for key in list_keys(payload_of(record))}

    def __getitem__(self, key: str) -> Value:
        """The value of a key."""
        return self._renewed[key] if key in self._renewed else self._open(self._where[key])[key]

    def __iter__(self) -> Iterator[str]:
        """The keys."""
        return iter(self._where)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._where)

    def read_all(self) -> dict[str, Value]:
        """The same, where all are needed."""
        values: dict[str, Value] = {}
        # The collector would go through all that is read several times, and find nothing.
        collects = gc.isenabled()
        gc.disable()
        try:
            for number in range(len(self._records)):
                values.update(self._open(number))
        finally:
            if collects:
                gc.enable()
        values.update(self._renewed)
        return values

    def tell(self, read: Callable[[memoryview], Mapping[str, Told]], of: Callable[[Value], Told]) -> dict[str, Told]:
        """What is told of each value, by key: `read` has it of the bytes of a chunk, `of` of a value."""
        told: dict[str, Told] = {}
        for record in self._records:
            told.update(read(payload_of(record)))
        told.update((key, of(value)) for key, value in self._renewed.items())
        return told

    def renew(self, values: Mapping[str, Value]) -> Chunks[Value]:
        """The same with other values under some of its keys."""
        chunks = copy(self)
        chunks._renewed = {**self._renewed, **values}
        return chunks

    @property
    def renewed(self) -> list[tuple[Value, Value]]:
        """The values that were, and those that took their places."""
        return [(self._open(self._where[key])[key], value) for key, value in self._renewed.items()]

    @classmethod
    def of(cls, coder: ChunkCoder[Value], parts: Sequence[tuple[bytes, dict[str, Value]]]) -> Chunks[Value]:
        """New values and the records that hold them, few in each, no key twice."""
        chunks = cls(coder, [record for record, _ in parts], dict(enumerate(values for _, values in parts)))
        chunks.new = True
        return chunks

    def write(self) -> list[Record]:
        """The records; those that hold what was renewed are others."""
        touched = {self._where[key] for key in self._renewed}
        return [self._write(number) if number in touched else record for number, record in enumerate(self._records)]

    def keep(self, values: Mapping[str, Value]) -> Chunks[Value]:
        """The chunks of these values: those of them that were read and hold the same are as they were."""
        kept = [number for number, chunk in self._read.items() if _is_still(chunk, values)]
        chunks = [self._read[number] for number in kept]
        records = [self._records[number] for number in kept]
        told = set[str]().union(*chunks)
        rest = ((key, value) for key, value in values.items() if key not in told)
        while chunk := dict(islice(rest, CHUNK)):
            chunks.append(chunk)
            records.append(write_record(self._coder.encode(chunk)))
        return Chunks(self._coder, records, dict(enumerate(chunks)))

    def _open(self, number: int) -> dict[str, Value]:
        if number not in self._read:
            self._read[number] = self._coder.decode(payload_of(self._records[number]))
        return self._read[number]

    def _write(self, number: int) -> Record:
        values = self._open(number)
        return write_record(self._coder.encode({key: self._renewed.get(key, value) for key, value in values.items()}))


class StateFile(Generic[Value]):
    """One state; what it was when it was read is kept, for saving."""

    def __init__(self, path: Path, environment: bytes, coder: ChunkCoder[Value]) -> None:
        self._path = path
        self._environment = environment
        self._coder = coder
        self._chunks: Chunks[Value] = Chunks(coder)

    def read(self) -> tuple[Summary, Chunks[Value]]:
        """What was saved; nothing where there is nothing, or that of another environment.

        Raises:
            DamagedCache: there is something else.
        """
        self._chunks = Chunks(self._coder)
        data = read_file(self._path)
        if data is None or not is_of(data, self._environment):
            return Summary(), self._chunks
        records = split_records(data, len(HEAD) + len(self._environment))
        summary = _SUMMARIES.decode(payload_of(next(records, memoryview(b""))))
        self._chunks = Chunks(self._coder, tuple(records))
        return summary, self._chunks

    def save(self, summary: Summary, values: Mapping[str, Value]) -> None:
        """Replace the state.

        Raises:
            OSError: it cannot be written, and is as it was.
        """
        if not isinstance(values, Chunks):
            values = self._chunks = self._chunks.keep(values)
        replace_file(self._path, [HEAD, self._environment, write_record(_SUMMARIES.encode(summary)), *values.write()])


def renew(values: Mapping[str, Value], changed: Mapping[str, Value]) -> Mapping[str, Value]:
    """The same with other values under some of the keys."""
    if not changed:
        return values
    return values.renew(changed) if isinstance(values, Chunks) else {**values, **changed}


def read_all(values: Mapping[str, Value]) -> Mapping[str, Value]:
    """The same values, all of them read."""
    return values.read_all() if isinstance(values, Chunks) else values


def tell(
    values: Mapping[str, Value], read: Callable[[memoryview], Mapping[str, Told]], of: Callable[[Value], Told]
) -> dict[str, Told]:
    """What is told of each value, by key: `read` has it of bytes and `of` of a value."""
    return values.tell(read, of) if isinstance(values, Chunks) else {key: of(value) for key, value in values.items()}


def read_summary(path: Path, environment: bytes) -> Summary | None:
    """The summary of a state, without the rest; none where it cannot be told, or is that of another environment."""
    try:
        data = read_file(path, most=_SUMMARY)
        if data is None or not is_of(data, environment):
            return None
        start = len(HEAD) + len(environment)
        size = int.from_bytes(data[start : start + _WORD], "little") + 2 * _WORD
        return _SUMMARIES.decode(payload_of(next(split_records(data[: start + size], start))))
    except (DamagedCache, StopIteration):
        return None


def is_of(data: bytes, environment: bytes) -> bool:
    """Whether a state is one of this environment.

    Raises:
        DamagedCache: it is no state at all.
    """
    if not data.startswith(HEAD):
        raise DamagedCache("not a state of digest")
    return data.startswith(environment, len(HEAD))


def read_file(path: Path, most: int = -1) -> bytes | None:
    """What is in a file of the cache, none where there is none.

    Raises:
        DamagedCache: it is no file that can be read.
    """
    # A pipe would hang, and a link may lead anywhere.
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(path, flags)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise DamagedCache(f"{path.name} cannot be read: {error.strerror}") from error
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise DamagedCache(f"{path.name} is not a file")
        return _read_whole(descriptor, status.st_size if most < 0 else min(most, status.st_size))
    except (OSError, MemoryError) as error:
        raise DamagedCache(f"{path.name} cannot be read: {error}") from error
    finally:
        os.close(descriptor)


def _read_whole(descriptor: int, size: int) -> bytes:
    data = os.read(descriptor, size)
    while len(data) < size and (more := os.read(descriptor, size - len(data))):
        data += more
    return data


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


def split_records(data: bytes, start: int) -> Iterator[memoryview]:
    """The records from `start` on, checked."""
    view = memoryview(data)
    while start < len(view):
        length = int.from_bytes(view[start : start + _WORD], "little")
        end = start + 2 * _WORD + length
        record = view[start:end]
        if len(record) != 2 * _WORD + length or checksum(record[2 * _WORD :]) != record[_WORD : 2 * _WORD]:
            raise DamagedCache("a record was changed")
        yield record
        start = end


def write_record(payload: bytes) -> bytes:
    """A record of a state that holds this."""
    return b"".join((len(payload).to_bytes(_WORD, "little"), checksum(payload), payload))


def payload_of(record: Record) -> memoryview:
    """What a record holds."""
    return memoryview(record)[2 * _WORD :]


def _is_still(was: Mapping[str, Any], values: Mapping[str, Any]) -> bool:
    return len(was) >= CHUNK // 2 and all(map(is_, map(values.get, was), was.values()))


_SUMMARIES: Final[Codec[Summary]] = Codec(Summary)
