"""The folder of the cache, SITE/.digest-cache/."""

from __future__ import annotations

from pathlib import Path
from typing import Final

CACHE_FOLDER: Final = ".digest-cache"  # in the folder of a site


def open_cache(site: Path) -> Path | None:
    """The folder of a site's cache, made where there is none; none where it cannot be written or is a link."""
    folder = site / CACHE_FOLDER
    ignored = folder / ".gitignore"
    try:
        folder.mkdir(exist_ok=True)
        if folder.is_symlink():
            return None
        if not ignored.is_file():
            ignored.write_text("*\n", encoding="utf-8")
    except OSError:
        return None
    return folder
