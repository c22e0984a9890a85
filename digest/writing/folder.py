"""Writing a whole site: look at everything first, then change only what differs."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from digest.model import Output, Problem, ProblemError, Span
from digest.writing.manifest import NAME, fingerprint, is_safe, manifest_bytes, read_manifest

TEMPORARY = ".digest-new"


@dataclass(frozen=True, slots=True)
class Written:
    """Paths that were written and removed, and how many were left as they are."""

    written: tuple[str, ...]
    unchanged: int
    removed: tuple[str, ...]
    problems: tuple[Problem, ...] = ()


def check_folder(folder: Path, site: Path) -> None:
    """Refuse an output folder that is a file or would mix the output with its own source.

    Raises:
        ProblemError: DG502.
    """
    hint = "name a folder with --output"
    try:
        place = folder.resolve()
        is_other = folder.exists() and not folder.is_dir()
    except (OSError, RuntimeError) as error:  # RuntimeError: a circle of links, before Python 3.13
        reason = getattr(error, "strerror", None) or "a link that leads back to itself"
        raise ProblemError(
            [Problem("error", "DG502", f"cannot build there: {reason}", Span(str(folder)), hint)]
        ) from error
    sources = [site.resolve() / name for name in ("content", "themes")]
    if is_other:
        reason = "it is not a folder"
    elif place == site.resolve() or any(
        place == source or source in place.parents or place in source.parents for source in sources
    ):
        reason, hint = "it holds the source of the site, or is inside it", "keep it apart: --output SITE/output"
    else:
        return
    raise ProblemError([Problem("error", "DG502", f"cannot build into {folder}: {reason}", Span(str(folder)), hint)])


def write_outputs(outputs: Iterable[Output], folder: Path, *, clean: bool = False) -> Written:
    """Make `folder` hold exactly these outputs beside the files of others; `clean` writes even what is equal.

    Every target is looked at before the first is touched. Each file is replaced whole. The manifest is widened before
    and narrowed after, so that a build killed at any moment leaves no file of ours unclaimed.

    Raises:
        ProblemError: DG501 for each file of others in the way, DG502 where the folder cannot be written.
    """
    files = {output.path: output.data for output in outputs}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        ours = read_manifest(folder)
        changed, problems = compare_files(files, folder, ours, clean=clean)
        if problems:
            raise ProblemError(problems)
        marks = {path: fingerprint(data) for path, data in files.items()}
        stale = sorted(set(ours) - set(files))
        if changed or stale or ours != marks:
            replace_file(folder / NAME, manifest_bytes({**marks, **ours}))
        removed, kept = remove_stale(stale, folder, ours)
        for path in changed:
            write_file(folder / path, files[path])
        if changed or stale or ours != marks:
            replace_file(folder / NAME, manifest_bytes(marks))
    except OSError as error:
        message = f"cannot write {error.filename or folder}: {error.strerror or error}"
        hint = "check the folder's permissions and the space left on the disk; run the build again to finish it"
        raise ProblemError([Problem("error", "DG502", message, Span(str(folder)), hint)]) from error
    except UnicodeEncodeError as error:
        message = f"the locale of this machine has no file name for {error.object!r}"
        hint = "set PYTHONUTF8=1, or a locale with UTF-8"
        raise ProblemError([Problem("error", "DG502", message, Span(str(folder)), hint)]) from error
    return Written(tuple(changed), len(files) - len(changed), tuple(removed), tuple(kept))


def compare_files(
    files: dict[str, bytes], folder: Path, ours: dict[str, str], *, clean: bool
) -> tuple[list[str], list[Problem]]:
    """The paths to write, in order, and a DG501 for each that somebody else's file or link blocks."""
    changed: list[str] = []
    problems: list[Problem] = []
    seen: dict[str, str] = {}
    for path, data in files.items():
        if not is_safe(path):
            raise ValueError(f"output path leaves the folder: {path!r}")
        blocker = blocking_parent(path, folder, ours, files, seen)
        target = folder / path
        if blocker:
            problems.append(in_the_way(folder / blocker))
        elif target.is_symlink() or (os.path.lexists(target) and not target.is_file()):
            if not (target.is_dir() and not target.is_symlink() and only_ours(target, folder, ours)):
                problems.append(in_the_way(target))
            else:
                changed.append(path)
        elif not target.exists():
            changed.append(path)
        elif target.read_bytes() == data:
            if clean:
                changed.append(path)
        elif path in ours:
            changed.append(path)
        else:
            problems.append(in_the_way(target))
    return changed, list(dict.fromkeys(problems))


