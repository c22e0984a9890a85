"""The stage: files as they will be, in a hidden folder of the output folder, until all of them are there."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import field
from hashlib import blake2b
from typing import Final

from digest.model import NamedTuple, Problem, ProblemError, Span, Stamp, dataclass
from digest.writing.manifest import is_reserved, is_safe

STAGE: Final = ".digest-stage"  # holds a folder for each build, in case that one was killed
TREE: Final = "files"  # in that folder: what was put, under the paths that it will have
_CHUNK: Final = 1 << 20
# What the system says of every file alike: told once, not of each.
_OF_ALL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO})
_CLOEXEC: Final = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_READ: Final = os.O_RDONLY | _CLOEXEC | getattr(os, "O_NONBLOCK", 0)
_READ_OURS: Final = _READ | getattr(os, "O_NOFOLLOW", 0)
# A worker that died may have left half of a file, and the one after it writes it again.
_WRITE: Final = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _CLOEXEC | getattr(os, "O_NOFOLLOW", 0)


class StagedFile(NamedTuple):
    """A file that was put: its fingerprint, how it looks, and whether it need not be moved, being there already."""

    path: str
    fingerprint: bytes
    stamp: Stamp
    equal: bool = False


@dataclass(frozen=True, slots=True)
class Stage:
    """Where the files of one build wait. Several processes may put files at once; each gets the stage as a value.

    `folder` is the output folder, `name` that of this build's own folder below `.digest-stage/`: a worker that outlives
    its build puts nothing into the next. Where a stage `compares`, what is in the output folder already, byte by byte,
    is left there and not staged.
    """

    folder: str
    name: str
    compares: bool = True
    _made: set[str] = field(default_factory=set, repr=False, compare=False)

    def __reduce__(self) -> tuple[type[Stage], tuple[str, str, bool]]:
        """Another process has to make its folders itself."""
        return Stage, (self.folder, self.name, self.compares)

    @property
    def root(self) -> str:
        """The folder of this build."""
        return f"{self.folder}/{STAGE}/{self.name}"

    def put(self, path: str, data: bytes) -> StagedFile:
        """Stage one output of the site; what was staged before under the same path gives way.

        Raises:
            ProblemError: DG502.
        """
        check_path(path, self.folder)
        fingerprint = blake2b(data, digest_size=16).digest()
        try:
            if self.compares and (stamp := find_equal(f"{self.folder}/{path}", data)):
                return StagedFile(path, fingerprint, stamp, equal=True)
            descriptor = self._create(path)
            try:
                write_whole(descriptor, data)
                status = os.fstat(descriptor)
            finally:
                os.close(descriptor)
        except (OSError, UnicodeEncodeError) as error:
            raise refuse(error, self.folder, path) from error
        return StagedFile(path, fingerprint, stamp_of(status))

    def copy(self, path: str, source: str) -> StagedFile:
        """Stage a copy of a regular file, which may be larger than the memory.

        Raises:
            ProblemError: DG109 where the source cannot be read, DG502.
        """
        check_path(path, self.folder)
        try:
            given = os.open(source, _READ)
        except OSError as error:
            raise refuse_source(error, source) from error
        try:
            status = os.fstat(given)
            if not stat.S_ISREG(status.st_mode):
                raise refuse_source(OSError(errno.EINVAL, "not a regular file"), source)
            same = self._find_copy(path, read_chunks(given, source), status.st_size) if self.compares else None
            if same is None:
                os.lseek(given, 0, os.SEEK_SET)
                same = self._fill(path, read_chunks(given, source))
        except (OSError, UnicodeEncodeError) as error:
            raise refuse(error, self.folder, path) from error
        finally:
            os.close(given)
        return same

    def _find_copy(self, path: str, chunks: Iterable[bytes], size: int) -> StagedFile | None:
        """The output that holds these bytes, if it is there."""
        target = f"{self.folder}/{path}"
        try:
            status = os.lstat(target)
            if status.st_size != size or not stat.S_ISREG(status.st_mode):
                return None
            mark = fingerprint_file(target)
        except OSError:
            return None
        hasher = blake2b(digest_size=16)
        for chunk in chunks:
            hasher.update(chunk)
        return StagedFile(path, mark, stamp_of(status), equal=True) if hasher.digest() == mark else None

    def _fill(self, path: str, chunks: Iterable[bytes]) -> StagedFile:
        hasher = blake2b(digest_size=16)
        descriptor = self._create(path)
        try:
            for chunk in chunks:
                hasher.update(chunk)
                write_whole(descriptor, chunk)
            status = os.fstat(descriptor)
        finally:
            os.close(descriptor)
        return StagedFile(path, hasher.digest(), stamp_of(status))

    def _create(self, path: str) -> int:
        """Open a file of the stage to write it, with the folders above it."""
        target = f"{self.root}/{TREE}/{path}"
        self._make_folder(target.rpartition("/")[0])
        return os.open(target, _WRITE, 0o666)

    def _make_folder(self, place: str) -> None:
        """Make a folder of the stage. The root is there, or the build is over and nothing may be put any more."""
        if place in self._made:
            return
        try:
            os.mkdir(place)
        except FileExistsError:
            pass
        except FileNotFoundError:
            if place == f"{self.root}/{TREE}":
                raise
            self._make_folder(place.rpartition("/")[0])
            self._make_folder(place)
            return
        self._made.add(place)


def check_path(path: str, folder: str) -> None:
    """Refuse what is no path of an output, or one that we keep for ourselves.

    Raises:
        ProblemError: DG502.
    """
    if is_safe(path) and not is_reserved(path):
        return
    reason = "names that begin with .digest- are those of digest itself" if is_safe(path) else "no file can be there"
    hint = "give what it is named after another slug, alias or file name"
    raise ProblemError([Problem("error", "DG502", f"cannot write {folder}/{path}: {reason}", Span(folder), hint)])


def stamp_of(status: os.stat_result) -> Stamp:
    """How an output looks, whether it was moved since or not."""
    return Stamp(status.st_size, status.st_mtime_ns, 0, status.st_ino)


def find_equal(target: str, data: bytes) -> Stamp | None:
    """How the regular file at a path looks, if these are its bytes. Nothing else is opened."""
    try:
        status = os.lstat(target)
        if status.st_size != len(data) or not stat.S_ISREG(status.st_mode):
            return None
        descriptor = os.open(target, _READ_OURS)
    except OSError:
        return None
    try:
        return stamp_of(status) if read_whole(descriptor, len(data)) == data else None
    except OSError:
        return None
    finally:
        os.close(descriptor)


def fingerprint_file(path: str) -> bytes:
    """The fingerprint of what a file of the output folder holds, which is known to be regular.

    Raises:
        OSError: it cannot be read.
    """
    hasher = blake2b(digest_size=16)
    descriptor = os.open(path, _READ_OURS)
    try:
        while chunk := os.read(descriptor, _CHUNK):
            hasher.update(chunk)
    finally:
        os.close(descriptor)
    return hasher.digest()


def read_chunks(descriptor: int, source: str) -> Iterator[bytes]:
    """What an open file to copy holds.

    Raises:
        ProblemError: DG109.
    """
    try:
        while chunk := os.read(descriptor, _CHUNK):
            yield chunk
    except OSError as error:
        raise refuse_source(error, source) from error


def read_whole(descriptor: int, size: int) -> bytes:
    """So many bytes of an open file and, should there be more, some of those."""
    data = os.read(descriptor, size + 1)
    while len(data) <= size and (more := os.read(descriptor, size + 1 - len(data))):
        data += more
    return data


def write_whole(descriptor: int, data: bytes) -> None:
    """All of it: a disk that is nearly full takes a part without a word."""
    done = os.write(descriptor, data)
    while done < len(data):
        done += os.write(descriptor, memoryview(data)[done:])


def refuse(error: OSError | UnicodeEncodeError, folder: str, path: str = "") -> ProblemError:
    """What the system refuses in an output folder, as DG502."""
    hint = "check the folder's permissions and the space left on the disk; run the build again to finish it"
    if isinstance(error, UnicodeEncodeError):
        message = f"the locale of this machine has no file name for {error.object!r}"
        hint = "set PYTHONUTF8=1, or a locale with UTF-8"
    else:
        place = f"{folder}/{path}" if path else error.filename2 or error.filename or folder
        if error.errno in _OF_ALL:
            place = folder
        message = f"cannot write {place}: {error.strerror or error}"
        if error.errno == errno.ENAMETOOLONG:
            hint = "give what it is named after a shorter slug, tag, alias or file name"
    return ProblemError([Problem("error", "DG502", message, Span(folder), hint)])


def refuse_source(error: OSError, source: str) -> ProblemError:
    """What the system refuses of a file to copy, as DG109."""
    message = f"the file cannot be read: {error.strerror or error}"
    return ProblemError([Problem("error", "DG109", message, Span(source), "make it a file that can be read")])


def list_tree(top: str) -> tuple[list[str], list[str]]:
    """Every folder from this one on, those above others first, and everything else that is in them, links as links.

    Raises:
        OSError: a folder cannot be read.
    """
    folders: list[str] = [top]
    others: list[str] = []
    for place in folders:  # which grows meanwhile
        with os.scandir(place) as scan:
            for entry in scan:
                (folders if entry.is_dir(follow_symlinks=False) else others).append(entry.path)
    return folders, others
