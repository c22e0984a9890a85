"""Where a site goes: a folder, or a place that fsspec reaches by a URL."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol, TypeAlias

from digest.model import Stamp
from digest.writing.folder import check_folder, check_outputs
from digest.writing.object_stores import StoreStage, check_store, open_store, publish_store
from digest.writing.opening import open_stage
from digest.writing.publishing import Written, publish, publish_changes
from digest.writing.stage import Stage, StagedFile

Place: TypeAlias = Path | str


class AnyStage(Protocol):
    """Where the files of one build wait; it can be sent to other machines."""

    @property
    def name(self) -> str:
        """That of this build."""

    def put(self, path: str, data: bytes) -> StagedFile:
        """Stage one output."""

    def copy(self, path: str, source: str) -> StagedFile:
        """Stage a copy of a regular file."""


def check_place(place: Place, site: Path) -> None:
    """Refuse a folder that cannot be an output folder.

    Raises:
        ProblemError: DG502.
    """
    folder = local_folder(place)
    if folder:
        check_folder(folder, site)


def local_folder(place: Place) -> Path | None:
    """The folder of this machine that is meant, if one is."""
    if isinstance(place, Path):
        return place
    scheme, _, path = place.partition("://")
    return Path(path) if scheme in {"file", "local"} else None


def open_place(place: Place, *, rewrite: bool = False) -> AbstractContextManager[Stage | StoreStage]:
    """An empty stage there."""
    return open_stage(place, rewrite=rewrite) if isinstance(place, Path) else open_store(place, rewrite=rewrite)


def check_there(place: Place, stamps: Mapping[str, Stamp]) -> set[str]:
    """Which of these outputs are missing or no longer look as they did."""
    return check_outputs(place, stamps) if isinstance(place, Path) else check_store(place, stamps)


def publish_there(
    stage: Stage | StoreStage,
    files: Mapping[str, bytes],
    staged: Collection[str],
    *,
    gone: Collection[str] | None = None,
) -> Written:
    """Make the place of a stage hold exactly these files, path → fingerprint, beside those of others.

    Where somebody tells which are `gone` from a folder, these alone have changed, and all others that were ours stay as
    they are.
    """
    if gone is not None and isinstance(stage, Stage):
        return publish_changes(stage, files, staged, gone)
    return publish(stage, files, staged) if isinstance(stage, Stage) else publish_store(stage, files, staged)


def send_stage(stage: AnyStage) -> AnyStage:
    """The same for a process whose current folder is another."""
    if isinstance(stage, Stage):
        return Stage(os.path.abspath(stage.folder), stage.name, stage.compares)
    return stage
