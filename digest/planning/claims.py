"""Who stands where: no two files of the site may have the same address, on any file system."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
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
        self._folders: set[str] = set()
        self._holders: dict[str, Sketch] = {}  # of folders, once somebody stands in the way

    def grant_all(self, claims: Iterable[Sketch]) -> tuple[Sketch, ...]:
        """Those that get their address; the first to ask has it, and for each of the others DG401 names both."""
        asked = tuple(claims)
        paths = _fold_all([urls.output_path(claim.url) for claim in asked])
        files, folders = set(paths), _all_folders(paths)
        # Nearly always nobody is in anybody's way, which is quickly told of all at once.
        if (
            len(files) == len(paths)
            and files.isdisjoint(folders)
            and files.isdisjoint(self._files)
            and files.isdisjoint(self._folders)
            and folders.isdisjoint(self._files)
        ):
            self._files.update(zip(paths, asked, strict=True))
            self._folders |= folders
            self._holders.clear()
            return asked
        return tuple(claim for claim, path in zip(asked, paths, strict=True) if self._grant(claim, path))

    def grant_free(self, claims: Iterable[Sketch]) -> tuple[Sketch, ...]:
        """Those whose address nobody has; the others yield without a word."""
        return tuple(
            claim
            for claim in claims
            if self._find_holder(path := _fold_path(claim.url)) is None and self._grant(claim, path)
        )

    def is_free(self, url: str) -> bool:
        """Whether nobody has an address."""
        return self._find_holder(_fold_path(url)) is None

    def _find_holder(self, path: str) -> Sketch | None:
        """Who is in the way of a file."""
        holder = self._files.get(path) or self._file_above(path)
        return self._hold_folders()[path] if holder is None and path in self._folders else holder

    def _grant(self, claim: Sketch, path: str) -> bool:
        """Whether the address is free; else DG401."""
        holder = self._find_holder(path)
        if holder is not None:
            self.problems.append(_report_clash(holder, claim))
            return False
        self._files[path] = claim
        for folder in _all_folders([path]):
            self._folders.add(folder)
            if self._holders:
                self._holders.setdefault(folder, claim)
        return True

    def _hold_folders(self) -> dict[str, Sketch]:
        """The first file within each folder."""
        if not self._holders:
            for path, holder in self._files.items():
                for folder in _all_folders([path]):
                    self._holders.setdefault(folder, holder)
        return self._holders

    def _file_above(self, path: str) -> Sketch | None:
        """A file that stands where a folder of this path must be."""
        while "/" in path:
            path = path.rpartition("/")[0]
            if path in self._files:
                return self._files[path]
        return None


def check_ids(entries: Sequence[Entry]) -> Iterator[Problem]:
    """DG403 where an id, which is for ever, is that of two entries."""
    ids = [entry.id for entry in entries if entry.id]
    if len(set(ids)) == len(ids):
        return
    holders: dict[str, Entry] = {}
    for entry in entries:
        holder = holders.setdefault(entry.id, entry) if entry.id else entry
        if holder is not entry:
            message = f"{holder.path} and {entry.path} have the same id {entry.id!r}"
            yield Problem("error", "DG403", message, Span(entry.path), _ID_HINT)


def entries_by_address(entries: Sequence[Entry]) -> Iterable[Entry]:
    """The entries, of each address the first one: that two have the same is told once, by their pages."""
    paths = _fold_all([entry.url for entry in entries])
    if len(set(paths)) == len(paths):
        return entries
    found: dict[str, Entry] = {}
    for path, entry in zip(paths, entries, strict=True):
        found.setdefault(path, entry)
    return found.values()


def _fold_all(paths: Sequence[str]) -> list[str]:
    """Of each path what some systems take for the same has in common: macOS and Windows."""
    whole = "\0".join(paths)  # no accent belongs to a NUL
    folded = whole.lower() if whole.isascii() else unicodedata.normalize("NFC", whole).casefold()
    found = folded.split("\0") if paths else []
    return found if len(found) == len(paths) else [unicodedata.normalize("NFC", path).casefold() for path in paths]


def _fold_path(url: str) -> str:
    return _fold_all([urls.output_path(url)])[0]


def _all_folders(paths: Iterable[str]) -> set[str]:
    """`a/b` and `a` of `a/b/c`, and those of all the others."""
    found: set[str] = set()
    level = {path.rpartition("/")[0] for path in paths}
    while level := level - found - {""}:
        found |= level
        level = {path.rpartition("/")[0] for path in level}
    return found


def _report_clash(holder: Sketch, claim: Sketch) -> Problem:
    where = claim.url if claim.url == holder.url else f"{holder.url} and {claim.url}"
    same = "the same address" if claim.url == holder.url else "addresses that some systems take for the same"
    hint = _HINTS.get(claim.what, "rename or delete one of them")
    span = Span(claim.path or holder.path) if claim.path or holder.path else None
    return Problem("error", "DG401", f"{_name(holder)} and {_name(claim)} have {same}: {where}", span, hint)


def _name(claim: Sketch) -> str:
    return f"an alias of {claim.path}" if claim.what == "alias" else claim.path or claim.what
