"""How all that a site is made of looks: names, sizes and times, file by file, compared as one piece of bytes."""

import os
import stat
import struct
import time

TYPE_CHECKING = False  # loading `typing` would take a tenth of the time that a build with nothing to do has
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

NOT_HIDDEN = frozenset({".well-known", ".nojekyll"})  # as in reading, which passes over other hidden files
_FINE = 100_000_000  # nanoseconds in which a file may change twice and look the same
_COARSE = 2_000_000_000  # likewise where times are whole seconds
_NUMBER = 8  # bytes


class Sight:
    """The files of some folders as they looked from one moment to another, in nanoseconds since 1970.

    `names` and `looks` are bytes that are equal while nothing has changed; each file has four numbers in `looks`: its
    size, the times at which it was modified and changed, its inode. `apart` are those of one file that a build itself
    may write, which is not among them. `odd` is what cannot be told that simply, as links and pipes: then nothing can
    be told of the whole. `outputs` tells how the files of an output folder looked at that moment, if they looked as the
    last build left them: see `tell_outputs`. `before` are names and looks as they were when that build began, where
    somebody knows.
    """

    def __init__(self, folders: list[str], apart: str = "") -> None:
        self.began = time.time_ns()
        self.folders = folders
        self.apart: tuple[int, int, int, int] | None = None
        self._apart = apart
        self.odd = False
        self.outputs: tuple[str, bytes] | None = None
        self.before: tuple[bytes, bytes] | None = None
        self._names: list[str] = []
        self._looks: list[int] = []
        todo = [folder for folder in folders if self._is_folder(folder)]
        while todo:
            try:
                self._look_into(todo.pop(), todo)
            except OSError:
                self.odd = True
        # A name holds no zero byte; one that is not text is told as it is.
        self.names = "\0".join(self._names).encode("utf-8", "surrogateescape")
        self.looks = pack_numbers(self._looks)
        self.ended = time.time_ns()

    @property
    def settled(self) -> bool:
        """Whether no file was changed so shortly before that it could change again and look the same."""
        times = self._looks[2::4] + ([self.apart[2]] if self.apart else [])
        newest = max(times, default=0)
        if newest + _FINE >= self.began:
            return False
        return newest + _COARSE < self.began or all(
            changed % 1_000_000_000 or changed + _COARSE < self.began for changed in times
        )

    def list_files(self, folder: str) -> "list[tuple[str, tuple[int, int, int, int]]]":
        """The files below one of the folders, if nothing is odd: the path of each, with `/`, and its numbers."""
        looks = iter(self._looks)
        numbers = zip(looks, looks, looks, looks, strict=True)
        files: list[tuple[str, tuple[int, int, int, int]]] = []
        within, prefix = False, ""
        # The name of a folder is a path, that of a file has no slash.
        for name in self._names:
            if "/" in name:
                within = name == folder or name.startswith(f"{folder}/")
                prefix = f"{name[len(folder) + 1 :]}/" if name != folder else ""
            elif name:
                own = next(numbers)
                if within:
                    files.append((prefix + name, own))
        return files

    def list_edited(self) -> "list[tuple[str, tuple[int, int, int, int]]] | None":
        """The files that do not look as they did `before`, path and numbers; none where one has come or gone."""
        if self.odd or self.before is None or self.before[0] != self.names:
            return None
        looks = self.before[1]
        if not len(looks) == len(self.looks) == _NUMBER * len(self._looks):
            return None
        edited = set(_find_edited(looks, self.looks))
        files: list[tuple[str, tuple[int, int, int, int]]] = []
        number, folder = 0, ""
        for name in self._names:
            if "/" in name:
                folder = name
            elif name:
                if number in edited:
                    size, modified, changed, inode = self._looks[4 * number : 4 * number + 4]
                    files.append((f"{folder}/{name}", (size, modified, changed, inode)))
                number += 1
        return files

    def _is_folder(self, path: str) -> bool:
        """Whether it is a folder and not a link; what is not there is told as missing."""
        self._names.append(path)
        try:
            mode = os.lstat(path).st_mode
        except FileNotFoundError:
            self._names.append("")
            return False
        except OSError:
            self.odd = True
            return False
        if not stat.S_ISDIR(mode):
            self.odd = True
        return not self.odd

    def _look_into(self, folder: str, todo: list[str]) -> None:
        names, looks = self._names, self._looks
        names.append(folder)
        apart = self._apart[len(folder) + 1 :] if self._apart.startswith(f"{folder}/") else ""
        with os.scandir(folder) as scan:
            for entry in scan:
                name = entry.name
                if name.startswith(".") and name not in NOT_HIDDEN:
                    continue
                if entry.is_file(follow_symlinks=False):
                    status = entry.stat(follow_symlinks=False)
                    if name == apart:
                        self.apart = (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
                        continue
                    names.append(name)
                    looks += (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
                elif entry.is_dir(follow_symlinks=False):
                    todo.append(entry.path)
                else:
                    self.odd = True


def _find_edited(before: bytes, now: bytes) -> list[int]:
    """The numbers of the files whose looks differ."""
    size = 4 * _NUMBER
    step = 128 * size  # most are alike
    return [
        start // size
        for first in range(0, len(now), step)
        if before[first : first + step] != now[first : first + step]
        for start in range(first, min(first + step, len(now)), size)
        if before[start : start + size] != now[start : start + size]
    ]


def tell_outputs(folder: str, stamps: "Iterable[tuple[str, tuple[int, int, int, int]]]") -> tuple[str, bytes]:
    """An output folder and paths in it, parted by zero bytes; and how these files look, as `look_at_outputs` has it.

    The stamp of an output is its size, when it was modified, what is of no use here, and its inode.
    """
    paths = [os.path.abspath(folder)]  # noqa: PTH100 - loads no pathlib
    looks: list[int] = []
    for path, (size, modified, _, inode) in sorted(stamps):
        paths.append(path)
        looks += (size, modified, inode)
    return "\0".join(paths), pack_numbers(looks)


def renew_outputs(
    told: tuple[str, bytes], stamps: "Mapping[str, tuple[int, int, int, int]]", gone: "Iterable[str]" = ()
) -> tuple[str, bytes]:
    """What `tell_outputs` tells where some of the paths look so now, or are new, and some are `gone`.

    Where a number has no bounds it tells nothing.
    """
    folder, *rest = told[0].split("\0", 1)
    listed, looks, size = "".join(f"{names}\0" for names in rest), told[1], 3 * _NUMBER
    if len(looks) != size * listed.count("\0"):
        return "", b""
    paths, numbers, place, number = [], [], 0, 0
    for path in sorted({*stamps, *gone}):
        start = _find_path(listed, path, place)
        until = number + listed.count("\0", place, start)
        paths.append(listed[place:start])
        numbers.append(looks[size * number : size * until])
        place, number = start, until
        if listed.startswith(f"{path}\0", start):
            place, number = start + len(path) + 1, until + 1
        if path in stamps:
            length, modified, _, inode = stamps[path]
            look = pack_numbers([length, modified, inode])
            if len(look) != size:
                return "", b""
            paths.append(f"{path}\0")
            numbers.append(look)
    paths.append(listed[place:])
    numbers.append(looks[size * number :])
    return f"{folder}\0{''.join(paths)}"[:-1], b"".join(numbers)


def _find_path(listed: str, path: str, low: int) -> int:
    """Where a path stands among those that are listed, each with a zero byte behind it, or where it would."""
    high = len(listed)
    while low < high:
        start = listed.rfind("\0", low, (low + high) // 2) + 1 or low
        end = listed.index("\0", start)
        if listed[start:end] < path:
            low = end + 1
        else:
            high = start
    return low


def look_at_outputs(folder: str, paths: list[str]) -> bytes | None:
    """How these regular files below a folder look, sizes, times and inodes; none where one is not there."""
    looks: list[int] = []
    look = os.lstat
    try:
        for path in paths:
            status = look(f"{folder}/{path}")
            looks += (status.st_size, status.st_mtime_ns, status.st_ino)
    except (OSError, ValueError):
        return None
    return pack_numbers(looks)


def pack_numbers(numbers: list[int]) -> bytes:
    """Whole numbers as bytes, eight for each: `array` would load four times as much as this file."""
    try:
        return struct.pack(f"<{len(numbers)}q", *numbers)
    except struct.error:  # some file systems number their files without bounds
        return repr(numbers).encode()
