"""What lies under content/ while people write: front matter is read when a file changes, a body when somebody asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from pathlib import Path
from typing import Final, TypeVar

from digest.caching import (
    Cache,
    DamagedCache,
    Known,
    KnownBody,
    KnownLook,
    PackWriter,
    UnwritableCache,
    decode_prose,
    encode_prose,
    list_looks,
    look_of,
    tell,
)
from digest.model import (
    Entry,
    Gist,
    NamedTuple,
    PageFile,
    Place,
    Problem,
    Prose,
    Settings,
    StaticFile,
)
from digest.pipeline.bodies import basis_of
from digest.pipeline.finding import UNSEEN
from digest.pipeline.fronts import NO_PROSE, FileReader, Fronts
from digest.pipeline.opening import stops
from digest.reading import (
    CONTENT_FOLDER,
    NOT_HIDDEN,
    PAGES,
    ScannedFile,
    find_file,
    scan_content,
    site_zone,
    static_file,
)

Value = TypeVar("Value")
_KEPT: Final = 1_000  # compiled bodies that are kept in memory, some ten kilobytes each


class Turned(NamedTuple):
    """What is another than it was: the keys of Markdown files, whether more than their bodies is, and static files."""

    keys: frozenset[str]
    fronts: bool
    static: bool


class Shelf:
    """The files of a site by their keys under content/, with all that builds know of them.

    `unread` are the keys of those whose body nobody has compiled yet. What a file was before it was changed is kept
    until that is let go: a site goes on being served as it was while what lies on the disk has errors.
    """

    def __init__(self, site: Path, cache: Cache, settings: Settings) -> None:
        self._site, self._cache = site, cache
        self._writer: PackWriter | None = cache.write_pack("prose")
        self._reader = FileReader(site_zone(settings), settings.dialect)
        self.basis = basis_of(settings)
        self._bodies = _Bodies()
        self._before: dict[str, KnownBody] = {}
        self._static: dict[str, StaticFile | Problem] = {}
        self._known_static: dict[str, KnownBody] = {}
        self._faults: tuple[Problem, ...] = ()
        self._troubles: dict[str, tuple[Problem, ...]] = {}  # of files, by their keys
        self._told: tuple[Problem, ...] | None = None  # all that is wrong, in order
        self._judged: tuple[tuple[Problem, ...], bool] = ((), False)
        self._load_recent = lru_cache(maxsize=_KEPT)(self._load)
        self._saved = True
        self.unread: dict[str, None] = {}
        self.prose: Mapping[str, Prose] = _Lookup(self._bodies, self._find_prose)
        self.gists: Mapping[str, Gist] = _Lookup(self._bodies, lambda key: self._served(key).gist)

    @property
    def entries(self) -> Iterator[Entry]:
        """The entries as they lie on the disk."""
        return (body.source for body in self._bodies.values() if isinstance(body.source, Entry))

    @property
    def bodies(self) -> Mapping[str, KnownBody]:
        """What is known of the files."""
        return self._bodies

    @property
    def pages(self) -> Iterator[PageFile]:
        """The pages likewise."""
        return (body.source for body in self._bodies.values() if isinstance(body.source, PageFile))

    @property
    def static(self) -> Iterator[StaticFile]:
        """The static files likewise."""
        return (file for file in self._static.values() if isinstance(file, StaticFile))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the files, as far as they have been read."""
        if self._told is None:
            lost = [file for file in self._static.values() if isinstance(file, Problem)]
            self._told = (
                *self._faults,
                *lost,
                *chain.from_iterable(map(itemgetter(1), sorted(self._troubles.items()))),
            )
        return self._told

    def is_stopped(self, *, strict: bool) -> bool:
        """Whether a build would write nothing; that is asked after each edit, and there may be a warning an entry."""
        faults = self.problems
        if self._judged[0] is not faults:
            self._judged = (faults, any(stops(problem, strict=strict) for problem in faults))
        return self._judged[1]

    def begin(self, began: int) -> Fronts:
        """Find all files; the front matter of those that the cache does not know is to be read.

        `began` is when somebody began to look, in nanoseconds since 1970.
        """
        known, _ = self._cache.read()
        before, looks = self._read_looks(known) if known.basis == self.basis else ({}, {})
        files, self._faults = scan_content(self._site, look=bool(looks))
        fresh: list[ScannedFile] = []
        kept: list[ScannedFile] = []
        for file in files:
            last = looks.get(file.key)
            seen = last and last[0] == file.stamp != UNSEEN
            if file.is_markdown:
                (kept if seen else fresh).append(file)
            elif file.is_static:
                self._take_static(file)
                if last and seen:
                    self._known_static[file.key] = KnownBody(file.stamp, last[1], None, Gist())
        return Fronts(fresh, kept, before, self._reader, began)

    def read_later(self, fronts: Fronts) -> None:
        """The front matter of an entry is read when somebody asks for it, until all is there."""
        self._bodies.read_one = fronts.read_one
        self._bodies.later = {file.key: file for file in fronts.files}
        others = [file for key, file in self._bodies.later.items() if key.startswith(PAGES)]
        self._bodies |= {file.key: fronts.read_one(file) for file in others}

    def read_again(self, key: str) -> bool:
        """Forget what was read of a file that is read when somebody asks for it; whether it is one, and still there."""
        file = find_file(self._site, key)
        if key not in self._bodies.later or isinstance(file, Problem):
            return False
        self._bodies.later[key] = file
        self._bodies.take(key)
        self.read(key)
        return True

    def complete(self, fronts: Fronts, read: Iterable[Mapping[str, KnownBody]]) -> None:
        """Here is what was to be read; of none the body."""
        self._bodies.later, self._bodies.read_one, self._told = {}, None, None
        for some in read:
            self._bodies |= some
        read_too = {file.key: self._bodies[file.key] for file in reversed(fronts.fresh)}  # mostly the newest first
        self.unread = {key: None for key, body in read_too.items() if body.source and body.place is None}
        self._troubles = {key: body.problems for key, body in self._bodies.items() if body.problems}
        self._saved = not fronts.fresh

    @staticmethod
    def _read_looks(known: Known) -> tuple[Mapping[str, KnownBody], Mapping[str, KnownLook]]:
        """What is known, and how the files looked that it was read from."""
        try:
            return known.bodies, tell(known.bodies, list_looks, look_of)
        except DamagedCache:
            return {}, {}

    def take(self, keys: Iterable[str], began: int) -> Turned:
        """Look again at these files and at all that lies below them, and read what is another than it was."""
        found: dict[str, ScannedFile | None] = {}
        faults: list[Problem] = [fault for fault in self._faults if not _is_below(fault, keys)]
        for key in keys:
            files, problems = self._scan(key)
            faults += problems
            found |= dict.fromkeys(self._list_below(key) if [file.key for file in files] != [key] else ())
            found |= {file.key: file for file in files}
        fronts = tuple(faults) != self._faults
        if fronts:
            self._faults, self._told = tuple(faults), None
        static = False
        turned: set[str] = set()
        for key, file in found.items():
            if key in self._static or (file and file.is_static):
                static |= self._turn_static(key, file)
            elif key in self._bodies or (file and file.is_markdown):
                last = self._bodies.get(key)
                fronts |= self._turn(key, file, began)
                if self._bodies.get(key) is not last:
                    turned.add(key)
        return Turned(frozenset(turned), fronts, static)

    def find_others(self) -> list[str]:
        """The keys of files that do not look as they did, came or went: for who begins to watch only now."""
        files, _ = scan_content(self._site)
        looks = {file.key: file.stamp for file in files if file.is_markdown}
        known = {key: body.stamp for key, body in list(self._bodies.items())}
        changed = {key for key in looks.keys() | known.keys() if looks.get(key) != known.get(key)}
        return [*changed, *({file.key for file in files if file.is_static} ^ self._static.keys())]

    def read(self, key: str) -> None:
        """Compile a body, so that all is known of it."""
        self.unread.pop(key, None)
        body = self._bodies.get(key)
        if body is None or body.source is None:
            return
        read = self._reader.read(ScannedFile(key, self._path_of(key)))
        if isinstance(read, Problem) or read.source is None:
            return  # it has changed, and somebody will tell
        prose, problems = self._reader.compile(read.source)
        gist = self._reader.sum_up(read, prose)
        self._bodies[key] = body = body._replace(
            gist=gist, problems=(*read.problems, *problems), place=self._pack(prose)
        )
        self._note_trouble(key, body)
        self._saved = False

    def let_go(self) -> None:
        """What lies on the disk is what is served."""
        self._before.clear()

    def save(self) -> None:
        """Keep all that is known for the next who builds or serves the site, unless there is nothing new."""
        if self._saved or self.unread:
            return
        self._saved = True
        bodies = {key: body for key, body in self._bodies.items() if body.place or body.source is None}
        self._cache.save_bodies(Known({**self._known_static, **bodies}, basis=self.basis))

    def _scan(self, key: str) -> tuple[Sequence[ScannedFile], Sequence[Problem]]:
        """What is there now: a file, or all files of a folder."""
        path = Path(self._path_of(key))
        if any(part.startswith(".") and part not in NOT_HIDDEN for part in key.split("/")):
            return (), ()
        if path.is_dir() or not key:
            return scan_content(self._site, key)
        if not path.is_symlink() and not path.exists():
            return (), ()
        file = find_file(self._site, key)
        return ((), (file,)) if isinstance(file, Problem) else ((file,), ())

    def _list_below(self, key: str) -> list[str]:
        """What was known of a file, or of all files of a folder."""
        known = (*self._bodies, *self._static)
        return [other for other in known if not key or other == key or other.startswith(f"{key}/")]

    def _turn_static(self, key: str, file: ScannedFile | None) -> bool:
        """Take what has become of a static file; whether there is another one."""
        self._told = None
        last = self._static.pop(key, None)
        self._known_static.pop(key, None)
        if file:
            self._take_static(file)
        return self._static.get(key) != last

    def _take_static(self, file: ScannedFile) -> None:
        # Nobody compares it with what it was: its bytes need not be read for a fingerprint.
        self._static[file.key] = static_file(file, b"unread")

    def _turn(self, key: str, file: ScannedFile | None, began: int) -> bool:
        """Take what has become of a Markdown file; whether more than its body is another."""
        last = self._bodies.get(key)
        if file is None:
            now = None
        else:
            if last and last.stamp == file.stamp != UNSEEN:
                return False
            now = self._reader.read_front(file, began, None)
            if last and last.fingerprint == now.fingerprint and last.source:
                return False
        if last:
            self._before.setdefault(key, last)
            self._find_prose(key)  # while it can be had
        if now is None:
            self._bodies.pop(key, None)
        else:
            self._bodies[key] = now
        self.unread.pop(key, None)
        self._note_trouble(key, now)
        self._saved = False
        if now and now.source:
            self.unread[key] = None
        return last is None or now is None or not _is_same_front(last, now)

    def _note_trouble(self, key: str, body: KnownBody | None) -> None:
        before, now = self._troubles.pop(key, ()), body.problems if body else ()
        if now:
            self._troubles[key] = now
        if now != before:
            self._told = None

    def _served(self, key: str) -> KnownBody:
        return self._before.get(key) or self._bodies[key]

    def _find_prose(self, key: str) -> Prose:
        body = self._served(key)
        return self._load_recent(key, body.fingerprint, body.place)

    def _load(self, key: str, _fingerprint: bytes, place: Place | None) -> Prose:
        """A compiled body, from the cache or from its file."""
        if place:
            with suppress(DamagedCache):  # another build may have swept it away
                return decode_prose(self._cache.reader.read(place))
        read = self._reader.read(ScannedFile(key, self._path_of(key)))
        if isinstance(read, Problem) or read.source is None:
            return NO_PROSE
        return self._reader.compile(read.source)[0]

    def _pack(self, prose: Prose) -> Place | None:
        if self._writer is None:
            return None
        try:
            place = self._writer.add(encode_prose(prose))
            self._writer.flush()
        except UnwritableCache:
            self._writer = None  # bodies are compiled anew where nobody can keep them
            return None
        return place

    def _path_of(self, key: str) -> str:
        return str(self._site / CONTENT_FOLDER / key) if key else str(self._site / CONTENT_FOLDER)


