"""The program itself, as far as it has a say in what is built: another one knows nothing of what this one made."""

import os
import stat
import sys
from zlib import adler32, crc32

from digest import __version__

# Libraries whose versions can be seen in the output, by their names in `*.dist-info`; ARCHITECTURE says what each does.
LIBRARIES = frozenset({
    "babel",
    "docutils",
    "font_source_serif_pro",
    "jinja2",
    "markdown",
    "markupsafe",
    "math_core",
    "msgspec",
    "nh3",
    "pillow",
    "pygments",
    "pyyaml",
    "tzdata",
})  # fmt: skip
UNSETTLED = b"?"  # in place of a key
_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120 - loads no pathlib


def environment_key() -> bytes:
    """Eight bytes that change with digest, its libraries and Python; in a working copy of digest, with every file.

    Versions are those that the names of folders tell: reading what lies in them takes longer than all the rest.
    """
    parts = [__version__, sys.version, *_list_versions()]
    root = os.path.dirname(_PACKAGE)  # noqa: PTH120 - loads no pathlib
    if os.path.exists(os.path.join(root, "pyproject.toml")):  # noqa: PTH110, PTH118 - loads no pathlib
        for folder in ("digest", "themes"):
            _list_files(os.path.join(root, folder), parts)  # noqa: PTH118 - loads no pathlib
    return _sum(parts)


def code_key(places: list[str], before: int) -> bytes:
    """Eight bytes that change with the looks of these files and folders, and with where code is looked for.

    `UNSETTLED` where one was changed after a moment `before`, in nanoseconds since 1970: nobody knows what was used.
    """
    if not places:
        return b""
    parts = list(sys.path)
    newest = max(_list_code(place, parts) for place in places)
    return _sum(parts) if newest < before else UNSETTLED


def _sum(parts: list[str]) -> bytes:
    told = "\0".join(parts).encode("utf-8", "surrogateescape")
    # Nobody gains by two that are alike, so that two sums do: `hashlib` would take longer than all the rest.
    return crc32(told).to_bytes(4, "little") + adler32(told).to_bytes(4, "little")


def _list_versions() -> list[str]:
    found = set()
    for place in sys.path:
        try:
            names = os.listdir(place or ".")  # noqa: PTH208 - loads no pathlib
        except OSError:
            continue
        for name in names:
            if name.endswith(".dist-info") and name.partition("-")[0].lower().replace(".", "_") in LIBRARIES:
                found.add(name)
    return sorted(found)


def _list_files(folder: str, parts: list[str]) -> None:
    with os.scandir(folder) as scan:
        entries = sorted(scan, key=lambda entry: entry.name)
    for entry in entries:
        if entry.is_dir():
            if entry.name != "__pycache__":
                _list_files(entry.path, parts)
        else:
            status = entry.stat()
            parts.append(f"{entry.path} {status.st_size} {status.st_mtime_ns}")


def _list_code(place: str, parts: list[str]) -> int:
    """Tell how a file or a folder looks; when the newest of it was changed."""
    parts.append(place)
    try:
        status = os.lstat(place)
        if not stat.S_ISDIR(status.st_mode):
            parts.append(f"{status.st_size} {status.st_mtime_ns}")
            return max(status.st_mtime_ns, status.st_ctime_ns)
        names = sorted(os.listdir(place))  # noqa: PTH208 - loads no pathlib
    except OSError:
        return 0
    # What Python keeps beside code comes when the code is first used.
    return max((_list_code(f"{place}/{name}", parts) for name in names if name != "__pycache__"), default=0)
