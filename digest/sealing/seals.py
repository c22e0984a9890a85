"""A seal: what a good build was made of and what it left, under the words by which it was asked for."""

import os
import stat
import struct
import sys
import time
from zlib import crc32

from digest.sealing.environments import UNSETTLED, code_key, environment_key
from digest.sealing.looking import Sight, look_at_outputs, pack_numbers

TYPE_CHECKING = False  # loading `typing` would take a tenth of the time that a build with nothing to do has
if TYPE_CHECKING:
    from collections.abc import Iterable

CACHE_FOLDER = ".digest-cache"  # in the folder of a site
KEPT = 8  # seals of a site: of other options, other output folders
_STAGE = ".digest-stage"  # in an output folder, while a build is at work there
SLACK = 2_000_000_000  # nanoseconds in which code may change twice and look the same, wherever it lies
_HEAD = b"digest seal 2\n"
_WORD = 8
_FAR = 1 << 62  # nanoseconds: some hundred years
_LOOK = 3 * _WORD  # bytes that tell how an output looks
_MANY = 1000  # outputs from which on other processes look at them as well
_WORKERS = 4  # to part takes longer than so many can spare


class Told:
    """What a build says on each of the two streams."""

    def __init__(self, out: str, err: str = "") -> None:
        self.out = out
        self.err = err