def _is_same_front(last: KnownBody, now: KnownBody) -> bool:
    """Whether nothing but the body of a file is another."""
    if last.source is None or now.source is None or type(last.source) is not type(now.source):
        return False
    return last.source == now.source._replace(fingerprint=last.source.fingerprint)


def _is_below(fault: Problem, keys: Iterable[str]) -> bool:
    path = fault.span.path if fault.span else ""
    places = [f"{CONTENT_FOLDER}/{key}".rstrip("/") for key in keys]
    return any(path == place or path.startswith(f"{place}/") for place in places)


class _Bodies(dict[str, KnownBody]):
    """What is known of files by their keys; of some it is read when somebody asks for one, and them only."""

    def __init__(self) -> None:
        super().__init__()
        self.later: dict[str, ScannedFile] = {}
        self.read_one: Callable[[ScannedFile], KnownBody] | None = None

    def __missing__(self, key: str) -> KnownBody:
        """What is known of a file once it is read."""
        if self.read_one is None:
            raise KeyError(key)
        return self.take(key)

    def take(self, key: str) -> KnownBody:
        """What is known of a file now."""
        assert self.read_one  # noqa: S101 - who asks has seen it
        body = self[key] = self.read_one(self.later[key])
        return body


class _Lookup(Mapping[str, Value]):
    """What is found for the keys of a mapping when somebody asks."""

    def __init__(self, keys: Mapping[str, object], find: Callable[[str], Value]) -> None:
        self._keys, self._find = keys, find

    def __getitem__(self, key: str) -> Value:
        """What is found for a key."""
        return self._find(key)

    def __iter__(self) -> Iterator[str]:
        """The keys."""
        return iter(self._keys)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._keys)
