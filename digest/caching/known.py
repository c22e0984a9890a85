"""What builds know of a site, its bodies and what its output folders were made of, as values and as bytes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from functools import cache
from itertools import islice, repeat
from typing import Any, NamedTuple

from digest.caching.codec import UNREAD, Codec
from digest.caching.damage import DamagedCache
from digest.caching.tables import Table, make_tuples, read_column, type_of_tuple
from digest.model import Entry, Gist, Ground, PageFile, Place, Problem, Stamp, dataclass


class KnownBody(NamedTuple):
    """A Markdown file of content/ as it was read and compiled; the body of its `source` is not remembered.

    What could not be read has no `source`, what was not compiled no `place` of its packed prose.
    """

    stamp: Stamp
    fingerprint: bytes
    source: Entry | PageFile | None
    gist: Gist
    problems: tuple[Problem, ...] = ()
    place: Place | None = None


class KnownFile(NamedTuple):
    """A file of the output folder; `place` is that of its bytes, should it be lost. What is a copy has none."""

    path: str
    fingerprint: bytes
    stamp: Stamp
    place: Place | None = None


class KnownSketch(NamedTuple):
    """What a document of the last build was made of, and the files that it became."""

    marks: tuple[bytes, ...]
    files: tuple[KnownFile, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """Bodies by key and sketches by URL; `basis` tells what beside their files the bodies were read by.

    `ground` is what the sketches were planned by.
    """

    bodies: Mapping[str, KnownBody] = field(default_factory=dict)
    sketches: Mapping[str, KnownSketch] = field(default_factory=dict)
    basis: bytes = b""
    ground: Ground = Ground()


class _BodyRow(NamedTuple):
    """What every body has; its source is the next of its kind: `entry`, `page` or none."""

    key: str
    stamp: Stamp
    fingerprint: bytes
    kind: str
    gist: Gist
    problems: tuple[Problem, ...]
    place: Place


class _SketchRow(NamedTuple):
    """A sketch, and how many of the next files are its own."""

    url: str
    marks: tuple[bytes, ...]
    files: int


class _FileRow(NamedTuple):
    path: str
    fingerprint: bytes
    stamp: Stamp
    place: Place


_KIND = {Entry: "entry", PageFile: "page", type(None): ""}
_NOWHERE = Place("", 0, 0)


def encode_light(bodies: Mapping[str, KnownBody]) -> bytes:
    """Bodies without their prose as bytes: for the state, and from the processes that read and compile."""
    rows = [
        (key, stamp, fingerprint, _KIND[type(source)], gist, problems, place or _NOWHERE)
        for key, (stamp, fingerprint, source, gist, problems, place) in bodies.items()
    ]
    sources = [body[2] for body in bodies.values()]
    return _body_coder().encode(
        rows,
        [source for source in sources if isinstance(source, Entry)],
        [source for source in sources if isinstance(source, PageFile)],
    )


def decode_light(data: bytes | memoryview) -> dict[str, KnownBody]:
    """The bodies, by key.

    Raises:
        DamagedCache: there is something else.
    """
    body_table, entry_table, page_table = _body_coder().decode(data)
    keys, stamps, fingerprints, kinds, gists, problems, places = body_table.columns()
    rest = {"entry": iter(entry_table.values()), "page": iter(page_table.values())}
    nothing: Iterator[None] = repeat(None)
    try:
        sources = [next(rest.get(kind, nothing)) for kind in kinds]
    except StopIteration as error:
        raise DamagedCache("a body that there is not") from error
    parts = zip(stamps, fingerprints, sources, gists, problems, _somewhere(places), strict=True)
    return dict(zip(keys, make_tuples(KnownBody, parts), strict=True))


def encode_sketches(sketches: Mapping[str, KnownSketch]) -> bytes:
    """What the documents of a build were made of, as bytes."""
    return _sketch_coder().encode(
        [(url, marks, len(files)) for url, (marks, files) in sketches.items()],
        [
            (path, fingerprint, stamp, place or _NOWHERE)
            for _, files in sketches.values()
            for path, fingerprint, stamp, place in files
        ],
    )


def decode_sketches(data: bytes | memoryview) -> dict[str, KnownSketch]:
    """What the documents of a build were made of, by URL.

    Raises:
        DamagedCache: there is something else.
    """
    sketch_table, file_table = _sketch_coder().decode(data)
    urls, marks, counts = sketch_table.columns()
    paths, fingerprints, stamps, places = file_table.columns()
    files = iter(make_tuples(KnownFile, zip(paths, fingerprints, stamps, _somewhere(places), strict=True)))
    return {
        url: KnownSketch(mark, tuple(islice(files, max(0, count))))
        for url, mark, count in zip(urls, marks, counts, strict=True)
    }


def list_bodies(data: bytes | memoryview) -> Sequence[str]:
    """The keys of bodies.

    Raises:
        DamagedCache: there is something else.
    """
    return _body_coder().list_first(data)


def list_sketches(data: bytes | memoryview) -> Sequence[str]:
    """The URLs of what the documents of a build were made of.

    Raises:
        DamagedCache: there is something else.
    """
    return _sketch_coder().list_first(data)


def _somewhere(places: Iterable[Place]) -> list[Place | None]:
    return [place if place[0] else None for place in places]


class _Rows(NamedTuple):
    """A table as it was read."""

    table: Table[Any]
    written: Sequence[Any]
    rows: int

    def columns(self) -> list[Sequence[Any]]:
        return self.table.read_columns(self.written, self.rows)

    def values(self) -> list[Any]:
        return self.table.read(self.written, self.rows)


class _Coder:
    """Several tables as bytes, and back."""

    def __init__(self, *kinds: type, left_out: Collection[str] = ()) -> None:
        self._tables: list[Table[Any]] = [Table(kind, left_out) for kind in kinds]
        self._codec: Codec[Sequence[Any]] = Codec(
            type_of_tuple(*(type_of_tuple(int, *table.types) for table in self._tables))
        )
        first, *others = self._tables
        passed = [UNREAD] * (len(first.types) - 1)
        self._first: Codec[Sequence[Any]] = Codec(
            type_of_tuple(type_of_tuple(int, first.types[0], *passed), *([UNREAD] * len(others)))
        )

    def list_first(self, data: bytes | memoryview) -> Sequence[Any]:
        """The first column of the first table, and nothing else."""
        count, column, *_ = self._first.decode(data)[0]
        return read_column(column, count)

    def encode(self, *parts: list[Any]) -> bytes:
        """The rows of each table, in order."""
        return self._codec.encode(
            [(len(rows), *table.write(rows)) for table, rows in zip(self._tables, parts, strict=True)]
        )

    def decode(self, data: bytes | memoryview) -> list[_Rows]:
        """The rows of each table."""
        parts = self._codec.decode(data)
        return [_Rows(table, columns, count) for table, (count, *columns) in zip(self._tables, parts, strict=True)]


@cache
def _body_coder() -> _Coder:
    return _Coder(_BodyRow, Entry, PageFile, left_out=("body",))


@cache
def _sketch_coder() -> _Coder:
    return _Coder(_SketchRow, _FileRow)
