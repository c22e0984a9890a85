"""The door through which a new site goes: nothing that is there is written over, and nothing outside is touched."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from digest.model import Problem, ProblemError, Span
from digest.starting.new_site import NewFile

_NO_FOLLOW: Final = getattr(os, "O_NOFOLLOW", 0)


def has_content(folder: Path) -> bool:
    """Whether there are texts already, so that no sample is wanted."""
    try:
        return any(path.suffix == ".md" for path in (folder / "content").rglob("*"))
    except OSError:
        return False


def find_collisions(files: Iterable[NewFile], folder: Path, root: Path) -> Iterator[Problem]:
    """DG831 for each file that is needed and that something else has the name of."""
    for file in files:
        place = _place_of(file, folder, root)
        if file.needed and os.path.lexists(place):
            hint = "choose another folder, or keep it and add only what is missing: digest init --missing"
            yield Problem("error", "DG831", "a file is there already, and is not written over", _span(place), hint)


def write_files(files: Iterable[NewFile], folder: Path, root: Path) -> tuple[Path, ...]:
    """Write the files whose names are free, and tell which.

    Raises:
        ProblemError: the disk refuses (DG832); what was written before stays.
    """
    written: list[Path] = []
    for file in files:
        place, within = _place_of(file, folder, root), root if file.of_repository else folder
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            _create(place, file.text, within)
        except FileExistsError as error:
            if not place.parent.is_dir():
                raise _refused(place.parent, error) from error
            continue
        except OSError as error:
            raise _refused(place, error) from error
        written.append(place)
    return tuple(written)


def _create(place: Path, text: str, within: Path) -> None:
    if not place.parent.resolve().is_relative_to(within.resolve()):
        raise OSError(errno.ELOOP, "a link leads out of the folder", str(place))
    try:
        data = text.encode()
    except UnicodeError as error:
        raise OSError(errno.EILSEQ, "it would tell the name of the folder, which is no text") from error
    descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_FOLLOW, 0o666)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
    except OSError:
        place.unlink(missing_ok=True)  # half a file would be in the way of the whole one
        raise


def missing_lines(text: str, wanted: str) -> tuple[str, ...]:
    """The lines of a .gitignore that another one has not, without comments."""
    there = {line.strip().strip("/") for line in text.splitlines()}
    lines = (line.strip() for line in wanted.splitlines())
    return tuple(line for line in lines if line and not line.startswith("#") and line.strip("/") not in there)


def _place_of(file: NewFile, folder: Path, root: Path) -> Path:
    return (root if file.of_repository else folder) / file.path


def _span(place: Path) -> Span:
    """The place as whoever is here would write it."""
    here = Path.cwd()
    return Span(str(place.relative_to(here) if place.is_relative_to(here) else place))


def _refused(place: Path, error: OSError) -> ProblemError:
    message = f"cannot write here: {error.strerror or error}"
    hint = "mend this, or choose another folder; what was written before is kept: digest init --missing adds the rest"
    return ProblemError([Problem("error", "DG832", message, _span(place), hint)])
