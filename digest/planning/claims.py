"""Who stands where: no two files of the site may have the same address, on any file system."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

from digest.formats import urls
from digest.model import Entry, Problem, Sketch, Span

_ID_HINT: Final = "if one is a copy of the other, delete the `id` line of the newer file: it gets its own"
_HINTS: Final = {"entry": "change the `slug` of one of them", "alias": "delete the alias: the address is taken"}


class Register:
    """Grants each address once; two that differ in case or in the form of accents are one on macOS and Windows."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._files: dict[str, Sketch] = {}
        self._folders: dict[str, Sketch] = {}

    def grant(self, claim: Sketch) -> bool:
        """Whether the address is free; else DG401 names both."""
        path = _fold(urls.output_path(claim.url))
        holder = self._files.get(path) or self._folders.get(path) or self._file_above(path)
        if holder is not None:
            self.problems.append(_report_clash(holder, claim))
            return False
        self._files[path] = claim
        for folder in _folders_above(path):
            if folder in self._folders:
                break  # and so are those above it
            self._folders[folder] = claim
        return True

    def grant_all(self, claims: Iterable[Sketch]) -> tuple[Sketch, ...]:
        """Those that get their address; the first to ask has it."""
        return tuple(claim for claim in claims if self.grant(claim))

    def _file_above(self, path: str) -> Sketch | None:
        """A file that stands where a folder of this path must be."""
        for folder in _folders_above(path):
            if folder in self._folders:
                return None
            if folder in self._files:
                return self._files[folder]
        return None


def check_ids(entries: Iterable[Entry]) -> Iterator[Problem]:
    """DG403 where an id, which is for ever, is that of two entries."""
    holders: dict[str, Entry] = {}
    for entry in entries:
        holder = holders.setdefault(entry.id, entry) if entry.id else entry
        if holder is not entry:
            message = f"{holder.path} and {entry.path} have the same id {entry.id!r}"
            yield Problem("error", "DG403", message, Span(entry.path), _ID_HINT)


def entries_by_address(entries: Iterable[Entry]) -> Iterable[Entry]:
    """The entries, of each address the first one: that two have the same is told once, by their pages."""
    found: dict[str, Entry] = {}
    for entry in entries:
        found.setdefault(_fold(entry.url), entry)
    return found.values()


def _fold(path: str) -> str:
    """What two paths share that some systems take for the same: macOS and Windows."""
    return unicodedata.normalize("NFC", path).casefold()


def _report_clash(holder: Sketch, claim: Sketch) -> Problem:
    where = claim.url if claim.url == holder.url else f"{holder.url} and {claim.url}"
    same = "the same address" if claim.url == holder.url else "addresses that some systems take for the same"
    hint = _HINTS.get(claim.what, "rename or delete one of them")
    span = Span(claim.path or holder.path) if claim.path or holder.path else None
    return Problem("error", "DG401", f"{_name(holder)} and {_name(claim)} have {same}: {where}", span, hint)


def _name(claim: Sketch) -> str:
    return f"an alias of {claim.path}" if claim.what == "alias" else claim.path or claim.what


def _folders_above(path: str) -> Iterator[str]:
    """`a/b` and `a` of `a/b/c`."""
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path
