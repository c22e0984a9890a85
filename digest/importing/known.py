"""What content/ holds already, looked up by name, address and text: an index on disk that may be deleted any time.

It is made from the entries alone and only saves reading them all for every import; a file whose size, place or times
have changed is read again. It is open for one import at a time.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from array import array
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from digest.importing.fields import entry_fields, fingerprint_fields
from digest.importing.identity import normalise_words, paper_names, place_name, title_name
from digest.importing.sketches import LOOKUP_SIZE, NEAR, SHARED, Sketch, resemblance, sketch_text
from digest.locking import hold_lock
from digest.model import Entry, Kind, Problem, ProblemError, Span

# Raise it when what is stored, or how it is computed, changes: an index of another version is made anew.
VERSION: Final = "2"
# A run of words that stands in so many texts is a stock phrase and tells nothing.
CROWD: Final = 64
LIKELY: Final = 8
PATIENCE: Final = 60.0  # seconds to wait for another import

_SCHEMA: Final = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE files (key TEXT PRIMARY KEY, stamp TEXT, number INTEGER) WITHOUT ROWID;
CREATE TABLE entries (number INTEGER PRIMARY KEY, key TEXT, state TEXT, sketch BLOB);
CREATE TABLE names (name TEXT, number INTEGER, PRIMARY KEY (name, number)) WITHOUT ROWID;
CREATE INDEX names_of ON names (number);
CREATE INDEX entry_of ON entries (key);
CREATE TABLE runs (run INTEGER, number INTEGER, PRIMARY KEY (run, number)) WITHOUT ROWID;
"""

Stamps = Callable[[], Iterable[tuple[str, str]]]
ReadEntry = Callable[[str], tuple[Entry | None, bool]]


@dataclass(frozen=True, slots=True)
class KnownEntry:
    """An entry as a later item is compared with it: fingerprints of its fields as imported and as they are now."""

    key: str
    id: str
    kind: Kind
    format: str
    origin: str
    version: int | None
    updated: str
    title_from: str
    url: str
    families: tuple[str, ...]
    imported: dict[str, str]
    current: dict[str, str]

    @property
    def edited(self) -> bool:
        """Whether a person has changed anything that was imported."""
        return any(self.current.get(name) != value for name, value in self.imported.items())

    @property
    def place(self) -> str:
        """The file as the person sees it."""
        return f"content/{self.key}"


def describe_entry(entry: Entry) -> KnownEntry:
    """What is to be known of an entry that was read."""
    return KnownEntry(
        key=entry.key,
        id=entry.id,
        kind=entry.kind,
        format=entry.source.format,
        origin=entry.source.url or entry.source.file,
        version=entry.identifiers.version,
        updated=str(entry.updated or ""),
        title_from=entry.title_from,
        url=entry.url,
        families=family_names(entry.authors),
        imported=dict(entry.source.fingerprints),
        current=fingerprint_fields(entry_fields(entry)),
    )


def names_of(entry: Entry) -> tuple[str, ...]:
    """Every name under which an entry is looked up: its id, those of its paper, its title, its addresses."""
    names = [entry.id, f"url:{entry.url}", *(f"url:{alias}" for alias in entry.aliases)]
    if entry.source.guid:
        names.append(f"guid:{entry.source.guid}")
    if not entry.title_from:
        file = entry.source.url or entry.source.file
        names.append(place_name(entry.kind, entry.source.format, file, entry.title, entry.authors))
    if entry.kind != "abstract":
        names += (f"about:{name}" for name in paper_names(entry.identifiers))
    else:
        names += paper_names(entry.identifiers)
        if not entry.title_from:
            names.append(title_name(entry.title))
    return tuple(filter(None, names))


def family_names(authors: Iterable[str]) -> tuple[str, ...]:
    """The family names of authors, whatever became of the given names; a few are enough to tell people apart."""
    return tuple(sorted({words[-1] for author in authors if (words := normalise_words(author).split())})[:20])


@contextmanager
def hold_import(path: Path) -> Iterator[None]:
    """The only import of the site, alone with a file of its own; waits for the one that is at work, if one is.

    Raises:
        ProblemError: it takes too long (DG307).
    """
    with contextlib.suppress(OSError):  # nothing can be written there: then nothing else is either
        path.parent.mkdir(parents=True, exist_ok=True)
    with hold_lock(path, PATIENCE) as held:
        if not held:
            hint = "wait until it is done, and import again"
            span = Span(f"{path.parent.name}/{path.name}")
            raise ProblemError([Problem("error", "DG307", "another import is at work", span, hint)])
        yield


