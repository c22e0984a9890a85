"""The cache of a site, open for one build."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import Final, TypeVar

from digest.caching.damage import DamagedCache, UnwritableCache
from digest.caching.known import (
    Known,
    KnownBody,
    KnownSketch,
    decode_light,
    decode_sketches,
    encode_light,
    encode_sketches,
)
from digest.caching.logs import Summary, read_summary
from digest.caching.packs import PackReader, PackWriter
from digest.caching.states import ChunkCoder, Chunks, StateFile, read_all
from digest.caching.sweeping import choose_segments, mover, remove_segments, weigh_segments
from digest.formats.patterns import lazily
from digest.model import Place, Problem, Span, replace

Value = TypeVar("Value")
BODIES: Final = "bodies.state"
BODY_CHUNKS: Final = ChunkCoder(encode_light, decode_light)
SKETCH_CHUNKS: Final = ChunkCoder(encode_sketches, decode_sketches)
KEPT_BUILDS: Final = 8  # states of builds into other folders or with other options
_BUILD: Final = lazily(r"build-[0-9a-f]{16,64}\.state")
_LEFT: Final = lazily(r"(?:bodies|build-[0-9a-f]{16,64})\.state\.[0-9]+\.new")  # by a build that was killed


class Cache:
    """What is kept in a folder, for builds of one kind: `build` is a fingerprint of the output folder and options.

    Of another `environment` nothing is known.
    """

    def __init__(self, folder: Path, environment: bytes, build: bytes) -> None:
        name = f"build-{build.hex()}.state"
        if not _BUILD.fullmatch(name):
            raise ValueError("a fingerprint has 8 to 32 bytes")
        self.folder = folder
        self.reader = PackReader(folder)
        self._environment = environment
        self._build = name
        self._weights: Mapping[str, int] = {}  # bytes that the bodies have in each segment, as they were read
        self._file_weights: Mapping[str, int] = {}  # likewise the files
        self._bodies: StateFile[KnownBody] = StateFile(folder / BODIES, environment, BODY_CHUNKS)
        self._sketches: StateFile[KnownSketch] = StateFile(folder / name, environment, SKETCH_CHUNKS)

    def read(self) -> tuple[Known, tuple[Problem, ...]]:
        """What is known, and DG503 for what was damaged: of that nothing is known.

        Bodies and sketches are read when somebody asks for them, who may come upon a DamagedCache.
        """
        bodies: Mapping[str, KnownBody] = {}
        sketches: Mapping[str, KnownSketch] = {}
        summary = made = Summary()
        problems: list[Problem] = []
        try:
            summary, bodies = self._bodies.read()
            self._weights = summary.segments
        except DamagedCache as error:
            problems.append(self._explain(BODIES, error))
        try:
            made, sketches = self._sketches.read()
            self._file_weights = made.segments
        except DamagedCache as error:
            problems.append(self._explain(self._build, error))
        return Known(bodies, sketches, summary.basis, made.ground, summary.roll), tuple(problems)

    def write_pack(self, kind: str) -> PackWriter:
        """A new segment, for records of a kind that a short word names."""
        return PackWriter(self.folder, kind)

    def save(self, known: Known) -> None:
        """Keep this in place of what was, and drop what nothing refers to any more. The caller holds the lock.

        Where it cannot be written, what was kept is as it was, or a part of it is new.
        """
        with suppress(OSError):
            self._save(known)

    def save_bodies(self, known: Known) -> None:
        """Keep the bodies, for who builds no documents; those whose prose another build has swept away are left out."""
        there = {name: (self.folder / name).is_file() for name in self._weigh_bodies(known)}
        bodies = {key: body for key, body in known.bodies.items() if body.place is None or there[body.place.segment]}
        with suppress(OSError):
            segments = self._weigh_bodies(Known(bodies))
            self._bodies.save(Summary(known.basis, segments), bodies)
            remove_segments(self.folder, {*segments, *self._needed_by_others()})

    def forget(self) -> None:
        """Keep nothing."""
        for name in os.listdir(self.folder):  # noqa: PTH208 - names, not paths
            if name == BODIES or _BUILD.fullmatch(name) or _LEFT.fullmatch(name):
                with suppress(OSError):
                    (self.folder / name).unlink()
        with suppress(OSError):
            remove_segments(self.folder, ())

    def close(self) -> None:
        """Close what is open."""
        self.reader.close()
        self._bodies.close()
        self._sketches.close()

    def _save(self, known: Known) -> None:
        bodies, sketches = self._weigh_bodies(known), self._weigh_files(known)
        with suppress(DamagedCache, UnwritableCache):  # found when it is needed; nothing is moved on a full disk
            if poor := choose_segments(self.folder, bodies):
                known = self._gather_bodies(known, poor)
                bodies = self._weigh_bodies(known)
            if poor := choose_segments(self.folder, sketches):
                known = self._gather_files(known, poor)
                sketches = self._weigh_files(known)
        self._bodies.save(Summary(known.basis, bodies, roll=known.roll), known.bodies)
        self._sketches.save(Summary(b"", sketches, known.ground), known.sketches)
        remove_segments(self.folder, {*bodies, *sketches, *self._needed_by_others()})

    def _gather_bodies(self, known: Known, poor: frozenset[str]) -> Known:
        """The same, with the records of bodies in poor segments moved together."""
        with PackWriter(self.folder, "moved") as writer:
            move = mover(self.reader, writer, poor)
            bodies = {
                key: body
                if body.place is None or body.place.segment not in poor
                else body._replace(place=move(body.place))
                for key, body in read_all(known.bodies).items()
            }
        return replace(known, bodies=bodies)

    def _gather_files(self, known: Known, poor: frozenset[str]) -> Known:
        """Likewise with those of files."""
        with PackWriter(self.folder, "moved") as writer:
            move = mover(self.reader, writer, poor)
            sketches = {
                url: sketch
                if not any(file.place and file.place.segment in poor for file in sketch.files)
                else sketch._replace(files=tuple(file._replace(place=move(file.place)) for file in sketch.files))
                for url, sketch in read_all(known.sketches).items()
            }
        return replace(known, sketches=sketches)

    def _weigh_bodies(self, known: Known) -> dict[str, int]:
        return _weigh(known.bodies, self._weights, lambda body: [body.place])

    def _weigh_files(self, known: Known) -> dict[str, int]:
        return _weigh(known.sketches, self._file_weights, lambda sketch: [file.place for file in sketch.files])

    def _needed_by_others(self) -> set[str]:
        """The segments that the states of other builds refer to; those of too many builds go first."""
        needed: set[str] = set()
        found: list[tuple[int, str]] = []
        for name in os.listdir(self.folder):  # noqa: PTH208 - names, not paths
            if _LEFT.fullmatch(name):
                with suppress(OSError):
                    (self.folder / name).unlink()
            elif _BUILD.fullmatch(name) and name != self._build:
                with suppress(OSError):
                    found.append((-(self.folder / name).lstat().st_mtime_ns, name))
        for number, (_, name) in enumerate(sorted(found), start=1):
            summary = read_summary(self.folder / name, self._environment) if number < KEPT_BUILDS else None
            if summary:
                needed |= summary.segments.keys()
            else:
                with suppress(OSError):
                    (self.folder / name).unlink()
        return needed

    def _explain(self, name: str, error: DamagedCache) -> Problem:
        hint = "nothing to do: all of it is made anew"
        return Problem("note", "DG503", f"the cache was damaged: {error}", Span(f"{self.folder.name}/{name}"), hint)


def _weigh(
    values: Mapping[str, Value], before: Mapping[str, int], places_of: Callable[[Value], Sequence[Place | None]]
) -> dict[str, int]:
    """How many bytes of each segment these values take, where so many were taken `before` some of them were renewed."""
    if not isinstance(values, Chunks) or values.new:
        return weigh_segments(chain.from_iterable(map(places_of, read_all(values).values())))
    weights = dict(before)
    for was, now in values.renewed:
        for sign, value in ((-1, was), (1, now)):
            for segment, weight in weigh_segments(places_of(value)).items():
                weights[segment] = weights.get(segment, 0) + sign * weight
    return {segment: weight for segment, weight in weights.items() if weight > 0}
