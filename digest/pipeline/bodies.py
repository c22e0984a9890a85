"""The files of content/ to light values and packed prose: what did not change is taken as it was known."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from datetime import tzinfo
from functools import lru_cache
from itertools import chain
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import Final

from digest.caching import (
    BODY_CHUNKS,
    CHUNK,
    Cache,
    Known,
    KnownBody,
    PackReader,
    PackWriter,
    decode_prose,
    encode_prose,
    kind_of,
    list_problems,
    read_all,
    renew,
)
from digest.caching import tell as tell_of
from digest.model import (
    Dialect,
    Entry,
    Gist,
    PageFile,
    Place,
    Problem,
    ProblemError,
    Prose,
    Roll,
    Settings,
    StaticFile,
    cut_repeats,
    dataclass,
)
from digest.pipeline.finding import UNSEEN, find_all, find_edited, settle
from digest.pipeline.opening import Tell
from digest.planning import make_gist
from digest.reading import ScannedFile, compile_prose, load_extensions, parse_source, read_source, site_zone
from digest.sealing import Sight
from digest.working import Crew, cut

_KEPT: Final = 256  # bodies that are kept in memory: a page of a day shows all of its entries
_WEIGHT: Final = 4  # of compiling one, where 1 is the weight of an entry on a page


@dataclass(frozen=True, slots=True)
class Bodies:
    """All that lies under content/. `known` is everything by key, read by what `basis` tells, and `roll` tells of all.

    `edited` are the bodies that entries had which hold something else now, if no file came or went since all were
    planned.
    """

    static: tuple[StaticFile, ...]
    prose: Mapping[str, Prose]
    problems: tuple[Problem, ...]
    known: Mapping[str, KnownBody]
    basis: bytes
    roll: Roll
    edited: Mapping[str, KnownBody] | None = None

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries, read for whoever needs all."""
        return tuple(body.source for body in read_all(self.known).values() if isinstance(body.source, Entry))

    @property
    def entry_keys(self) -> list[str]:
        """Their keys; none of them is read."""
        return [key for key in self.known if key not in self.roll.others]

    @property
    def pages(self) -> tuple[PageFile, ...]:
        """The plain pages."""
        sources = [self.known[key].source for key, kind in self.roll.others.items() if kind == "page"]
        return tuple(source for source in sources if isinstance(source, PageFile))

    @property
    def gists(self) -> Mapping[str, Gist]:
        """What planning asks of the bodies of all entries and pages."""
        return {key: body.gist for key, body in read_all(self.known).items()}


class PackedProse(Mapping[str, Prose]):
    """The prose of bodies by key, read from the cache when somebody asks for it."""

    def __init__(self, bodies: Mapping[str, KnownBody], reader: PackReader) -> None:
        self._bodies = bodies
        self._read = lru_cache(maxsize=_KEPT)(lambda place: decode_prose(reader.read(place)))

    def __getitem__(self, key: str) -> Prose:
        """The prose of an entry or page."""
        place = self._bodies[key].place
        if place is None:
            raise KeyError(key)
        return self._read(place)

    def __iter__(self) -> Iterator[str]:
        """The keys of what was compiled."""
        return (key for key, body in self._bodies.items() if body.place)

    def __len__(self) -> int:
        """How many bodies were compiled."""
        return sum(1 for _ in self)


def read_bodies(
    site: Path,
    settings: Settings,
    known: Known,
    cache: Cache,
    crew: Crew,
    *,
    began: int,
    tell: Tell,
    sight: Sight | None,
    meanwhile: Callable[[], object] | None = None,
    brief: bool = False,
) -> Bodies:
    """Everything under content/; what looks as it did when it was last read, or holds what it did, is not made again.

    `began` is when the build did, nanoseconds since 1970. Where there is a `sight` of all files, nobody looks again.
    `meanwhile` is done here while others read, if there is so much to read. Who is `brief` is told of problems what
    people are shown.
    """
    basis = basis_of(settings)
    before, roll = (known.bodies, known.roll) if known.basis == basis else ({}, Roll())
    found = find_edited(site, sight, before, roll) if sight else None
    found = found or find_all(site, sight, before, began)
    if found.fresh and settings.dialect.extensions:
        load_extensions(settings.dialect)  # once, before processes part; one that cannot be used is told once
    made = dict(found.made)
    parts = [(BODY_CHUNKS.pack(made), dict(made))] if made else []
    with cache.write_pack("prose") as writer:
        was = {key: body for key in chain(made, map(itemgetter(0), found.fresh)) if (body := before.get(key))}
        work = Compiler(found.fresh, was, settings, writer, began)
        done = found.total - len(found.fresh)
        for some in chain.from_iterable(crew.run(work, cut([_WEIGHT] * len(found.fresh), crew), meanwhile)):
            parts.append((some, BODY_CHUNKS.unpack(some)))
            made |= parts[-1][1]
            done += len(parts[-1][1])
            tell("reading", done, found.total)
    whole = before.keys() <= made.keys() | found.gone
    bodies = BODY_CHUNKS.join(parts) if whole else _take_bodies(before, made, found.gone)
    others = {key: kind for key, kind in found.others.items() if key not in made}
    others |= {key: kind for key, body in made.items() if (kind := kind_of(body)) != "entry"}
    told, shown = None, roll.problems
    if not (brief and found.few and all(was[key].problems == body.problems for key, body in made.items())):
        told = _list_problems(made if whole else bodies)
        shown = cut_repeats(told)
    settled = all(made[file.key].stamp == file.stamp for file in found.fresh)
    return Bodies(
        static=tuple(found.static),
        prose=PackedProse(made if whole else bodies, cache.reader),
        problems=(*found.faults, *(shown if brief or told is None else told)),
        known=bodies,
        basis=basis,
        roll=Roll(found.seen if settled else b"", others, shown),
        edited=_list_edited(was, made) if roll.seen == known.ground.seen != b"" and not found.gone else None,
    )