def open_known(path: Path | None, stamps: Stamps, read: ReadEntry, mark: str) -> tuple[KnownEntries, list[Problem]]:
    """The index at `path`, brought up to the files of content/, and what is to be told of it.

    Without a path, or where the index cannot be used, it is kept in memory; a damaged one is made anew.
    """
    notes: list[Problem] = []
    for place in (path, path, None):
        known = None
        try:
            known = KnownEntries(place)
            known.refresh(stamps(), read, mark)
        except (OSError, sqlite3.Error):
            if known is not None:
                known.close()
            if place is None:
                raise
            if not notes:
                hint, told = "nothing is to be done", "the index of entries was damaged and is made anew"
                notes.append(Problem("note", "DG309", told, Span(f"{place.parent.name}/{place.name}"), hint))
            _discard(place)
        except BaseException:
            if known is not None:
                known.close()
            raise
        else:
            return known, notes
    raise AssertionError  # the last place is memory


class KnownEntries:
    """The index, open for one import. What is added counts at once."""

    def __init__(self, path: Path | None) -> None:
        """Open or make the index at `path`; without one, keep it in memory.

        Raises:
            OSError, sqlite3.Error: there can be none, or it is damaged.
        """
        self._db = _connect(path)

    def refresh(self, stamps: Iterable[tuple[str, str]], read: ReadEntry, mark: str) -> None:
        """Bring the index up to the files of content/: `(key, stamp)` of each; a stamp changes with its file.

        `read` gives the entry of a key, if it is one, and whether the file is sound; `mark` names what else the reading
        depends on.
        """
        db = self._db
        if (f"{VERSION} {mark}",) not in db.execute("SELECT value FROM meta WHERE name = 'mark'").fetchall():
            for table in ("files", "entries", "names", "runs", "meta"):
                db.execute(f"DELETE FROM {table}")  # noqa: S608 - names of our own
            db.execute("INSERT INTO meta VALUES ('mark', ?)", (f"{VERSION} {mark}",))
        seen = dict(db.execute("SELECT key, stamp FROM files"))
        for key, stamp in stamps:
            known = seen.pop(key, None)
            if known == stamp:
                continue
            if known is not None:
                self.forget(key)
            entry, sound = read(key)
            if entry is not None:
                self._add_entry(entry)
            # What is wrong is told until it is mended.
            self.stamp(key, stamp if sound else "")
        for key in seen:
            self.forget(key)
        self.commit()

    def find(self, names: Iterable[str]) -> tuple[int, KnownEntry] | None:
        """The entry that has the first of these names that any has; of several, the first by key."""
        for name in names:
            row = self._db.execute(
                "SELECT number, state FROM names JOIN entries USING (number) WHERE name = ? ORDER BY key LIMIT 1",
                (name,),
            ).fetchone()
            if row:
                return row[0], _load(row[1])
        return None

    def find_all(self, name: str, most: int = CROWD) -> list[tuple[int, KnownEntry]]:
        """The entries of a name, by key."""
        rows = self._db.execute(
            "SELECT number, state FROM names JOIN entries USING (number) WHERE name = ? ORDER BY key LIMIT ?",
            (name, most),
        )
        return [(number, _load(state)) for number, state in rows]

    def has(self, name: str) -> bool:
        """Whether any entry has the name."""
        return self._db.execute("SELECT 1 FROM names WHERE name = ?", (name,)).fetchone() is not None

    def has_key(self, key: str) -> bool:
        """Whether the file is that of an entry."""
        return self._db.execute("SELECT 1 FROM entries WHERE key = ?", (key,)).fetchone() is not None

    def sketch_of(self, number: int) -> Sketch:
        """The sketch of an entry's text."""
        (blob,) = self._db.execute("SELECT sketch FROM entries WHERE number = ?", (number,)).fetchone()
        return tuple(array("I", blob))

    def near(self, sketch: Sketch) -> KnownEntry | None:
        """The entry whose text is nearest, if one is near; the first of equals."""
        shared: dict[int, int] = {}
        runs = sketch[:LOOKUP_SIZE]
        query = f"SELECT number FROM runs WHERE run IN ({','.join('?' * len(runs))}) LIMIT ?"  # noqa: S608 - marks only
        found = self._db.execute(query, (*runs, CROWD)).fetchall()
        if len(found) == CROWD:
            # One of the runs may be in a crowd, and hide the others.
            each = "SELECT number FROM runs WHERE run = ? LIMIT ?"
            found = [row for run in runs for row in self._db.execute(each, (run, CROWD))]
        for (number,) in found:
            shared[number] = shared.get(number, 0) + 1
        best, nearest = NEAR, None
        # Those that share most are the nearest; where whole sentences are stock phrases, many share a few.
        likely = sorted((-count, number) for number, count in shared.items() if count >= SHARED)[:LIKELY]
        for number in sorted(number for _, number in likely):
            state, blob = self._db.execute("SELECT state, sketch FROM entries WHERE number = ?", (number,)).fetchone()
            near = resemblance(sketch, tuple(array("I", blob)))
            if near > best or (nearest is None and near >= best):
                best, nearest = near, state
        return _load(nearest) if nearest is not None else None

    def add(self, entry: KnownEntry, names: Iterable[str], sketch: Sketch, number: int | None = None) -> int:
        """Remember an entry; its number tells it from those that came before."""
        db = self._db
        number = db.execute(
            "INSERT INTO entries (number, key, state, sketch) VALUES (?, ?, ?, ?)",
            (number, entry.key, _dump(entry), array("I", sketch)),
        ).lastrowid
        assert number is not None  # noqa: S101 - the row was inserted
        db.executemany("INSERT OR IGNORE INTO names VALUES (?, ?)", [(name, number) for name in names])
        db.executemany("INSERT OR IGNORE INTO runs VALUES (?, ?)", [(run, number) for run in sketch[:LOOKUP_SIZE]])
        db.execute("INSERT OR REPLACE INTO files VALUES (?, '', ?)", (entry.key, number))
        return number

    def renew(self, entry: Entry, stamp: str) -> None:
        """Remember an entry that has changed, under the number that it has."""
        row = self._db.execute("SELECT number FROM entries WHERE key = ?", (entry.key,)).fetchone()
        self.forget(entry.key)
        self._add_entry(entry, row[0] if row else None)
        self.stamp(entry.key, stamp)

    def _add_entry(self, entry: Entry, number: int | None = None) -> None:
        self.add(describe_entry(entry), names_of(entry), sketch_text(entry.body), number)

    def stamp(self, key: str, stamp: str) -> None:
        """Say which state of a file the index holds."""
        self._db.execute(
            "INSERT INTO files VALUES (?, ?, NULL) ON CONFLICT (key) DO UPDATE SET stamp = excluded.stamp",
            (key, stamp),
        )

    def forget(self, key: str) -> None:
        """Drop what was known of a file."""
        db = self._db
        for number, sketch in db.execute("SELECT number, sketch FROM entries WHERE key = ?", (key,)).fetchall():
            db.execute("DELETE FROM names WHERE number = ?", (number,))
            runs = array("I", sketch)[:LOOKUP_SIZE]
            db.executemany("DELETE FROM runs WHERE run = ? AND number = ?", [(run, number) for run in runs])
            db.execute("DELETE FROM entries WHERE number = ?", (number,))
        db.execute("DELETE FROM files WHERE key = ?", (key,))

    def is_current(self, key: str, stamp: str) -> bool:
        """Whether the index holds that state of a file."""
        return self._db.execute("SELECT 1 FROM files WHERE key = ? AND stamp = ?", (key, stamp)).fetchone() is not None

    def commit(self) -> None:
        """Make what was added last, as far as the disk lets it: it can be found out again."""
        with contextlib.suppress(sqlite3.Error):
            self._db.execute("COMMIT")
        with contextlib.suppress(sqlite3.Error):
            self._db.execute("BEGIN IMMEDIATE")

    def close(self) -> None:
        """Close the index."""
        with contextlib.suppress(sqlite3.Error):
            self._db.execute("COMMIT")
        self._db.close()


