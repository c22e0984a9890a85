"""The output folder as it is: whether it can be one, and which outputs are in it as they were."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from digest.model import Problem, ProblemError, Span, Stamp
from digest.writing.manifest import NAME
from digest.writing.stage import STAGE, stamp_of


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


def is_unfinished(folder: Path) -> bool:
    """Whether a build was killed there, or is at work: then nothing is to be said of its files before `open_stage`."""
    return os.path.lexists(folder / STAGE)


def see_manifest(folder: Path) -> dict[str, Stamp]:
    """How the manifest looks, by its name: whoever changed anything in the folder has replaced it."""
    try:
        return {NAME: stamp_of(os.lstat(folder / NAME))}
    except OSError:
        return {}


def check_outputs(folder: Path, stamps: Mapping[str, Stamp]) -> set[str]:
    """Which of these outputs are missing or no longer look as they did; a linked one never does.

    It holds for as long as nobody else builds there: ask while the stage is open.
    """
    lost: set[str] = set()
    prefix, look = f"{folder}/", os.lstat
    for path, stamp in stamps.items():
        try:
            status = look(prefix + path)
        except (OSError, ValueError):  # ValueError: a path that is none, in a cache of somebody else
            lost.add(path)
            continue
        if status.st_mtime_ns != stamp[1] or status.st_size != stamp[0] or status.st_ino != stamp[3]:
            lost.add(path)
    return lost
