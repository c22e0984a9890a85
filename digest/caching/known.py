"""What builds know of a site, its bodies and what its output folders were made of, as values and as bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from datetime import date
from functools import cache
from itertools import compress, islice, repeat
from typing import TypeAlias

from digest.caching.damage import DamagedCache
from digest.caching.sheets import SheetCoder
from digest.caching.tables import make_tuples
from digest.model import Entry, Gist, Ground, NamedTuple, PageFile, Place, Problem, Roll, Stamp, dataclass

# How a file looked when it was last read, its fingerprint, and what it is: `entry`, `page` or neither.
KnownLook: TypeAlias = tuple[tuple[int, int, int, int], bytes, str]

# The day of an entry, whether it is a draft, its tags, authors and venue.
KnownStand: TypeAlias = tuple[date, bool, tuple[str, ...], tuple[str, ...], str]


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

    `roll` tells of all bodies, `ground` is what the sketches were planned by.
    """

    bodies: Mapping[str, KnownBody] = field(default_factory=dict)
    sketches: Mapping[str, KnownSketch] = field(default_factory=dict)
    basis: bytes = b""
    ground: Ground = Ground()
    roll: Roll = Roll()


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
    bodies, entries, pages = _body_coder().decode(data)
    keys, stamps, fingerprints, kinds, gists, problems, places = bodies.fields()
    rest = {"entry": iter(entries.values()), "page": iter(pages.values())}
    nothing: Iterator[None] = repeat(None)
    try:
        sources = [next(rest.get(kind, nothing)) for kind in kinds]
    except StopIteration as error:
        raise DamagedCache("a body that there is not") from error
    parts = zip(stamps, fingerprints, sources, gists, problems, _somewhere(places), strict=True)
    return dict(zip(keys, make_tuples(KnownBody, parts), strict=True))


def kind_of(body: KnownBody) -> str:
    """What a body is: `entry`, `page` or neither."""
    return _KIND[type(body.source)]


def look_of(body: KnownBody) -> KnownLook:
    """How the file of a body looked."""
    return body.stamp, body.fingerprint, kind_of(body)


def list_looks(data: bytes | memoryview) -> dict[str, KnownLook]:
    """How the files of bodies looked, by key; nothing else is read.

    Raises:
        DamagedCache: there is something else.
    """
    bodies = _body_coder().decode(data)[0]
    stamps = zip(*bodies.parts("stamp"), strict=True)
    looks = zip(stamps, bodies.field("fingerprint"), bodies.field("kind"), strict=True)
    return dict(zip(bodies.field("key"), looks, strict=True))


def stand_of(body: KnownBody) -> KnownStand | None:
    """Where an entry stands; nothing of what is none."""
    source = body.source
    return (source.date, source.draft, source.tags, source.authors, source.venue) if isinstance(source, Entry) else None


def list_stands(data: bytes | memoryview) -> dict[str, KnownStand]:
    """Likewise where entries stand."""
    entries = _body_coder().decode(data)[1]
    stands = zip(*map(entries.field, ("date", "draft", "tags", "authors", "venue")), strict=True)
    return dict(zip(entries.field("key"), stands, strict=True))


def list_problems(data: bytes | memoryview) -> dict[str, tuple[Problem, ...]]:
    """Likewise the problems of those that have any."""
    bodies = _body_coder().decode(data)[0]
    told = bodies.field("problems")
    return dict(zip(compress(bodies.field("key"), told), filter(None, told), strict=True))


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
    sketches, rows = _sketch_coder().decode(data)
    urls, marks, counts = sketches.fields()
    paths, fingerprints, stamps, places = rows.fields()
    files = iter(make_tuples(KnownFile, zip(paths, fingerprints, stamps, _somewhere(places), strict=True)))
    try:
        parts = zip(marks, map(tuple, map(islice, repeat(files), counts)), strict=True)
        return dict(zip(urls, make_tuples(KnownSketch, parts), strict=True))
    except ValueError as error:
        raise DamagedCache("less than no files") from error


def _somewhere(places: Iterable[Place]) -> list[Place | None]:
    return [place if place[0] else None for place in places]


@cache
def _body_coder() -> SheetCoder:
    return SheetCoder(_BodyRow, Entry, PageFile, left_out=("body",))


@cache
def _sketch_coder() -> SheetCoder:
    return SheetCoder(_SketchRow, _FileRow)
