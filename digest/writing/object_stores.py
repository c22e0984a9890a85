"""An output folder that no system has mounted: an object store, or whatever else fsspec reaches by a URL.

A store has no names to swap, so that what is staged is copied to its place, object by object, each whole. The manifest
on the stage is the decision, as in a folder: a build that dies before has changed nothing, one that dies after it is
finished by the next. A store has no locks either: two builds into one place at a time are not kept apart.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import lru_cache
from hashlib import blake2b
from time import time_ns
from typing import TYPE_CHECKING, Any, Final

from digest.model import Problem, ProblemError, Span, Stamp, dataclass
from digest.writing.looking import in_the_way
from digest.writing.manifest import NAME, is_reserved, is_safe, manifest_bytes, parse_manifest
from digest.writing.publishing import DECISION, Written
from digest.writing.stage import STAGE, TREE, StagedFile

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

_LOCAL: Final = ("file", "local")


@dataclass(frozen=True, slots=True)
class StoreStage:
    """Where the files of one build wait in a store; several machines may put files at once.

    `there` are the fingerprints of what the manifest lists and the store has: that is not staged again.
    """

    folder: str
    name: str
    there: Mapping[str, str]

    @property
    def root(self) -> str:
        """The folder of this build."""
        return f"{self.folder}/{STAGE}/{self.name}"

    def put(self, path: str, data: bytes) -> StagedFile:
        """Stage one output of the site.

        Raises:
            ProblemError: DG502.
        """
        if not is_safe(path):
            raise ValueError(f"output path leaves the folder: {path!r}")
        fingerprint = blake2b(data, digest_size=16).digest()
        # A store tells the size of what it has; its times and names of versions are each store's own.
        stamp = Stamp(len(data), 0, 0, 0)
        if self.there.get(path) == fingerprint.hex():
            return StagedFile(path, fingerprint, stamp, equal=True)
        with _telling(self.folder):
            store, root = reach(self.folder)
            store.pipe_file(f"{root}/{STAGE}/{self.name}/{TREE}/{path}", data)
        return StagedFile(path, fingerprint, stamp)

    def copy(self, path: str, source: str) -> StagedFile:
        """Stage a copy of a regular file.

        Raises:
            ProblemError: DG109 where the source cannot be read, DG502.
        """
        try:
            with open(source, "rb") as file:
                data = file.read()
        except OSError as error:
            message = f"the file cannot be read: {error.strerror or error}"
            hint = "make it a file that can be read"
            raise ProblemError([Problem("error", "DG109", message, Span(source), hint)]) from error
        return self.put(path, data)


@contextmanager
def open_store(url: str, *, rewrite: bool = False) -> Iterator[StoreStage]:
    """An empty stage in a store. What a build that died had decided is done first, what it had not is taken away.

    Raises:
        ProblemError: DG502 where the store cannot be written.
    """
    with _telling(url):
        store, root = reach(url)
        _settle(store, root)
        sizes = _list(store, root)
        there = {} if rewrite else {path: mark for path, mark in _read(store, root).items() if path in sizes}
    stage = StoreStage(url, f"{os.getpid()}-{time_ns()}-{os.urandom(4).hex()}", there)
    try:
        yield stage
    finally:
        place = f"{root}/{STAGE}/{stage.name}"
        with suppress(Exception):  # the store may be gone; the next build takes the stage away
            if not store.exists(f"{place}/{DECISION}") and store.exists(place):
                store.rm(place, recursive=True)


def check_store(url: str, stamps: Mapping[str, Stamp]) -> set[str]:
    """Which of these outputs are missing, or have another size."""
    with _telling(url):
        sizes = _list(*reach(url))
    return {path for path, stamp in stamps.items() if sizes.get(path) != stamp.size}


def publish_store(stage: StoreStage, files: Mapping[str, bytes], staged: Collection[str]) -> Written:
    """Make the store hold exactly `files`, path → fingerprint, beside the objects of others.

    Raises:
        ProblemError: DG501 for each object of others in the way, and nothing is changed; DG502.
    """
    with _telling(stage.folder):
        store, root = reach(stage.folder)
        ours, sizes = _read(store, root), _list(store, root)
        blockers = [path for path in staged if path in sizes and path not in ours]
        if blockers:
            raise ProblemError(in_the_way(f"{stage.folder}/{path}") for path in blockers)
        marks = {path: mark.hex() for path, mark in files.items()}
        removed = [path for path in ours if path not in marks and path in sizes and _is_output(path)]
        if staged or ours != marks:
            store.pipe_file(f"{root}/{STAGE}/{stage.name}/{DECISION}", manifest_bytes(marks))
            _carry_out(store, root, stage.name, removed)
    written = tuple(path for path in files if path in staged)
    return Written(written, len(files) - len(written), tuple(removed))


def _settle(store: AbstractFileSystem, root: str) -> None:
    for decision in store.glob(f"{root}/{STAGE}/*/{DECISION}"):
        name = decision.split("/")[-2]
        marks, sizes = parse_manifest(store.cat_file(decision)), _list(store, root)
        _carry_out(store, root, name, [path for path in _read(store, root) if path not in marks and path in sizes])
    if store.exists(f"{root}/{STAGE}"):
        store.rm(f"{root}/{STAGE}", recursive=True)


def _carry_out(store: AbstractFileSystem, root: str, name: str, removed: Iterable[str]) -> None:
    """Do what was decided; each step may be done twice."""
    place = f"{root}/{STAGE}/{name}"
    store.invalidate_cache()
    tree = f"{place}/{TREE}"
    found = [path[len(tree) + 1 :] for path in store.find(tree)]
    safe = [path for path in found if is_safe(path)]
    if safe:
        store.copy([f"{tree}/{path}" for path in safe], [f"{root}/{path}" for path in safe])
    gone = [f"{root}/{path}" for path in removed if _is_output(path)]
    if gone:
        store.rm(gone)
    store.copy(f"{place}/{DECISION}", f"{root}/{NAME}")
    store.rm(place, recursive=True)


def _is_output(path: str) -> bool:
    return is_safe(path) and not is_reserved(path)


def _read(store: AbstractFileSystem, root: str) -> dict[str, str]:
    try:
        return parse_manifest(store.cat_file(f"{root}/{NAME}"))
    except FileNotFoundError:
        return {}


def _list(store: AbstractFileSystem, root: str) -> dict[str, int]:
    """The size of each object, by its path."""
    store.invalidate_cache()
    found: dict[str, dict[str, Any]] = store.find(root, detail=True)
    return {path[len(root) + 1 :]: int(status["size"]) for path, status in found.items()}


@lru_cache(maxsize=4)
def reach(url: str) -> tuple[AbstractFileSystem, str]:
    """What fsspec reaches by a URL, and the place in it."""
    from fsspec.core import url_to_fs  # noqa: PLC0415 - heavy, and an extra

    options = {"auto_mkdir": True} if url.partition("://")[0] in _LOCAL else {}
    store, root = url_to_fs(url, **options)
    return store, root.rstrip("/")


@contextmanager
def _telling(url: str) -> Iterator[None]:
    """What a store, or the lack of one, says: each has errors of its own."""
    try:
        yield
    except ProblemError:
        raise
    except ImportError as error:
        hint = "install the extra `dask`, and the package that speaks to this store, such as s3fs or gcsfs"
        raise ProblemError([Problem("error", "DG502", f"cannot reach {url}: {error}", Span(url), hint)]) from error
    except Exception as error:
        hint = "check the address and the credentials, as its package wants them; run the build again to finish it"
        raise ProblemError([Problem("error", "DG502", f"cannot write {url}: {error}", Span(url), hint)]) from error
