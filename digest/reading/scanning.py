"""What lies under content/: every file with how it looks, opened none; only regular ones, only within the site."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from operator import itemgetter
from pathlib import Path
from typing import Final

from digest.model import SETTINGS_FILE, NamedTuple, Problem, Span, Stamp

CONTENT_FOLDER: Final = "content"
MARKDOWN: Final = (".md", ".markdown")
PAGES: Final = "pages/"
STATIC: Final = "static/"
# Hidden files stay at home, but these are asked for by hosts.
NOT_HIDDEN: Final = frozenset({".well-known", ".nojekyll"})
UNSEEN: Final = Stamp(0, 0, 0, 0)
_new: Final = tuple.__new__


class ScannedFile(NamedTuple):
    """A file of content/; `key` is its path under it, with `/`, and `stamp` how it looked, if anybody did."""

    key: str
    path: str
    stamp: Stamp = UNSEEN

    @property
    def shown(self) -> str:
        """Its path under the site, for problems."""
        return f"{CONTENT_FOLDER}/{self.key}"

    @property
    def is_markdown(self) -> bool:
        """Whether it is an entry or a page: `parse_source` takes it."""
        return self.key.lower().endswith(MARKDOWN) and not self.key.startswith(STATIC)

    @property
    def is_entry(self) -> bool:
        """Whether it is an entry, if anything."""
        return self.is_markdown and not self.key.startswith(PAGES)

    @property
    def is_static(self) -> bool:
        """Whether it is copied as it is: `static_file` takes it."""
        return self.key.startswith(STATIC)


class _Folder(NamedTuple):
    """A folder to look into: its path as it is written and as it is, its key, and all real folders on the way here."""

    path: str
    real: str
    prefix: str
    above: frozenset[str]


def scan_content(
    site: Path, below: str = "", *, look: bool = True
) -> tuple[tuple[ScannedFile, ...], tuple[Problem, ...]]:
    """Every file of content/ by key, hidden ones left out; DG109 for what is no file or leaves the site.

    Or those `below` a folder only, which is its path under content/. How they look takes two thirds of the time: who
    does not `look` finds nearly all of them unseen. What is wrong with site.yml is told by `read_settings`.
    """
    top = site / CONTENT_FOLDER / below
    if not top.is_dir():
        return (), ()
    if leaves_site(top, site):
        shown = f"{CONTENT_FOLDER}/{below}".rstrip("/")
        return (), (refuse(shown, "a link that leaves the site", "copy the folder here instead"),)
    root, real = str(site.resolve()), str(top.resolve())
    files: list[ScannedFile] = []
    problems: list[Problem] = []
    ways = [site / CONTENT_FOLDER, *(site / CONTENT_FOLDER / way for way in reversed(Path(below).parents))]
    above = frozenset({real, *(str(way.resolve()) for way in ways)})
    folders = [_Folder(str(top), real, f"{below}/" if below else "", above)]
    while folders:
        folder = folders.pop()
        try:
            with os.scandir(folder.path) as scan:
                unusual = _take_usual(scan, folder, files, folders, look=look)
        except OSError as error:
            shown = f"{CONTENT_FOLDER}/{folder.prefix}".rstrip("/")
            problems.append(refuse(shown, f"the folder cannot be read: {error.strerror}", "make it readable"))
            continue
        for entry in unusual:
            found = _look_at(entry, folder, root)
            if isinstance(found, ScannedFile):
                files.append(found)
            elif isinstance(found, _Folder):
                folders.append(found)
            elif found.span is None or found.span.path != SETTINGS_FILE:
                problems.append(found)
    files.sort(key=itemgetter(0))
    problems.sort(key=lambda problem: problem.span or Span(""))
    return tuple(files), tuple(problems)


def look_at_file(file: ScannedFile) -> ScannedFile:
    """The file with how it looks now; unseen where it is none any more."""
    try:
        status = Path(file.path).stat()
    except OSError:
        return file
    return file._replace(stamp=Stamp(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino))


def take_seen(site: Path, seen: Iterable[tuple[str, tuple[int, int, int, int]]]) -> tuple[ScannedFile, ...] | None:
    """What `scan_content` finds where somebody has just looked, and come upon nothing but regular files and folders.

    Each is told by its path under content/ and the numbers of a stamp. None where a name must be looked at again.
    """
    top = f"{site / CONTENT_FOLDER}/"
    files = [_new(ScannedFile, (key, top + key, _new(Stamp, numbers))) for key, numbers in seen]
    if not all(map(str.isascii, map(itemgetter(0), files))):
        return None
    files.sort(key=itemgetter(0))
    return tuple(files)


def _take_usual(
    scan: Iterable[os.DirEntry[str]], folder: _Folder, files: list[ScannedFile], folders: list[_Folder], *, look: bool
) -> list[os.DirEntry[str]]:
    """Take the files and folders that need no second look, nearly all; what is left does."""
    _, real, prefix, above = folder
    unusual = []
    for entry in scan:
        name = entry.name
        if name.startswith(".") and name not in NOT_HIDDEN:
            continue
        if not name.isascii():
            unusual.append(entry)
        elif entry.is_file(follow_symlinks=False):
            if not look:
                files.append(_new(ScannedFile, (prefix + name, entry.path, UNSEEN)))
                continue
            try:
                status = entry.stat(follow_symlinks=False)
            except OSError:
                unusual.append(entry)
                continue
            # Made as `ScannedFile(…)` and `Stamp(…)` would, in a fifth less of the time of a scan.
            stamp = _new(Stamp, (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino))
            files.append(_new(ScannedFile, (prefix + name, entry.path, stamp)))
        elif entry.is_dir(follow_symlinks=False):
            deeper = f"{real}/{name}"
            folders.append(_Folder(entry.path, deeper, f"{prefix}{name}/", above | {deeper}))
        else:
            unusual.append(entry)
    return unusual


def _look_at(entry: os.DirEntry[str], folder: _Folder, root: str) -> ScannedFile | _Folder | Problem:
    """What a link, a name in other letters or whatever else is, if it may be opened."""
    path, key = Path(entry.path), folder.prefix + entry.name
    shown = f"{CONTENT_FOLDER}/{key}"
    if fault := _fault_of_name(shown) or fault_of_path(path, shown, root, folder.real, folder.above):
        return fault
    try:
        if entry.is_dir():
            real = str(path.resolve())
            return _Folder(entry.path, real, f"{key}/", folder.above | {real})
        status = entry.stat()
    except OSError as error:
        return unreadable(shown, error)
    return ScannedFile(key, entry.path, Stamp(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino))


def leaves_site(path: Path, site: Path) -> bool:
    """Whether a path, all links followed, lies outside the site."""
    return not path.resolve().is_relative_to(site.resolve())


def find_file(site: Path, key: str) -> ScannedFile | Problem:
    """One file of content/, if it is a regular file and within the site; else DG109."""
    file = ScannedFile(key, str(site / CONTENT_FOLDER / key))
    path = Path(file.path)
    real = str(path.parent.resolve())
    fault = fault_of_path(path, file.shown, str(site.resolve()), real, frozenset({real}))
    if fault is None and not path.is_file():
        fault = refuse(file.shown, "not a file", "put a file there")
    return fault or file


def _fault_of_name(shown: str) -> Problem | None:
    try:
        shown.encode()
    except UnicodeEncodeError:
        name = os.fsencode(shown).decode("utf-8", "backslashreplace")
        return refuse(name, "the name of the file is not UTF-8", "rename it")
    return None


def fault_of_path(path: Path, shown: str, root: str, here: str, above: frozenset[str]) -> Problem | None:
    """Why what is there may not be opened, if so.

    `root` is the site, which links must not leave; `here` where the path lies and `above` the folders on the way, to
    which none may lead back: all as they really are.
    """
    try:
        if path.is_symlink():
            target = path.resolve(strict=True)
            if not target.is_relative_to(root):
                return refuse(shown, "a link that leaves the site", "copy the file here instead")
            if str(target) in above or Path(here).is_relative_to(target):
                return refuse(shown, "a link that leads back to itself", "delete it")
        mode = path.stat().st_mode
    except (OSError, RuntimeError):  # RuntimeError: a circle of links, before Python 3.13
        return refuse(shown, "a link that leads nowhere", "delete it, or mend what it leads to")
    if stat.S_ISREG(mode) or stat.S_ISDIR(mode):
        return None
    return refuse(shown, "neither a file nor a folder", "move the pipe, socket or device out of content/")


def unreadable(shown: str, error: OSError) -> Problem:
    """DG109 for what the system says of a file."""
    return refuse(shown, f"the file cannot be read: {error.strerror}", "make it readable")


def refuse(shown: str, message: str, hint: str) -> Problem:
    """DG109 for a path under the site."""
    return Problem("error", "DG109", message, Span(shown), hint)
