"""Segments come with every build: those that hold little that is still of use are rewritten, and the rest go."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from digest.caching.packs import SEGMENT, PackReader, PackWriter
from digest.model import Place

_MANY: Final = 32  # segments of one state; where there are more, the small ones become one
_LARGE: Final = 16  # the largest of many segments are left as they are
_WASTE: Final = 1 << 20  # bytes of a segment that may be of no use
_WORK: Final = 64 << 20  # bytes that one save may move


def weigh_segments(places: Iterable[Place | None]) -> dict[str, int]:
    """How many bytes of each segment these places take."""
    weights: dict[str, int] = {}
    for place in places:
        if place is not None:
            segment, _, length = place
            weights[segment] = weights.get(segment, 0) + length
    return weights


def choose_segments(folder: Path, weights: Mapping[str, int]) -> frozenset[str]:
    """The segments whose records shall move: most of them is of no use, and much, or there are many and they are small.

    What few edits leave is no reason: whoever moves records writes the state anew.
    """
    large = sorted(weights, key=lambda segment: (-weights[segment], segment))[
        : _LARGE if len(weights) > _MANY else None
    ]
    chosen: list[str] = []
    work = 0
    for segment in sorted(weights, key=lambda segment: (weights[segment], segment)):
        work += weights[segment]
        if work > _WORK:
            break
        if segment not in large or _size_of(folder, segment) - weights[segment] > max(weights[segment], _WASTE):
            chosen.append(segment)
    return frozenset(chosen)


def mover(reader: PackReader, writer: PackWriter, chosen: frozenset[str]) -> Callable[[Place | None], Place | None]:
    """What tells where a record lies now, and moves it first if it lies in one of these segments.

    It raises DamagedCache where the record is not what it was.
    """
    moved: dict[Place, Place] = {}

    def move(place: Place | None) -> Place | None:
        if place is None or place.segment not in chosen:
            return place
        if place not in moved:
            moved[place] = writer.add(reader.read(place))
        return moved[place]

    return move


def remove_segments(folder: Path, needed: Iterable[str]) -> None:
    """Remove the segments that are not needed."""
    kept = frozenset(needed)
    with os.scandir(folder) as scan:
        names = [entry.name for entry in scan if SEGMENT.fullmatch(entry.name) and entry.name not in kept]
    for name in names:
        with suppress(OSError):
            (folder / name).unlink()


def _size_of(folder: Path, segment: str) -> int:
    try:
        return (folder / segment).lstat().st_size
    except OSError:
        return 0