class _Seal:
    """A seal as it is kept; `asked` tells the words and the folder in which they were said."""

    def __init__(self, parts: list[bytes]) -> None:
        """Take it apart.

        Raises:
            ValueError: it is none.
        """
        self.asked, self.environment, places, self.code, times, out, err, *seen, paths, self.outputs = parts
        self.names, self.looks, self.apart = seen
        self.places = places.decode("utf-8", "surrogateescape").split("\0") if places else []
        try:
            self.sealed, self.due = struct.unpack("<2q", times)
        except struct.error as error:
            raise ValueError from error
        self.told = Told(out.decode(), err.decode())
        self.listed = paths.decode("utf-8", "surrogateescape")
        self.folder, *self.paths = self.listed.split("\0")
        self._own = slice(0, 0)
        self._children: list[int] = []

    def begin_outputs(self) -> None:
        """Look at the outputs, where they are many in other processes: that takes longer than all the rest.

        As much of it is left for this one as there is time for while the others look, beside looking at the site.
        """
        count, files = len(self.paths), len(self.looks) // (4 * _WORD)
        if count < _MANY or not hasattr(os, "fork") or len(self.outputs) != _LOOK * count:
            self._own = slice(0, count)
            return
        workers = min(_count_cores(), _WORKERS)
        share = -(-(count + files) // workers)
        self._own = slice(0, max(0, share - files))
        for start in range(self._own.stop, count, share):
            child = os.fork()
            if child == 0:
                code = 1
                try:
                    code = int(not self._are_same(slice(start, min(start + share, count))))
                finally:
                    os._exit(code)
            self._children.append(child)

    def end_outputs(self) -> bool:
        """Whether they are as the build left them."""
        same = self._are_same(self._own)
        codes = [os.waitpid(child, 0)[1] for child in self._children]
        return same and not any(codes)

    def _are_same(self, part: slice) -> bool:
        """Whether these outputs are as the build left them."""
        looks = look_at_outputs(self.folder, self.paths[part])
        whole = part.stop - part.start == len(self.paths)
        return looks == (self.outputs if whole else self.outputs[_LOOK * part.start : _LOOK * part.stop])


def _count_cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def find_seal(words: list[str]) -> tuple[Told | None, Sight]:
    """What to tell if a build that was asked for by these words would change nothing, else nothing.

    And how the site looks now, for `write_seal`: what is edited from here on may not be in what is built.
    """
    site = _site_of(words)
    seal = _read_seal(_path_of(site, words))
    now = time.time_ns()
    if (
        seal is None
        or seal.asked != _asked(words)
        or not seal.sealed <= now < (seal.due or now + 1)
        or seal.environment != environment_key()
        or seal.code != code_key(seal.places, now)
        or os.path.lexists(f"{seal.folder}/{_STAGE}")  # a build was killed there: it is to be settled
    ):
        return None, _look(site)
    seal.begin_outputs()
    sight = _look(site)
    sight.before = seal.names, seal.looks
    same = seal.end_outputs()
    sight.ended = time.time_ns()
    if same:
        sight.outputs = seal.listed, seal.outputs
    told = (sight.names, sight.looks, _tell_apart(sight.apart))
    if same and not sight.odd and (seal.names, seal.looks, seal.apart) == told and not _would_be_coloured(seal.told):
        return seal.told, sight
    return None, sight


def _would_be_coloured(told: Told) -> bool:
    return bool(told.err) and (sys.stderr.isatty() or bool(os.environ.get("FORCE_COLOR")))


def write_seal(
    words: list[str],
    sight: Sight,
    told: Told,
    *,
    outputs: tuple[str, bytes],
    due: float = 0,
    apart: "tuple[int, int, int, int] | None" = None,
    places: "Iterable[str]" = (),
) -> None:
    """Seal a good build that was asked for by these words and began with this sight.

    `told` is what it would say if it were asked again at once, `outputs` what `tell_outputs` tells of it, and `due` is
    when time alone will change them, in seconds since 1970, if ever. `apart` is how the file that is looked at apart
    looks, where the build wrote it. `places` are files and folders of code that had a say beside digest and its
    libraries. Where the seal cannot be written it is not.
    """
    site = _site_of(words)
    code = code_key([*places], sight.began - SLACK)
    if sight.odd or not sight.settled or code == UNSETTLED or not _is_folder(f"{site}/{CACHE_FOLDER}"):
        return
    listed, looks = outputs
    parts = [
        _asked(words),
        environment_key(),
        "\0".join(places).encode("utf-8", "surrogateescape"),
        code,
        pack_numbers([time.time_ns(), min(int(due * 1_000_000_000), _FAR)]),
        told.out.encode("utf-8", "replace"),
        told.err.encode("utf-8", "replace"),
        sight.names,
        sight.looks,
        _tell_apart(apart or sight.apart),
        listed.encode("utf-8", "surrogateescape"),
        looks,
    ]
    body = b"".join(piece for part in parts for piece in (len(part).to_bytes(_WORD, "little"), part))
    path = _path_of(site, words)
    new = f"{path}.{os.getpid()}.new"
    try:
        with open(new, "xb") as file:  # noqa: PTH123 - loads no pathlib
            file.write(b"".join((_HEAD, crc32(body).to_bytes(_WORD, "little"), body)))
        os.replace(new, path)  # noqa: PTH105 - loads no pathlib
        _drop_old(os.path.dirname(path))  # noqa: PTH120 - loads no pathlib
    except OSError:
        if os.path.lexists(new):
            os.unlink(new)  # noqa: PTH108 - loads no pathlib


def _site_of(words: list[str]) -> str:
    """The folder of the site. Where it is said in a way that is not known here, there is no seal."""
    site = "."
    for number, word in enumerate(words):
        if word.startswith("--site="):
            site = word.removeprefix("--site=")
        elif word == "--site" and number + 1 < len(words):
            site = words[number + 1]
    return site


def _look(site: str) -> Sight:
    """How the site looks. Its addresses are written by builds."""
    return Sight([f"{site}/content", f"{site}/themes"], f"{site}/content/addresses.txt")


def _tell_apart(looks: "tuple[int, int, int, int] | None") -> bytes:
    return pack_numbers(list(looks or ()))


def _is_folder(path: str) -> bool:
    """Whether there is a folder, and no link that leads to one elsewhere."""
    try:
        return stat.S_ISDIR(os.lstat(path).st_mode)
    except OSError:
        return False


def _asked(words: list[str]) -> bytes:
    return "\0".join([os.getcwd(), *words]).encode("utf-8", "surrogateescape")  # noqa: PTH109 - loads no pathlib


def _path_of(site: str, words: list[str]) -> str:
    return f"{site}/{CACHE_FOLDER}/seal-{crc32(_asked(words)):08x}"


def _read_seal(path: str) -> _Seal | None:
    """The seal at a path, if it is one."""
    # A pipe would hang, and a link may lead anywhere.
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(path, flags)
        try:
            status = os.fstat(descriptor)
            data = os.read(descriptor, status.st_size) if stat.S_ISREG(status.st_mode) else b""
        finally:
            os.close(descriptor)
        return _Seal(_split(data))
    except (OSError, ValueError, MemoryError):
        return None


def _split(data: bytes) -> list[bytes]:
    start = len(_HEAD) + _WORD
    if (
        not data.startswith(_HEAD)
        or crc32(memoryview(data)[start:]).to_bytes(_WORD, "little") != data[len(_HEAD) : start]
    ):
        raise ValueError
    parts = []
    while start < len(data):
        end = start + _WORD + int.from_bytes(data[start : start + _WORD], "little")
        parts.append(data[start + _WORD : end])
        start = end
    return parts


def _drop_old(folder: str) -> None:
    with os.scandir(folder) as scan:
        found = [(entry.stat(follow_symlinks=False).st_mtime_ns, entry.path) for entry in scan if _is_seal(entry.name)]
    for _, path in sorted(found, reverse=True)[KEPT:]:
        os.unlink(path)  # noqa: PTH108 - loads no pathlib


def _is_seal(name: str) -> bool:
    return name.startswith("seal-")
