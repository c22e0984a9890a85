"""Looking at the output folder before anything is changed: what may go, and what is in the way."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Iterable, Mapping

from digest.model import Problem, Span
from digest.writing.manifest import is_reserved, is_safe
from digest.writing.stage import fingerprint_file, list_tree


class Look:
    """What is in an output folder whose manifest is `ours`, where `files`, path → fingerprint, are to be the site.

    `removable` was written by an earlier build and is not of this one; `gone` likewise, and is not there any more. What
    was edited since stays, with a warning in `problems`; what is behind a link is not ours.
    """

    def __init__(self, folder: str, ours: Mapping[str, str], files: Mapping[str, bytes]) -> None:
        """Look for what may go.

        Raises:
            OSError: a file cannot be read.
        """
        self.removable: dict[str, os.stat_result] = {}
        self.gone: list[str] = []
        self.problems: list[Problem] = []
        self._folder = folder
        self._ours = ours
        self._files = files
        self._blockers: dict[str, str] = {}
        self._missing: set[str] = set()
        for path in sorted(path for path in ours if path not in files):
            if is_safe(path) and not is_reserved(path) and not self._find_above(path):
                self._look_at_stale(path)
        self._twins = {fold(path): path for path in self.removable}
        if self.removable:
            self._blockers.clear()  # a file that goes away is in nobody's way
            self._missing.clear()

    def _look_at_stale(self, path: str) -> None:
        target = f"{self._folder}/{path}"
        try:
            status = os.lstat(target)
        except OSError:
            self.gone.append(path)
            return
        if not stat.S_ISREG(status.st_mode):
            return
        if fingerprint_file(target).hex() == self._ours[path]:
            self.removable[path] = status
            return
        message = f"{target} is no longer part of the site, but was edited since digest wrote it: left as it is"
        hint = "remove it yourself if it may go"
        self.problems.append(Problem("warning", "DG501", message, Span(target), hint))

    def find_blocked(self, staged: Iterable[str]) -> dict[str, str]:
        """Of each file that cannot be moved to its place: the path of what is there, a file, folder or link of others.

        Raises:
            OSError: a file or folder cannot be read.
        """
        blocked: dict[str, str] = {}
        free: dict[str, bool] = {}
        for path in staged:
            top = path.partition("/")[0]
            if top not in free:
                free[top] = not os.path.lexists(f"{self._folder}/{top}")
            if free[top]:  # as all are of a folder that is new
                continue
            blocker = self._find_above(path)
            if not blocker and path.rpartition("/")[0] not in self._missing:
                blocker = self._find_at(path)
            if blocker:
                blocked[path] = blocker
        return blocked

    def _find_at(self, path: str) -> str:
        """The path itself, if what is there is neither ours nor the same."""
        target = f"{self._folder}/{path}"
        try:
            status = os.lstat(target)
        except OSError:
            return ""
        if stat.S_ISDIR(status.st_mode):
            free = self._holds_only_stale(path)
        elif stat.S_ISREG(status.st_mode):
            free = path in self._ours or self._goes_away(path, status) or fingerprint_file(target) == self._files[path]
        else:
            free = False
        return "" if free else path

    def _find_above(self, path: str) -> str:
        """The uppermost folder of a path that is a link, or a file that stays; else empty."""
        parent = path.rpartition("/")[0]
        if not parent:
            return ""
        blocker = self._blockers.get(parent)
        if blocker is None:
            blocker = self._blockers[parent] = self._find_above(parent) or self._find_folder(parent)
        return blocker

    def _find_folder(self, path: str) -> str:
        """The path itself, if what is there is not a folder and stays."""
        try:
            status = None if path.rpartition("/")[0] in self._missing else os.lstat(f"{self._folder}/{path}")
        except OSError:
            status = None
        if status and stat.S_ISDIR(status.st_mode):
            return ""
        if status and not self._goes_away(path, status):
            return path
        self._missing.add(path)
        return ""

    def _goes_away(self, path: str, status: os.stat_result) -> bool:
        """Whether what is there is removed by this build, be it under a name that the disk takes for the same."""
        if path in self.removable:
            return True
        twin = self._twins.get(fold(path)) if self.removable else None
        return twin is not None and os.path.samestat(self.removable[twin], status)

    def _holds_only_stale(self, path: str) -> bool:
        """Whether a folder that must become a file holds nothing but what goes away."""
        _, files = list_tree(f"{self._folder}/{path}")
        return all(file[len(self._folder) + 1 :] in self.removable for file in files)


def in_the_way(place: str) -> Problem:
    """DG501 for one path."""
    hint = "move it away, or build into another folder with --output"
    return Problem("error", "DG501", f"{place} is in the way and was not written by digest", Span(place), hint)


def fold(path: str) -> str:
    """What two paths share that some systems take for the same: macOS and Windows."""
    return unicodedata.normalize("NFC", path).casefold()