def blocking_parent(
    path: str, folder: Path, ours: dict[str, str], files: dict[str, bytes], seen: dict[str, str]
) -> str:
    """The parent of a path that is a link, or a file that will not go away with this build; else empty."""
    parent = path.rpartition("/")[0]
    if not parent:
        return ""
    if parent not in seen:
        place = folder / parent
        above = blocking_parent(parent, folder, ours, files, seen)
        stays = place.is_symlink() or (
            place.exists() and not place.is_dir() and (parent not in ours or parent in files)
        )
        seen[parent] = above or (parent if stays else "")
    return seen[parent]


def only_ours(target: Path, folder: Path, ours: dict[str, str]) -> bool:
    """Whether everything in a folder that must become a file was written by digest."""
    return all(
        below.relative_to(folder).as_posix() in ours or (below.is_dir() and not below.is_symlink())
        for below in target.rglob("*")
    )


def in_the_way(target: Path) -> Problem:
    """DG501 for one path."""
    hint = "move it away, or build into another folder with --output"
    return Problem("error", "DG501", f"{target} is in the way and was not written by digest", Span(str(target)), hint)


def remove_stale(stale: list[str], folder: Path, ours: dict[str, str]) -> tuple[list[str], list[Problem]]:
    """Remove what an earlier build wrote and this one does not; a file that was edited since stays, with a warning."""
    removed: list[str] = []
    problems: list[Problem] = []
    for path in stale:
        target = folder / path
        if any(parent.is_symlink() for parent in target.parents if folder in parent.parents):
            continue  # somebody replaced a folder of ours by a link: what is behind it is not ours
        if target.is_symlink() or not target.is_file():
            continue
        if fingerprint(target.read_bytes()) != ours[path]:
            message = f"{target} is no longer part of the site, but was edited since digest wrote it: left as it is"
            problems.append(Problem("warning", "DG501", message, Span(str(target)), "remove it yourself if it may go"))
            continue
        target.unlink()
        removed.append(path)
        remove_empty_parents(target.parent, folder)
    return removed, problems


def remove_empty_parents(place: Path, folder: Path) -> None:
    """Remove a folder and those above it while they are empty, never the output folder itself."""
    with contextlib.suppress(OSError):  # not empty: somebody still lives there
        while place != folder:
            place.rmdir()
            place = place.parent


def write_file(target: Path, data: bytes) -> None:
    """Write one output file, with the folders above it."""
    if target.is_dir():
        for below in sorted(target.rglob("*"), reverse=True):
            below.rmdir()
        target.rmdir()
    target.parent.mkdir(parents=True, exist_ok=True)
    replace_file(target, data)


def replace_file(target: Path, data: bytes) -> None:
    """Write a file whole or not at all: beside it, then in its place."""
    # A hidden name of its own length: no file of a site can have it, and no name is too long for it.
    temporary = target.with_name(f".{fingerprint(target.name.encode())[:12]}{TEMPORARY}")
    temporary.unlink(missing_ok=True)  # what a killed build left; never to be written through, should it be a link
    try:
        with temporary.open("xb") as file:
            file.write(data)
        temporary.replace(target)
    except BaseException as error:
        temporary.unlink(missing_ok=True)
        if isinstance(error, OSError):
            error.filename = str(target)  # that of the temporary file says nothing to anybody
        raise