def _connect(path: Path | None) -> sqlite3.Connection:
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
    db = sqlite3.connect(":memory:" if path is None else path, timeout=PATIENCE, isolation_level=None)
    try:
        if path is not None:
            # A killed import costs its last additions, never the index; a power cut may, and then it is made anew.
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = OFF")
        db.execute("PRAGMA cache_size = -32768")  # KiB: what stays in memory, however large the site
        db.execute("BEGIN IMMEDIATE")
        if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone():
            for statement in _SCHEMA.split(";"):
                db.execute(statement)
        db.execute("SELECT value FROM meta").fetchall()
    except BaseException:
        db.close()
        raise
    return db


def _discard(path: Path) -> None:
    for name in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
        with contextlib.suppress(OSError):
            os.unlink(name)  # noqa: PTH108 - one door for all three


def _dump(entry: KnownEntry) -> str:
    return json.dumps(
        [
            entry.key, entry.id, entry.kind, entry.format, entry.origin, entry.version, entry.updated, entry.title_from,
            entry.url, entry.families, entry.imported, None if entry.current == entry.imported else entry.current,
        ],
        ensure_ascii=False,
        separators=(",", ":"),
    )  # fmt: skip


def _load(state: str) -> KnownEntry:
    values = json.loads(state)
    values[9] = tuple(values[9])
    values[11] = values[10] if values[11] is None else values[11]
    return KnownEntry(*values)
