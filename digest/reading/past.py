"""content/addresses.txt: every address that the site ever had."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from digest.formats.past_addresses import parse_past
from digest.model import PAST_FILE, Past, Problem, Span
from digest.reading.files import read_source
from digest.reading.scanning import CONTENT_FOLDER, find_file

_HINT: Final = "write /address/ id …, or /old/ to /new/; or delete the line, and the address is forgotten"


def read_past(site: Path) -> tuple[tuple[Past, ...] | None, tuple[Problem, ...]]:
    """The addresses, and DG901 for lines that make no sense; none where there is no such file, or none to be read."""
    key = PAST_FILE.removeprefix(f"{CONTENT_FOLDER}/")
    try:
        (site / PAST_FILE).lstat()
    except OSError:
        return None, ()
    file = find_file(site, key)
    source = file if isinstance(file, Problem) else read_source(file)
    if isinstance(source, Problem):
        return None, (source,)
    past, faults = parse_past(source.raw.decode("utf-8", "replace"))
    problems = [
        Problem("warning", "DG901", f"the line {number} makes no sense", Span(PAST_FILE, number), _HINT)
        for number in faults
    ]
    return tuple(past), tuple(problems)
