"""The door through which new entries go: all of them, or none."""

from __future__ import annotations

import contextlib
import errno
import os
from dataclasses import dataclass
from pathlib import Path

from digest.importing.entry_text import render_entry
from digest.importing.plan import ImportPlan
from digest.model import Problem, ProblemError, Span

_NO_LINKS = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EACCES})


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The files that an import wrote, in the order of the plan."""

    written: tuple[Path, ...] = ()


def list_files(content: Path) -> frozenset[str]:
    """The keys of everything under content/: what a new entry may not overwrite."""
    found = (Path(parent, name) for parent, folders, files in os.walk(content) for name in (*folders, *files))
    return frozenset(path.relative_to(content).as_posix() for path in found)


def file_entries(plan: ImportPlan, content: Path) -> ImportReport:
    """Write every new entry of a plan under `content`; no file is ever overwritten.

    Raises:
        ProblemError: the plan has an error, a file is in the way (DG306) or the disk refuses (DG307); nothing is left
            behind then.
    """
    errors = [problem for problem in plan.problems if problem.severity == "error"]
    if errors:
        raise ProblemError(errors)
    texts = [(content / new.key, render_entry(new).encode("utf-8", "replace")) for new in plan.new]
    staged: list[tuple[Path, Path]] = []
    placed: list[Path] = []
    made: list[Path] = []
    try:
        for path, data in texts:
            _make_folder(path.parent, content, made)
            temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
            staged.append((temporary, path))
            temporary.write_bytes(data)
        for temporary, path in staged:
            _place(temporary, path)
            placed.append(path)
    except BaseException as error:
        _undo([*placed, *(temporary for temporary, _ in staged)], made)
        if isinstance(error, OSError):
            raise ProblemError([_explain(error, content)]) from error
        raise
    for temporary, _ in staged:
        temporary.unlink(missing_ok=True)
    return ImportReport(tuple(path for path, _ in texts))


def _make_folder(folder: Path, content: Path, made: list[Path]) -> None:
    """Make a folder under content/ and those above it; what was not there before is added to `made`."""
    missing = [folder]
    while not missing[-1].parent.exists():
        missing.append(missing[-1].parent)
    for path in reversed(missing):
        if not path.exists():
            path.mkdir()
            made.append(path)
    if not folder.resolve().is_relative_to(content.resolve()):
        raise OSError(errno.ELOOP, "a link leads out of the site", str(folder))


def _place(temporary: Path, path: Path) -> None:
    """Give a finished file its name, at once and only if the name is free."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        # A file system without hard links: not quite as safe against another import at the same moment.
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(temporary), None, str(path)) from error
        temporary.replace(path)


def _undo(files: list[Path], folders: list[Path]) -> None:
    for path in files:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
    for folder in reversed(folders):
        with contextlib.suppress(OSError):
            folder.rmdir()


def _explain(error: OSError, content: Path) -> Problem:
    """What the disk said, as a problem with the path it said it of."""
    path = Path(error.filename2 or error.filename or content)
    path = path.relative_to(content.parent) if path.is_relative_to(content.parent) else path
    if isinstance(error, FileExistsError):
        return Problem("error", "DG306", "a file is in the way of the new entry", Span(str(path)), "move it away")
    reason = error.strerror or str(error)
    return Problem("error", "DG307", f"cannot write here: {reason}", Span(str(path)), "nothing was imported")
