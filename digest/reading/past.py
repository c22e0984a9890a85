"""content/addresses.txt: every address that the site ever had."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from digest.formats.past_addresses import parse_past
from digest.model import PAST_FILE, Past, Problem, Span
from digest.reading.files import Source, read_source
from digest.reading.scanning import CONTENT_FOLDER, find_file

_HINT: Final = (
    "write /address/ id …, or /old/ to /new/; or delete the line, and the address is forgotten; "
    "until then the file is left as it is"
)


def mark_past(site: Path) -> bytes:
    """What changes with the file; empty where there is none, or none to be read."""
    source = _read(site)
    return source.fingerprint if isinstance(source, Source) else b""


def read_past(site: Path) -> tuple[tuple[Past, ...] | None, tuple[Problem, ...]]:
    """The addresses, and DG901 for lines that make no sense; none where there is no such file, or none to be read."""
    source = _read(site)
    if source is None:
        return None, ()
    if isinstance(source, Problem):
        return None, (source,)
    past, faults = parse_past(source.raw.decode("utf-8", "replace"))
    problems = [
        Problem("warning", "DG901", f"the line {number} makes no sense", Span(PAST_FILE, number), _HINT)
        for number in faults
    ]
    return tuple(past), tuple(problems)


def _read(site: Path) -> Source | Problem | None:
    try:
        (site / PAST_FILE).lstat()
    except OSError:
        return None
    file = find_file(site, PAST_FILE.removeprefix(f"{CONTENT_FOLDER}/"))
    return file if isinstance(file, Problem) else read_source(file)
