"""The values of a state, in chunks that are read when somebody asks for them; saving costs what changed."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from functools import cached_property
from itertools import islice
from operator import is_
from pathlib import Path
from typing import Any, Final, Generic, NamedTuple, TypeVar

from digest.caching.codec import Codec
from digest.caching.damage import DamagedCache
from digest.caching.files import replace_file
from digest.caching.logs import (
    FIRST,
    HEAD,
    KEYS,
    SUMMARIES,
    SUMMARY,
    Log,
    Record,
    Stored,
    Summary,
    number_records,
    open_file,
    payload_of,
    read_log,
    write_record,
)

Value = TypeVar("Value")
Told = TypeVar("Told")
CHUNK: Final = 256  # values; a chunk of less than half of that is not kept as it is


class ChunkCoder(NamedTuple, Generic[Value]):
    """How the values of a chunk, by key, are written and read."""

    encode: Callable[[Mapping[str, Value]], bytes]
    decode: Callable[[bytes | memoryview], dict[str, Value]]

    def pack(self, values: Mapping[str, Value]) -> bytes:
        """Some values as they will lie in a state, whoever made them: nobody has to do that again."""
        return write_record(self.encode(values))

    def unpack(self, record: Record) -> dict[str, Value]:
        """The values of such a record."""
        return self.decode(payload_of(record))

    def join(self, parts: Sequence[tuple[bytes, dict[str, Value]]]) -> Chunks[Value]:
        """All values of a state that is new, in records, few in each, and unpacked; no key comes twice."""
        chunks = Chunks(self, [record for record, _ in parts], dict(enumerate(values for _, values in parts)))
        chunks.new = True
        return chunks


class Chunks(Mapping[str, Value]):
    """The values of a state by key. A chunk is read when somebody asks for a value that is in it.

    Whoever asks for one may come upon a DamagedCache.
    """

    def __init__(
        self,
        coder: ChunkCoder[Value],
        records: Sequence[Record] = (),
        read: Mapping[int, dict[str, Value]] | None = None,
        keys: Stored | None = None,
    ) -> None:
        """All of the records are `read`, or `keys` is what tells the keys of each."""
        self._coder = coder
        self._records = records
        self._keys = keys
        self._read = dict(read or {})
        self._renewed: dict[str, Value] = {}
        self.new = False  # whether none of them was in a state

    @property
    def keys_by_chunk(self) -> Sequence[Sequence[str]]:
        """The keys of each chunk."""
        if self._keys is None:
            return [list(self._read[number]) for number in range(len(self._records))]
        return _KEY_LISTS.decode(self._keys.read())

    @cached_property
    def _where(self) -> dict[str, int]:
        told = self.keys_by_chunk
        if len(told) != len(self._records):
            raise DamagedCache("a chunk that there is not")
        return {key: number for number, keys in enumerate(told) for key in keys}

    def __getitem__(self, key: str) -> Value:
        """The value of a key."""
        if key in self._renewed:
            return self._renewed[key]
        chunk = self._open(self._where[key])
        if key not in chunk:
            raise DamagedCache("a value that there is not")
        return chunk[key]

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

    def tell(
        self, read: Callable[[bytes | memoryview], Mapping[str, Told]], of: Callable[[Value], Told]
    ) -> dict[str, Told]:
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

    def write_renewed(self) -> dict[int, bytes]:
        """The records of the chunks that hold what was renewed, by their numbers."""
        return {number: self._write(number) for number in sorted({self._where[key] for key in self._renewed})}

    def write(self) -> list[Record]:
        """All records."""
        renewed = self.write_renewed()
        return [renewed.get(number, record) for number, record in enumerate(self._records)]

    def holds(self, records: Sequence[Record]) -> bool:
        """Whether these are its records, but for what was renewed."""
        return self._records is records

    def keep(self, values: Mapping[str, Value]) -> Chunks[Value]:
        """The chunks of these values: those of them that were read and hold the same are as they were."""
        kept = [number for number, chunk in self._read.items() if _is_still(chunk, values)]
        chunks = [self._read[number] for number in kept]
        records = [self._records[number] for number in kept]
        told = set[str]().union(*chunks)
        rest = ((key, value) for key, value in values.items() if key not in told)
        while chunk := dict(islice(rest, CHUNK)):
            chunks.append(chunk)
            records.append(self._coder.pack(chunk))
        return Chunks(self._coder, records, dict(enumerate(chunks)))

    def _open(self, number: int) -> dict[str, Value]:
        if number not in self._read:
            self._read[number] = self._coder.unpack(self._records[number])
        return self._read[number]

    def _write(self, number: int) -> bytes:
        values = self._open(number)
        return self._coder.pack({key: self._renewed.get(key, value) for key, value in values.items()})


class StateFile(Generic[Value]):
    """One state, which is open from when it is read; what it was then is kept, for saving."""

    def __init__(self, path: Path, environment: bytes, coder: ChunkCoder[Value]) -> None:
        self._path = path
        self._environment = environment
        self._coder = coder
        self._descriptor = -1
        self._log: Log | None = None
        self._chunks: Chunks[Value] = Chunks(coder)

    def read(self) -> tuple[Summary, Chunks[Value]]:
        """What was saved; nothing where there is nothing, or that of another environment.

        Raises:
            DamagedCache: there is something else.
        """
        self.close()
        self._descriptor = open_file(self._path)
        self._log = read_log(self._descriptor, self._environment) if self._descriptor >= 0 else None
        if self._log:
            self._chunks = Chunks(self._coder, self._log.chunks, keys=self._log.keys)
        return self._log.summary if self._log else Summary(), self._chunks

    def save(self, summary: Summary, values: Mapping[str, Value]) -> None:
        """Keep this in place of what was.

        Raises:
            OSError: it cannot be written, and is as it was.
        """
        log, self._log = self._log, None
        if log and isinstance(values, Chunks) and values.holds(log.chunks):
            renewed = values.write_renewed()
            if not renewed and summary == log.summary:
                os.utime(self._path)  # for who asks which builds were made lately
                return
            parts = [*number_records({FIRST + number: record for number, record in renewed.items()})]
            if log.add(self._path, [*parts, *number_records({SUMMARY: write_record(SUMMARIES.encode(summary))})]):
                return
        if not isinstance(values, Chunks):
            values = self._chunks.keep(values)
        records: dict[int, Record] = {KEYS: write_record(_KEY_LISTS.encode(values.keys_by_chunk))}
        records |= dict(enumerate(values.write(), FIRST))
        records[SUMMARY] = write_record(SUMMARIES.encode(summary))
        replace_file(self._path, [HEAD, self._environment, *number_records(records)])

    def close(self) -> None:
        """Nothing that was not read can be read any more."""
        descriptor, self._descriptor, self._log, self._chunks = self._descriptor, -1, None, Chunks(self._coder)
        if descriptor >= 0:
            os.close(descriptor)


def renew(values: Mapping[str, Value], changed: Mapping[str, Value]) -> Mapping[str, Value]:
    """The same with other values under some of the keys."""
    if not changed:
        return values
    return values.renew(changed) if isinstance(values, Chunks) else {**values, **changed}


def read_all(values: Mapping[str, Value]) -> Mapping[str, Value]:
    """The same values, all of them read."""
    return values.read_all() if isinstance(values, Chunks) else values


def tell(
    values: Mapping[str, Value], read: Callable[[bytes | memoryview], Mapping[str, Told]], of: Callable[[Value], Told]
) -> dict[str, Told]:
    """What is told of each value, by key: `read` has it of bytes and `of` of a value."""
    return values.tell(read, of) if isinstance(values, Chunks) else {key: of(value) for key, value in values.items()}


def _is_still(was: Mapping[str, Any], values: Mapping[str, Any]) -> bool:
    return len(was) >= CHUNK // 2 and all(map(is_, map(values.get, was), was.values()))


_KEY_LISTS: Final[Codec[Sequence[Sequence[str]]]] = Codec(list[list[str]])
