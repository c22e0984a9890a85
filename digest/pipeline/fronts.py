"""Files of content/ read one by one: front matter at once, bodies when they are compiled."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import tzinfo
from html import escape
from itertools import chain, islice
from operator import attrgetter
from typing import Any, Final

from digest.caching import BODY_CHUNKS, CHUNK, DamagedCache, KnownBody, list_problems, list_stands, stand_of, tell
from digest.model import Dialect, Entry, Gist, NamedTuple, PageFile, Problem, ProblemError, Prose, dataclass
from digest.pipeline.bodies import head_of
from digest.pipeline.finding import UNSEEN, settle
from digest.planning import make_gist
from digest.reading import (
    Glimpse,
    ScannedFile,
    compile_prose,
    compile_titles,
    glimpse_entry,
    look_at_file,
    parse_source,
    read_source,
)
from digest.working import Crew, cut

NO_PROSE = Prose("")  # of what cannot be read or compiled
_WHOLE: Final = 20  # likewise, where a thread takes in what was read: some, so that it lets others go first
_FEW: Final = 200  # files that are looked at by one process in less time than it takes to part
_HERE: Final = os.getpid()  # of the process that serves; others are forks of it
_PATIENT: Final = 10  # how nice those are who work while somebody is served
_WEIGHT: Final = 2  # of reading the front matter of one, where 1 is the weight of an entry on a page


class ReadFile(NamedTuple):
    """A Markdown file, parsed."""

    raw: bytes
    fingerprint: bytes
    source: Entry | PageFile | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class FileReader:
    """Reads files as the settings say."""

    zone: tzinfo
    dialect: Dialect

    def read(self, file: ScannedFile) -> ReadFile | Problem:
        """A file with its body."""
        source = read_source(file)
        if isinstance(source, Problem):
            return source
        parsed, problems = parse_source(file, source, self.zone)
        return ReadFile(source.raw, source.fingerprint, parsed, problems)

    def read_front(self, file: ScannedFile, began: int, last: KnownBody | None) -> KnownBody:
        """A file without its body, unless it is what it was at last; of its gist there is what its title tells."""
        stamp, source = settle(file.stamp, began), read_source(file)
        if isinstance(source, Problem):
            return KnownBody(UNSEEN, b"", None, Gist(), (source,))
        if last and last.fingerprint == source.fingerprint:
            return last._replace(stamp=stamp)
        parsed, problems = parse_source(file, source, self.zone)
        if parsed is None:
            return KnownBody(stamp, source.fingerprint, None, Gist(), problems)
        title, text = compile_titles(parsed, self.dialect)
        gist = Gist(title_text=text, title=title if title != escape(parsed.title, quote=False) else "")
        return KnownBody(stamp, source.fingerprint, parsed._replace(body=""), gist, problems)

    def compile(self, source: Entry | PageFile) -> tuple[Prose, tuple[Problem, ...]]:
        """A body compiled; none where a plugin fails over it."""
        try:
            prose = compile_prose(source, self.dialect)
        except ProblemError as error:
            return NO_PROSE, error.problems
        return prose, prose.problems

    def sum_up(self, read: ReadFile, prose: Prose) -> Gist:
        """What planning asks of a body."""
        if read.source is None:
            return Gist()
        return make_gist(read.source, prose, head_of(read.raw, read.source.body), self.dialect)


@dataclass(frozen=True, slots=True)
class Fronts:
    """The front matter of files: of those that are `fresh` it is read by all cores, the others are as they were known.

    `known` is all that was known, by key, and is read from the cache when somebody asks for it. `began` is when
    somebody began to look, in nanoseconds since 1970. How a file looks may nobody have seen yet.
    """

    fresh: Sequence[ScannedFile]
    kept: Sequence[ScannedFile]
    known: Mapping[str, KnownBody]
    reader: FileReader
    began: int

    @property
    def files(self) -> Sequence[ScannedFile]:
        """All of them."""
        return (*self.fresh, *self.kept)

    @property
    def problems(self) -> Iterator[Problem]:
        """What is wrong with those that are as they were known."""
        kept = {file.key for file in self.kept}
        try:
            told = tell(self.known, list_problems, attrgetter("problems"))
        except DamagedCache:  # they are read anew
            return iter(())
        return chain.from_iterable(problems for key, problems in told.items() if key in kept)

    def read(self, crew: Crew) -> Iterator[dict[str, KnownBody]]:
        """All of them, many at a time."""
        yield from map(BODY_CHUNKS.unpack, crew.run(self._read_some, cut([_WEIGHT] * len(self.fresh), crew)))
        yield from self._recall()

    def foresee(self, crew: Crew) -> tuple[Iterator[tuple[str, Glimpse | None]], Iterator[dict[str, KnownBody]]]:
        """Where each entry stands, by its key; and all files, which are read meanwhile."""
        entries = [file for file in self.fresh if file.is_entry]
        glances = [(entries, numbers, True) for numbers in cut([1] * len(entries), crew)]
        fronts = [(self.fresh, numbers, False) for numbers in cut([_WHOLE] * len(self.fresh), crew)]
        stands: Mapping[str, Glimpse | None] = {}
        with suppress(DamagedCache):
            stands = tell(self.known, list_stands, stand_of)
        tasks = [*glances, *fronts]
        results: Iterator[Any] = crew.run(self._work, tasks) if len(entries) > _FEW else map(self._work, tasks)
        glimpses = chain.from_iterable(islice(results, len(glances)))
        kept = [file.key for file in self.kept if file.is_entry]
        placed = chain(
            zip(kept, map(stands.get, kept), strict=True),
            zip((file.key for file in entries), glimpses, strict=True),
        )
        return placed, self._receive(glimpses, results)

    def read_one(self, file: ScannedFile) -> KnownBody:
        """A file without its body, or as it was known."""
        last = None
        with suppress(DamagedCache):
            last = self.known.get(file.key)
        if last and last.stamp == file.stamp != UNSEEN:
            return last
        seen = file if file.stamp != UNSEEN else look_at_file(file)
        return self.reader.read_front(seen, self.began, last)

    def _receive(self, glimpses: Iterator[object], results: Iterator[bytes]) -> Iterator[dict[str, KnownBody]]:
        try:
            deque(glimpses, maxlen=0)  # those that nobody took come first
            yield from map(BODY_CHUNKS.unpack, results)
        except ProblemError:  # a process has ended; what it should have read is read here
            yield {file.key: self.read_one(file) for file in self.fresh}
        yield from self._recall()

    def _recall(self) -> Iterator[dict[str, KnownBody]]:
        for start in range(0, len(self.kept), CHUNK):
            yield {file.key: self.read_one(file) for file in self.kept[start : start + CHUNK]}

    def _work(self, task: tuple[Sequence[ScannedFile], range, bool]) -> list[Glimpse | None] | bytes:
        files, numbers, glances = task
        if glances:
            return [glimpse_entry(files[number], self.reader.zone) for number in numbers]
        if os.getpid() != _HERE:  # and so not on Windows
            os.nice(_PATIENT)
        return self._read_some(numbers)

    def _read_some(self, numbers: range) -> bytes:
        some = [self.fresh[number] for number in numbers]
        return BODY_CHUNKS.pack({file.key: self.read_one(file) for file in some})
