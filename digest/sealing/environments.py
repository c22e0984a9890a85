"""The program itself, as far as it has a say in what is built: another one knows nothing of what this one made."""

import os
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