def _list_problems(bodies: Mapping[str, KnownBody]) -> tuple[Problem, ...]:
    """The problems of all bodies, by key."""
    told = tell_of(bodies, list_problems, attrgetter("problems"))
    return tuple(chain.from_iterable(told[key] for key in sorted(told)))


def _list_edited(was: Mapping[str, KnownBody], made: Mapping[str, KnownBody]) -> dict[str, KnownBody] | None:
    """The bodies of entries that were others; none if what is one now was none, or the other way."""
    edited: dict[str, KnownBody] = {}
    for key, body in made.items():
        if key not in was:
            return None
        kinds = {kind_of(was[key]), kind_of(body)}
        if len(kinds) > 1:
            return None
        if kinds == {"entry"} and was[key].fingerprint != body.fingerprint:
            edited[key] = was[key]
    return edited


def _take_bodies(
    before: Mapping[str, KnownBody], made: dict[str, KnownBody], gone: Set[str]
) -> Mapping[str, KnownBody]:
    """The bodies that are still there and those that were made; if no file came or went, the others are not read."""
    if not gone and all(key in before for key in made):
        return renew(before, made)
    return {**{key: body for key, body in read_all(before).items() if key not in gone}, **made}


def basis_of(settings: Settings) -> bytes:
    """What of the settings bodies are read and compiled by."""
    return repr((settings.dialect, settings.timezone)).encode()


@dataclass(frozen=True, slots=True)
class Compiler:
    """Reads and compiles files by their numbers; the bodies come back light, as bytes."""

    files: Sequence[ScannedFile]
    before: Mapping[str, KnownBody]
    settings: Settings
    writer: PackWriter
    began: int

    def __call__(self, numbers: Sequence[int]) -> list[bytes]:
        """The bodies of these files, as many at a time as a cache keeps together; their prose is in the cache."""
        zone, dialect = site_zone(self.settings), self.settings.dialect
        made: list[bytes] = []
        for start in range(0, len(numbers), CHUNK):
            some = [self.files[number] for number in numbers[start : start + CHUNK]]
            made.append(BODY_CHUNKS.pack({file.key: self._make(file, zone, dialect) for file in some}))
        self.writer.flush()
        return made

    def _make(self, file: ScannedFile, zone: tzinfo, dialect: Dialect) -> KnownBody:
        stamp = settle(file.stamp, self.began)
        source = read_source(file)
        if isinstance(source, Problem):
            return KnownBody(UNSEEN, b"", None, Gist(), (source,))
        last = self.before.get(file.key)
        if last and last.fingerprint == source.fingerprint:
            return last._replace(stamp=stamp)
        body, problems = parse_source(file, source, zone)
        if body is None:
            return KnownBody(stamp, source.fingerprint, None, Gist(), problems)
        try:
            prose = compile_prose(body, dialect)
        except ProblemError as error:  # of a plugin, which may do better the next time
            return KnownBody(UNSEEN, b"", None, Gist(), error.problems)
        gist = make_gist(body, prose, head_of(source.raw, body.body), dialect)
        place: Place = self.writer.add(encode_prose(prose))
        return KnownBody(stamp, source.fingerprint, body, gist, (*problems, *prose.problems), place)


def head_of(raw: bytes, body: str) -> bytes:
    """What of a file is not its body, or all of it where that cannot be told by its end."""
    bare = raw.rstrip()
    end = body.encode().rstrip()
    return bare[: len(bare) - len(end)] if bare.endswith(end) else raw
