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
    CHUNK,
    Cache,
    Known,
    KnownBody,
    KnownLook,
    PackReader,
    PackWriter,
    decode_part,
    decode_prose,
    encode_part,
    encode_prose,
    join_parts,
    list_looks,
    list_problems,
    look_of,
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
    Settings,
    Stamp,
    StaticFile,
    dataclass,
)
from digest.pipeline.opening import Tell
from digest.planning import make_gist
from digest.reading import (
    CONTENT_FOLDER,
    ScannedFile,
    compile_prose,
    load_extensions,
    parse_source,
    read_source,
    scan_content,
    site_zone,
    static_file,
    take_seen,
)
from digest.sealing import Sight
from digest.working import Crew, cut

UNSEEN: Final = Stamp(0, 0, 0, 0)
_KEPT: Final = 256  # bodies that are kept in memory: a page of a day shows all of its entries
_FINE: Final = 100_000_000  # nanoseconds in which a file may change twice and look the same
_COARSE: Final = 2_000_000_000  # likewise where times are whole seconds
_WEIGHT: Final = 4  # of compiling one, where 1 is the weight of an entry on a page


@dataclass(frozen=True, slots=True)
class Bodies:
    """All that lies under content/. `known` is everything by key, read by what `basis` tells.

    `looks` tells of all how they look, also where bodies are read when somebody asks for them.
    """

    static: tuple[StaticFile, ...]
    prose: Mapping[str, Prose]
    problems: tuple[Problem, ...]
    looks: Mapping[str, KnownLook]
    known: Mapping[str, KnownBody]
    basis: bytes

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries, read for whoever needs all."""
        return tuple(body.source for body in read_all(self.known).values() if isinstance(body.source, Entry))

    @property
    def pages(self) -> tuple[PageFile, ...]:
        """The plain pages."""
        sources = [self.known[key].source for key, look in self.looks.items() if look[2] == "page"]
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
) -> Bodies:
    """Everything under content/; what looks as it did when it was last read, or holds what it did, is not made again.

    `began` is when the build did, nanoseconds since 1970. Where there is a `sight` of all files, nobody looks again.
    `meanwhile` is done here while others read, if there is so much to read.
    """
    taken = _take_seen(site, sight) if sight else None
    files, problems = (taken, ()) if taken is not None else scan_content(site)
    basis = basis_of(settings)
    before = known.bodies if known.basis == basis else {}
    looks = tell_of(before, list_looks, look_of)
    made: dict[str, KnownBody] = {}
    fresh: list[ScannedFile] = []
    static: list[StaticFile] = []
    faults: list[Problem] = list(problems)
    lasts = list(map(looks.get, map(itemgetter(0), files)))
    all_there = len(files) - lasts.count(None) == len(looks)  # as nearly always
    gone = set() if all_there else looks.keys() - {file.key for file in files}
    for file, last in zip(files, lasts, strict=True):
        seen = last is not None and last[0] == file[2]
        if last and seen and last[2]:  # likewise
            continue
        if file.is_markdown:
            if not seen:
                fresh.append(file)
        elif file.is_static:
            found = static_file(file, last[1] if last and seen else b"")
            if isinstance(found, Problem):
                faults.append(found)
                gone |= {file.key} & looks.keys()
                continue
            static.append(found)
            if last is None or not seen or found.fingerprint != last[1]:
                made[file.key] = KnownBody(settle(file.stamp, began), found.fingerprint, None, Gist())
    if fresh and settings.dialect.extensions:
        load_extensions(settings.dialect)  # once, before processes part; one that cannot be used is told once
    with cache.write_pack("prose") as writer:
        last_bodies = {file.key: before[file.key] for file in fresh if file.key in looks}
        work = Compiler(fresh, last_bodies, settings, writer, began)
        done = len(files) - len(fresh)
        parts = [(encode_part(made), dict(made))] if made else []
        for some in chain.from_iterable(crew.run(work, cut([_WEIGHT] * len(fresh), crew), meanwhile)):
            parts.append((some, decode_part(some)))
            made |= parts[-1][1]
            done += len(parts[-1][1])
            tell("reading", done, len(files))
    whole = looks.keys() <= made.keys() | gone
    bodies = join_parts(parts) if whole else _take_bodies(before, looks, made, gone)
    looks.update((key, look_of(body)) for key, body in made.items())
    told = tell_of(bodies, list_problems, attrgetter("problems"))
    return Bodies(
        static=tuple(static),
        prose=PackedProse(made if whole else bodies, cache.reader),
        problems=(*faults, *chain.from_iterable(told[key] for key in sorted(told))),
        looks={key: look for key, look in looks.items() if key not in gone} if gone else looks,
        known=bodies,
        basis=basis,
    )


def _take_bodies(
    before: Mapping[str, KnownBody], looks: Mapping[str, KnownLook], made: dict[str, KnownBody], gone: Set[str]
) -> Mapping[str, KnownBody]:
    """The bodies that are still there and those that were made; if no file came or went, the others are not read."""
    if not gone and made.keys() <= looks.keys():
        return renew(before, made)
    return {**{key: body for key, body in read_all(before).items() if key not in gone}, **made}


def _take_seen(site: Path, sight: Sight) -> tuple[ScannedFile, ...] | None:
    """The files that were seen, if the sight is one of this site and tells them all."""
    folder = next((each for each in sight.folders if Path(each) == site / CONTENT_FOLDER), None)
    return None if sight.odd or folder is None else take_seen(site, sight.list_files(folder))


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
            made.append(encode_part({file.key: self._make(file, zone, dialect) for file in some}))
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


def settle(stamp: Stamp, began: int) -> Stamp:
    """How a file looked, unless it was changed so shortly before that it could change again and look the same."""
    newest = max(stamp.modified, stamp.changed)
    slack = _FINE if stamp.modified % 1_000_000_000 else _COARSE
    return stamp if newest + slack < began else UNSEEN
