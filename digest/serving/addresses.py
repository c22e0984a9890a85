"""Addresses of a served site, as GitHub Pages knows them: below a base path, case-sensitive, clean."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote, unquote_to_bytes

from digest.model import NamedTuple

LONGEST: Final = 4096  # bytes of an address
RESERVED: Final = ".digest/"  # below the base path: what the preview adds to a site
_NEVER: Final = re.compile(r"[\x00-\x1f\x7f\\]")


class Wanted(NamedTuple):
    """A path below the base path, decoded: `` or `tags/` of a folder, `feed.xml` of a file."""

    path: str


class Moved(NamedTuple):
    """Another address of this site, encoded."""

    location: str


def read_address(raw: str, base_path: str) -> Wanted | Moved | None:
    """What a request asks for by the path of its target, still encoded; `None` is nothing of this site.

    Decoded once and never again, so that `%252e` is a name with a percent sign in it.
    """
    try:
        path = unquote_to_bytes(raw).decode("utf-8")
    except UnicodeDecodeError:
        return None
    if path in {"/", base_path.rstrip("/")} and path != base_path:
        return Moved(encode_path(base_path))
    if not path.startswith(base_path) or _NEVER.search(path):
        return None
    inside = path[len(base_path) :]
    *folders, name = inside.split("/")
    if any(part in {"", ".", ".."} for part in folders) or name in {".", ".."}:
        return None
    # `.well-known/` is anybody's to serve; the manifest and the stage of an output folder are not.
    return None if inside.startswith(".digest") and not inside.startswith(RESERVED) else Wanted(inside)


def encode_path(path: str) -> str:
    """A path as it stands in a header. One slash only at its start: two would name another host."""
    return "/" + quote(path.lstrip("/"))
