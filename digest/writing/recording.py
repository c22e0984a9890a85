"""content/addresses.txt is the one file that a build writes beside its output: the addresses that the site has now."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable
from pathlib import Path

from digest.formats.past_addresses import write_past
from digest.model import PAST_FILE, Past, Stamp


def record_past(site: Path, past: Iterable[Past]) -> Stamp:
    """Write the file anew, whole or not at all, and tell how it looks.

    Raises:
        OSError: it cannot be written, or is no file of the site but a link.
    """
    path = site / PAST_FILE
    if path.is_symlink() or not path.parent.resolve().is_relative_to(site.resolve()):
        raise OSError(f"{PAST_FILE} is a link")
    new = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with new.open("xb") as file:
            file.write(write_past(past).encode("utf-8", "replace"))
        new.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            new.unlink()
        raise
    status = path.lstat()
    return Stamp(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
